#include "api/erasures.hpp"

#include "api/dispatch.hpp"
#include "base/log.hpp"
#include "people/restriction.hpp"
#include "privacy/closing.hpp"
#include "privacy/erasure.hpp"
#include "privacy/hold.hpp"
#include "privacy/leaving.hpp"
#include "privacy/retention.hpp"
#include "store/await.hpp"
#include "store/backup.hpp"
#include "store/restore.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

/// A handover as it waits for the end of a hold.
struct KeptWish {
    std::map<WorkspaceId, PersonId> successors;
    std::vector<WorkspaceId> closing;
    privacy::WrittenContent content{};
};
BOOST_DESCRIBE_STRUCT(KeptWish, (), (successors, closing, content))

/// What the answer to an erasure says while a hold is in its way.
struct Postponed {
    std::vector<privacy::HoldView> held_by;
    Instant goes_on_at{};
};
BOOST_DESCRIBE_STRUCT(Postponed, (), (held_by, goes_on_at))
/// What stays of that in the job, which whoever has its address may read.
struct PostponedUntil {
    Instant goes_on_at{};
};
BOOST_DESCRIBE_STRUCT(PostponedUntil, (), (goes_on_at))

store::Job erasure_job(JobId id)
{
    const Instant now = clock_now();
    return {
        .id = id,
        .kind = store::JobKind::erasure,
        .scope = Uuid{},
        .started_by = std::nullopt,
        .state = store::JobState::running,
        .step = "erasing",
        .created_at = now,
        .changed_at = now,
    };
}

/// The data is kept and used for nothing, as the law has it, until the hold ends; then the erasure goes on by itself.
store::Job postpone(store::Write& write, PersonId person, const KeptWish& wish, std::vector<privacy::HoldView> holds)
{
    const auto before = store::find<privacy::WaitingErasure>(write, person);
    auto job = erasure_job(before ? before->job_id : JobId::make());
    job.state = store::JobState::queued;
    job.step = "held";
    Instant last{};
    for (const auto& hold : holds) last = std::max(last, hold.expires_at);
    job.report = json::to_json(PostponedUntil{last});
    store::upsert(write, job);
    store::upsert(
        write,
        privacy::WaitingErasure{
            .person_id = person,
            .job_id = job.id,
            .wish = json::to_json(wish),
            .created_at = before ? before->created_at : clock_now(),
        }
    );
    people::restrict_person(write, person, people::RestrictedBy::the_person);
    job.report = json::to_json(Postponed{std::move(holds), last});
    return job;
}

/// What the first transaction of an erasure has to tell the others.
struct Begun {
    store::Job job;
    privacy::ErasureSteps steps;
    bool is_done = false;
};

/// The person goes first: whatever happens afterwards, a start finds the tombstone and goes on.
Begun begin(store::Write& write, PersonId person, const KeptWish& wish, JobId id)
{
    if (!store::find<people::Person>(write, person)) throw Problem::not_found();
    if (auto holds = privacy::holds_on(write, person); !holds.empty())
        return {postpone(write, person, wish, std::move(holds)), privacy::ErasureSteps(person), true};
    const auto handed = people::hand_over(write, person, {.successors = wish.successors, .closing = wish.closing});
    write.after_commit([person] { people::tell_sessions_ended(person); });
    Begun begun{erasure_job(id), privacy::ErasureSteps(person), false};
    auto& certificate = begun.steps.certificate();
    certificate.workspaces_closed = static_cast<std::int64_t>(handed.closing_now.size());
    certificate.workspaces_closing = static_cast<std::int64_t>(handed.closing_later.size());
    if (wish.content == privacy::WrittenContent::take)
        for (const auto& table : privacy::take_along(write, person).items)
            if (table.goes > 0)
                certificate.tables.push_back(
                    {table.table, privacy::ErasureRule::erased, table.goes, "you chose that it goes with you"}
                );
    std::optional job(begun.job);
    begun.is_done = privacy::erase_step(write, begun.steps, job);
    begun.job = *job;
    return begun;
}

store::Job erase_as(store::Database& database, PersonId person, const KeptWish& wish, JobId id)
{
    auto begun = database.write([&](store::Write& write) { return begin(write, person, wish, id); });
    std::optional job(begun.job);
    while (!begun.is_done)
        begun.is_done = database.write([&](store::Write& write) { return privacy::erase_step(write, begun.steps, job); }
        );
    if (job->state == store::JobState::done) close_due(database);
    return *job;
}

/// For one who is erased by the house: nobody is asked for a successor, the members have their week.
KeptWish closing_all(store::Database& database, PersonId person, KeptWish wish)
{
    database.read([&](store::Read& read) {
        for (const auto& membership : store::select<people::Membership>(read, "WHERE person_id = $1", person))
            wish.closing.push_back(membership.workspace_id);
    });
    return wish;
}

