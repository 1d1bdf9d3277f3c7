#pragma once
#include "store/change.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>

namespace dialpine::work {

/// A board's bytes, made once and sent many times.
struct BoardBytes {
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;
    std::string etag;
};

/// Boards are read far more often than they change: their bytes are kept by project until a change touches them.
class BoardCache {
public:
    /// The kept bytes, or those that `make` gives now. `make` must read a snapshot taken after this call began.
    std::shared_ptr<const BoardBytes> find(WorkspaceId, ProjectId, const std::function<BoardBytes()>& make);
    /// The kept bytes; null when there are none.
    std::shared_ptr<const BoardBytes> peek(WorkspaceId, ProjectId);
    /// Forgets what these durable changes touched: a project's own, and all of the workspace for changes of people.
    void forget(std::span<const store::Change>);

private:
    struct Kept {
        WorkspaceId workspace;
        std::shared_ptr<const BoardBytes> bytes;
    };
    std::mutex mutex_;
    std::unordered_map<ProjectId, Kept> kept_;
    std::uint64_t forgotten_ = 0; ///< how often anything was: what was made before is not kept
    std::size_t kept_bytes_ = 0;
};

} // namespace dialpine::work
