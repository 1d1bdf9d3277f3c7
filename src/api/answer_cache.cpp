#include "api/answer_cache.hpp"

#include "api/dispatch.hpp"
#include "base/gzip.hpp"
#include "base/measures.hpp"

namespace dialpine::api {
namespace {
constexpr std::size_t most_bytes = std::size_t{64} * 1024 * 1024;
/// What an entry takes beside its bytes.
constexpr std::size_t entry_bytes = 300;
} // namespace

KeptAnswer::KeptAnswer(std::string json, int gzip_level)
    : plain_(std::make_shared<const std::string>(std::move(json))), etag_(etag_of(*plain_)), gzip_level_(gzip_level)
{
}

const std::shared_ptr<const std::string>& KeptAnswer::gzip() const
{
    std::call_once(is_compressed_, [this] {
        if (plain_->size() >= least_worth_compressing)
            gzip_ = std::make_shared<const std::string>(gzipped(*plain_, gzip_level_));
    });
    return gzip_;
}

http::Response KeptAnswer::to_response(const http::Request& request) const
{
    http::Response response;
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-cache, private");
    response.set("Vary", "Accept-Encoding");
    response.set("ETag", etag_);
    if (names_tag(request.header("if-none-match"), etag_)) {
        response.status = 304;
        return response;
    }
    response.shared_body = accepts_gzip(request) && gzip() ? gzip() : plain_;
    if (response.shared_body != plain_) response.set("Content-Encoding", "gzip");
    return response;
}

AnswerCache::Answer AnswerCache::kept(const AnswerPlace& place) const
{
    const auto workspace = kept_.find(place.workspace);
    if (workspace == kept_.end()) return nullptr;
    if (place.task) {
        const auto task = workspace->second.tasks.find(*place.task);
        return task == workspace->second.tasks.end() ? nullptr : task->second;
    }
    const auto project = workspace->second.projects.find(place.project);
    if (project == workspace->second.projects.end()) return nullptr;
    const auto answer = project->second.find(place.what);
    return answer == project->second.end() ? nullptr : answer->second;
}

std::shared_ptr<const KeptAnswer> AnswerCache::peek(const AnswerPlace& place)
{
    const std::lock_guard lock(mutex_);
    auto answer = kept(place);
    if (answer) measures::count(measures::Count::answers_kept);
    return answer;
}

std::shared_ptr<const KeptAnswer>
AnswerCache::find(const AnswerPlace& place, const std::function<std::shared_ptr<const KeptAnswer>()>& make)
{
    std::uint64_t forgotten = 0;
    {
        const std::lock_guard lock(mutex_);
        if (auto answer = kept(place)) {
            measures::count(measures::Count::answers_kept);
            return answer;
        }
        forgotten = forgotten_;
    }
    measures::count(measures::Count::answers_made);
    Answer made = make();
    const std::lock_guard lock(mutex_);
    if (forgotten != forgotten_) return made;
    kept_bytes_ += made->plain()->size() + entry_bytes;
    if (kept_bytes_ > most_bytes) {
        kept_.clear();
        kept_bytes_ = made->plain()->size() + entry_bytes;
    }
    auto& workspace = kept_[place.workspace];
    if (place.task)
        workspace.tasks[*place.task] = made;
    else
        workspace.projects[place.project][place.what] = made;
    return made;
}

void AnswerCache::forget_all()
{
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    kept_.clear();
    kept_bytes_ = 0;
}

void AnswerCache::forget(std::span<const store::Change> changes)
{
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    for (const auto& change : changes) {
        const auto workspace = kept_.find(change.workspace_id);
        if (workspace == kept_.end()) continue;
        if (!change.project_id) {
            kept_.erase(workspace);
            continue;
        }
        workspace->second.projects.erase(*change.project_id);
        if (change.task_id)
            workspace->second.tasks.erase(*change.task_id);
        else
            workspace->second.tasks.clear();
    }
}

} // namespace dialpine::api