template <class Work>
void kept(std::string_view what, Work work)
{
    try {
        work();
    } catch (const std::exception& failure) {
        log::say(log::Level::error, what, failure.what());
    }
}

void go_on_with_waiting(store::Database& database)
{
    const auto waiting = database.read([](store::Read& read) { return privacy::erasures_to_go_on(read); });
    for (const auto& each : waiting) {
        const auto wish = closing_all(database, each.person_id, json::from_json<KeptWish>(each.wish));
        erase_as(database, each.person_id, wish, each.job_id);
    }
}

void erase_inactive(House& house, Instant now)
{
    const auto& rules = house.settings.inactivity;
    const auto persons = house.database.write([&](store::Write& write) {
        privacy::note_presence(write, now);
        privacy::warn_inactive(write, rules, now);
        return privacy::inactive_to_erase(write, rules, now);
    });
    for (const PersonId person : persons) {
        // One whom a hold covers is looked at again when it ends: they may be back by then.
        const bool is_held = house.database.read([&](store::Read& read) {
            return !privacy::holds_on(read, person).empty();
        });
        if (!is_held) erase_as(house.database, person, closing_all(house.database, person, {}), JobId::make());
    }
    if (!persons.empty())
        log::say(log::Level::info, "Accounts that nobody used are erased", std::to_string(persons.size()));
}

} // namespace

void take_back_erasure(store::Write& write, const people::SignedIn& me)
{
    const auto waiting = store::find<privacy::WaitingErasure>(write, me.person);
    if (!waiting) throw Problem::not_found();
    store::remove<privacy::WaitingErasure>(write, me.person);
    store::remove<store::Job>(write, waiting->job_id);
    people::lift_restriction(write, me.person);
}

store::Job erase_person(
    store::Database& database, PersonId person, const people::Handover& handover, privacy::WrittenContent content
)
{
    return erase_as(database, person, {handover.successors, handover.closing, content}, JobId::make());
}

int close_due(store::Database& database)
{
    return static_cast<int>(privacy::close_due_workspaces(database, clock_now()).size());
}

std::optional<Instant> last_written(House& house)
{
    return house.database.read([](const store::Read& read) {
        return store::query_one<Instant>(
            read,
            "SELECT max(at) FROM (SELECT max(last_seen_at) AS at FROM sessions UNION ALL "
            "SELECT (SELECT at FROM changes WHERE workspace_id = workspaces.id ORDER BY number DESC LIMIT 1) FROM workspaces)"
        );
    });
}

void keep_periods(House& house)
{
    const Instant now = clock_now();
    auto& database = house.database;
    int gone = 0;
    kept("Legal holds could not be ended", [&] {
        database.write([&](store::Write& write) { privacy::release_holds(write, now); });
    });
    kept("Erasures could not go on", [&] {
        gone += privacy::finish_erasures(database);
        go_on_with_waiting(database);
    });
    kept("Accounts that nobody uses could not be looked at", [&] { erase_inactive(house, now); });
    kept("Workspaces could not be closed", [&] { gone += close_due(database); });
    kept("Retention could not be enforced", [&] {
        const auto removed = database.write([&](store::Write& write) {
            return privacy::enforce_retention(write, now);
        });
        gone += static_cast<int>(removed.size());
        for (const auto& [table, count] : removed)
            log::say(log::Level::info, "Kept its period", fmt::format("{} rows of {} removed", count, table));
    });
    kept("Copies that have had their time could not be removed", [&] {
        store::remove_before_restore(database.folder(), now - store::before_restore_life);
        for (const auto& folder : store::remove_expired_key_backups(database.folder(), now))
            log::say(log::Level::info, "An expired copy of the keys is removed", folder.string());
    });
    if (gone > 0 || house.has_traces) house.forget_traces();
}

void add_hold_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<privacy::list_my_holds>(Verb::get,     "/me/holds",              Needs::account,   "List the legal holds on my data"));
    add(route<take_back_erasure>     (Verb::delete_, "/me/erasure",            Needs::account,   "Take my erasure back while a legal hold delays it"));
    add(route<privacy::list_holds>   (Verb::get,     "/operator/holds",        Needs::operator_, "List legal holds"));
    add(route<privacy::add_hold>     (Verb::post,    "/operator/holds",        Needs::operator_, "Hold what is kept of a person or in a workspace"));
    add(route<privacy::end_hold>     (Verb::delete_, "/operator/holds/{hold}", Needs::operator_, "End a legal hold"));
    // clang-format on
}

} // namespace dialpine::api
