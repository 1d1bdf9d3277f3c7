#pragma once

namespace dialpine {

/// Every block of memory that is given back is overwritten with zeros first (`scrub.cpp` goes before the C library's
/// `free`, for all libraries of the program), so that what a person wrote does not outlive its erasure in a heap that
/// nobody reads. To be called by whoever relies on it: that also makes the linker take the replacement. Not under
/// sanitizers, which bring their own.
void scrub_freed_memory();

/// Overwrites what calls that have returned left on this thread's stack, 128 KB deep.
void scrub_stack();

/// Does so when it goes: stands beside work that held what people wrote.
struct ScrubsStack {
    ScrubsStack() = default;
    ~ScrubsStack() { scrub_stack(); }
    ScrubsStack(const ScrubsStack&) = delete;
    ScrubsStack& operator=(const ScrubsStack&) = delete;
};

} // namespace dialpine
