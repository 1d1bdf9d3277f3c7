#include "people/accounts.hpp"

#include "api/cookies.hpp"
#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "people/closing.hpp"
#include "people/invitations.hpp"
#include "people/profile.hpp"
#include "people/sessions.hpp"
#include "people/workspaces.hpp"
#include "privacy/closing.hpp"
#include "store/await.hpp"
#include "store/keys.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

struct Entered {
    people::Me person;
    people::SessionView session;
};
BOOST_DESCRIBE_STRUCT(Entered, (), (person, session))

struct Instance {
    std::string version;
    std::string sign_up; ///< first, open or invited
    std::string policy_version;
    bool demo = false;
};
BOOST_DESCRIBE_STRUCT(Instance, (), (version, sign_up, policy_version, demo))

constexpr std::size_t most_credential_bytes = 16 * 1024;

people::Client client_of(const http::Request& request)
{
    return {std::string(request.header("user-agent")), request.address};
}

http::Response entered(const people::Me& me, const people::NewSession& session)
{
    auto response = json_response(201, json::to_json(Entered{me, session.session}));
    response.set("Location", "/api/v1/sessions/" + to_text(session.session.id));
    set_cookie(response, session_cookie, session.token);
    return response;
}

/// What limits count by: the address as it would be looked up, but not readable in memory dumps of the limiter.
std::string limit_key(House& house, const Email& email)
{
    return std::string(crypto::view(house.database.keys().lookup("limit|" + folded(email))));
}

Awaitable<std::string> hash_elsewhere(House& house, std::string password)
{
    co_return co_await house.hashing.run([password = std::move(password)] {
        return crypto::hash_password(password);
    });
}

/// What an unknown address is compared with, so that it takes as long as a known one.
const std::string& nobodys_hash()
{
    static const std::string hash = crypto::hash_password(crypto::new_token());
    return hash;
}

/// Without a hash it takes as long, and is never right.
Awaitable<bool> verify_elsewhere(House& house, std::optional<std::string> hash, std::string password)
{
    co_return co_await house.hashing.run([hash = std::move(hash), password = std::move(password)] {
        return crypto::is_password(hash ? *hash : nobodys_hash(), password) && hash;
    });
}
} // namespace

Awaitable<void> check_own_password(House& house, PersonId person, std::string password, std::string pointer)
{
    const std::string key = "own|" + to_text(person);
    house.limits.check("password", key, people::failures_for_account);
    const auto account = house.database.read([&](store::Read& read) { return people::find_account(read, person); });
    if (!account) throw Problem::unauthorized();
    if (!co_await verify_elsewhere(house, account->password_hash, std::move(password))) {
        house.limits.count("password", key, people::failures_for_account);
        throw Problem::invalid(std::move(pointer), "is not your password");
    }
    house.limits.reset("password", key);
}

namespace {
Awaitable<http::Response> create_account(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<people::NewAccount>(co_await body.read_all(most_credential_bytes));
    people::check_new_account(wish, house.policy().version, clock_now());
    house.limits.check("sign-up", call.request.address, people::sign_ups_for_address);
    house.limits.count("sign-up", call.request.address, people::sign_ups_for_address);
    auto hash = co_await hash_elsewhere(house, wish.password);
    auto create = [&house, wish, hash = std::move(hash), client = client_of(call.request)](store::Write& write) {
        const auto me = people::create_account(write, wish, hash, house.settings.sign_up);
        const auto occasion = occasion_of(house, "sign-up form");
        privacy::record_consent(write, me.id, privacy::Purpose::account, people::ConsentState::given, occasion);
        return entered(me, people::start_session(write, me.id, client));
    };
    co_return co_await store::write(house.database, std::move(create));
}

Awaitable<http::Response> create_session(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<people::Credentials>(co_await body.read_all(most_credential_bytes));
    const auto key = limit_key(house, wish.email);
    house.limits.check("sign-in", key, people::failures_for_account);
    house.limits.check("sign-in-from", call.request.address, people::failures_for_address);
    const auto account =
        house.database.read([&](store::Read& read) { return people::find_account_by_email(read, wish.email); });
    const auto hash = account ? std::optional(account->password_hash) : std::nullopt;
    if (!co_await verify_elsewhere(house, hash, wish.password)) {
        house.limits.count("sign-in", key, people::failures_for_account);
        house.limits.count("sign-in-from", call.request.address, people::failures_for_address);
        throw Problem(
            401, "wrong-credentials", "Wrong address or password", "The address and password do not belong together."
        );
    }
    const PersonId person = account->person_id;
    const auto code_key = to_text(person);
    if (house.database.read([&](store::Read& read) { return people::has_second_factor(read, person); })) {
        if (!wish.code)
            throw Problem(401, "code-needed", "A code is needed", "Give the code that your app shows now, too.");
        house.limits.check("code", code_key, people::code_failures_for_account);
    }
    auto start = [&house, person, code = wish.code, code_key, client = client_of(call.request)](store::Write& write) {
        // In the transaction that also takes the code, so that of two who send it at once one enters.
        if (people::has_second_factor(write, person) && !(code && people::accept_code(write, person, *code))) {
            house.limits.count("code", code_key, people::code_failures_for_account);
            throw Problem(401, "wrong-code", "Not the right code", "Wait for your app's next code, or use a recovery code.");
        }
        const auto session = people::start_session(write, person, client);
        return entered(people::find_me(write, {.person = person, .session = session.session.id}), session);
    };
    auto response = co_await store::write(house.database, std::move(start));
    house.limits.reset("sign-in", key);
    house.limits.reset("code", code_key);
    co_return response;
}

Awaitable<http::Response> end_session(House& house, const Call& call, http::Body&)
{
    const auto ref = from_path<people::SessionRef>(call.path_values.at(0));
    const auto me = *call.person;
    auto end = [me, ref](store::Write& write) { people::end_session(write, me, ref); };
    co_await store::write(house.database, std::move(end));
    http::Response response;
    response.status = 204;
    if (!ref.id || *ref.id == me.session) clear_cookie(response, session_cookie);
    co_return response;
}

Awaitable<http::Response> change_me(House& house, const Call& call, http::Body& body)
{
    const auto change = json::from_json<people::MeChange>(co_await body.read_all(most_credential_bytes));
    std::optional<std::string> hash;
    if (change.email || change.password)
        co_await confirm_identity(house, *call.person, change.current_password.value, "/current_password");
    if (change.password) {
        people::check_password(*change.password, "/password");
        hash = co_await hash_elsewhere(house, *change.password);
    }
    const auto me = *call.person;
    auto apply = [me, change, hash, match = std::string(call.request.header("if-match"))](store::Write& write) {
        check_match(match, json::to_json(people::find_me(write, me)));
        return people::change_me(write, me, change, hash, people::public_url());
    };
    const auto changed = co_await store::write(house.database, std::move(apply));
    auto response = json_response(200, json::to_json(changed));
    response.set("ETag", etag_of(response.body));
    co_return response;
}

/// A reading that leaves a trace of itself.
Awaitable<http::Response> list_outbox(House& house, const Call& call, http::Body&)
{
    const auto page = from_query<PageQuery>(call.request.query);
    auto list = [me = *call.person, page](store::Write& write) {
        auto mails = people::list_outbox(write, me);
        cut_to_page(mails, page);
        return json_response(200, json::to_json(mails));
    };
    co_return co_await store::write(house.database, std::move(list));
}

Awaitable<http::Response> find_instance(House& house, const Call&, http::Body&)
{
    const bool has_accounts = house.database.read([](store::Read& read) { return people::has_accounts(read); });
    const Instance instance{
        .version = DIALPINE_VERSION,
        .sign_up = has_accounts ? std::string(json::name_of(house.settings.sign_up)) : "first",
        .policy_version = house.policy().version,
        .demo = house.settings.is_demo,
    };
    co_return json_response(200, json::to_json(instance));
}
} // namespace

