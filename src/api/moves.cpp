#include "api/dispatch.hpp"
#include "api/long_work.hpp"
#include "api/made_as_sent.hpp"
#include "api/resources.hpp"
#include "links/spool.hpp"
#include "links/person_import.hpp"
#include "links/workspace_import.hpp"
#include "privacy/export.hpp"
#include "store/await.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <atomic>

/// Exports of workspaces, and exports of this or another DialPine on their way in.
namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 64 * 1024;
constexpr std::size_t most_workspace_bytes = std::size_t{16} * 1024 * 1024 * 1024;
constexpr std::size_t most_person_bytes = std::size_t{128} * 1024 * 1024;
constexpr std::chrono::hours export_life{24};
/// Each holds a thread and a view of the database for as long as its reader takes.
constexpr int most_at_once = 4;

struct WorkspaceExportWish {
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(WorkspaceExportWish, (), (password))

struct WorkspaceExportReport {
    std::int64_t rows = 0;
    std::vector<privacy::TableRows> tables;
};
BOOST_DESCRIBE_STRUCT(WorkspaceExportReport, (), (rows, tables))

struct WorkspaceImportQuery {
    std::optional<people::Name> name; ///< of the new workspace; the one it had when absent
};
BOOST_DESCRIBE_STRUCT(WorkspaceImportQuery, (), (name))

enum class Choice : std::uint8_t { no, yes };
BOOST_DESCRIBE_ENUM(Choice, no, yes)
struct PersonImportQuery {
    std::optional<WorkspaceId> workspace; ///< for the tasks
    std::optional<links::TakenTasks> tasks;
    std::optional<Choice> name; ///< whether the name comes along
};
BOOST_DESCRIBE_STRUCT(PersonImportQuery, (), (workspace, tasks, name))

// ---- out

/// Nothing of an export lies on the disk: the job records that an admin gave their password and how much there is; the
/// archive is made while it is sent, and then the job shows how far it is.
Awaitable<http::Response> create_workspace_export(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<WorkspaceExportWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    auto create = [actor = *call.actor](store::Write& write) {
        auto job = waiting_job(store::JobKind::export_, actor.workspace, actor.person);
        WorkspaceExportReport report{.rows = 0, .tables = privacy::count_workspace(write, actor.workspace)};
        for (const auto& table : report.tables) report.rows += table.rows;
        job.state = store::JobState::done;
        job.progress = 1;
        job.step = "ready";
        job.report = json::to_json(report);
        store::insert(write, job);
        store::log_of(
            write,
            store::LogKind::export_,
            actor.person,
            fmt::format(R"({{"what":"a workspace","workspace":"{}"}})", to_text(actor.workspace))
        );
        return job;
    };
    const auto job = co_await store::write(house.database, std::move(create));
    auto response = json_response(202, json::to_json(to_view(job)));
    response.set("Location", std::string(call.request.path) + "/" + to_text(job.id));
    co_return response;
}

store::Job workspace_export_of(House& house, const Call& call)
{
    const auto job = find_job(house, from_path<JobId>(call.path_values.at(1)));
    const bool is_here = job && job->kind == store::JobKind::export_ && job->scope == call.actor->workspace;
    if (!is_here || job->created_at + export_life <= clock_now()) throw Problem::not_found();
    return *job;
}

Awaitable<http::Response> find_workspace_export(House& house, const Call& call, http::Body&)
{
    co_return json_response(200, json::to_json(to_view(workspace_export_of(house, call))));
}

/// Counts those that run.
class Turn {
public:
    Turn()
    {
        if (++running() <= most_at_once) return;
        --running();
        throw Problem::too_many(std::chrono::seconds{30});
    }
    ~Turn() { --running(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    static std::atomic<int>& running()
    {
        static std::atomic<int> count{0};
        return count;
    }
};

void send_workspace(House& house, store::Job job, const Give& give)
{
    const auto show = [&](double progress, std::string_view step) {
        job.state = store::JobState::running;
        job.progress = progress;
        job.step = std::string(step);
        job.changed_at = clock_now();
        house.jobs.set(job);
    };
    const struct Forget {
        House& house;
        JobId id;
        ~Forget() { house.jobs.forget(id); }
    } forget_at_end{house, job.id};
    house.database.read([&](store::Read& read) { privacy::export_workspace(read, WorkspaceId(job.scope), give, show); }
    );
}

Awaitable<http::Response> find_workspace_export_file(House& house, const Call& call, http::Body&)
{
    const auto job = workspace_export_of(house, call);
    co_await confirm_identity(house, *call.person, std::nullopt, "/password");
    http::Response response;
    auto turn = std::make_shared<Turn>();
    if (call.request.verb != Verb::head)
        response.pieces = made_as_sent([&house, job, turn](const Give& give) { send_workspace(house, job, give); });
    response.set("Content-Type", "application/zip");
    response.set("Content-Disposition", "attachment; filename=\"dialpine-workspace.zip\"");
    response.set("Content-Encoding", "identity");
    response.set("Cache-Control", "no-store");
    co_return response;
}

// ---- in

Awaitable<http::Response> accepted(House& house, store::Job job, std::string place, LongWork work)
{
    house.jobs.set(job);
    auto insert = [job](store::Write& write) { store::insert(write, job); };
    co_await store::write(house.database, std::move(insert));
    start_job(house, job, std::move(work));
    auto response = json_response(202, json::to_json(to_view(job)));
    response.set("Location", place + "/" + to_text(job.id));
    co_return response;
}

Awaitable<http::Response> create_workspace_import(House& house, const Call& call, http::Body& body)
{
    const auto query = from_query<WorkspaceImportQuery>(call.request.query);
    auto file = co_await take_file(house, call, body, most_workspace_bytes);
    const links::MoveWish wish{.owner = call.person->person, .workspace = WorkspaceId::make(), .name = query.name};
    auto job = waiting_job(store::JobKind::import_, wish.owner, wish.owner);
    job.report = links::unfinished_report(wish.workspace);
    auto work = [&house, wish, file](const links::Progress& progress) {
        return json::to_json(links::import_workspace(house.database, wish, *file, progress));
    };
    co_return co_await accepted(house, job, std::string(call.request.path), std::move(work));
}

http::Response own_import(House& house, const Call& call)
{
    const auto job = find_job(house, from_path<JobId>(call.path_values.at(0)));
    if (!job || job->kind != store::JobKind::import_ || job->scope != call.person->person) throw Problem::not_found();
    return json_response(200, json::to_json(to_view(*job)));
}

Awaitable<http::Response> find_workspace_import(House& house, const Call& call, http::Body&)
{
    co_return own_import(house, call);
}

Awaitable<http::Response> find_person_import(House& house, const Call& call, http::Body&)
{
    co_return own_import(house, call);
}

/// Where the tasks go: a workspace in which the person may write.
std::optional<people::Actor> destination(House& house, PersonId me, const PersonImportQuery& query)
{
    const bool takes_tasks = query.tasks.value_or(links::TakenTasks::none) != links::TakenTasks::none;
    if (!takes_tasks) return std::nullopt;
    if (!query.workspace) throw Problem::invalid("?workspace", "is required to take tasks along");
    const auto role =
        house.database.read([&](store::Read& read) { return people::role_of(read, *query.workspace, me); });
    if (!role || *role < people::Role::member)
        throw Problem::invalid("?workspace", "is no workspace in which you may make tasks");
    return people::Actor{me, *query.workspace, *role};
}

Awaitable<http::Response> create_person_import(House& house, const Call& call, http::Body& body)
{
    const auto query = from_query<PersonImportQuery>(call.request.query);
    const links::PersonMoveWish wish{
        .me = *call.person,
        .into = destination(house, call.person->person, query),
        .tasks = query.tasks.value_or(links::TakenTasks::none),
        .takes_name = query.name.value_or(Choice::no) == Choice::yes,
    };
    auto file = co_await take_file(house, call, body, most_person_bytes);
    auto work = [&house, wish, file](const links::Progress& progress) {
        return json::to_json(links::import_person(house.database, wish, *file, progress));
    };
    const auto job = waiting_job(store::JobKind::import_, wish.me.person, wish.me.person);
    co_return co_await accepted(house, job, std::string(call.request.path), std::move(work));
}
} // namespace

void add_move_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<create_workspace_export, WorkspaceExportWish, JobView>        (Verb::post, "/workspaces/{workspace}/exports",               Needs::admin,   "Export a workspace").answering(202));
    add(custom_route<find_workspace_export, void, JobView>                         (Verb::get,  "/workspaces/{workspace}/exports/{export}",      Needs::admin,   "Read how far a workspace's export is"));
    add(custom_route<find_workspace_export_file, void, void>                       (Verb::get,  "/workspaces/{workspace}/exports/{export}/file", Needs::admin,   "Download a workspace's export").answering(200));
    add(custom_route<create_workspace_import, void, JobView, WorkspaceImportQuery> (Verb::post, "/workspaces/imports",                           Needs::account, "Bring a workspace in that a DialPine exported").answering(202).taking(most_workspace_bytes));
    add(custom_route<find_workspace_import, void, JobView>                         (Verb::get,  "/workspaces/imports/{import}",                  Needs::account, "Read how far that is, and its report"));
    add(custom_route<create_person_import, void, JobView, PersonImportQuery>       (Verb::post, "/me/imports",                                   Needs::account, "Bring along what another DialPine exported of me").answering(202).taking(most_person_bytes));
    add(custom_route<find_person_import, void, JobView>                            (Verb::get,  "/me/imports/{import}",                          Needs::account, "Read how far that is, and its report"));
    // clang-format on
}

} // namespace dialpine::api
