#include "base/scrub.hpp"

#include <malloc.h>
#include <string.h>

#include <array>
#include <cstdlib>
#include <new>

namespace dialpine {
void scrub_freed_memory() {}

[[gnu::noinline]] void scrub_stack()
{
    std::array<char, std::size_t{128} * 1024> below; // NOLINT: it is overwritten, not read
    ::explicit_bzero(below.data(), below.size());
}
} // namespace dialpine

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && !__has_feature(memory_sanitizer)
namespace {
void scrub_and_free(void* block) noexcept
{
    if (!block) return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    std::free(block);
}
} // namespace

// The counterparts that allocate are the library's own: they take from malloc, as these give back.
void operator delete(void* block) noexcept { scrub_and_free(block); }
void operator delete[](void* block) noexcept { scrub_and_free(block); }
void operator delete(void* block, std::size_t) noexcept { scrub_and_free(block); }
void operator delete[](void* block, std::size_t) noexcept { scrub_and_free(block); }
void operator delete(void* block, std::align_val_t) noexcept { scrub_and_free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { scrub_and_free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { scrub_and_free(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { scrub_and_free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { scrub_and_free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { scrub_and_free(block); }
#endif
