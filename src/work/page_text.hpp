#pragma once
#include <cstddef>

namespace dialpine::work {

/// A page of long texts ends with the one that makes it longer than this, in bytes, even if more things were asked for:
/// nobody waits behind one that takes long to write.
inline constexpr std::size_t most_page_text = std::size_t{1024} * 1024;

} // namespace dialpine::work
