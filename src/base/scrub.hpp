#pragma once

namespace dialpine {

/// Every block of memory that C++ gives back is overwritten with zeros first (`scrub.cpp` replaces the global `delete`),
/// so that what a person wrote does not outlive its erasure in a heap that nobody reads. To be called by whoever relies
/// on it: that also makes the linker take the replacement. Not under sanitizers, which bring their own.
void scrub_freed_memory();

} // namespace dialpine
