#pragma once

namespace dialpine::store {

/// False only in a build that measures what sealing costs (CMake's DIALPINE_SEALING=OFF). `dialpine serve` says so.
#ifdef DIALPINE_UNSEALED
inline constexpr bool is_sealing = false;
#else
inline constexpr bool is_sealing = true;
#endif

} // namespace dialpine::store
