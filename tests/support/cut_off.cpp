// Loaded before the C library into the program under test: counts what it asks of the disk, and kills it, as a power cut
// would, right before the call whose number is in CUT_AT. The product knows nothing of it.
#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>

namespace {
std::atomic<long> calls{0};

void count()
{
    static const char* const text = getenv("CUT_AT");
    static const long at = text ? atol(text) : 0;
    if (at > 0 && ++calls == at) kill(getpid(), SIGKILL);
}

template <class Function>
Function own(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
} // namespace

#define CUT(result, name, parameters, arguments)                                                                       \
    extern "C" result name parameters                                                                                  \
    {                                                                                                                  \
        static const auto next = own<result(*) parameters>(#name);                                                     \
        count();                                                                                                       \
        return next arguments;                                                                                         \
    }

CUT(int, rename, (const char* from, const char* to), (from, to))
CUT(int, unlink, (const char* path), (path))
CUT(int, unlinkat, (int folder, const char* path, int flags), (folder, path, flags))
CUT(int, mkdir, (const char* path, mode_t mode), (path, mode))
CUT(int, fsync, (int file), (file))
CUT(int, fdatasync, (int file), (file))
CUT(int, syncfs, (int file), (file))
CUT(int, ftruncate64, (int file, off64_t size), (file, size))
CUT(ssize_t, pwrite64, (int file, const void* bytes, size_t count_, off64_t at), (file, bytes, count_, at))
