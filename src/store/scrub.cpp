#include "store/scrub.hpp"

#include <sqlite3.h>
#include <string.h>

namespace dialpine::store {
namespace {
/// SQLite's own, which these go before.
sqlite3_mem_methods& own()
{
    static sqlite3_mem_methods methods{};
    return methods;
}

void scrub_and_free(void* block)
{
    if (block) ::explicit_bzero(block, static_cast<std::size_t>(own().xSize(block)));
    own().xFree(block);
}

/// A block that moves leaves its old place clean.
void* scrub_and_resize(void* block, int bytes)
{
    if (!block) return own().xMalloc(bytes);
    const int old = own().xSize(block);
    if (bytes <= old) return block;
    void* larger = own().xMalloc(bytes);
    if (!larger) return nullptr;
    ::memcpy(larger, block, static_cast<std::size_t>(old));
    scrub_and_free(block);
    return larger;
}
} // namespace

void scrub_freed_pages()
{
    if (own().xMalloc || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own()) != SQLITE_OK) return;
    auto methods = own();
    methods.xFree = &scrub_and_free;
    methods.xRealloc = &scrub_and_resize;
    // Refused when SQLite is in use already, as in tests with several houses: then it stays as it is.
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
}

} // namespace dialpine::store
