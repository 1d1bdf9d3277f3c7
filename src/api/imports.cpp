#include "api/dispatch.hpp"
#include "api/long_work.hpp"
#include "api/resources.hpp"
#include "links/spool.hpp"
#include "links/trello_import.hpp"
#include "store/await.hpp"
#include "store/rows.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_import_bytes = std::size_t{2} * 1024 * 1024 * 1024;

enum class ImportFrom : std::uint8_t { trello };
BOOST_DESCRIBE_ENUM(ImportFrom, trello)
struct ImportQuery {
    std::optional<ImportFrom> source;
};
BOOST_DESCRIBE_STRUCT(ImportQuery, (), (source))

Awaitable<http::Response> create_import(House& house, const Call& call, http::Body& body)
{
    const auto query = from_query<ImportQuery>(call.request.query);
    if (!query.source) throw Problem::invalid("?source", "must be one of trello");
    auto file = co_await take_file(house, call, body, most_import_bytes);
    const auto actor = *call.actor;
    const auto job = waiting_job(store::JobKind::import_, actor.workspace, actor.person);
    auto insert = [job](store::Write& write) { store::insert(write, job); };
    co_await store::write(house.database, std::move(insert));
    start_job(house, job, [&house, actor, file](const links::Progress& progress) {
        return json::to_json(links::import_trello(house.database, actor, *file, progress));
    });
    auto response = json_response(202, json::to_json(to_view(job)));
    response.set("Location", std::string(call.request.path) + "/" + to_text(job.id));
    co_return response;
}

Awaitable<http::Response> find_import(House& house, const Call& call, http::Body&)
{
    const auto job = find_job(house, from_path<JobId>(call.path_values.at(1)));
    const bool is_here = job && job->kind == store::JobKind::import_ && job->scope == call.actor->workspace;
    if (!is_here) throw Problem::not_found();
    co_return json_response(200, json::to_json(to_view(*job)));
}
} // namespace

void add_import_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<create_import, void, JobView, ImportQuery>(Verb::post, "/workspaces/{workspace}/imports",          Needs::member, "Import a board").answering(202).taking(most_import_bytes));
    add(custom_route<find_import, void, JobView>  (Verb::get,  "/workspaces/{workspace}/imports/{import}", Needs::member, "Read an import's state and report"));
    // clang-format on
}

} // namespace dialpine::api
