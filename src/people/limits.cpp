#include "people/limits.hpp"

#include "base/problem.hpp"

#include <algorithm>
#include <cmath>

namespace dialpine::people {
namespace {
constexpr std::size_t most_buckets = 100'000;
double per_second(const Limit& limit) { return limit.most / static_cast<double>(limit.within.count()); }

std::string key_of(std::string_view kind, std::string_view key) { return std::string(kind) + "|" + std::string(key); }
} // namespace

double Limits::left_now(const std::string& key, const Limit& limit, Moment now)
{
    const auto found = buckets_.find(key);
    if (found == buckets_.end()) return limit.most;
    const double seconds = std::chrono::duration<double>(now - found->second.at).count();
    return std::min(limit.most, found->second.left + seconds * per_second(limit));
}

void Limits::check(std::string_view kind, std::string_view key, const Limit& limit)
{
    const std::lock_guard lock(mutex_);
    const double left = left_now(key_of(kind, key), limit, std::chrono::steady_clock::now());
    if (left >= 1) return;
    throw Problem::too_many(std::chrono::seconds(static_cast<int>(std::ceil((1 - left) / per_second(limit)))));
}

void Limits::count(std::string_view kind, std::string_view key, const Limit& limit)
{
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    const auto whole = key_of(kind, key);
    const double left = left_now(whole, limit, now) - 1;
    if (buckets_.size() >= most_buckets)
        std::erase_if(buckets_, [&](const auto& each) { return now - each.second.at > std::chrono::hours{1}; });
    buckets_[whole] = {std::max(0.0, left), now};
}

void Limits::reset(std::string_view kind, std::string_view key)
{
    const std::lock_guard lock(mutex_);
    buckets_.erase(key_of(kind, key));
}

} // namespace dialpine::people
