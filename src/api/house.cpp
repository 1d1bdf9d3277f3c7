#include "api/house.hpp"

#include "api/long_work.hpp"
#include "base/log.hpp"
#include "links/spool.hpp"
#include "people/choices.hpp"
#include "links/workspace_import.hpp"
#include "people/invitations.hpp"
#include "privacy/erasure.hpp"
#include "privacy/merge.hpp"
#include "people/workspaces.hpp"
#include "store/orphans.hpp"
#include "privacy/replay.hpp"
#include "store/restore.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <malloc.h>

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
constexpr std::size_t long_threads = 2;
/// Of two cores, one makes about 20 hashes a second: whoever is taken waits for seconds at most.
constexpr std::size_t most_hashed_at_once = 32;

/// Long work that a crash cut off says so, and can be started again: an import adds nothing twice.
void fail_cut_off_jobs(store::Database& database)
{
    database.write([](store::Write& write) {
        for (auto job : store::select<store::Job>(write, "WHERE state IN ('queued', 'running') AND kind <> 'erasure'")) {
            job.state = store::JobState::failed;
            job.problem = cut_off().to_json();
            job.changed_at = clock_now();
            store::update(write, job);
        }
    });
}
} // namespace

namespace {
void finish_erasures(store::Database& database)
{
    if (const int finished = privacy::finish_erasures(database); finished > 0)
        log::say(
            log::Level::warn,
            "Erasures that were cut off or undone by a restore are done again",
            std::to_string(finished)
        );
}

/// A key may be destroyed already where the disk failed before its person's rows were removed.
void finish_cut_off(store::Database& database)
{
    try {
        finish_erasures(database);
    } catch (const std::exception& failure) {
        log::say(log::Level::error, "Erasures could not be finished", failure.what()); // the next hour tries again
    }
}

privacy::ConsentOccasion replayed(const House& house)
{
    return {
        .policy_version = house.policy().version,
        .policy_sha256 = house.policy().sha256,
        .method = "made again after a restore",
        .controller = people::public_url(),
    };
}
} // namespace

House::House(HouseSettings settings_)
    : settings(std::move(settings_)),
      database({.folder = settings.data, .is_durable = settings.is_durable, .readers = settings.threads * 2 + 4}),
      policy_(&privacy::policy_in_force(database)), search(database), insight(database, settings.country_database),
      slow(static_cast<std::size_t>(std::max(2, settings.threads))), long_work(long_threads),
      hashing(static_cast<std::size_t>(std::max(1, settings.threads / 2)), most_hashed_at_once)
{
    people::set_public_url(settings.public_url);
    people::set_second_factor_rule(settings.second_factor);
    people::set_merge(&privacy::merge_person);
    people::on_sessions_ended([this](PersonId person) {
        sessions.forget(person);
        signals.forget(person);
        live.cut(person);
        insight.forget(person);
    });
    people::on_choices_changed([this](store::Write& write, PersonId person) {
        insight::forget_refused(write, person);
        write.after_commit([this, person] { insight.forget(person); });
    });
    database.on_changes([this](std::span<const store::Change> changes) {
        answers.forget(changes);
        search.notify(changes);
        live.tell(changes);
    });
    database.on_reopened([this] {
        answers.forget_all();
        search.start_over();
        boost::asio::post(long_work, [this] { finish_cut_off(database); });
    });
    links::remove_leftovers(settings.data / "spool");
    finish_erasures(database);
    if (const int closed = people::finish_closings(database); closed > 0)
        log::say(log::Level::warn, "Workspaces that were closed are closed again after a restore", std::to_string(closed));
    if (const int removed = store::remove_orphan_blobs(database); removed > 0)
        log::say(log::Level::warn, "Files that an interrupted upload or removal left are gone", std::to_string(removed));
    links::discard_cut_off(database);
    if (const int told = privacy::replay_choices(database, replayed(*this)); told > 0)
    {
        log::say(log::Level::warn, "Choices that a restore had undone are made again", std::to_string(told));
        privacy::forget_traces(database);
    }
    fail_cut_off_jobs(database);
}

void House::forget_traces()
{
    constexpr std::chrono::seconds patience{5};
    store::remove_before_restore(database.folder(), clock_now()); // it holds the erased person, with a key
    has_traces = !privacy::forget_traces(database) || !search.scrub(patience);
    if (has_traces)
        log::say(log::Level::warn, "Traces of an erasure wait for the next hour's clean-up");
    ::malloc_trim(0); // what was given back is zeros by now, and goes to the system
}

void House::finish_work()
{
    is_ending = true;
    slow.join();
    long_work.join();
    hashing.join();
}

House::~House()
{
    finish_work();
    database.on_changes([](std::span<const store::Change>) {});
    database.on_reopened([] {});
    people::on_sessions_ended([](PersonId) {});
    people::on_choices_changed([](store::Write&, PersonId) {});
}

} // namespace dialpine::api
