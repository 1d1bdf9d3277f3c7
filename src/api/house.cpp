#include "api/house.hpp"

#include "base/log.hpp"
#include "links/spool.hpp"
#include "people/invitations.hpp"
#include "privacy/erasure.hpp"
#include "privacy/merge.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::api {

void RunningJobs::set(const store::Job& job)
{
    const std::lock_guard lock(mutex_);
    jobs_.insert_or_assign(job.id, job);
}

void RunningJobs::forget(JobId id)
{
    const std::lock_guard lock(mutex_);
    jobs_.erase(id);
}

std::optional<store::Job> RunningJobs::find(JobId id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    return found == jobs_.end() ? std::nullopt : std::optional(found->second);
}

bool SignalsSeen::is_new(PersonId person)
{
    const std::lock_guard lock(mutex_);
    return seen_.insert(person).second;
}

void SignalsSeen::forget(PersonId person)
{
    const std::lock_guard lock(mutex_);
    seen_.erase(person);
}

namespace {
/// Long work that a crash cut off says so, and can be started again: an import adds nothing twice.
void fail_cut_off_jobs(store::Database& database)
{
    database.write([](store::Write& write) {
        for (auto job : store::select<store::Job>(write, "WHERE state IN ('queued', 'running')")) {
            job.state = store::JobState::failed;
            job.problem =
                Problem::unavailable("The server stopped while this ran. Start it again; nothing is added twice.")
                    .to_json();
            job.changed_at = clock_now();
            store::update(write, job);
        }
    });
}
} // namespace

House::House(HouseSettings settings_)
    : settings(std::move(settings_)),
      database({.folder = settings.data, .is_durable = settings.is_durable, .readers = settings.threads * 2 + 4}),
      policy_(&privacy::policy_in_force(database)), search(database),
      slow(static_cast<std::size_t>(std::max(2, settings.threads)))
{
    people::set_public_url(settings.public_url);
    people::set_merge(&privacy::merge_person);
    people::on_sessions_ended([this](PersonId person) {
        sessions.forget(person);
        signals.forget(person);
        live.cut(person);
    });
    database.on_changes([this](std::span<const store::Change> changes) {
        boards.forget(changes);
        search.notify(changes);
        live.tell(changes);
    });
    links::remove_leftovers(settings.data / "spool");
    if (const int finished = privacy::finish_erasures(database); finished > 0)
        log::say(
            log::Level::warn,
            "Erasures that were cut off or undone by a restore are done again",
            std::to_string(finished)
        );
    fail_cut_off_jobs(database);
}

void House::forget_traces()
{
    constexpr std::chrono::seconds patience{5};
    if (!privacy::forget_traces(database) || !search.scrub(patience))
        log::say(log::Level::warn, "Traces of an erasure wait for the next hour's clean-up");
}

House::~House()
{
    slow.join();
    database.on_changes([](std::span<const store::Change>) {});
    people::on_sessions_ended([](PersonId) {});
}

} // namespace dialpine::api
