#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "privacy/authorities.hpp"
#include "privacy/disclosure.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

struct TransferQuery {
    std::optional<std::string> format; ///< json, csv
};
BOOST_DESCRIBE_STRUCT(TransferQuery, (), (format))

struct OfferQuery {
    std::optional<std::string> page;
};
BOOST_DESCRIBE_STRUCT(OfferQuery, (), (page))
struct OfferView {
    std::optional<std::string> text; ///< absent: nothing is shown there
};
BOOST_DESCRIBE_STRUCT(OfferView, (), (text))

Awaitable<http::Response> find_transfers(House& house, const Call& call, http::Body&)
{
    const auto format = from_query<TransferQuery>(call.request.query).format.value_or("json");
    if (format != "json" && format != "csv") throw Problem::invalid("?format", "is not a format of this register");
    const auto list = house.database.read([&](store::Read& read) {
        return privacy::transfer_register(read, house.settings.controller);
    });
    if (format == "json") co_return json_response(200, json::to_json(list));
    http::Response response;
    response.status = 200;
    response.body = privacy::to_csv(list);
    response.set("Content-Type", "text/csv; charset=utf-8");
    co_return response;
}

/// By the page that is asked for and by nothing else: neither cookie nor address is looked at.
Awaitable<http::Response> find_offer(House& house, const Call& call, http::Body&)
{
    const auto page =
        json::parse_enum<privacy::OfferPage>(from_query<OfferQuery>(call.request.query).page.value_or(""));
    if (!page) throw Problem::invalid("?page", "is not a page that has offers");
    const auto offer = privacy::choose_offer(house.settings.offers, *page);
    co_return json_response(200, json::to_json(OfferView{offer ? std::optional(offer->text) : std::nullopt}));
}

/// The sender waits for the other side, so it runs where others do not wait for it.
Awaitable<http::Response> try_recipient(House& house, const Call& call, http::Body&)
{
    auto send = [&house, name = call.path_values.at(0)] {
        egress::HttpTransport transport;
        return json::to_json(privacy::try_recipient(house.database, transport, name));
    };
    auto text = co_await elsewhere(house.slow, std::move(send));
    co_return json_response(200, std::move(text));
}
} // namespace

void add_recipient_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<privacy::list_subprocessors>                                    (Verb::get,     "/subprocessors",       Needs::nothing, "List everybody who receives anything"));
    add(custom_route<find_transfers, void, privacy::TransferList, TransferQuery>(Verb::get,   "/transfers",           Needs::nothing, "Read where data is, and where it goes"));
    add(route<privacy::transparency_report>                                   (Verb::get,     "/transparency-report", Needs::nothing, "Read how often authorities asked for data"));
    add(custom_route<find_offer, void, OfferView, OfferQuery>                 (Verb::get,     "/offers",              Needs::nothing, "Read the operator's word on a page"));
    add(route<privacy::list_my_disclosures>                                   (Verb::get,     "/me/disclosures",      Needs::account, "List who received what of me"));
    add(route<privacy::list_recipients>                                       (Verb::get,     "/operator/recipients", Needs::operator_, "List recipients"));
    add(route<privacy::add_recipient>                                         (Verb::post,    "/operator/recipients", Needs::operator_, "Register a recipient"));
    add(route<privacy::find_recipient>                                        (Verb::get,     "/operator/recipients/{recipient}", Needs::operator_, "Read a recipient"));
    add(route<privacy::end_recipient>                                         (Verb::delete_, "/operator/recipients/{recipient}", Needs::operator_, "End a recipient").answering(200));
    add(route<privacy::announce_recipient>                                    (Verb::post,    "/operator/recipients/{recipient}/announcement", Needs::operator_, "Tell every account of a recipient, and open the way").answering(200));
    add(custom_route<try_recipient, void, privacy::TryResult>                 (Verb::post,    "/operator/recipients/{recipient}/tries", Needs::operator_, "Send a recipient a document that says nothing of anybody").answering(200));
    add(route<privacy::list_recipient_notices>                                (Verb::get,     "/operator/recipient-notices", Needs::operator_, "List what recipients are to be told of people"));
    // clang-format on
}

} // namespace dialpine::api
