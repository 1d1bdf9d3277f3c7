#include "api/long_work.hpp"

#include "base/log.hpp"
#include "base/problem.hpp"
#include "base/scrub.hpp"
#include "store/rows.hpp"

namespace dialpine::api {
namespace {
void run_job(House& house, store::Job job, const LongWork& work)
{
    const auto show = [&](double progress, std::string_view step) {
        if (house.is_ending) throw cut_off();
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
    } catch (const store::Failure& failure) {
        log::say(log::Level::error, "An import failed", failure.what());
        job.state = store::JobState::failed;
        job.problem = store::to_problem(failure).to_json();
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

Problem cut_off()
{
    return Problem::unavailable("The server stopped while this ran. Start it again; nothing is added twice.");
}

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
    boost::asio::post(house.long_work, [&house, job, work = std::move(work)] {
        const ScrubsStack scrubs;
        give_way();
        run_job(house, job, work);
    });
}

std::optional<store::Job> find_job(House& house, JobId id)
{
    if (auto job = house.jobs.find(id)) return job;
    return house.database.read([&](store::Read& read) { return store::find<store::Job>(read, id); });
}

} // namespace dialpine::api
