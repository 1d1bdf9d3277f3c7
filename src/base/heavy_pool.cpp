#include "base/heavy_pool.hpp"

#include "base/problem.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace dialpine {
namespace {
constexpr int least_urgent = 10;
}

void give_way()
{
    // On Linux, niceness is each thread's own; more of it needs no right.
    thread_local const int ignored = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), least_urgent);
    static_cast<void>(ignored);
}

HeavyPool::Place::Place(HeavyPool& pool) : pool_(pool)
{
    if (pool_.taken_.fetch_add(1) < pool_.most_at_once_) return;
    --pool_.taken_;
    throw Problem::unavailable("Too many ask for this at once. Try again in a few seconds.");
}

} // namespace dialpine
