#pragma once
#include "base/http.hpp"
#include "base/json.hpp"
#include "base/json_schema.hpp"
#include "base/page.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// A route is declared with the domain function that it calls. The function's signature says what comes from the
/// session, the path, the query and the body, and whether it writes; everything else happens once, in
/// `api/dispatch.cpp`.
namespace dialpine::api {

class House;

/// Who may call a route. The last four are roles in the workspace of the path; each includes those before it.
enum class Needs : std::uint8_t { nothing, account, operator_, guest, member, admin, owner };

/// A request on its way to a domain function.
struct Call {
    const http::Request& request;
    std::vector<std::string> path_values; ///< of the path's parameters, in order, percent-decoded
    std::optional<people::SignedIn> person;
    std::optional<people::Actor> actor;
    std::string body;
};

/// What a domain function gave, as JSON.
struct Result {
    std::string json;
    std::string id; ///< for `Location`
};

/// A call whose arguments were read and checked; what is left needs a transaction.
struct Prepared {
    std::function<Result(store::Read&)> read;
    std::function<Result(store::Write&)> write;
};

/// What the OpenAPI document says of a route beyond its path.
struct Operation {
    std::vector<std::pair<std::string, std::string>> query; ///< name and schema
    std::string body;                                       ///< schema, empty: none
    std::string answer;                                     ///< schema, empty: no content
};

struct Route {
    http::Verb verb{};
    std::string_view path; ///< under /api/v1
    Needs needs{};
    std::string_view summary;
    std::string_view name; ///< the operation's id: `create_task`
    int status = 200;
    std::string_view location; ///< where a created thing is, with `{id}`; empty: below the path itself
    std::size_t most_body_bytes = 1024 * 1024;
    bool is_slow = false; ///< runs elsewhere, so that nobody else waits for it
    bool is_kept = false; ///< its bytes are kept until the task or project of the path changes
    Prepared (*prepare)(const Call&) = nullptr;
    void (*describe)(Operation&, json::Schemas&) = nullptr;
    /// For the few routes that need more than a transaction (cookies, files, streams).
    Awaitable<http::Response> (*custom)(House&, const Call&, http::Body&) = nullptr;

