#pragma once
#include "base/clock.hpp"

namespace dialpine {

/// Tells whether the machine's clock can be believed: what is removed for its age must not go because a clock jumps. While
/// the program runs, the clock is held against time since the machine was started. At the start, against when the program
/// last wrote: further from that than a machine is switched off, it gets a day in which somebody may set it.
class ClockWatch {
public:
    /// `last_written`: absent where nothing was written yet.
    explicit ClockWatch(std::optional<Instant> last_written = {});
    /// How far the clock is from where it would be if nobody had set it since this was made.
    [[nodiscard]] std::chrono::milliseconds set_by() const;
    /// Less than a day off, as time services and people set clocks; and if it was odd at the start, a day ago.
    [[nodiscard]] bool is_trusted() const;
    /// Why not, for the operator.
    [[nodiscard]] std::string why_not() const;

private:
    /// Also counts while the machine sleeps.
    static std::chrono::milliseconds since_boot();
    [[nodiscard]] bool was_odd() const;

    Instant clock_ = clock_now();
    std::chrono::milliseconds boot_ = since_boot();
    Instant last_written_;
};

} // namespace dialpine
