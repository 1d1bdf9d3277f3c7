#pragma once
#include "store/schema.hpp"

/// What is kept of searches about a person: that they were asked for, and that words were struck out; never which.
namespace dialpine {
using StrikeId = Id<struct StrikeTag>;
}

namespace dialpine::privacy {

/// Somebody asks the admins of a workspace to look at what others wrote about them.
struct SubjectRequest {
    WorkspaceId workspace_id;
    PersonId person_id;
    Instant created_at{};
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(SubjectRequest, (), (workspace_id, person_id, created_at, answered_at))

/// Words about somebody were struck out of the workspace's texts.
struct Strike {
    WorkspaceId workspace_id;
    StrikeId id;
    Instant created_at{};
    std::optional<PersonId> struck_by;
    std::int64_t texts = 0;       ///< in how many
    std::int64_t occurrences = 0; ///< how often, in all of them
};
BOOST_DESCRIBE_STRUCT(Strike, (), (workspace_id, id, created_at, struck_by, texts, occurrences))

namespace declared {
using store::column;

inline constexpr store::Personal subject_request{
    .of = store::person_in<&SubjectRequest::person_id>,
    .category = Category::requests,
    .source = Source::the_person,
    .uses = {Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = {"1 year", std::chrono::days{365}, "created_at"},
    .at_erasure = AtErasure::erase_row,
    .label = "Requests to look at what others wrote about you",
};
inline constexpr auto subject_requests = store::table<SubjectRequest>(
    "subject_requests",
    store::primary_key<&SubjectRequest::workspace_id, &SubjectRequest::person_id>,
    column<&SubjectRequest::workspace_id>(subject_request),
    column<&SubjectRequest::person_id>(subject_request),
    column<&SubjectRequest::created_at>(subject_request),
    column<&SubjectRequest::answered_at>(subject_request),
    store::indexed_by<&SubjectRequest::person_id>()
);

inline constexpr store::NotPersonal strike_fact{"that words were struck out, and how many; not which, and not whose"};
inline constexpr store::Personal striker{
    .of = store::person_in<&Strike::struck_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::unlink,
    .label = "Words that you struck out for somebody",
};
inline constexpr auto strikes = store::table<Strike>(
    "strikes",
    store::primary_key<&Strike::workspace_id, &Strike::id>,
    column<&Strike::workspace_id>(strike_fact),
    column<&Strike::id>(strike_fact),
    column<&Strike::created_at>(strike_fact),
    column<&Strike::struck_by>(striker),
    column<&Strike::texts>(strike_fact),
    column<&Strike::occurrences>(strike_fact),
    store::indexed_by<&Strike::struck_by>()
);
inline constexpr store::Table subject_requests_table = subject_requests.plain();
inline constexpr store::Table strikes_table = strikes.plain();
} // namespace declared
} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::SubjectRequest> = &privacy::declared::subject_requests_table;
template <>
inline constexpr const Table* table_of<privacy::Strike> = &privacy::declared::strikes_table;
} // namespace dialpine::store
