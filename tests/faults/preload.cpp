// Loaded before the C library into the program under test: a disk that fails, a disk that loses what it did not flush, and
// a clock that jumps. What it does stands in a small shared file that a test writes to while the program runs
// (tests/faults/faults.mjs). The product knows nothing of it.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>

namespace {
/// As faults.mjs writes it, each 64 bits.
struct Orders {
    int64_t write_error; ///< `errno` of every write, growth and new file; 0: none
    int64_t flush_error; ///< of every fsync
    int64_t read_error;
    int64_t one_in;      ///< how many of those fail; 0: all
    int64_t clock_ms;    ///< how far the clock is off
    int64_t is_power_cut;
    int64_t failed; ///< told to the test: how often something failed
};

/// The C library's own function.
template <class Function>
Function own(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// Opens a file that is there, and never fails on order.
int open_itself(const char* path, int flags)
{
    static const auto next = own<int (*)(const char*, int, ...)>("open");
    return next(path, flags | O_CLOEXEC);
}

volatile Orders* orders()
{
    static volatile Orders* const mapped = []() -> volatile Orders* {
        static Orders none{};
        const char* path = getenv("FAULTS");
        const int file = path ? open_itself(path, O_RDWR) : -1;
        if (file < 0) return &none;
        void* at = mmap(nullptr, sizeof(Orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        return at == MAP_FAILED ? &none : static_cast<volatile Orders*>(at);
    }();
    return mapped;
}

bool is_of_data(const std::string& path)
{
    static const std::string folder = getenv("FAULTY_FOLDER") ? getenv("FAULTY_FOLDER") : "/nowhere";
    return path.starts_with(folder);
}

/// Empty for what is none of the data's files.
std::string file_of(int descriptor)
{
    char path[PATH_MAX];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const auto length = readlink(link.c_str(), path, sizeof path);
    std::string name(path, length > 0 ? static_cast<size_t>(length) : 0);
    return is_of_data(name) ? name : std::string();
}

// ---- what is on the disk, where that is not what reading gives

constexpr off_t page_bytes = 4096;

struct Page {
    std::string on_disk;
    bool is_dirty = true; ///< otherwise lost: the system takes it for written
};
struct File {
    std::map<off_t, Page> pages;
    off_t size_on_disk = -1; ///< -1: as it reads
};

std::recursive_mutex mutex;

std::map<std::string, File>& files()
{
    static auto& all = *new std::map<std::string, File>; // outlives every other thread
    return all;
}

std::mt19937& dice()
{
    static std::mt19937 made(getenv("FAULT_SEED") ? static_cast<unsigned>(atoi(getenv("FAULT_SEED"))) : 1);
    return made;
}

void before_change(const std::string& path, int descriptor, off_t from, off_t to)
{
    if (path.ends_with("-shm")) return; // memory that lies in a file: nobody flushes it, nobody reads it after a start
    File& file = files()[path];
    struct stat about{};
    if (fstat(descriptor, &about) != 0) return;
    if (file.size_on_disk < 0) file.size_on_disk = about.st_size;
    static const auto read = own<ssize_t (*)(int, void*, size_t, off_t)>("pread64");
    for (off_t page = from / page_bytes; page * page_bytes < to; ++page) {
        const auto [known, is_new] = file.pages.try_emplace(page);
        known->second.is_dirty = true;
        if (!is_new) continue;
        std::string bytes(page_bytes, '\0');
        auto count = read(descriptor, bytes.data(), bytes.size(), page * page_bytes);
        if (count < 0) { // open for writing alone, so no database: to close one of those would give up its locks
            const int reading = open_itself(path.c_str(), O_RDONLY);
            count = read(reading, bytes.data(), bytes.size(), page * page_bytes);
            close(reading);
        }
        bytes.resize(count > 0 ? static_cast<size_t>(count) : 0);
        known->second.on_disk = std::move(bytes);
    }
}

/// A file system makes it durable whole, and in the order of what it was told: SQLite flushes what it needs before.
void after_cut(const std::string& path, off_t size)
{
    File& file = files()[path];
    file.pages.erase(file.pages.lower_bound((size + page_bytes - 1) / page_bytes), file.pages.end());
    if (file.size_on_disk > size || size == 0) file.size_on_disk = size;
}

void after_flush(const std::string& path, bool is_done)
{
    File& file = files()[path];
    if (is_done) file.size_on_disk = -1;
    for (auto entry = file.pages.begin(); entry != file.pages.end();) {
        auto& page = entry->second;
        const bool reached_the_disk = page.is_dirty && (is_done || dice()() % 2 == 0);
        page.is_dirty = false;
        entry = reached_the_disk ? file.pages.erase(entry) : std::next(entry);
    }
}

/// Everything is as the disk has it; what was to be flushed may have come there by itself.
[[noreturn]] void cut_power()
{
    static const auto write = own<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
    for (const auto& [path, file] : files()) {
        const int descriptor = open_itself(path.c_str(), O_RDWR);
        if (descriptor < 0) continue; // removed meanwhile
        for (const auto& [page, kept] : file.pages)
            if (!kept.is_dirty || dice()() % 2 == 0)
                (void)!write(descriptor, kept.on_disk.data(), kept.on_disk.size(), page * page_bytes);
        if (file.size_on_disk >= 0) (void)!own<int (*)(int, off_t)>("ftruncate64")(descriptor, file.size_on_disk);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/// Whether the call is to fail now; sets `errno`.
bool fails(int64_t error)
{
    volatile Orders* now = orders();
    if (now->is_power_cut) cut_power();
    if (error == 0) return false;
    const auto one_in = now->one_in;
    if (one_in > 1 && dice()() % static_cast<uint64_t>(one_in) != 0) return false;
    now->failed = now->failed + 1;
    errno = static_cast<int>(error);
    return true;
}

template <class Call>
ssize_t write_some(int descriptor, off_t at, size_t count, Call call)
{
    const std::lock_guard lock(mutex);
    const auto path = file_of(descriptor);
    if (path.empty()) return call();
    if (fails(orders()->write_error)) return -1;
    if (at < 0) at = lseek(descriptor, 0, SEEK_CUR);
    before_change(path, descriptor, at, at + static_cast<off_t>(count));
    return call();
}

template <class Call>
int flush(int descriptor, Call call)
{
    const std::lock_guard lock(mutex);
    const auto path = file_of(descriptor);
    if (path.empty()) return call();
    const bool is_refused = fails(orders()->flush_error);
    if (!is_refused && call() != 0) return -1;
    const int error = errno;
    after_flush(path, !is_refused);
    errno = error;
    return is_refused ? -1 : 0;
}

template <class Call>
int change_folder(const char* path, Call call)
{
    const std::lock_guard lock(mutex);
    char where[PATH_MAX];
    const std::string name = path[0] == '/' ? path : std::string(getcwd(where, sizeof where)) + "/" + path;
    if (is_of_data(name) && fails(orders()->write_error)) return -1;
    return call();
}

template <class Call>
int open_file(const char* path, int flags, Call call)
{
    struct stat about{};
    const bool makes = (flags & O_CREAT) && stat(path, &about) != 0;
    return makes ? change_folder(path, call) : call();
}

void shift(timespec* time)
{
    const auto by = orders()->clock_ms;
    time->tv_sec += by / 1000;
    time->tv_nsec += by % 1000 * 1000000;
    if (time->tv_nsec >= 1000000000) ++time->tv_sec, time->tv_nsec -= 1000000000;
    if (time->tv_nsec < 0) --time->tv_sec, time->tv_nsec += 1000000000;
}
} // namespace

extern "C" {
ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at)
{
    static const auto next = own<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    return write_some(file, at, count, [&] { return next(file, bytes, count, at); });
}
ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) { return pwrite64(file, bytes, count, at); }

ssize_t write(int file, const void* bytes, size_t count)
{
    static const auto next = own<ssize_t (*)(int, const void*, size_t)>("write");
    return write_some(file, -1, count, [&] { return next(file, bytes, count); });
}

ssize_t writev(int file, const iovec* parts, int count)
{
    static const auto next = own<ssize_t (*)(int, const iovec*, int)>("writev");
    size_t all = 0;
    for (int i = 0; i < count; ++i) all += parts[i].iov_len;
    return write_some(file, -1, all, [&] { return next(file, parts, count); });
}

int ftruncate64(int file, off64_t size)
{
    static const auto next = own<int (*)(int, off64_t)>("ftruncate64");
    return static_cast<int>(write_some(file, size, 0, [&] {
        const int result = next(file, size);
        if (result == 0) after_cut(file_of(file), size);
        return static_cast<ssize_t>(result);
    }));
}

ssize_t pread64(int file, void* bytes, size_t count, off64_t at)
{
    static const auto next = own<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
    if (orders()->read_error && !file_of(file).empty()) {
        const std::lock_guard lock(mutex);
        if (fails(orders()->read_error)) return -1;
    }
    return next(file, bytes, count, at);
}

int fsync(int file)
{
    static const auto next = own<int (*)(int)>("fsync");
    return flush(file, [&] { return next(file); });
}
int fdatasync(int file)
{
    static const auto next = own<int (*)(int)>("fdatasync");
    return flush(file, [&] { return next(file); });
}

int open(const char* path, int flags, ...)
{
    static const auto next = own<int (*)(const char*, int, mode_t)>("open");
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_file(path, flags, [&] { return next(path, flags, mode); });
}
int open64(const char* path, int flags, ...)
{
    static const auto next = own<int (*)(const char*, int, mode_t)>("open64");
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_file(path, flags, [&] { return next(path, flags, mode); });
}
int mkdir(const char* path, mode_t mode)
{
    static const auto next = own<int (*)(const char*, mode_t)>("mkdir");
    struct stat about{};
    if (stat(path, &about) == 0) return next(path, mode);
    return change_folder(path, [&] { return next(path, mode); });
}
int rename(const char* from, const char* to)
{
    static const auto next = own<int (*)(const char*, const char*)>("rename");
    return change_folder(to, [&] {
        const int result = next(from, to);
        if (result != 0) return result;
        files().erase(to);
        if (auto moved = files().extract(from)) {
            moved.key() = to;
            files().insert(std::move(moved));
        }
        return result;
    });
}
int unlink(const char* path)
{
    static const auto next = own<int (*)(const char*)>("unlink");
    return change_folder(path, [&] {
        const int result = next(path);
        if (result == 0) files().erase(path);
        return result;
    });
}

int clock_gettime(clockid_t clock, timespec* time)
{
    static const auto next = own<int (*)(clockid_t, timespec*)>("clock_gettime");
    const int result = next(clock, time);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) shift(time);
    return result;
}
time_t time(time_t* into)
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(timeval* into, void*)
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    into->tv_sec = now.tv_sec;
    into->tv_usec = now.tv_nsec / 1000;
    return 0;
}
}