void add_account_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_instance, void, Instance>                     (Verb::get,     "/instance",               Needs::nothing, "Read what this instance allows"));
    add(custom_route<create_account, people::NewAccount, Entered>       (Verb::post,    "/accounts",               Needs::nothing, "Sign up"));
    add(custom_route<create_session, people::Credentials, Entered>      (Verb::post,    "/sessions",               Needs::nothing, "Sign in"));
    add(route<people::list_sessions>                                    (Verb::get,     "/sessions",               Needs::account, "List my sessions"));
    add(custom_route<end_session, void, void>                           (Verb::delete_, "/sessions/{session}",     Needs::account, "End one of my sessions"));
    add(route<people::find_me>                                          (Verb::get,     "/me",                     Needs::account, "Read my account"));
    add(custom_route<change_me, people::MeChange, people::Me>           (Verb::patch,   "/me",                     Needs::account, "Change my name, address or password"));
    add(route<people::find_profile>                                     (Verb::get,     "/me/profile",             Needs::account, "Read what I said of myself"));
    add(route<people::change_profile>                                   (Verb::patch,   "/me/profile",             Needs::account, "Change what I said of myself; null empties"));
    add(route<people::confirm_email>                                    (Verb::post,    "/me/email-confirmations", Needs::account, "Confirm my new address").answering(200));
    add(custom_route<list_outbox, void, people::OutboxList, PageQuery>  (Verb::get,     "/operator/outbox",        Needs::operator_, "List mails that wait for a mail server"));
    add(route<people::look_up_invitation>                               (Verb::post,    "/invitations/lookup",     Needs::nothing, "See what an invitation is for").answering(200));
    add(route<people::accept_invitation>                                (Verb::post,    "/invitations/accept",     Needs::account, "Join by an invitation").answering(200));
    add(route<people::list_workspaces>                                  (Verb::get,     "/workspaces",             Needs::account, "List my workspaces"));
    add(route<people::create_workspace>                                 (Verb::post,    "/workspaces",             Needs::account, "Create a workspace"));
    add(route<people::find_workspace>                                   (Verb::get,     "/workspaces/{workspace}", Needs::guest,   "Read a workspace"));
    add(route<people::change_workspace>                                 (Verb::patch,   "/workspaces/{workspace}", Needs::admin,   "Change a workspace"));
    add(route<privacy::close_workspace>                                 (Verb::delete_, "/workspaces/{workspace}", Needs::owner,   "Close a workspace with everything in it"));
    add(route<people::keep_workspace>                                   (Verb::delete_, "/workspaces/{workspace}/closing", Needs::member, "Keep a workspace that is to be closed").answering(200));
    add(route<people::list_members>                                     (Verb::get,     "/workspaces/{workspace}/members",          Needs::guest, "List members"));
    add(route<people::change_member>                                    (Verb::patch,   "/workspaces/{workspace}/members/{person}", Needs::admin, "Change a member's role"));
    add(route<people::remove_member>                                    (Verb::delete_, "/workspaces/{workspace}/members/{person}", Needs::guest, "Remove a member, or leave"));
    add(route<people::list_invitations>                                 (Verb::get,     "/workspaces/{workspace}/invitations",              Needs::admin, "List open invitations"));
    add(route<people::create_invitation>                                (Verb::post,    "/workspaces/{workspace}/invitations",              Needs::admin, "Invite somebody by a link"));
    add(route<people::revoke_invitation>                                (Verb::delete_, "/workspaces/{workspace}/invitations/{invitation}", Needs::admin, "Revoke an invitation"));
    // clang-format on
}

} // namespace dialpine::api
