#include "insight/switches.hpp"

#include "insight/coworkers.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/place.hpp"
#include "insight/pseudonyms.hpp"
#include "insight/searches.hpp"
#include "insight/usage.hpp"
#include "people/objections.hpp"

namespace dialpine::insight {
namespace {
constexpr std::size_t most_known = 100'000;
constexpr Instant far_away = Instant::max();

constexpr std::array automatic{
    Purpose::usage_statistics,
    Purpose::search_history,
    Purpose::collaboration_graph,
    Purpose::device_information,
    Purpose::crash_reports,
    Purpose::approximate_location,
    Purpose::log_linking,
    Purpose::personalisation,
    Purpose::internal_linking,
};

KnownSwitches read_switches(const store::Read& read, PersonId person)
{
    KnownSwitches known{.on = {}, .pseudonym = {}, .until = far_away};
    for (const auto purpose : automatic)
        if (privacy::may_process(read, person, purpose)) known.on.add(purpose);
    if (!known.on.has(Purpose::log_linking)) return known;
    if (const auto pseudonym = pseudonym_of(read, person, clock_now())) {
        known.pseudonym = pseudonym->pseudonym;
        known.until = pseudonym->made_at + pseudonym_life;
    }
    return known;
}
} // namespace

std::span<const Purpose> automatic_purposes() { return automatic; }

KnownSwitches Switches::of(store::Database& database, PersonId person)
{
    std::uint64_t forgotten = 0;
    {
        const std::shared_lock lock(mutex_);
        forgotten = forgotten_;
        const auto known = known_.find(person);
        if (known != known_.end() && (known->second.until == far_away || known->second.until > clock_now()))
            return known->second;
    }
    auto found = database.read([&](store::Read& read) { return read_switches(read, person); });
    const std::unique_lock lock(mutex_);
    // A switch that was turned while we read must not turn back.
    if (forgotten == forgotten_) {
        if (known_.size() >= most_known) known_.clear();
        known_.insert_or_assign(person, found);
    }
    return found;
}

void Switches::forget(PersonId person)
{
    const std::unique_lock lock(mutex_);
    ++forgotten_;
    known_.erase(person);
}

void forget_collected(store::Write& write, PersonId person, Purpose purpose)
{
    switch (purpose) {
    case Purpose::usage_statistics: return forget_usage(write, person);
    case Purpose::search_history: return forget_searches(write, person);
    case Purpose::collaboration_graph: return forget_coworkers(write, person);
    case Purpose::device_information: return forget_devices(write, person);
    case Purpose::crash_reports: return forget_crashes(write, person);
    case Purpose::approximate_location: return forget_guess(write, person);
    case Purpose::log_linking: return forget_pseudonyms(write, person);
    default: return; // the others keep nothing
    }
}

void forget_refused(store::Write& write, PersonId person)
{
    for (const auto purpose : automatic)
        if (privacy::is_refused(write, person, purpose)) forget_collected(write, person, purpose);
    if (people::has_objected(write, person, people::Objectable::profiling)) forget_in_others(write, person);
}

} // namespace dialpine::insight
