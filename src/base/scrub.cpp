#include "base/scrub.hpp"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <array>
#include <cstddef>

namespace dialpine {

void scrub_freed_memory() {}

[[gnu::noinline]] void scrub_stack()
{
    std::array<char, std::size_t{128} * 1024> below; // NOLINT: it is overwritten, not read
    ::explicit_bzero(below.data(), below.size());
}

} // namespace dialpine

// Defined in the program, these are taken by every library in it: SQLite's pages, zlib's windows, libarchive's buffers
// and OpenSSL's records go through them as C++'s own `delete` does. glibc's own `free` is behind them.
#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) &&                    \
    !__has_feature(memory_sanitizer)
extern "C" {
void __libc_free(void* block) noexcept; // NOLINT: glibc's name

void free(void* block) noexcept
{
    if (!block) return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    __libc_free(block);
}

/// A block that moves leaves its old place clean.
void* realloc(void* block, std::size_t bytes) noexcept
{
    if (!block) return ::malloc(bytes);
    if (bytes == 0) {
        ::free(block);
        return nullptr;
    }
    const std::size_t old = ::malloc_usable_size(block);
    if (bytes <= old && bytes >= old / 2) return block;
    void* other = ::malloc(bytes);
    if (!other) return nullptr;
    ::memcpy(other, block, old < bytes ? old : bytes);
    ::free(block);
    return other;
}
}
#endif
