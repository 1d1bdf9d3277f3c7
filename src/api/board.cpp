#include "work/board.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "store/rows.hpp"
#include "work/projects.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

/// Boards of up to this many tasks are made where the request came in: it is quicker than to go elsewhere.
constexpr std::int64_t few_tasks = 200;

constexpr int board_gzip_level = 6;

std::shared_ptr<const KeptAnswer> make_board(House& house, const people::Actor& actor, ProjectId project)
{
    auto json =
        house.database.read([&](store::Read& read) { return json::to_json(work::find_board(read, actor, project)); });
    auto board = std::make_shared<KeptAnswer>(std::move(json), board_gzip_level);
    std::ignore = board->gzip(); // by whoever makes it, elsewhere, and not by the first who asks for it
    return board;
}

Awaitable<http::Response> find_board(House& house, const Call& call, http::Body&)
{
    const auto project = from_path<ProjectId>(call.path_values.at(1));
    const auto actor = *call.actor;
    const AnswerPlace place{.workspace = actor.workspace, .task = {}, .project = project, .what = "board"};
    auto find = [&house, actor, place] {
        return house.answers.find(place, [&] { return make_board(house, actor, place.project); });
    };
    auto board = house.answers.peek(place);
    if (!board) {
        const auto count =
            house.database.read([&](store::Read& read) { return work::find_project(read, actor, project).task_count; });
        if (count <= few_tasks)
            board = find();
        else
            board = co_await elsewhere(house.slow, find);
    }
    co_return board->to_response(call.request);
}

struct FollowQuery {
    std::optional<std::int64_t> after; ///< the number of the last change that the page knows
};
BOOST_DESCRIBE_STRUCT(FollowQuery, (), (after))

Awaitable<http::Response> follow_changes(House& house, const Call& call, http::Body&)
{
    if (to_lower_ascii(call.request.header("upgrade")) != "websocket")
        throw Problem::bad_request("bad-request", "This address is a WebSocket; see /changes for the same by request.");
    const auto query = from_query<FollowQuery>(call.request.query);
    http::Response response;
    response.upgrade = [&house, actor = *call.actor, after = query.after](std::shared_ptr<http::Socket> socket) {
        const auto from =
            after ? *after
                  : house.database.read([&](store::Read& read) { return work::last_change(read, actor.workspace); });
        return house.live.follow(house.database, actor, from, std::move(socket));
    };
    co_return response;
}
} // namespace

void add_board_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_board, void, work::Board>(Verb::get, "/workspaces/{workspace}/projects/{project}/board", Needs::guest,   "Read a project's whole board"));
    add(route<work::list_my_tasks>                 (Verb::get, "/me/tasks",                                        Needs::account, "List open tasks assigned to me"));
    add(route<work::list_changes>                  (Verb::get, "/workspaces/{workspace}/changes",                  Needs::guest,   "Read the change log"));
    add(custom_route<follow_changes, void, void, FollowQuery>(Verb::get, "/workspaces/{workspace}/live",                     Needs::guest,   "Follow changes over a WebSocket").answering(101));
    // clang-format on
}

} // namespace dialpine::api
