#include "base/urgency.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <tuple>

namespace dialpine {
namespace {
constexpr int least_urgent = 10;
}

// On Linux, niceness is each thread's own; more of it needs no right.

void give_way()
{
    thread_local const int ignored = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), least_urgent);
    std::ignore = ignored;
}

void step_back() { std::ignore = ::nice(1); }

} // namespace dialpine
