#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/page.hpp"
#include "privacy/change_objections.hpp"
#include "privacy/publication.hpp"
#include "store/await.hpp"

namespace dialpine::api {
namespace {
using http::Verb;

/// A version of a document as its operator sees it: what publishing it would do, or did.
struct PublicationView {
    std::string document;
    std::string title;
    std::string version;
    privacy::PublicationState state{};
    bool is_significant = false;
    std::vector<std::string> reasons; ///< why it waits
    std::int64_t notices = 0;         ///< queued for it, or that publishing it would queue
    Instant created_at{};
    std::optional<Instant> published_at;
};
BOOST_DESCRIBE_STRUCT(
    PublicationView, (), (document, title, version, state, is_significant, reasons, notices, created_at, published_at)
)
struct PublicationList {
    std::vector<PublicationView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PublicationList, (), (items, next))

PublicationView view_of(const store::Read& read, const privacy::Publication& publication)
{
    PublicationView view{
        .document = publication.document,
        .title = publication.document,
        .version = publication.version,
        .state = publication.state,
        .is_significant = publication.is_significant,
        .reasons = {},
        .notices = publication.notices,
        .created_at = publication.created_at,
        .published_at = publication.published_at,
    };
    const auto* version = privacy::find_version(publication.document, publication.version);
    if (version) view.title = version->title; // an older program's version may be one that this one does not have
    if (publication.state == privacy::PublicationState::published) return view;
    view.notices = privacy::count_notices(read);
    const auto waiting = privacy::waiting_version(read, publication.document);
    if (waiting && waiting->version == publication.version) view.reasons = waiting->reasons;
    return view;
}

/// The newest first.
PublicationList list_publications(store::Read& read, const people::SignedIn&)
{
    PublicationList list;
    for (const auto& each : privacy::list_publications(read)) list.items.push_back(view_of(read, each));
    std::ranges::sort(list.items, std::greater(), [](const PublicationView& view) {
        return std::pair(view.version, view.document);
    });
    return list;
}

Awaitable<http::Response> publish_version(House& house, const Call& call, http::Body&)
{
    const auto* version = privacy::find_version(call.path_values.at(0), call.path_values.at(1));
    if (!version) throw Problem::not_found();
    auto publish = [&house, version](store::Write& write) {
        return view_of(write, publish_document(write, house, *version));
    };
    co_return json_response(200, json::to_json(co_await store::write(house.database, std::move(publish))));
}

/// A reading that leaves a trace of itself.
Awaitable<http::Response> list_change_objections(House& house, const Call& call, http::Body&)
{
    const auto page = from_query<PageQuery>(call.request.query);
    auto list = [page](store::Write& write) {
        auto requests = privacy::list_change_objections(write);
        cut_to_page(requests, page);
        return json_response(200, json::to_json(requests));
    };
    co_return co_await store::write(house.database, std::move(list));
}
} // namespace

privacy::Publication publish_document(store::Write& write, House& house, const privacy::DocumentVersion& version)
{
    auto published = privacy::publish(write, version);
    if (version.document == "privacy") write.after_commit([&house, &version] { house.take_policy(version); });
    return published;
}

void add_publication_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<list_publications>                                   (Verb::get,  "/operator/publications",                      Needs::operator_, "List the versions of documents, and those that wait to be published"));
    add(custom_route<publish_version, void, PublicationView>       (Verb::post, "/operator/publications/{document}/{version}", Needs::operator_, "Queue a notice to every account and bring a waiting version into force").answering(200));
    add(route<privacy::list_my_change_objections>                  (Verb::get,  "/me/change-objections",                       Needs::account,   "List my objections to changes of documents, and how they stand"));
    add(route<privacy::object_to_change>                           (Verb::post, "/me/change-objections",                       Needs::account,   "Object to what a version of a document changed"));
    add(custom_route<list_change_objections, void, privacy::ChangeRequestList, PageQuery>(Verb::get, "/operator/change-objections", Needs::operator_, "List objections to changes of documents, those due soonest first"));
    add(route<privacy::answer_change_objection>                    (Verb::post, "/operator/change-objections/{objection}/answer", Needs::operator_, "Answer an objection to a change of a document").answering(200));
    // clang-format on
}

} // namespace dialpine::api
