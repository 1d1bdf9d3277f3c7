#pragma once
#include "base/json.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine {
using AuthorityRequestId = Id<struct AuthorityRequestTag>;
}

/// What public authorities asked for, in counts: a register whose every line stands in the transparency log as well, so
/// that nobody can make it shorter unseen (promise P64).
namespace dialpine::privacy {

enum class AuthorityKind : std::uint8_t { subpoena, warrant, court_order, emergency, other };
BOOST_DESCRIBE_ENUM(AuthorityKind, subpoena, warrant, court_order, emergency, other)

enum class AuthorityOutcome : std::uint8_t { pending, complied, partly, refused };
BOOST_DESCRIBE_ENUM(AuthorityOutcome, pending, complied, partly, refused)

struct AuthorityRequest {
    AuthorityRequestId id;
    AuthorityKind kind{};
    std::string authority; ///< "District court of Example"
    Day received_on{};
    AuthorityOutcome outcome{};
    std::optional<Day> answered_on;
    std::int64_t persons = 0; ///< of how many something was disclosed
    std::int64_t records = 0; ///< how much of them
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(
    AuthorityRequest, (), (id, kind, authority, received_on, outcome, answered_on, persons, records, created_at)
)

namespace declared {
inline constexpr store::NotPersonal asked{"what an authority asked for, in counts; nobody is named"};
inline constexpr auto authority_requests = store::table<AuthorityRequest>(
    "authority_requests",
    store::primary_key<&AuthorityRequest::id>,
    store::column<&AuthorityRequest::id>(asked),
    store::column<&AuthorityRequest::kind>(asked),
    store::column<&AuthorityRequest::authority>(asked),
    store::column<&AuthorityRequest::received_on>(asked),
    store::column<&AuthorityRequest::outcome>(asked),
    store::column<&AuthorityRequest::answered_on>(asked),
    store::column<&AuthorityRequest::persons>(asked),
    store::column<&AuthorityRequest::records>(asked),
    store::column<&AuthorityRequest::created_at>(asked)
);
inline constexpr store::Table authority_requests_table = authority_requests.plain();
} // namespace declared

struct NewAuthorityRequest {
    AuthorityKind kind{};
    Line<200> authority;
    Day received_on{};
};
struct AuthorityAnswer {
    AuthorityOutcome outcome{};
    Day answered_on{};
    std::int64_t persons = 0;
    std::int64_t records = 0;
};

/// Throws Problem 422 for an empty authority, or a day to come.
AuthorityRequest add_authority_request(store::Write&, const NewAuthorityRequest&);
/// Throws Problem 404 for an unknown id, 409 when it was answered before, 422 for what cannot be: a refusal that
/// discloses, an answer before the request, less than nothing.
AuthorityRequest answer_authority_request(store::Write&, AuthorityRequestId, const AuthorityAnswer&);
/// Newest first.
std::vector<AuthorityRequest> list_authority_requests(const store::Read&);

struct AuthorityCount {
    AuthorityKind kind{};
    std::int64_t requests = 0;
    std::int64_t pending = 0;
    std::int64_t complied = 0;
    std::int64_t partly = 0;
    std::int64_t refused = 0;
    std::int64_t persons = 0;
    std::int64_t records = 0;
};
BOOST_DESCRIBE_STRUCT(AuthorityCount, (), (kind, requests, pending, complied, partly, refused, persons, records))
struct TransparencyReport {
    std::int64_t requests = 0;
    std::int64_t persons = 0;
    std::int64_t records = 0;
    std::vector<AuthorityCount> kinds; ///< every kind, also those that nobody asked by
    std::int64_t log_entries = 0;
    bool equals_log = false;
    std::vector<std::string> differences; ///< between the register and the log, as sentences
};
BOOST_DESCRIBE_STRUCT(TransparencyReport, (), (requests, persons, records, kinds, log_entries, equals_log, differences))
/// How often authorities asked, and whether the register says what the transparency log says.
TransparencyReport transparency_report(store::Read&);

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::AuthorityRequest> = &privacy::declared::authority_requests_table;
} // namespace dialpine::store