    [[nodiscard]] constexpr Route located(std::string_view at) const
    {
        auto route = *this;
        route.location = at;
        return route;
    }
    [[nodiscard]] constexpr Route answering(int with) const
    {
        auto route = *this;
        route.status = with;
        return route;
    }
    [[nodiscard]] constexpr Route slow() const
    {
        auto route = *this;
        route.is_slow = true;
        return route;
    }
    [[nodiscard]] constexpr Route kept() const
    {
        auto route = *this;
        route.is_kept = true;
        return route;
    }
    [[nodiscard]] constexpr Route taking(std::size_t most_bytes) const
    {
        auto route = *this;
        route.most_body_bytes = most_bytes;
        return route;
    }
};

/// Reads one value from text in a path or a query. Throws Problem: an id in a path that is none is simply not found.
template <class T>
T from_path(const std::string& text)
{
    T value{};
    if (!json::read_text(text, value).empty()) throw Problem::not_found();
    return value;
}

/// The members of a query struct, from `a=1&b=2`. Throws Problem 422 for unknown or wrong members, with `?name` as
/// pointer.
std::vector<std::pair<std::string, std::string>> read_query(const std::string& query);

template <class T>
T from_query(const std::string& text)
{
    T wish{};
    std::vector<FieldError> errors;
    for (const auto& [name, value] : read_query(text)) {
        bool is_known = false;
        boost::mp11::mp_for_each<json::Members<T>>([&](auto member) {
            if (name != member.name) return;
            is_known = true;
            auto& content = wish.*member.pointer;
            using Content = typename std::decay_t<decltype(content)>::value_type;
            if constexpr (std::is_integral_v<Content>) {
                const auto number =
                    value.size() < 10 && !value.empty() && value.find_first_not_of("0123456789") == std::string::npos
                        ? std::optional(std::stoll(value))
                        : std::nullopt;
                if (number)
                    content = static_cast<Content>(*number);
                else
                    errors.push_back({"?" + name, "must be a whole number"});
            } else {
                const auto wrong = json::read_text(value, content.emplace());
                if (!wrong.empty()) errors.push_back({"?" + name, std::string(wrong)});
            }
        });
        if (!is_known) errors.push_back({"?" + name, "is not a known parameter"});
    }
    if (!errors.empty()) throw Problem::invalid(std::move(errors));
    return wish;
}

namespace detail {
template <class Function>
struct Signature;
template <class Returned, class... Parameters>
struct Signature<Returned (*)(Parameters...)> {
    using Result = Returned;
    using Arguments = std::tuple<std::decay_t<Parameters>...>;
    static constexpr bool writes = (std::is_same_v<Parameters, store::Write&> || ...);
};

template <class T>
inline constexpr bool is_store = std::is_base_of_v<store::Read, T>;
template <class T>
inline constexpr bool is_actor = std::is_same_v<T, people::Actor> || std::is_same_v<T, people::SignedIn>;
template <class T>
concept FromPath = json::is_id<T> || requires { typename T::is_in_path; };
template <class T>
concept FromQuery = requires { typename T::is_query; };
template <class T>
inline constexpr bool is_body = !is_store<T> && !is_actor<T> && !FromPath<T> && !FromQuery<T>;

/// A list that the function makes whole, so that the page is cut from it here: it takes no query, or one that is a
/// PageQuery.
template <class T>
concept WholeList = requires(T list) {
    list.next = std::string();
    to_text(list.items.front().id);
};
template <class T>
inline constexpr bool cuts_itself = FromQuery<T> && !std::is_base_of_v<PageQuery, T>;

/// Stands in the arguments where the transaction goes once there is one.
struct Transaction {};
template <class T>
using Kept = std::conditional_t<is_store<T>, Transaction, T>;

template <class T>
Kept<T> read_argument(const Call& call, std::size_t& next_in_path)
{
    if constexpr (is_store<T>)
        return {};
    else if constexpr (std::is_same_v<T, people::Actor>)
        return *call.actor;
    else if constexpr (std::is_same_v<T, people::SignedIn>)
        return *call.person;
    else if constexpr (FromPath<T>)
        return from_path<T>(call.path_values.at(next_in_path++));
    else if constexpr (FromQuery<T>)
        return from_query<T>(call.request.query);
    else
        return json::from_json<T>(call.body);
}

template <class T, class Store>
decltype(auto) pass(Store& store, T& kept)
{
    if constexpr (std::is_same_v<T, Transaction>)
        return store;
    else
        return std::move(kept);
}

template <class T>
concept HasId = requires(const T& value) { to_text(value.id); };

template <class T>
Result to_result(const T& given)
{
    if constexpr (json::is_a<T, std::optional>) {
        if (!given) throw Problem::not_found();
        return to_result(*given);
    } else {
        Result result{json::to_json(given), {}};
        if constexpr (HasId<T>) result.id = to_text(given.id);
        return result;
    }
}

template <auto Function>
struct Bound {
    using Traits = Signature<decltype(Function)>;
    using Arguments = typename Traits::Arguments;

    template <class... Parameters>
    static constexpr bool is_cut_here(std::type_identity<std::tuple<Parameters...>>)
    {
        return WholeList<typename Traits::Result> && !(cuts_itself<Parameters> || ...) && !Traits::writes;
    }
    static constexpr bool pages = is_cut_here(std::type_identity<Arguments>{});
    template <class... Parameters>
    static constexpr bool has_query(std::type_identity<std::tuple<Parameters...>>)
    {
        return (FromQuery<Parameters> || ...);
    }
    static constexpr bool takes_query = has_query(std::type_identity<Arguments>{});

    template <class Store, class... Kepts>
    static Result run(Store& store, std::tuple<Kepts...>& kept)
    {
        const auto call = [&](auto&... each) -> decltype(auto) { return Function(pass(store, each)...); };
        if constexpr (std::is_void_v<typename Traits::Result>) {
            std::apply(call, kept);
            return {};
        } else
            return to_result(std::apply(call, kept));
    }

    template <class... Parameters>
    static auto read_arguments(const Call& call, std::type_identity<std::tuple<Parameters...>>)
    {
        // The workspace of the path is in the actor already.
        std::size_t next = (std::is_same_v<Parameters, people::Actor> || ...) ? 1 : 0;
        return std::tuple<Kept<Parameters>...>{read_argument<Parameters>(call, next)...};
    }

    static Prepared prepare(const Call& call)
    {
        auto kept = read_arguments(call, std::type_identity<Arguments>{});
        if constexpr (Traits::writes)
            return {nullptr, [kept = std::move(kept)](store::Write& write) mutable { return run(write, kept); }};
        else if constexpr (pages) {
            const auto page = page_of(call, kept);
            return {
                [kept = std::move(kept), page](store::Read& read) mutable {
                    const auto make = [&](auto&... each) { return Function(pass(read, each)...); };
                    auto list = std::apply(make, kept);
                    cut_to_page(list, page);
                    return to_result(list);
                },
                nullptr
            };
        } else
            return {[kept = std::move(kept)](store::Read& read) mutable { return run(read, kept); }, nullptr};
    }

