#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "store/await.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 16 * 1024;

struct Confirmation {
    people::Password password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (password))

struct RestrictionWish {
    people::RestrictionState state{};
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(RestrictionWish, (), (state, password))

Awaitable<http::Response> confirm_session(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<Confirmation>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    http::Response response;
    response.status = 204;
    co_return response;
}

Awaitable<http::Response> set_restriction(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<RestrictionWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    auto set = [me = *call.person, state = wish.state](store::Write& write) {
        if (state == people::RestrictionState::restricted)
            people::restrict_person(write, me.person, people::RestrictedBy::the_person);
        else
            people::lift_restriction(write, me.person);
        return people::find_restriction(write, me);
    };
    const auto now = co_await store::write(house.database, std::move(set));
    co_return json_response(200, json::to_json(now));
}
} // namespace

void add_rights_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<confirm_session, Confirmation, void>                             (Verb::post, "/me/confirmations",    Needs::account, "Give my password for the next ten minutes"));
    add(route<people::find_restriction>                                               (Verb::get,  "/me/restriction",      Needs::account, "Read whether the use of my data is restricted"));
    add(custom_route<set_restriction, RestrictionWish, people::RestrictionView>       (Verb::put,  "/me/restriction",      Needs::account, "Restrict the use of my data, or lift it"));
    add(route<people::list_objections>                                                (Verb::get,  "/me/objections",       Needs::account, "List the uses of my data that I can object to"));
    add(route<people::find_objection>                                                 (Verb::get,  "/me/objections/{use}", Needs::account, "Read one of them"));
    add(route<people::set_objection>                                                  (Verb::put,  "/me/objections/{use}", Needs::account, "Object to one use of my data, or take it back"));
    // clang-format on
}

} // namespace dialpine::api
