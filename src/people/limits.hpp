#pragma once
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dialpine::people {

/// How often something may be tried: `most` times, refilled evenly over `within`.
struct Limit {
    double most;
    std::chrono::seconds within;
};

/// Sign-in is limited by its failures, for each account and each address; sign-up for each address. Ordinary work is
/// not limited.
inline constexpr Limit failures_for_account{10, std::chrono::minutes{5}};
/// Of codes of a second factor: three of a million are right at a time.
inline constexpr Limit code_failures_for_account{5, std::chrono::minutes{15}};
inline constexpr Limit failures_for_address{100, std::chrono::minutes{5}};
inline constexpr Limit sign_ups_for_address{60, std::chrono::hours{1}};

/// Counts tries in memory; keys are hashed before they come here or are addresses, and are forgotten when their limit
/// has refilled.
class Limits {
public:
    /// Throws Problem 429 with Retry-After if nothing is left for this key.
    void check(std::string_view kind, std::string_view key, const Limit&);
    /// Takes one try away.
    void count(std::string_view kind, std::string_view key, const Limit&);
    /// Forgets the tries: a sign-in that succeeded.
    void reset(std::string_view kind, std::string_view key);

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Bucket {
        double left;
        Moment at;
    };
    double left_now(const std::string& key, const Limit&, Moment now);

    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace dialpine::people
