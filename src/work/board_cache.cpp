#include "work/board_cache.hpp"

namespace dialpine::work {
namespace {
constexpr std::size_t most_bytes = 64 * 1024 * 1024;
std::size_t size_of(const BoardBytes& board) { return board.plain->size() + board.gzip->size(); }
} // namespace

std::shared_ptr<const BoardBytes>
BoardCache::find(WorkspaceId workspace, ProjectId project, const std::function<BoardBytes()>& make)
{
    std::uint64_t forgotten = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto known = kept_.find(project);
        if (known != kept_.end() && known->second.workspace == workspace) return known->second.bytes;
        forgotten = forgotten_;
    }
    auto made = std::make_shared<const BoardBytes>(make());
    const std::lock_guard lock(mutex_);
    if (forgotten == forgotten_) {
        if (kept_bytes_ + size_of(*made) > most_bytes) {
            kept_.clear();
            kept_bytes_ = 0;
        }
        const auto [place, is_new] = kept_.try_emplace(project, Kept{workspace, made});
        if (is_new) kept_bytes_ += size_of(*made);
    }
    return made;
}

std::shared_ptr<const BoardBytes> BoardCache::peek(WorkspaceId workspace, ProjectId project)
{
    const std::lock_guard lock(mutex_);
    const auto known = kept_.find(project);
    return known != kept_.end() && known->second.workspace == workspace ? known->second.bytes : nullptr;
}

void BoardCache::forget(std::span<const store::Change> changes)
{
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    const auto drop = [&](auto place) {
        kept_bytes_ -= size_of(*place->second.bytes);
        return kept_.erase(place);
    };
    for (const auto& change : changes) {
        if (change.project_id) {
            if (const auto known = kept_.find(*change.project_id); known != kept_.end()) drop(known);
            continue;
        }
        for (auto place = kept_.begin(); place != kept_.end();)
            place = place->second.workspace == change.workspace_id ? drop(place) : std::next(place);
    }
}

} // namespace dialpine::work
