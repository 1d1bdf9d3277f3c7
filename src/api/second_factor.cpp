#include "people/second_factor.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "people/accounts.hpp"
#include "store/await.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 16 * 1024;

/// The password, unless it was given in this session just now.
struct PasswordWish {
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(PasswordWish, (), (password))

struct CodeWish {
    std::string code;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(CodeWish, (), (code))

/// What is shown once is kept by no cache.
http::Response shown_once(int status, std::string json)
{
    auto response = json_response(status, std::move(json));
    response.headers.back().second = "no-store";
    return response;
}

Awaitable<void> confirm(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<PasswordWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
}

Awaitable<http::Response> start_second_factor(House& house, const Call& call, http::Body& body)
{
    co_await confirm(house, call, body);
    auto start = [me = *call.person](store::Write& write) {
        return shown_once(201, json::to_json(people::start_second_factor(write, me)));
    };
    co_return co_await store::write(house.database, std::move(start));
}

Awaitable<http::Response> confirm_second_factor(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<CodeWish>(co_await body.read_all(most_wish_bytes));
    const auto key = to_text(call.person->person);
    house.limits.check("code", key, people::code_failures_for_account);
    auto take = [me = *call.person, code = wish.code](store::Write& write) {
        return people::confirm_second_factor(write, me, code);
    };
    const auto codes = co_await store::write(house.database, std::move(take));
    if (!codes) {
        house.limits.count("code", key, people::code_failures_for_account);
        throw Problem::invalid("/code", "is not the code that your app shows now");
    }
    house.limits.reset("code", key);
    co_return shown_once(201, json::to_json(*codes));
}

Awaitable<http::Response> renew_recovery_codes(House& house, const Call& call, http::Body& body)
{
    co_await confirm(house, call, body);
    auto renew = [me = *call.person](store::Write& write) {
        return shown_once(201, json::to_json(people::renew_recovery_codes(write, me)));
    };
    co_return co_await store::write(house.database, std::move(renew));
}

Awaitable<http::Response> remove_second_factor(House& house, const Call& call, http::Body& body)
{
    co_await confirm(house, call, body);
    auto remove = [person = call.person->person](store::Write& write) { people::remove_second_factor(write, person); };
    co_await store::write(house.database, std::move(remove));
    http::Response response;
    response.status = 204;
    co_return response;
}
} // namespace

void add_second_factor_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<people::find_second_factor>                                             (Verb::get,     "/me/second-factor",                 Needs::account, "Read whether signing in asks for a code"));
    add(custom_route<start_second_factor, PasswordWish, people::NewSecret>            (Verb::post,    "/me/second-factor",                 Needs::account, "Begin to set up a second factor"));
    add(custom_route<confirm_second_factor, CodeWish, people::RecoveryCodes>          (Verb::post,    "/me/second-factor/confirmation",    Needs::account, "Give the first code; from now on codes are asked for"));
    add(custom_route<renew_recovery_codes, PasswordWish, people::RecoveryCodes>       (Verb::post,    "/me/second-factor/recovery-codes",  Needs::account, "Make new recovery codes"));
    add(custom_route<remove_second_factor, PasswordWish, void>                        (Verb::delete_, "/me/second-factor",                 Needs::account, "Remove my second factor"));
    // clang-format on
}

} // namespace dialpine::api
