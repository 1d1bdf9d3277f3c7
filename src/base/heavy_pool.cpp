#include "base/heavy_pool.hpp"

#include "base/problem.hpp"

namespace dialpine {

HeavyPool::Place::Place(HeavyPool& pool) : pool_(pool)
{
    if (pool_.taken_.fetch_add(1) < pool_.most_at_once_) return;
    --pool_.taken_;
    throw Problem::unavailable("Too many ask for this at once. Try again in a few seconds.");
}

} // namespace dialpine
