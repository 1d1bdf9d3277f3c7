#pragma once
#include <string>
#include <string_view>

namespace dialpine {

/// How much of a file's beginning tells its type.
inline constexpr std::size_t bytes_that_tell_type = std::size_t{256} * 1024;

/// What a file is by its content, whatever its name says: `image/png`. `application/octet-stream` when nobody knows.
std::string media_type_of(std::string_view beginning);

/// Whether a browser may show it within a page: a picture of a format that can hold nothing to run.
bool is_safe_picture(std::string_view media_type);

} // namespace dialpine
