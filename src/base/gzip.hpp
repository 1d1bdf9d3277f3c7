#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace dialpine {

/// Fewer bytes hardly become fewer: they go as they are.
inline constexpr std::size_t least_worth_compressing = 1024;

/// The text in gzip's format (RFC 1952). `level` from 1, quick, to 9, small.
std::string gzipped(std::string_view text, int level);

} // namespace dialpine
