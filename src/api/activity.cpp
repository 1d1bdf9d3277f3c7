#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "insight/activity.hpp"
#include "insight/place.hpp"
#include "insight/statistics.hpp"
#include "store/await.hpp"

#include <map>

namespace dialpine::api {
namespace {
using http::Verb;
using privacy::Purpose;

constexpr std::size_t most_wish_bytes = 64 * 1024;
/// A page that fails again and again says it this often.
constexpr people::Limit crashes_of_person{30, std::chrono::hours{1}};

struct Click {
    insight::Thing thing{};
    Uuid id;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(Click, (), (thing, id))

struct PlaceAnswer {
    insight::PlaceView place;
    bool can_guess = false; ///< whether this instance has a country database
};
BOOST_DESCRIBE_STRUCT(PlaceAnswer, (), (place, can_guess))

bool is_on(House& house, const Call& call, Purpose purpose)
{
    return house.insight.switches.of(house.database, call.person->person).on.has(purpose);
}

http::Response no_content()
{
    http::Response response;
    response.status = 204;
    return response;
}

/// What the page cannot help the server to see: a link that leads away.
Awaitable<http::Response> note_click(House& house, const Call& call, http::Body& body)
{
    const auto click = json::from_json<Click>(co_await body.read_all(most_wish_bytes));
    if (is_on(house, call, Purpose::usage_statistics))
        house.insight.clicked(call.person->person, click.thing, click.id);
    co_return no_content();
}

/// Scrubbed before anything else happens to it. Dropped without a word while the person does not agree.
Awaitable<http::Response> report_crash(House& house, const Call& call, http::Body& body)
{
    const auto crash = json::from_json<insight::NewCrash>(co_await body.read_all(most_wish_bytes));
    if (!is_on(house, call, Purpose::crash_reports)) co_return no_content();
    const auto key = to_text(call.person->person);
    house.limits.check("crash", key, crashes_of_person);
    house.limits.count("crash", key, crashes_of_person);
    house.insight.crashed(call.person->person, insight::scrubbed(crash));
    co_return no_content();
}

http::Response answer_place(const House& house, const insight::PlaceView& place)
{
    return json_response(200, json::to_json(PlaceAnswer{place, house.insight.countries.is_available()}));
}

Awaitable<http::Response> find_place(House& house, const Call& call, http::Body&)
{
    co_return answer_place(house, house.database.read([&](store::Read& read) {
        return insight::find_place(read, *call.person);
    }));
}

Awaitable<http::Response> change_place(House& house, const Call& call, http::Body& body)
{
    const auto change = json::from_json<insight::PlaceChange>(co_await body.read_all(most_wish_bytes));
    auto apply = [me = *call.person, change](store::Write& write) { return insight::change_place(write, me, change); };
    co_return answer_place(house, co_await store::write(house.database, std::move(apply)));
}

/// What each route does, by its name.
const std::map<std::string, std::string, std::less<>>& route_titles()
{
    static const auto titles = [] {
        std::map<std::string, std::string, std::less<>> all;
        for (const auto& each : all_routes()) all.emplace(each.name, each.summary);
        return all;
    }();
    return titles;
}

std::string title_of(std::string_view feature)
{
    const auto found = route_titles().find(feature);
    return found == route_titles().end() ? std::string(feature) : found->second;
}

insight::OwnActivity find_activity(store::Read& read, const people::SignedIn& me)
{
    auto activity = insight::find_activity(read, me);
    for (auto& used : activity.features) used.title = title_of(used.feature);
    return activity;
}

insight::StatisticsView find_statistics(store::Read& read, insight::StatisticsQuery query)
{
    auto view = insight::find_statistics(read, query);
    for (const auto& count : view.counts) {
        const auto end = std::min(count.value.find(insight::value_joint), count.value.size());
        if (count.measure == insight::Measure::feature || count.measure == insight::Measure::feature_by_browser)
            view.titles.emplace(count.value, title_of(count.value.substr(0, end)) + count.value.substr(end));
    }
    return view;
}

/// In the same order for everybody, unless the person agreed both to be counted and to be served by it.
people::KnownPeople list_people(store::Read& read, const people::Actor& actor)
{
    auto known = people::list_people(read, actor);
    const auto counted = privacy::consented<Purpose::collaboration_graph>(read, actor.person);
    const auto served = privacy::consented<Purpose::personalisation>(read, actor.person);
    if (!counted || !served) return known;
    const auto first = insight::whom_first(read, *counted, *served);
    auto next = known.items.begin();
    for (const PersonId id : first) {
        const auto found = std::ranges::find(next, known.items.end(), id, &people::KnownPerson::id);
        if (found != known.items.end()) std::rotate(next++, found, found + 1); // the others keep their order
    }
    return known;
}
} // namespace

void add_activity_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<find_activity>                            (Verb::get,     "/me/activity",               Needs::account,   "See what is noticed of my use, and whom I work with"));
    add(route<insight::reset_activity>                           (Verb::delete_, "/me/activity/{activity}",    Needs::account,   "Reset one kind of it"));
    add(route<insight::list_switches>                            (Verb::get,     "/me/switches",               Needs::account,   "List the automatic purposes that are on for me"));
    add(route<insight::suggest_searches>                         (Verb::get,     "/me/searches",               Needs::account,   "List what I search for most"));
    add(custom_route<note_click, Click, void>                     (Verb::post,    "/me/clicks",                 Needs::account,   "Say which link was followed, by its id"));
    add(custom_route<report_crash, insight::NewCrash, void>       (Verb::post,    "/crash-reports",             Needs::account,   "Report an error of the page"));
    add(custom_route<find_place, void, PlaceAnswer>               (Verb::get,     "/me/place",                  Needs::account,   "Read my country, time zone and language"));
    add(custom_route<change_place, insight::PlaceChange, PlaceAnswer>(Verb::patch, "/me/place",                 Needs::account,   "Choose my country, time zone or language"));
    add(route<list_people>                                       (Verb::get,     "/workspaces/{workspace}/people", Needs::guest, "List everyone whose name can stand on a task"));
    add(route<find_statistics>                          (Verb::get,     "/operator/statistics",       Needs::operator_, "Read how many people use what, in groups of ten or more"));
    add(route<insight::list_crashes>                             (Verb::get,     "/operator/crashes",          Needs::operator_, "List errors by kind, scrubbed"));
    add(route<insight::link_log>                                 (Verb::post,    "/operator/log-links",        Needs::operator_, "Find whose requests a pseudonym in the log is, if they agree").answering(200));
    // clang-format on
}

} // namespace dialpine::api
