#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "privacy/policy.hpp"
#include "privacy/publication.hpp"
#include "privacy/records.hpp"

#include <set>

namespace dialpine::api {
namespace {
using privacy::DocumentVersion;

/// The policy in force, the version that waits for its notice, and who receives anything on this instance now.
struct PolicyView : privacy::Policy {
    std::optional<privacy::WaitingVersion> waiting;
    std::vector<privacy::Recipient> recipients;
};
BOOST_DESCRIBE_STRUCT(PolicyView, (privacy::Policy), (waiting, recipients))

struct VersionSummary {
    std::string version;
    std::string sha256;
    Day published_on{};
    std::string state; ///< in_force, waiting, past
    std::string link;
};
BOOST_DESCRIBE_STRUCT(VersionSummary, (), (version, sha256, published_on, state, link))

struct DocumentSummary {
    std::string document;
    std::string title;
    std::string version; ///< the one in force, as what follows
    std::string sha256;
    Day published_on{};
    std::string link;
    std::vector<VersionSummary> versions; ///< the newest first
};
BOOST_DESCRIBE_STRUCT(DocumentSummary, (), (document, title, version, sha256, published_on, link, versions))
struct DocumentList {
    std::vector<DocumentSummary> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(DocumentList, (), (items, next))

struct DifferencesQuery {
    std::optional<std::string> from;
    std::optional<std::string> to;
};
BOOST_DESCRIBE_STRUCT(DifferencesQuery, (), (from, to))

std::string link_of(const DocumentVersion& version)
{
    return fmt::format("/api/v1/documents/{}/versions/{}", version.document, version.version);
}

std::string state_of(const DocumentVersion& version, const DocumentVersion& in_force)
{
    if (&version == &in_force) return "in_force";
    return version.version > in_force.version ? "waiting" : "past";
}

DocumentSummary summary_of(const store::Read& read, const std::string& document)
{
    const auto& current = *privacy::in_force(read, document);
    DocumentSummary summary{
        .document = document,
        .title = current.title,
        .version = current.version,
        .sha256 = current.sha256,
        .published_on = current.published_on,
        .link = link_of(current),
    };
    for (const auto* version : privacy::versions_of(document))
        summary.versions.insert(
            summary.versions.begin(),
            {version->version, version->sha256, version->published_on, state_of(*version, current), link_of(*version)}
        );
    return summary;
}

const DocumentVersion& version_in(const std::string& document, const std::string& version)
{
    const auto* found = privacy::find_version(document, version);
    if (!found) throw Problem::not_found();
    return *found;
}

Awaitable<http::Response> find_policy(House& house, const Call&, http::Body&)
{
    const auto& policy = house.policy();
    PolicyView view{{policy.version, policy.title, policy.published_on, policy.sha256, policy.text}, {}, {}};
    house.database.read([&](store::Read& read) {
        view.waiting = privacy::waiting_version(read, "privacy");
        view.recipients = privacy::all_recipients(read);
    });
    co_return json_response(200, json::to_json(view));
}

Awaitable<http::Response> list_documents(House& house, const Call&, http::Body&)
{
    std::set<std::string> names;
    for (const auto& each : privacy::all_documents()) names.insert(each.document);
    const auto list = house.database.read([&](store::Read& read) {
        DocumentList made;
        for (const auto& name : names) made.items.push_back(summary_of(read, name));
        return made;
    });
    co_return json_response(200, json::to_json(list));
}

Awaitable<http::Response> find_document_version(House&, const Call& call, http::Body&)
{
    co_return json_response(200, json::to_json(version_in(call.path_values.at(0), call.path_values.at(1))));
}

/// From the version before the newest to the newest, unless the query says otherwise.
Awaitable<http::Response> find_differences(House&, const Call& call, http::Body&)
{
    const auto& document = call.path_values.at(0);
    const auto query = from_query<DifferencesQuery>(call.request.query);
    const auto versions = privacy::versions_of(document);
    if (versions.empty()) throw Problem::not_found();
    const auto& before = *versions.at(versions.size() > 1 ? versions.size() - 2 : 0);
    const auto asked = [&](const std::optional<std::string>& wish, const DocumentVersion& otherwise, std::string at) {
        if (!wish) return &otherwise;
        const auto* found = privacy::find_version(document, *wish);
        if (!found) throw Problem::invalid("?" + at, "is no version of this document");
        return found;
    };
    const auto made =
        privacy::differences(*asked(query.from, before, "from"), *asked(query.to, *versions.back(), "to"));
    co_return json_response(200, json::to_json(made));
}
} // namespace

void add_document_routes(std::vector<Route>& routes)
{
    using http::Verb;
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_policy, void, PolicyView>                                       (Verb::get, "/policy",                                 Needs::nothing, "Read the privacy policy in force"));
    add(custom_route<list_documents, void, DocumentList>                                  (Verb::get, "/documents",                              Needs::nothing, "List the documents that apply, with their versions"));
    add(custom_route<find_document_version, void, DocumentVersion>                        (Verb::get, "/documents/{document}/versions/{version}", Needs::nothing, "Read a version of a document"));
    add(custom_route<find_differences, void, privacy::Differences, DifferencesQuery>      (Verb::get, "/documents/{document}/differences",       Needs::nothing, "Read what changed between two versions"));
    // clang-format on
}

} // namespace dialpine::api
