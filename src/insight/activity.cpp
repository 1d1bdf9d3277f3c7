#include "insight/activity.hpp"

#include "insight/switches.hpp"
#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
constexpr int most_of_each = 20;
constexpr int most_suggested = 6;

std::vector<Purpose> switched_on(const store::Read& read, PersonId person)
{
    std::vector<Purpose> on;
    for (const auto purpose : automatic_purposes())
        if (privacy::may_process(read, person, purpose)) on.push_back(purpose);
    return on;
}

/// The rows of a query about the person, each made by `make`.
template <class View, class Make>
std::vector<View> listed(const store::Read& read, PersonId person, std::string_view sql, Make make)
{
    std::vector<View> views;
    store::query(
        read, sql, [&](const store::Statement& row) { views.push_back(make(row)); }, person, most_of_each
    );
    return views;
}

std::string text_at(const store::Statement& row, int column) { return std::string(row.text(column)); }
} // namespace

OwnActivity find_activity(store::Read& read, const people::SignedIn& me)
{
    const auto person = me.person;
    OwnActivity activity;
    activity.on = switched_on(read, person);
    activity.features = listed<UsedFeature>(
        read,
        person,
        "SELECT feature, sum(times), count(*) FROM feature_uses WHERE person_id = $1 GROUP BY feature "
        "ORDER BY sum(times) DESC, feature LIMIT $2",
        [](const auto& row) { return UsedFeature{text_at(row, 0), {}, row.integer(1), row.integer(2)}; }
    );
    activity.opened = listed<OpenedCount>(
        read,
        person,
        "SELECT thing, count(DISTINCT thing_id), sum(times) FROM opened_things WHERE person_id = $1 GROUP BY thing "
        "ORDER BY thing LIMIT $2",
        [](const auto& row) { return OpenedCount{store::value_at<Thing>(row, 0), row.integer(1), row.integer(2)}; }
    );
    activity.attached = listed<AttachedCount>(
        read,
        person,
        "SELECT media_type, sum(files), sum(bytes) FROM attached_kinds WHERE person_id = $1 GROUP BY media_type "
        "ORDER BY sum(files) DESC, media_type LIMIT $2",
        [](const auto& row) { return AttachedCount{text_at(row, 0), row.integer(1), row.integer(2)}; }
    );
    activity.searches = frequent_searches(read, person, most_of_each);
    activity.people = coworkers_of(read, person, most_of_each);
    activity.teams = teams_of(read, person, most_of_each);
    activity.devices = listed<DeviceView>(
        read,
        person,
        "SELECT device_id, browser, system, connection, min(counted_on), max(counted_on) FROM device_uses "
        "WHERE person_id = $1 GROUP BY device_id ORDER BY max(counted_on) DESC, device_id LIMIT $2",
        [](const auto& row) {
            return DeviceView{
                store::value_at<DeviceId>(row, 0),
                text_at(row, 1),
                text_at(row, 2),
                text_at(row, 3),
                store::value_at<Instant>(row, 4),
                store::value_at<Instant>(row, 5),
            };
        }
    );
    activity.sites = listed<SiteCount>(
        read,
        person,
        "SELECT site, sum(times) FROM arrivals WHERE person_id = $1 GROUP BY site ORDER BY sum(times) DESC, site "
        "LIMIT $2",
        [](const auto& row) { return SiteCount{text_at(row, 0), row.integer(1)}; }
    );
    activity.crashes = crashes_of(read, person, most_of_each);
    activity.pseudonyms = pseudonyms_of(read, person);
    return activity;
}

void reset_activity(store::Write& write, const people::SignedIn& me, ActivityRef ref)
{
    switch (ref.kind) {
    case ActivityKind::features: return forget_usage(write, me.person);
    case ActivityKind::searches: return forget_searches(write, me.person);
    case ActivityKind::coworkers: return forget_coworkers(write, me.person);
    case ActivityKind::devices: return forget_devices(write, me.person);
    case ActivityKind::crashes: return forget_crashes(write, me.person);
    case ActivityKind::pseudonyms: return forget_pseudonyms(write, me.person);
    }
}

SwitchList list_switches(store::Read& read, const people::SignedIn& me) { return {switched_on(read, me.person)}; }

SearchSuggestions suggest_searches(store::Read& read, const people::SignedIn& me)
{
    if (!privacy::may_process(read, me.person, Purpose::search_history)) return {};
    return {frequent_searches(read, me.person, most_suggested)};
}

} // namespace dialpine::insight
