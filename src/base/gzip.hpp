#pragma once
#include <string>
#include <string_view>

namespace dialpine {

/// The text in gzip's format (RFC 1952). `level` from 1, quick, to 9, small.
std::string gzipped(std::string_view text, int level);

} // namespace dialpine
