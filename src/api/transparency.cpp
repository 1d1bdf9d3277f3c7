#include "privacy/transparency.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "store/await.hpp"
#include "store/rows.hpp"

namespace dialpine::api {
using http::Verb;

namespace {
/// Only a log that has grown since its last head is signed anew, so that asking writes nothing.
Awaitable<http::Response> find_log_head(House& house, const Call&, http::Body&)
{
    const auto known = house.database.read([](store::Read& read) {
        const auto head = store::find<store::LogHead>(read, store::log_size(read));
        return head ? std::optional(privacy::to_view(read, *head)) : std::nullopt;
    });
    if (known) co_return json_response(200, json::to_json(*known));
    auto sign = [](store::Write& write) { return privacy::find_log_head(write); };
    co_return json_response(200, json::to_json(co_await store::write(house.database, std::move(sign))));
}
} // namespace

void add_transparency_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_log_head, void, privacy::LogHeadView>(Verb::get, "/log/head",               Needs::nothing, "Read the transparency log's signed head"));
    add(route<privacy::list_log_entries>    (Verb::get, "/log/entries",            Needs::nothing, "List the transparency log's entries"));
    add(route<privacy::prove_inclusion>     (Verb::get, "/log/proofs/inclusion",   Needs::nothing, "Prove that an entry is in the transparency log"));
    add(route<privacy::prove_consistency>   (Verb::get, "/log/proofs/consistency", Needs::nothing, "Prove that the transparency log has only grown"));
    add(route<privacy::list_my_log_entries> (Verb::get, "/me/log",                 Needs::account, "List the transparency log's entries about me"));
    // clang-format on
}

} // namespace dialpine::api
