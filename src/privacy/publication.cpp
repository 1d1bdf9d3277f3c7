#include "privacy/publication.hpp"

#include "base/problem.hpp"
#include "people/outbox.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <algorithm>
#include <set>

namespace dialpine::privacy {
namespace {
std::optional<Publication> newest_published(const store::Read& read, std::string_view document)
{
    std::optional<Publication> newest;
    for (auto& each : store::select<Publication>(
             read, "WHERE document = $1 AND state = 'published' ORDER BY version", std::string(document)
         ))
        newest = std::move(each);
    return newest;
}

/// The version that accounts agreed to under a program that kept no publications.
const DocumentVersion* agreed_before(const store::Read& read, std::span<const DocumentVersion* const> versions)
{
    std::set<std::string> agreed;
    store::query(read, "SELECT DISTINCT policy_version FROM consents", [&](const store::Statement& row) {
        agreed.emplace(row.text(0));
    });
    const DocumentVersion* newest = nullptr;
    for (const auto* version : versions)
        if (version->document == "privacy" && agreed.contains(version->version)) newest = version;
    return newest;
}

void log_publication(store::Write& write, const DocumentVersion& version)
{
    store::log_public_once(
        write,
        store::LogKind::policy_version,
        fmt::format(
            R"({{"document":"{}","version":"{}","sha256":"{}"}})", version.document, version.version, version.sha256
        )
    );
}

Publication made(const DocumentVersion& version, PublicationState state)
{
    Publication publication{
        .document = version.document,
        .version = version.version,
        .sha256 = version.sha256,
        .state = state,
        .created_at = clock_now(),
    };
    if (state == PublicationState::published) publication.published_at = publication.created_at;
    return publication;
}

void bring_into_force(store::Write& write, const DocumentVersion& version)
{
    store::insert(write, made(version, PublicationState::published));
    log_publication(write, version);
}

std::string notice_of(const DocumentVersion& version, const std::vector<std::string>& reasons)
{
    std::string text = fmt::format("A new version of the {} comes into force: {}.\n", version.title, version.version);
    if (!reasons.empty()) text += "\nWhat is new in it:\n";
    for (const auto& reason : reasons) text += fmt::format("- {}\n", reason);
    return text + "\nIf you do not agree, you can object or erase your account on My privacy.\n";
}

std::vector<people::Person> who_has_an_account(const store::Read& read)
{
    return store::select<people::Person>(read, "WHERE id IN (SELECT person_id FROM accounts) ORDER BY id");
}
} // namespace

std::int64_t notify_every_account(store::Write& write, const std::string& subject, const std::string& text)
{
    std::int64_t queued = 0;
    for (const auto& person : who_has_an_account(write))
        if (people::queue_mail(write, person, subject, text)) ++queued;
    return queued;
}

void settle_publication(store::Write& write, std::span<const DocumentVersion* const> versions)
{
    if (versions.empty()) return;
    const auto& newest = *versions.back();
    if (store::find<Publication>(write, newest.document, newest.version)) return;
    auto before = newest_published(write, newest.document);
    if (!before)
        if (const auto* agreed = agreed_before(write, versions)) {
            bring_into_force(write, *agreed);
            if (agreed == &newest) return;
            before = newest_published(write, newest.document);
        }
    const DocumentVersion* old = nullptr;
    for (const auto* version : versions)
        if (before && version->version == before->version) old = version;
    if (!old || !differences(*old, newest).significant) return bring_into_force(write, newest);
    auto waiting = made(newest, PublicationState::waiting);
    waiting.is_significant = true;
    store::insert(write, waiting);
}

void settle_publications(store::Write& write)
{
    std::set<std::string> documents;
    for (const auto& each : all_documents()) documents.insert(each.document);
    for (const auto& document : documents) settle_publication(write, versions_of(document));
}

Publication publish(store::Write& write, const DocumentVersion& version)
{
    auto publication = store::find<Publication>(write, version.document, version.version);
    if (!publication) throw Problem::not_found();
    if (publication->state == PublicationState::published)
        throw Problem::conflict("already-published", "This version is in force, or was.");
    const auto* old = in_force(write, version.document);
    const auto reasons = old ? differences(*old, version).reasons : std::vector<std::string>{};
    publication->notices = notify_every_account(write, version.title + ": a new version", notice_of(version, reasons));
    publication->state = PublicationState::published;
    publication->published_at = clock_now();
    store::update(write, *publication);
    log_publication(write, version);
    return *publication;
}

const DocumentVersion* in_force(const store::Read& read, std::string_view document)
{
    const auto versions = versions_of(document);
    if (const auto published = newest_published(read, document))
        for (const auto* version : versions)
            if (version->version == published->version) return version;
    return versions.empty() ? nullptr : versions.back();
}

std::optional<WaitingVersion> waiting_version(const store::Read& read, std::string_view document)
{
    const auto versions = versions_of(document);
    const auto* old = in_force(read, document);
    if (!old || old == versions.back()) return std::nullopt;
    return WaitingVersion{versions.back()->version, differences(*old, *versions.back()).reasons};
}

std::vector<Publication> list_publications(const store::Read& read)
{
    return store::select<Publication>(read, "ORDER BY document, version");
}

std::int64_t count_notices(const store::Read& read)
{
    return std::ranges::count_if(who_has_an_account(read), [](const auto& person) { return person.email.has_value(); });
}

} // namespace dialpine::privacy
