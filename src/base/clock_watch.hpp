#pragma once
#include "base/clock.hpp"

namespace dialpine {

/// Tells whether the machine's clock was set while the program ran, by holding it against time since the machine was
/// started: what is removed for its age must not go because a clock jumps.
class ClockWatch {
public:
    /// How far the clock is from where it would be if nobody had set it since this was made.
    [[nodiscard]] std::chrono::milliseconds set_by() const;
    /// Less than a day off: as time services and people set clocks.
    [[nodiscard]] bool is_trusted() const;

private:
    /// Also counts while the machine sleeps.
    static std::chrono::milliseconds since_boot();

    Instant clock_ = clock_now();
    std::chrono::milliseconds boot_ = since_boot();
};

} // namespace dialpine
