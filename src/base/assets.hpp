#pragma once
#include <span>
#include <string_view>

namespace dialpine {

/// A file that is part of the program.
struct Asset {
    std::string_view path; ///< `web/index.html`, `policy/privacy-1.md`
    std::string_view bytes;
};

/// All embedded files; the build writes this list (`cmake/embed.cmake`).
std::span<const Asset> assets();
/// The file's bytes; a view without data when there is none.
std::string_view find_asset(std::string_view path);

} // namespace dialpine
