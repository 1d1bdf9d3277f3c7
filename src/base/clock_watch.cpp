#include "base/clock_watch.hpp"

#include <ctime>

namespace dialpine {
using namespace std::chrono;

milliseconds ClockWatch::since_boot()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return duration_cast<milliseconds>(seconds{now.tv_sec} + nanoseconds{now.tv_nsec});
}

milliseconds ClockWatch::set_by() const { return (clock_now() - clock_) - (since_boot() - boot_); }

bool ClockWatch::is_trusted() const { return abs(set_by()) < days{1}; }

} // namespace dialpine
