#pragma once
#include "insight/coworkers.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/pseudonyms.hpp"
#include "insight/searches.hpp"
#include "insight/usage.hpp"
#include "people/actor.hpp"

/// What insight holds of a person, for that person: to see and to reset.
namespace dialpine::insight {

/// What can be reset, each by itself.
enum class ActivityKind : std::uint8_t { features, searches, coworkers, devices, crashes, pseudonyms };
BOOST_DESCRIBE_ENUM(ActivityKind, features, searches, coworkers, devices, crashes, pseudonyms)

struct UsedFeature {
    std::string feature; ///< the route's name
    std::string title;   ///< what the route does, in words; filled in by whoever knows the routes
    std::int64_t times = 0;
    std::int64_t days = 0;
};
BOOST_DESCRIBE_STRUCT(UsedFeature, (), (feature, title, times, days))
struct OpenedCount {
    Thing thing{};
    std::int64_t things = 0; ///< different ones
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(OpenedCount, (), (thing, things, times))
struct AttachedCount {
    std::string media_type;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(AttachedCount, (), (media_type, files, bytes))
struct DeviceView {
    DeviceId id;
    std::string browser;
    std::string system;
    std::string connection;
    Instant first_seen_on{};
    Instant last_seen_on{};
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (id, browser, system, connection, first_seen_on, last_seen_on))
struct SiteCount {
    std::string site;
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(SiteCount, (), (site, times))

struct OwnActivity {
    std::vector<Purpose> on; ///< the switches that let something of this be collected
    std::vector<UsedFeature> features;
    std::vector<OpenedCount> opened;
    std::vector<AttachedCount> attached;
    std::vector<FrequentSearch> searches;
    std::vector<FrequentCoworker> people;
    std::vector<FrequentTeam> teams;
    std::vector<DeviceView> devices;
    std::vector<SiteCount> sites;
    std::vector<OwnCrash> crashes;
    std::vector<PseudonymView> pseudonyms;
};
BOOST_DESCRIBE_STRUCT(
    OwnActivity,
    (),
    (on, features, opened, attached, searches, people, teams, devices, sites, crashes, pseudonyms)
)

/// An activity's kind in a path.
struct ActivityRef {
    ActivityKind kind{};
    using is_in_path = void;
};

struct SwitchList {
    std::vector<Purpose> on;
};
BOOST_DESCRIBE_STRUCT(SwitchList, (), (on))
struct SearchSuggestions {
    std::vector<FrequentSearch> searches;
};
BOOST_DESCRIBE_STRUCT(SearchSuggestions, (), (searches))

/// The twenty most of each; all of it is in the access export.
OwnActivity find_activity(store::Read&, const people::SignedIn&);
void reset_activity(store::Write&, const people::SignedIn&, ActivityRef);
/// Which of the automatic purposes are on, so that the page sends nothing for those that are off.
SwitchList list_switches(store::Read&, const people::SignedIn&);
/// What to offer under the search field; nothing while search history is off.
SearchSuggestions suggest_searches(store::Read&, const people::SignedIn&);

} // namespace dialpine::insight

namespace dialpine::json {
template <>
inline std::string_view read_text(std::string_view text, insight::ActivityRef& into)
{
    return read_text(text, into.kind);
}
} // namespace dialpine::json
