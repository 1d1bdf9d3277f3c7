#pragma once
#include "base/clock.hpp"
#include "store/ids.hpp"

#include <mutex>
#include <unordered_map>

namespace dialpine::api {

/// For how long a password given in a session counts for what needs one (promise P84).
inline constexpr std::chrono::minutes confirmation_life{10};

/// The sessions whose holder gave the password just now. In memory only: a restart asks again.
class Confirmations {
public:
    void note(SessionId);
    [[nodiscard]] bool is_fresh(SessionId);

private:
    std::mutex mutex_;
    std::unordered_map<SessionId, Instant> confirmed_;
};

} // namespace dialpine::api
