#pragma once

namespace dialpine::store {

/// False only in `dialpine_unsealed`, which measures what sealing costs. `dialpine serve` says so.
#ifdef DIALPINE_UNSEALED
inline constexpr bool is_sealing = false;
#else
inline constexpr bool is_sealing = true;
#endif

} // namespace dialpine::store
