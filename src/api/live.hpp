#pragma once
#include "base/awaitable.hpp"
#include "base/http.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"

#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

namespace dialpine::api {

/// Tells open pages what changed, over a WebSocket each: ids only; they fetch what they show.
class Live {
public:
    /// Sends what came after `after`, then what comes, until the socket closes or the person's sessions end.
    Awaitable<void> follow(store::Database&, people::Actor, std::int64_t after, std::shared_ptr<http::Socket>);
    /// On the writer's thread: queues durable changes for those who follow their workspaces.
    void tell(std::span<const store::Change>);
    /// Closes the person's sockets: their sessions ended, or their membership.
    void cut(PersonId);
    [[nodiscard]] std::size_t followers() const;

private:
    struct Follower;
    void enter(const std::shared_ptr<Follower>&);
    void leave(const std::shared_ptr<Follower>&);

    mutable std::mutex mutex_;
    std::unordered_map<WorkspaceId, std::vector<std::shared_ptr<Follower>>> followers_;
};

} // namespace dialpine::api
