#pragma once
#include "privacy/policy_changes.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

/// Which version of each document is in force. A significant one waits until a notice to every account is queued.
namespace dialpine::privacy {

enum class PublicationState : std::uint8_t { waiting, published };
BOOST_DESCRIBE_ENUM(PublicationState, waiting, published)

struct Publication {
    std::string document;
    std::string version;
    std::string sha256;
    PublicationState state{};
    bool is_significant = false;
    std::int64_t notices = 0; ///< queued for it
    Instant created_at{};
    std::optional<Instant> published_at;
};
BOOST_DESCRIBE_STRUCT(
    Publication, (), (document, version, sha256, state, is_significant, notices, created_at, published_at)
)

namespace declared {
inline constexpr store::NotPersonal published{"which version of a document is in force"};
inline constexpr auto publications = store::table<Publication>(
    "publications",
    store::primary_key<&Publication::document, &Publication::version>,
    store::column<&Publication::document>(published),
    store::column<&Publication::version>(published),
    store::column<&Publication::sha256>(published),
    store::column<&Publication::state>(published),
    store::column<&Publication::is_significant>(published),
    store::column<&Publication::notices>(published),
    store::column<&Publication::created_at>(published),
    store::column<&Publication::published_at>(published)
);
inline constexpr store::Table publications_table = publications.plain();
} // namespace declared

/// At start: the newest of these versions comes into force if it is the first or changes nothing significant, else it
/// waits. Versions are of one document, the oldest first.
void settle_publication(store::Write&, std::span<const DocumentVersion* const> versions);
/// For every document of the program.
void settle_publications(store::Write&);

/// One mail for each account that can be reached; gives their number.
std::int64_t notify_every_account(store::Write&, const std::string& subject, const std::string& text);

/// Queues a notice to every account and brings a waiting version into force, both or neither. Throws Problem: 404 for
/// an unknown version, 409 when it does not wait.
Publication publish(store::Write&, const DocumentVersion&);

/// The version in force; the newest of the program while nothing was settled. Null for an unknown document.
const DocumentVersion* in_force(const store::Read&, std::string_view document);

struct WaitingVersion {
    std::string version;
    std::vector<std::string> reasons; ///< why it waits
};
BOOST_DESCRIBE_STRUCT(WaitingVersion, (), (version, reasons))
std::optional<WaitingVersion> waiting_version(const store::Read&, std::string_view document);

std::vector<Publication> list_publications(const store::Read&);

/// How many accounts a notice goes to.
std::int64_t count_notices(const store::Read&);

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::Publication> = &privacy::declared::publications_table;
} // namespace dialpine::store
