#include "base/clock_watch.hpp"

#include <ctime>

namespace dialpine {
using namespace std::chrono;

namespace {
constexpr days longest_off{30};
constexpr days tolerance{1};
} // namespace

ClockWatch::ClockWatch(std::optional<Instant> last_written) : last_written_(last_written.value_or(clock_)) {}

milliseconds ClockWatch::since_boot()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return duration_cast<milliseconds>(seconds{now.tv_sec} + nanoseconds{now.tv_nsec});
}

milliseconds ClockWatch::set_by() const { return (clock_now() - clock_) - (since_boot() - boot_); }

bool ClockWatch::was_odd() const { return clock_ < last_written_ - tolerance || clock_ > last_written_ + longest_off; }

bool ClockWatch::is_trusted() const
{
    return abs(set_by()) < tolerance && (!was_odd() || since_boot() - boot_ >= tolerance);
}

std::string ClockWatch::why_not() const
{
    if (abs(set_by()) >= tolerance)
        return fmt::format("It was set by {} hours while the server ran.", duration_cast<hours>(set_by()).count());
    return fmt::format("At the start it said {}, but {} was the last that was written.", to_text(clock_), to_text(last_written_));
}

} // namespace dialpine
