#pragma once
#include "base/http.hpp"
#include "store/change.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace dialpine::api {

/// An answer's bytes, made once and sent many times. Never changes; threads may share it.
class KeptAnswer {
public:
    /// `gzip_level`: 1 to 9; the higher the smaller and slower.
    KeptAnswer(std::string json, int gzip_level);
    [[nodiscard]] const std::string& etag() const { return etag_; }
    [[nodiscard]] const std::shared_ptr<const std::string>& plain() const { return plain_; }
    /// Compressed at its first use; null for bytes that are too few to be worth it.
    [[nodiscard]] const std::shared_ptr<const std::string>& gzip() const;
    /// 200 or, where the asker has these bytes already, 304.
    [[nodiscard]] http::Response to_response(const http::Request&) const;

private:
    std::shared_ptr<const std::string> plain_;
    std::string etag_;
    int gzip_level_;
    mutable std::once_flag is_compressed_;
    mutable std::shared_ptr<const std::string> gzip_;
};

/// What an answer is about: one task, or something of a whole project, such as its board.
struct AnswerPlace {
    WorkspaceId workspace;
    std::optional<TaskId> task;
    ProjectId project; ///< unless it is of one task
    std::string what;  ///< of the project: `board`, or a list with its query
};

/// Boards, lists and tasks are read far more often than they change: their bytes are kept until a change touches them.
class AnswerCache {
public:
    /// The kept bytes, or those that `make` gives now. `make` must read a snapshot taken after this call began; what it
    /// throws goes through.
    std::shared_ptr<const KeptAnswer>
    find(const AnswerPlace&, const std::function<std::shared_ptr<const KeptAnswer>()>& make);
    /// The kept bytes; null when there are none.
    std::shared_ptr<const KeptAnswer> peek(const AnswerPlace&);
    /// Forgets what these durable changes touched: a task and all that is of its project, all of a project and the
    /// tasks of its workspace for changes of the project itself, all of a workspace for changes of people.
    void forget(std::span<const store::Change>);
    void forget_all();

private:
    using Answer = std::shared_ptr<const KeptAnswer>;
    struct OfWorkspace {
        std::unordered_map<TaskId, Answer> tasks;
        std::unordered_map<ProjectId, std::unordered_map<std::string, Answer>> projects;
    };
    [[nodiscard]] Answer kept(const AnswerPlace&) const;

    std::mutex mutex_;
    std::unordered_map<WorkspaceId, OfWorkspace> kept_;
    std::uint64_t forgotten_ = 0; ///< how often anything was: what was made before is not kept
    std::size_t kept_bytes_ = 0;  ///< kept since all was forgotten last, so at least what is kept now
};

} // namespace dialpine::api
