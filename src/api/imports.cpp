#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "base/log.hpp"
#include "base/scrub.hpp"
#include "links/multipart.hpp"
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

/// Takes the upload piece by piece into a sealed file. Throws Problem for a multipart body without a file, or an empty
/// one.
Awaitable<std::shared_ptr<links::Spool>> take_upload(House& house, const Call& call, http::Body& body)
{
    auto spool = std::make_shared<links::Spool>(house.settings.data / "spool");
    const std::string type(call.request.header("content-type"));
    std::optional<links::MultipartFile> multipart;
    if (to_lower_ascii(type).starts_with("multipart/"))
        multipart.emplace(type, [&](std::string_view piece) { spool->append(piece); });
    while (true) {
        const std::string piece = co_await body.read_some(most_import_bytes);
        if (piece.empty()) break;
        auto take = [&] {
            if (multipart)
                multipart->feed(piece);
            else
                spool->append(piece);
        };
        co_await elsewhere(house.slow, take);
    }
    if (multipart) multipart->finish();
    spool->finish();
    if (spool->size() == 0) throw Problem::invalid("", "holds no file");
    co_return spool;
}

/// Runs on a thread that may wait. Whatever happens, the job says so.
void run_import(House& house, people::Actor actor, store::Job job, std::shared_ptr<links::Spool> file)
{
    const auto show = [&](double progress, std::string_view step) {
        job.state = store::JobState::running;
        job.progress = progress;
        job.step = std::string(step);
        job.changed_at = clock_now();
        house.jobs.set(job);
    };
    try {
        const auto report = links::import_trello(house.database, actor, *file, show);
        job.report = json::to_json(report);
        job.state = store::JobState::done;
        job.progress = 1;
        job.step = "done";
    } catch (const Problem& problem) {
        job.state = store::JobState::failed;
        job.problem = problem.to_json();
    } catch (const std::exception& mistake) {
        log::say(log::Level::error, "An import failed", mistake.what());
        job.state = store::JobState::failed;
        job.problem =
            Problem(500, "internal", "A mistake of DialPine's own", "The operator finds it in the log.").to_json();
    }
    job.changed_at = clock_now();
    try {
        house.database.write([&](store::Write& write) { store::update(write, job); });
        house.jobs.forget(job.id);
    } catch (const std::exception& failure) {
        house.jobs.set(job); // the database cannot keep it; memory can, until the end
        log::say(log::Level::error, "An import's end could not be stored", failure.what());
    }
}

Awaitable<http::Response> create_import(House& house, const Call& call, http::Body& body)
{
    const auto query = from_query<ImportQuery>(call.request.query);
    if (!query.source) throw Problem::invalid("?source", "must be one of trello");
    auto file = co_await take_upload(house, call, body);
    const auto actor = *call.actor;
    const Instant now = clock_now();
    const store::Job job{
        .id = JobId::make(),
        .kind = store::JobKind::import_,
        .scope = actor.workspace,
        .started_by = actor.person,
        .state = store::JobState::queued,
        .step = "waiting",
        .created_at = now,
        .changed_at = now,
    };
    house.jobs.set(job);
    auto insert = [job](store::Write& write) { store::insert(write, job); };
    co_await store::write(house.database, std::move(insert));
    boost::asio::post(house.slow, [&house, actor, job, file] {
        const ScrubsStack scrubs;
        run_import(house, actor, job, file);
    });
    auto response = json_response(202, json::to_json(to_view(job)));
    response.set("Location", std::string(call.request.path) + "/" + to_text(job.id));
    co_return response;
}

Awaitable<http::Response> find_import(House& house, const Call& call, http::Body&)
{
    const auto id = from_path<JobId>(call.path_values.at(1));
    auto job = house.jobs.find(id);
    if (!job) job = house.database.read([&](store::Read& read) { return store::find<store::Job>(read, id); });
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
