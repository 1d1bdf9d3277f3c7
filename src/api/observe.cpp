#include "api/observe.hpp"

#include "api/cookies.hpp"
#include "api/dispatch.hpp"
#include "people/invitations.hpp"

namespace dialpine::api {
namespace {
using privacy::Purpose;

/// The page asks this once when it starts: what is of the browser, not of a request, is noticed here.
constexpr std::string_view start_of_page = "find_me";
constexpr std::string_view searching = "search_workspace";
/// What the page asks by itself tells nothing of what its reader does, so it is not counted.
constexpr std::array<std::string_view, 6> asked_by_the_page{
    start_of_page, "list_switches", "find_place", "find_signals", "find_instance", "find_policy"
};

void observe_start(House& house, const http::Request& request, const Observation& seen, http::Response& response)
{
    const auto& on = seen.switches.on;
    if (on.has(Purpose::approximate_location)) house.insight.located(*seen.person, request.address);
    const auto cookie = read_cookie(request, device_cookie.name);
    if (!on.has(Purpose::device_information)) {
        if (!cookie.empty()) clear_cookie(response, device_cookie);
        return;
    }
    if (!seen.is_by_cookie) return; // a program is no device
    const auto known = parse_uuid(cookie);
    const auto id = known ? insight::DeviceId(*known) : insight::random_device();
    if (!known) set_cookie(response, device_cookie, to_text(id));
    house.insight.started(
        *seen.person, insight::describe_device(id, request.header("user-agent"), request.address)
    );
}

void observe_search(House& house, const http::Request& request, PersonId person)
{
    std::string text;
    for (auto& [name, value] : read_query(request.query)) {
        if (name == "cursor") return; // the next page of the same
        if (name == "q") text = std::move(value);
    }
    house.insight.searched(person, text);
}

/// The last part of `Location`: the id of what was made.
std::string_view made_id(const http::Response& response)
{
    for (const auto& [name, value] : response.headers)
        if (name == "Location") return std::string_view(value).substr(value.rfind('/') + 1);
    return {};
}
} // namespace

Observation begin_observation(House& house, const Route& route, const Call& call)
{
    Observation seen;
    if (!call.person) return seen;
    seen.person = call.person->person;
    seen.switches = house.insight.switches.of(house.database, call.person->person);
    const auto& on = seen.switches.on;
    if (on.has(Purpose::log_linking) && seen.switches.pseudonym.empty()) house.insight.wants_pseudonym(*seen.person);
    if (on.is_empty() && route.name != start_of_page) return seen;
    seen.route = &route;
    seen.path_values = call.path_values;
    seen.is_by_cookie = call.request.header("authorization").empty();
    return seen;
}

void observe(House& house, const http::Request& request, const Observation& seen, http::Response& response)
{
    if (!seen.route) return;
    if (seen.route->name == start_of_page) observe_start(house, request, seen, response);
    const auto& on = seen.switches.on;
    if (on.is_empty()) return;
    if (std::ranges::find(asked_by_the_page, seen.route->name) != asked_by_the_page.end()) return;
    const bool is_reading = seen.route->verb == http::Verb::get;
    if (on.has(Purpose::search_history) && seen.route->name == searching) observe_search(house, request, *seen.person);
    house.insight.served(
        on,
        {
            .person = *seen.person,
            .feature = seen.route->name,
            .pattern = seen.route->path,
            .values = seen.path_values,
            .is_reading = is_reading,
            .made_id = made_id(response),
        }
    );
}

void observe_crash(House& house, const Observation& seen, const std::exception& mistake, std::string_view route)
{
    if (seen.person && !seen.switches.on.has(Purpose::crash_reports)) return;
    house.insight.crashed(seen.person, insight::scrubbed(mistake, route));
}

void observe_arrival(House& house, const http::Request& request)
{
    const auto referrer = request.header("referer");
    if (referrer.empty()) return;
    const auto site = insight::site_of(referrer, request.header("host"));
    if (site.empty()) return;
    const auto who = who_sent(house, request);
    if (!who) return;
    if (house.insight.switches.of(house.database, who->person).on.has(Purpose::device_information))
        house.insight.arrived(who->person, site);
}

} // namespace dialpine::api
