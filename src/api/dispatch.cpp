#include "api/dispatch.hpp"

#include "api/cookies.hpp"
#include "api/idempotency.hpp"
#include "api/observe.hpp"
#include "api/outside.hpp"
#include "api/resources.hpp"
#include "api/router.hpp"
#include "base/elsewhere.hpp"
#include "base/gzip.hpp"
#include "base/log.hpp"
#include "people/invitations.hpp"
#include "people/workspaces.hpp"
#include "store/await.hpp"
#include "store/statement.hpp"

namespace dialpine::api {
namespace {
constexpr std::string_view api_root = "/api/v1";
constexpr int quick_gzip_level = 1;
/// More than this is compressed elsewhere: here, others would wait for milliseconds.
constexpr std::size_t most_compressed_here = std::size_t{128} * 1024;

/// Adds what passes to one part of a request's time, and then to another.
class Stopwatch {
public:
    using Part = std::chrono::microseconds;
    explicit Stopwatch(Part& part) : part_(&part) {}
    ~Stopwatch() { turn_to(*part_); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    void turn_to(Part& next)
    {
        const auto now = Clock::now();
        *std::exchange(part_, &next) += std::chrono::duration_cast<Part>(now - std::exchange(since_, now));
    }

private:
    using Clock = std::chrono::steady_clock;
    Part* part_;
    Clock::time_point since_ = Clock::now();
};

/// The time is `during`'s as long as this lives, and `after`'s from then on.
class Phase {
public:
    Phase(Stopwatch& watch, Stopwatch::Part& during, Stopwatch::Part& after) : watch_(watch), after_(after)
    {
        watch_.turn_to(during);
    }
    ~Phase() { watch_.turn_to(after_); }
    Phase(const Phase&) = delete;
    Phase& operator=(const Phase&) = delete;

private:
    Stopwatch& watch_;
    Stopwatch::Part& after_;
};

bool writes(http::Verb verb)
{
    return verb != http::Verb::get && verb != http::Verb::head && verb != http::Verb::options;
}

Problem logged_problem(House& house, const store::Failure& failure)
{
    // A disk that fails was said in the log when it began.
    if (!failure.is_device || !house.database.trouble())
        log::say(log::Level::error, "The database failed", failure.what());
    return store::to_problem(failure);
}

std::string_view bearer_of(const http::Request& request)
{
    const auto header = request.header("authorization");
    return header.size() > 7 && to_lower_ascii(header.substr(0, 7)) == "bearer " ? header.substr(7)
                                                                                 : std::string_view();
}

/// A browser says where a write comes from; only our own pages may use the session's cookie. A program says nothing.
bool is_from_elsewhere(const http::Request& request)
{
    const auto origin = request.header("origin");
    if (!origin.empty()) {
        if (origin == people::public_url()) return false; // a proxy may have put another Host
        const auto scheme_end = origin.find("://");
        return scheme_end == std::string_view::npos || origin.substr(scheme_end + 3) != request.header("host");
    }
    const auto site = request.header("sec-fetch-site");
    return !site.empty() && site != "same-origin" && site != "none";
}

void check_media_type(const Route& route, const http::Request& request)
{
    if (route.custom && route.most_body_bytes > 1024 * 1024) return; // a file: its route looks for itself
    const auto type = to_lower_ascii(request.header("content-type"));
    const bool is_json =
        type.empty() || type.starts_with("application/json") || type.starts_with("application/merge-patch+json");
    if (!is_json)
        throw Problem(415, "unsupported-media-type", "Not a media type that is taken here", "Send application/json.");
}

std::string location_of(const Route& route, const Call& call, const std::string& id)
{
    if (route.location.empty()) return std::string(call.request.path) + "/" + id;
    std::string place(api_root);
    std::string_view rest = route.location;
    std::size_t next_value = 0;
    while (!rest.empty()) {
        const auto open = std::min(rest.find('{'), rest.size());
        place += rest.substr(0, open);
        rest.remove_prefix(open);
        if (rest.empty()) break;
        place += rest.starts_with("{id}") ? id : call.path_values.at(next_value++);
        rest.remove_prefix(rest.find('}') + 1);
    }
    return place;
}

bool may_be_compressed(const http::Response& response)
{
    const bool has_body = response.shared_body == nullptr && !response.pieces && !response.upgrade;
    const auto is_encoding = [](const http::Header& header) { return header.first == "Content-Encoding"; };
    return has_body && response.status == 200 && std::ranges::none_of(response.headers, is_encoding);
}

http::Response to_response(const Route& route, const Call& call, Result result)
{
    if (route.status == 204) {
        http::Response response;
        response.status = 204;
        return response;
    }
    auto response = json_response(route.status, std::move(result.json));
    response.set("ETag", etag_of(response.body));
    if (route.status == 201 && !result.id.empty()) response.set("Location", location_of(route, call, result.id));
    return response;
}
} // namespace

std::string etag_of(std::string_view bytes)
{
    const auto digest = crypto::hash(bytes);
    return '"' + to_hex(crypto::view(digest).substr(0, 12)) + '"';
}

bool names_tag(std::string_view header, std::string_view etag)
{
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        auto tag = trimmed(header.substr(0, end));
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == "*" || tag == etag) return true;
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return false;
}

void check_match(std::string_view header, const std::string& json_now)
{
    if (header.empty() || names_tag(header, etag_of(json_now))) return;
    auto problem = Problem::changed_meanwhile();
    problem.extra = "\"current\":" + json_now;
    throw problem;
}

bool accepts_gzip(const http::Request& request)
{
    return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

void compress(const http::Request& request, http::Response& response)
{
    if (response.body.size() < least_worth_compressing || !accepts_gzip(request)) return;
    response.body = gzipped(response.body, quick_gzip_level);
    response.set("Content-Encoding", "gzip");
    response.set("Vary", "Accept-Encoding");
}

http::Response json_response(int status, std::string json)
{
    http::Response response;
    response.status = status;
    response.body = std::move(json);
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-cache, private");
    return response;
}

http::Response problem_response(const Problem& problem)
{
    http::Response response;
    response.status = problem.status;
    response.body = problem.to_json();
    response.set("Content-Type", "application/problem+json");
    response.set("Cache-Control", "no-store");
    if (problem.retry_after.count() > 0) response.set("Retry-After", std::to_string(problem.retry_after.count()));
    return response;
}

std::optional<people::SignedIn> who_sent(House& house, const http::Request& request)
{
    if (const auto token = bearer_of(request); !token.empty()) return house.sessions.find(house.database, token);
    const auto token = read_cookie(request, session_cookie.name);
    return token.empty() ? std::nullopt : house.sessions.find(house.database, token);
}

void authorise(store::Read& read, Needs needs, Call& call)
{
    if (needs == Needs::nothing) return;
    if (!call.person) throw Problem::unauthorized();
    if (needs == Needs::account) return;
    if (needs == Needs::operator_) {
        if (!call.person->is_operator) throw Problem::forbidden("Only the operator of this instance may.");
        if (people::needs_second_factor(*call.person) && !people::has_second_factor(read, call.person->person))
            throw Problem(
                403, "second-factor-required", "A second factor is needed", "Set one up on your account page first."
            );
        return;
    }
    const auto workspace = from_path<WorkspaceId>(call.path_values.at(0));
    const auto role = people::role_of(read, workspace, call.person->person);
    if (!role) throw Problem::not_found();
    const auto least = static_cast<people::Role>(static_cast<int>(needs) - static_cast<int>(Needs::guest));
    if (*role < least)
        throw Problem::forbidden("This needs the role " + std::string(json::name_of(least)) + " in the workspace.");
    call.actor = people::Actor{call.person->person, workspace, *role};
}

Dispatcher::Dispatcher(House& house) : house_(house), router_(std::make_unique<Router>(all_routes())) {}
Dispatcher::~Dispatcher() = default;

Awaitable<http::Response> Dispatcher::answer(const http::Request& request, http::Body& body)
{
    const auto started = std::chrono::steady_clock::now();
    std::string_view operation = "outside";
    http::Response response;
    std::optional<Problem> problem;
    Observation observation;
    log::Spent spent;
    std::string allowed = "GET, HEAD"; // what is not the API is for reading
    try {
        const std::string_view path = request.path;
        if (!path.starts_with("/api/")) {
            observe_arrival(house_, request);
            response = answer_outside(request);
        } else {
            if (!path.starts_with(std::string(api_root) + "/")) throw Problem::not_found();
            auto found = router_->find(request.verb, path.substr(api_root.size()));
            if (!found.route) {
                allowed = found.allowed;
                if (!allowed.empty())
                    throw Problem(
                        405,
                        "method-not-allowed",
                        "Not with this method",
                        "The address exists, but not with this method."
                    );
                throw Problem::not_found();
            }
            operation = found.route->name;
            Call call{request, std::move(found.path_values), who_sent(house_, request), std::nullopt, {}};
            notice_signal(house_, call);
            observation = begin_observation(house_, *found.route, call);
            response = co_await answer_route(*found.route, std::move(call), body, spent);
            if (response.status < 400) observe(house_, request, observation, response);
        }
    } catch (const Problem& thrown) {
        problem = thrown;
    } catch (const store::Failure& failure) {
        problem = logged_problem(house_, failure);
    } catch (const std::bad_alloc&) {
        log::say(log::Level::error, "There is no memory left", operation);
        problem = Problem::unavailable("The server has no memory left for this. For the operator: give it more.");
    } catch (const std::exception& mistake) {
        log::say(log::Level::error, "A mistake of our own", mistake.what());
        observe_crash(house_, observation, mistake, operation);
        problem = Problem(500, "internal", "A mistake of DialPine's own", "The operator finds it in the log.");
    }
    if (problem) response = problem_response(*problem);
    if (response.status == 405) response.set("Allow", allowed);
    if (may_be_compressed(response)) {
        if (response.body.size() > most_compressed_here && accepts_gzip(request))
            co_await elsewhere(house_.slow, [&] { compress(request, response); });
        else
            compress(request, response);
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    house_.metrics.served(operation, response.status, took);
    log::served({operation, response.status, took, spent, observation.switches.pseudonym});
    co_return response;
}

Awaitable<http::Response> Dispatcher::answer_route(const Route& route, Call call, http::Body& body, log::Spent& spent)
{
    const bool is_by_cookie = call.person && bearer_of(call.request).empty();
    const bool starts_session = route.needs == Needs::nothing && writes(route.verb);
    if (writes(route.verb) && (is_by_cookie || starts_session) && is_from_elsewhere(call.request))
        throw Problem(403, "cross-site", "Not from another site", "A change must come from DialPine's own pages.");
    if (!route.custom && !writes(route.verb)) co_return co_await read(route, std::move(call), spent);
    house_.database.read([&](store::Read& inner) { authorise(inner, route.needs, call); });
    if (writes(route.verb)) check_media_type(route, call.request);
    if (route.custom) {
        const Stopwatch working(spent.work);
        co_return co_await route.custom(house_, call, body);
    }
    {
        const Stopwatch waiting(spent.body);
        call.body = co_await body.read_all(route.most_body_bytes);
    }
    co_return co_await write(route, std::move(call), spent);
}

namespace {
/// By the last part of the path: one task by its id, or all of a project by what is asked of it. Absent for a task by
/// its key.
std::optional<AnswerPlace> place_of(const Route& route, const Call& call)
{
    AnswerPlace place{.workspace = call.actor->workspace, .task = {}, .project = {}, .what = {}};
    const auto& last = call.path_values.at(1);
    if (!route.path.ends_with("{task}")) {
        place.project = from_path<ProjectId>(last);
        place.what = call.request.query;
        place.what += " of ";
        place.what += route.name;
        return place;
    }
    if (const auto id = parse_uuid(last)) place.task = TaskId(*id);
    return place.task ? std::optional(std::move(place)) : std::nullopt;
}
} // namespace

Awaitable<http::Response> Dispatcher::read(const Route& route, Call call, log::Spent& spent)
{
    if (route.is_kept) {
        const Stopwatch working(spent.work);
        house_.database.read([&](store::Read& inner) { authorise(inner, route.needs, call); });
        if (const auto place = place_of(route, call)) {
            const auto answer = house_.answers.find(*place, [&] {
                auto result = house_.database.read([&](store::Read& inner) { return route.prepare(call).read(inner); });
                return std::make_shared<const KeptAnswer>(std::move(result.json), quick_gzip_level);
            });
            co_return answer->to_response(call.request);
        }
    }
    // Role and answer from one snapshot. The role first: to a stranger nothing here is wrong, it is not there.
    Stopwatch watch(spent.queue);
    auto work = [&]() -> Result {
        const Phase working(watch, spent.work, spent.queue);
        return house_.database.read([&](store::Read& inner) {
            authorise(inner, route.needs, call);
            return route.prepare(call).read(inner);
        });
    };
    Result result;
    if (route.is_slow)
        result = co_await elsewhere(house_.slow, work);
    else
        result = work();
    watch.turn_to(spent.work);
    auto response = to_response(route, call, std::move(result));
    const auto& etag = response.headers.back().second;
    if (names_tag(call.request.header("if-none-match"), etag)) {
        response.status = 304;
        response.body.clear();
    }
    co_return response;
}

Awaitable<http::Response> Dispatcher::write(const Route& route, Call call, log::Spent& spent)
{
    auto prepared = route.prepare(call);
    if (!prepared.write) { // a question that is asked by POST, because what it asks with must not stand in a log
        const Stopwatch working(spent.work);
        Result result = house_.database.read([&](store::Read& inner) { return prepared.read(inner); });
        co_return to_response(route, call, std::move(result));
    }
    const std::string match(call.request.header("if-match"));
    const Route* current = match.empty() ? nullptr : router_->reading(route);
    const auto key = IdempotencyKey::of(call, route);
    Stopwatch watch(spent.queue);
    auto work = [&](store::Write& inner) -> http::Response {
        const Phase working(watch, spent.work, spent.commit);
        // Once more, now that nothing can change in between.
        authorise(inner, route.needs, call);
        if (key)
            if (auto kept = find_kept_answer(inner, call, *key)) return std::move(*kept);
        if (current) check_match(match, current->prepare(call).read(inner).json);
        auto response = to_response(route, call, prepared.write(inner));
        if (key) keep_answer(inner, call, *key, response);
        return response;
    };
    co_return co_await store::write(house_.database, std::move(work));
}

http::Response Dispatcher::answer_outside(const http::Request& request) { return api::answer_outside(house_, request); }

} // namespace dialpine::api