    template <class... Kepts>
    static PageQuery page_of(const Call& call, const std::tuple<Kepts...>& kept)
    {
        if constexpr (!takes_query)
            return from_query<PageQuery>(call.request.query);
        else {
            PageQuery page;
            const auto look = [&](const auto& each) {
                if constexpr (std::is_base_of_v<PageQuery, std::decay_t<decltype(each)>>)
                    page = static_cast<const PageQuery&>(each);
            };
            std::apply([&](const auto&... each) { (look(each), ...); }, kept);
            return page;
        }
    }

    template <class Parameter>
    static void describe_one(Operation& operation, json::Schemas& schemas)
    {
        if constexpr (FromQuery<Parameter>)
            boost::mp11::mp_for_each<json::Members<Parameter>>([&](auto member) {
                using Content = typename std::decay_t<decltype(std::declval<Parameter>().*member.pointer)>::value_type;
                operation.query.emplace_back(member.name, json::schema<Content>(schemas));
            });
        else if constexpr (is_body<Parameter>)
            operation.body = json::schema<Parameter>(schemas);
    }

    template <class... Parameters>
    static void
    describe_all(Operation& operation, json::Schemas& schemas, std::type_identity<std::tuple<Parameters...>>)
    {
        (describe_one<Parameters>(operation, schemas), ...);
    }

    static void describe(Operation& operation, json::Schemas& schemas)
    {
        describe_all(operation, schemas, std::type_identity<Arguments>{});
        if constexpr (pages && !takes_query) describe_one<PageQuery>(operation, schemas);
        using Given = typename Traits::Result;
        if constexpr (json::is_a<Given, std::optional>)
            operation.answer = json::schema<typename Given::value_type>(schemas);
        else if constexpr (!std::is_void_v<Given>)
            operation.answer = json::schema<Given>(schemas);
    }
};

/// `create_task` of `Function = &dialpine::work::create_task`.
template <auto Function>
consteval std::string_view function_name()
{
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("Function = ") + 11);
    name = name.substr(0, name.find(']'));
    name.remove_prefix(name.rfind("::") + 2);
    return name;
}
} // namespace detail

/// A route that calls one domain function in one transaction. POST answers 201, a function that gives nothing 204.
template <auto Function>
constexpr Route route(http::Verb verb, std::string_view path, Needs needs, std::string_view summary)
{
    using Bound = detail::Bound<Function>;
    constexpr bool gives_nothing = std::is_void_v<typename Bound::Traits::Result>;
    Route made;
    made.verb = verb;
    made.path = path;
    made.needs = needs;
    made.summary = summary;
    made.name = detail::function_name<Function>();
    made.status = gives_nothing ? 204 : verb == http::Verb::post ? 201 : 200;
    made.prepare = &Bound::prepare;
    made.describe = &Bound::describe;
    return made;
}

/// What a custom route takes and gives, for the document.
template <class Body, class Given, class Query>
void describe_custom(Operation& operation, json::Schemas& schemas)
{
    if constexpr (!std::is_void_v<Query>)
        boost::mp11::mp_for_each<json::Members<Query>>([&](auto member) {
            using Content = typename std::decay_t<decltype(std::declval<Query>().*member.pointer)>::value_type;
            operation.query.emplace_back(member.name, json::schema<Content>(schemas));
        });
    if constexpr (!std::is_void_v<Body>) operation.body = json::schema<Body>(schemas);
    if constexpr (!std::is_void_v<Given>) operation.answer = json::schema<Given>(schemas);
}

template <auto Custom, class Body, class Given, class Query = void>
constexpr Route custom_route(http::Verb verb, std::string_view path, Needs needs, std::string_view summary)
{
    Route made;
    made.verb = verb;
    made.path = path;
    made.needs = needs;
    made.summary = summary;
    made.name = detail::function_name<Custom>();
    made.status = std::is_void_v<Given> ? 204 : verb == http::Verb::post ? 201 : 200;
    made.custom = Custom;
    made.describe = &describe_custom<Body, Given, Query>;
    return made;
}

/// All routes, each resource's in its own file.
std::vector<Route> all_routes();

} // namespace dialpine::api
