#include "privacy/my_data.hpp"

#include "api/cookies.hpp"
#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "people/workspaces.hpp"
#include "privacy/export.hpp"
#include "store/await.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 64 * 1024;
constexpr std::chrono::hours export_life{24};

struct ErasureWish {
    std::optional<people::Password> password;
    std::optional<std::map<WorkspaceId, PersonId>> successors;
    std::optional<std::vector<WorkspaceId>> close_workspaces;
    std::optional<privacy::WrittenContent> content; ///< what the person wrote for teams; it stays when absent
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ErasureWish, (), (password, successors, close_workspaces, content))

struct ExportWish {
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ExportWish, (), (password))

store::Job new_job(store::JobKind kind, const Uuid& scope, std::optional<PersonId> by)
{
    const Instant now = clock_now();
    return {
        .id = JobId::make(),
        .kind = kind,
        .scope = scope,
        .started_by = by,
        .state = store::JobState::done,
        .progress = 1,
        .step = "done",
        .created_at = now,
        .changed_at = now,
    };
}

http::Response accepted(const store::Job& job, const std::string& place)
{
    auto response = json_response(202, json::to_json(to_view(job)));
    response.set("Location", place + to_text(job.id));
    return response;
}

/// One's own export job of the last day.
store::Job export_of(store::Read& read, const Call& call)
{
    const auto job = store::find<store::Job>(read, from_path<JobId>(call.path_values.at(0)));
    const bool is_mine = job && job->kind == store::JobKind::export_ && job->scope == call.person->person;
    if (!is_mine || job->created_at + export_life <= clock_now()) throw Problem::not_found();
    return *job;
}

/// Nothing of an export lies on the disk: the job records that the password was given, the file is made when it is
/// fetched.
Awaitable<http::Response> create_export(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<ExportWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    auto create = [me = call.person->person](store::Write& write) {
        auto job = new_job(store::JobKind::export_, me, me);
        job.report = fmt::format(R"({{"values":{}}})", privacy::my_data(write, me, 0).total);
        store::insert(write, job);
        store::log_of(write, store::LogKind::export_, me, R"({"what":"my data"})");
        return accepted(job, "/api/v1/me/exports/");
    };
    co_return co_await store::write(house.database, std::move(create));
}

Awaitable<http::Response> find_export(House& house, const Call& call, http::Body&)
{
    const auto job = house.database.read([&](store::Read& read) { return export_of(read, call); });
    co_return json_response(200, json::to_json(to_view(job)));
}

Awaitable<http::Response> find_export_file(House& house, const Call& call, http::Body&)
{
    house.database.read([&](store::Read& read) { export_of(read, call); });
    co_await confirm_identity(house, *call.person, std::nullopt, "/password");
    auto begin = [&house, me = call.person->person] {
        return house.database.read([&](store::Read& read) {
            return std::make_shared<privacy::PersonExport>(read, me);
        });
    };
    http::Response response;
    response.pieces = [archive = co_await elsewhere(house.slow, begin)] { return archive->next(); };
    response.set("Content-Type", "application/zip");
    response.set("Content-Disposition", "attachment; filename=\"dialpine-my-data.zip\"");
    response.set("Cache-Control", "no-store");
    co_return response;
}

Awaitable<http::Response> find_my_data(House& house, const Call& call, http::Body&)
{
    auto json = co_await elsewhere(house.slow, [&house, me = call.person->person] {
        return house.database.read([&](store::Read& read) { return json::to_json(privacy::my_data(read, me)); });
    });
    auto response = json_response(200, std::move(json));
    response.headers.back().second = "no-store";
    co_return response;
}

privacy::LeavingView find_leaving(store::Read& read, const people::SignedIn& me)
{
    return privacy::count_leaving(read, me.person);
}

Awaitable<http::Response> erase_me(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<ErasureWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    const people::Handover handover{
        .successors = wish.successors.value_or(std::map<WorkspaceId, PersonId>{}),
        .closing = wish.close_workspaces.value_or(std::vector<WorkspaceId>{}),
    };
    const auto content = wish.content.value_or(privacy::WrittenContent::leave);
    auto erase = [&house, me = call.person->person, handover, content] {
        auto job = erase_person(house.database, me, handover, content);
        if (job.state == store::JobState::done) house.forget_traces();
        return job;
    };
    const auto job = co_await elsewhere(house.slow, std::move(erase));
    auto response = accepted(job, "/api/v1/erasures/");
    if (job.state == store::JobState::done) clear_cookie(response, session_cookie);
    co_return response;
}

/// Holds no personal data, so whoever was given its address may read it: the person themselves is nobody here any more.
Awaitable<http::Response> find_erasure(House& house, const Call& call, http::Body&)
{
    const auto job = house.database.read([&](store::Read& read) {
        return store::find<store::Job>(read, from_path<JobId>(call.path_values.at(0)));
    });
    if (!job || job->kind != store::JobKind::erasure) throw Problem::not_found();
    co_return json_response(200, json::to_json(to_view(*job)));
}
} // namespace

JobView to_view(const store::Job& job)
{
    return {
        .id = job.id,
        .kind = std::string(json::name_of(job.kind)),
        .state = job.state,
        .progress = job.progress,
        .step = job.step,
        .report = job.report ? std::optional(json::Raw{*job.report}) : std::nullopt,
        .problem = job.problem ? std::optional(json::RawProblem{{*job.problem}}) : std::nullopt,
        .created_at = job.created_at,
        .changed_at = job.changed_at,
    };
}

void add_my_data_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_my_data, void, privacy::MyData>(Verb::get,     "/me/data",                  Needs::account, "Read what is held of me"));
    add(custom_route<create_export, ExportWish, JobView> (Verb::post,    "/me/exports",               Needs::account, "Export what is held of me").answering(202));
    add(custom_route<find_export, void, JobView>         (Verb::get,     "/me/exports/{export}",      Needs::account, "Read an export's state"));
    add(custom_route<find_export_file, void, void>       (Verb::get,     "/me/exports/{export}/file", Needs::account, "Download an export").answering(200));
    add(route<find_leaving>                              (Verb::get,     "/me/leaving",               Needs::account, "Count what would go with me, and what others wrote on, too").slow());
    add(custom_route<erase_me, ErasureWish, JobView>     (Verb::delete_, "/me",                       Needs::account, "Erase my account").answering(202));
    add(custom_route<find_erasure, void, JobView>        (Verb::get,     "/erasures/{erasure}",       Needs::nothing, "Read an erasure's certificate"));
    // clang-format on
}

} // namespace dialpine::api
