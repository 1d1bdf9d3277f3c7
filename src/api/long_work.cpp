#include "api/long_work.hpp"

#include "base/elsewhere.hpp"
#include "base/log.hpp"
#include "base/problem.hpp"
#include "links/multipart.hpp"
#include "store/rows.hpp"

namespace dialpine::api {
namespace {
void run_job(House& house, store::Job job, const LongWork& work)
{
    const auto show = [&](double progress, std::string_view step) {
        job.state = store::JobState::running;
        job.progress = progress;
        job.step = std::string(step);
        job.changed_at = clock_now();
        house.jobs.set(job);
    };
    try {
        job.report = work(show);
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
} // namespace

store::Job waiting_job(store::JobKind kind, const Uuid& scope, PersonId by)
{
    const Instant now = clock_now();
    return {
        .id = JobId::make(),
        .kind = kind,
        .scope = scope,
        .started_by = by,
        .state = store::JobState::queued,
        .step = "waiting",
        .created_at = now,
        .changed_at = now,
    };
}

void start_job(House& house, const store::Job& job, LongWork work)
{
    boost::asio::post(house.slow, [&house, job, work = std::move(work)] { run_job(house, job, work); });
}

std::optional<store::Job> find_job(House& house, JobId id)
{
    if (auto job = house.jobs.find(id)) return job;
    return house.database.read([&](store::Read& read) { return store::find<store::Job>(read, id); });
}

Awaitable<std::shared_ptr<links::Spool>>
take_upload(House& house, const http::Request& request, http::Body& body, std::size_t most_bytes)
{
    auto spool = std::make_shared<links::Spool>(house.settings.data / "spool");
    const std::string type(request.header("content-type"));
    std::optional<links::MultipartFile> multipart;
    if (to_lower_ascii(type).starts_with("multipart/"))
        multipart.emplace(type, [&](std::string_view piece) { spool->append(piece); });
    while (true) {
        const std::string piece = co_await body.read_some(most_bytes);
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

} // namespace dialpine::api
