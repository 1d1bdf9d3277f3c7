#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "privacy/subject_search.hpp"
#include "store/await.hpp"

#include <set>

namespace dialpine::api {
namespace {
using http::Verb;

constexpr std::size_t most_wish_bytes = 256 * 1024;

/// The words are in the body and never in the address, so that no log has them.
Awaitable<http::Response> search_subject(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<privacy::SubjectWish>(co_await body.read_all(most_wish_bytes));
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    const auto actor = *call.actor;
    const auto words = house.database.read([&](store::Read& read) { return privacy::words_for(read, actor, wish); });
    auto note = [actor, subject = wish.person_id](store::Write& write) {
        privacy::log_subject_search(write, actor, subject);
    };
    co_await store::write(house.database, std::move(note));
    auto find = [&house, actor, words, subject = wish.person_id] {
        return house.database.read([&](store::Read& read) {
            const auto found = privacy::find_texts(read, actor.workspace, words, subject);
            return json::to_json(privacy::to_hits(read, actor, found, subject));
        });
    };
    auto response = json_response(200, co_await elsewhere(house.slow, std::move(find)));
    response.headers.back().second = "no-store";
    co_return response;
}

/// Those of the texts whose ids were approved. Throws Problem 409 when one of them reads otherwise by now.
std::vector<privacy::FoundText> approved(std::vector<privacy::FoundText> found, const std::set<std::string>& hits)
{
    std::erase_if(found, [&](const privacy::FoundText& each) { return !hits.contains(each.id); });
    if (found.size() != hits.size())
        throw Problem::conflict("changed-meanwhile", "A text was changed since you read it. Search again.");
    return found;
}

Awaitable<http::Response> create_strike(House& house, const Call& call, http::Body& body)
{
    const auto wish = json::from_json<privacy::StrikeWish>(co_await body.read_all(most_wish_bytes));
    if (wish.hits.empty()) throw Problem::invalid("/hits", "must name what is to be struck out");
    co_await confirm_identity(house, *call.person, wish.password, "/password");
    const auto actor = *call.actor;
    const std::set<std::string> hits(wish.hits.begin(), wish.hits.end());
    const privacy::SubjectWish who{
        .person_id = wish.person_id, .name = wish.name, .email = wish.email, .words = wish.words, .password = {}};
    auto find = [&house, actor, who, hits] {
        return house.database.read([&](store::Read& read) {
            const auto words = privacy::words_for(read, actor, who);
            return approved(privacy::find_texts(read, actor.workspace, words, who.person_id), hits);
        });
    };
    auto found = co_await elsewhere(house.slow, std::move(find));
    auto strike = [actor, found = std::move(found), subject = wish.person_id](store::Write& write) {
        return privacy::strike_out(write, actor, found, subject);
    };
    const auto view = co_await store::write(house.database, std::move(strike));
    co_await elsewhere(house.slow, [&house] { house.forget_traces(); });
    auto response = json_response(201, json::to_json(view));
    response.set("Location", std::string(call.request.path) + "/" + to_text(view.id));
    co_return response;
}
} // namespace

void add_subject_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<search_subject, privacy::SubjectWish, privacy::SubjectHits>(Verb::post,    "/workspaces/{workspace}/subject-searches",          Needs::admin,   "Find what others wrote about a person").answering(200));
    add(custom_route<create_strike, privacy::StrikeWish, privacy::StrikeView>   (Verb::post,    "/workspaces/{workspace}/strikes",                   Needs::admin,   "Strike words about a person out"));
    add(route<privacy::list_strikes>                                            (Verb::get,     "/workspaces/{workspace}/strikes",                   Needs::admin,   "List how often words were struck out"));
    add(route<privacy::list_subject_requests>                                   (Verb::get,     "/workspaces/{workspace}/subject-requests",          Needs::admin,   "List who asks what others wrote about them"));
    add(route<privacy::close_subject_request>                                   (Verb::delete_, "/workspaces/{workspace}/subject-requests/{person}", Needs::admin,   "Say that such a request was looked at"));
    add(route<privacy::list_written_about>                                      (Verb::get,     "/me/written-about",                                 Needs::account, "Count what others wrote about me, by workspace").slow());
    add(route<privacy::ask_to_look>                                             (Verb::post,    "/me/written-about/{workspace}",                     Needs::account, "Ask a workspace's admins to look at it").located("/me/written-about"));
    // clang-format on
}

} // namespace dialpine::api
