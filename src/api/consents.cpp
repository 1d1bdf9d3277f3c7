#include "api/cookies.hpp"
#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "people/invitations.hpp"
#include "privacy/consent.hpp"
#include "privacy/transparency.hpp"
#include "store/await.hpp"
#include "store/keys.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 64 * 1024;

struct SignalsView {
    bool gpc_received = false;        ///< by this very request
    std::optional<Instant> gpc_since; ///< when a browser of this person first sent it
    bool gpc_honoured = true;
    std::vector<privacy::Purpose> covered; ///< what it withdraws
    std::string do_not_track;              ///< what is done about it
};
BOOST_DESCRIBE_STRUCT(SignalsView, (), (gpc_received, gpc_since, gpc_honoured, covered, do_not_track))

struct PublicKey {
    std::string key_id;
    std::string algorithm;
    std::string public_key;
};
BOOST_DESCRIBE_STRUCT(PublicKey, (), (key_id, algorithm, public_key))
struct PublicKeys {
    std::vector<PublicKey> keys;
};
BOOST_DESCRIBE_STRUCT(PublicKeys, (), (keys))

Awaitable<http::Response> set_consent(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<privacy::ConsentWish>(co_await body.read_all(most_wish_bytes));
    const auto purpose = from_path<privacy::PurposeRef>(call.path_values.at(0)).purpose;
    auto set = [&house, me = *call.person, purpose, wish](store::Write& write) {
        return privacy::set_consent(write, me, purpose, wish, occasion_of(house, "switch on the privacy page"));
    };
    co_return json_response(200, json::to_json(co_await store::write(house.database, std::move(set))));
}

Awaitable<http::Response> find_receipt(House& house, const Call& call, http::Body&)
{
    const auto record = from_path<ConsentId>(call.path_values.at(0));
    auto response = json_response(200, house.database.read([&](store::Read& read) {
        return json::to_json(privacy::find_receipt(read, *call.person, record));
    }));
    response.set("Content-Disposition", "attachment; filename=\"dialpine-consent-receipt.json\"");
    co_return response;
}

Awaitable<http::Response> find_signals(House& house, const Call& call, http::Body&)
{
    SignalsView view{
        .gpc_received = asks_for_privacy(call.request),
        .gpc_since =
            house.database.read([&](store::Read& read) { return privacy::gpc_since(read, call.person->person); }),
        .gpc_honoured = true,
        .covered = {},
        .do_not_track = "Nothing changes with it: what it asks for is how DialPine always is.",
    };
    for (const auto& facts : privacy::all_purposes())
        if (facts.is_covered_by_gpc) view.covered.push_back(facts.purpose);
    auto response = json_response(200, json::to_json(view));
    response.set("Vary", "Sec-GPC");
    co_return response;
}

Awaitable<http::Response> list_cookies(House&, const Call&, http::Body&)
{
    co_return json_response(200, json::to_json(browser_registry()));
}
} // namespace

privacy::ConsentOccasion occasion_of(const House& house, std::string_view method)
{
    return {
        .policy_version = house.policy().version,
        .policy_sha256 = house.policy().sha256,
        .method = std::string(method),
        .controller = people::public_url(),
    };
}

bool asks_for_privacy(const http::Request& request) { return request.header("sec-gpc") == "1"; }

void notice_signal(House& house, const Call& call)
{
    if (!call.person || !asks_for_privacy(call.request) || !house.signals.is_new(call.person->person)) return;
    const auto person = call.person->person;
    house.database.submit(
        [&house, person](store::Write& write) {
            privacy::record_gpc(write, person, occasion_of(house, "Sec-GPC header"));
        },
        [&house, person](std::exception_ptr failure) {
            if (failure) house.signals.forget(person); // the next request tries again
        }
    );
}

std::string signing_keys_json(const House& house)
{
    const auto key = crypto::public_key(house.database.keys().signing_key());
    return json::to_json(PublicKeys{{{privacy::key_id_of(key), "Ed25519", to_base64url(crypto::view(key))}}});
}

void add_consent_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<privacy::list_consents>                                             (Verb::get,  "/me/consents",                  Needs::account, "List what I agreed to, and what I can agree to"));
    add(custom_route<set_consent, privacy::ConsentWish, privacy::ConsentsView>    (Verb::put,  "/me/consents/{purpose}",        Needs::account, "Agree to a purpose, or withdraw"));
    add(custom_route<find_receipt, void, privacy::Receipt>                        (Verb::get,  "/me/consents/{record}/receipt", Needs::account, "Download a signed receipt of a consent"));
    add(route<privacy::verify_receipt>                                            (Verb::post, "/receipts/verifications",       Needs::nothing, "Check a receipt").answering(200));
    add(custom_route<find_signals, void, SignalsView>                             (Verb::get,  "/me/signals",                   Needs::account, "Read which privacy signals my browser sends, and what they do"));
    add(custom_route<list_cookies, void, BrowserRegistry>                         (Verb::get,  "/cookies",                      Needs::nothing, "List everything that is kept in the browser"));
    // clang-format on
}

} // namespace dialpine::api
