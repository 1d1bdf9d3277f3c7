#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "work/board.hpp"
#include "work/search_index.hpp"
#include "work/tasks.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

/// A search waits this long, at most, for what was written before it to be in the index.
constexpr std::chrono::milliseconds patience{500};

/// Whoever types a key, such as `WEB-12`, means that task.
std::optional<work::SearchHit> find_by_key(store::Read& read, const people::Actor& actor, const std::string& text)
{
    work::TaskRef ref;
    if (!json::read_text(trimmed(text), ref).empty() || ref.id) return std::nullopt;
    try {
        const auto task = work::find_task(read, actor, ref);
        const auto project = work::find_project(read, actor, task.project_id);
        return work::SearchHit{
            .kind = work::SearchKind::task,
            .id = task.id,
            .task_id = task.id,
            .key = task.key,
            .title = task.title,
            .snippet = escaped_html(task.title),
            .project_id = task.project_id,
            .project_name = project.name,
            .archived = task.archived_at.has_value() || project.archived_at.has_value(),
        };
    } catch (const Problem&) {
        return std::nullopt;
    }
}

work::SearchPage search(House& house, store::Read& read, const people::Actor& actor, const work::SearchQuery& query)
{
    auto page = house.search.search(read, actor.workspace, query);
    auto named = query.q ? find_by_key(read, actor, *query.q) : std::nullopt;
    if (!named) return page;
    // Its own text may match the key as well, on whichever page.
    std::erase_if(page.items, [&](const work::SearchHit& hit) { return hit.id == named->id; });
    if (!query.cursor) page.items.insert(page.items.begin(), std::move(*named));
    return page;
}

Awaitable<http::Response> search_workspace(House& house, const Call& call, http::Body&)
{
    const auto query = from_query<work::SearchQuery>(call.request.query);
    const auto actor = *call.actor;
    auto json = co_await elsewhere(house.slow, [&house, query, actor] {
        // The log's own last change, not the last one told: after a start the index may still be catching up.
        const auto last =
            house.database.read([&](store::Read& read) { return work::last_change(read, actor.workspace); });
        house.search.wait_for(actor.workspace, last, patience);
        return house.database.read([&](store::Read& read) { return json::to_json(search(house, read, actor, query)); });
    });
    co_return json_response(200, std::move(json));
}
} // namespace

void add_search_route(std::vector<Route>& routes)
{
    routes.push_back(custom_route<search_workspace, void, work::SearchPage, work::SearchQuery>(
        Verb::get, "/workspaces/{workspace}/search", Needs::guest, "Search tasks, comments and checklists"
    ));
}

} // namespace dialpine::api
