#pragma once
#include "base/text.hpp"
#include "store/schema.hpp"

namespace dialpine::people {

enum class Role : std::uint8_t { guest, member, admin, owner };
BOOST_DESCRIBE_ENUM(Role, guest, member, admin, owner)

struct Workspace {
    WorkspaceId id;
    std::string name;
    std::optional<PersonId> created_by;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Workspace, (), (id, name, created_by, created_at, changed_at))

/// A person's place in a workspace. One who left keeps the row, ended, because their name stands on what they did.
struct Membership {
    WorkspaceId workspace_id;
    PersonId person_id;
    Role role{};
    Instant created_at{};
    Instant changed_at{};
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (workspace_id, person_id, role, created_at, changed_at, ended_at))

/// A person whom an imported board names and who has no account here; claimed by an invitation.
struct ImportedPerson {
    WorkspaceId workspace_id;
    PersonId person_id;
    std::string source;
    crypto::Digest source_id_hash{}; ///< keyed hash of the person's id in that service
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ImportedPerson, (), (workspace_id, person_id, source, source_id_hash, created_at))

struct Invitation {
    WorkspaceId workspace_id;
    InvitationId id;
    Role role{};
    crypto::Digest token_hash{};
    std::optional<PersonId> person_id; ///< the imported person whom the invited one is
    std::optional<PersonId> created_by;
    Instant created_at{};
    Instant changed_at{};
    Instant expires_at{};
    std::optional<Instant> used_at;
    std::optional<PersonId> used_by;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(
    Invitation,
    (),
    (workspace_id,
     id,
     role,
     token_hash,
     person_id,
     created_by,
     created_at,
     changed_at,
     expires_at,
     used_at,
     used_by,
     revoked_at)
)

namespace declared {
using store::column;
using store::NotPersonal;
using store::person_in;
using store::Personal;
using store::primary_key;

inline constexpr NotPersonal of_the_workspace{"belongs to the workspace as a whole"};
inline constexpr NotPersonal row_facts{"ids, times and states of the row"};

inline constexpr Personal founder{
    .of = person_in<&Workspace::created_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::unlink,
    .label = "Workspaces you made",
};
inline constexpr auto workspaces = store::table<Workspace>(
    "workspaces",
    primary_key<&Workspace::id>,
    column<&Workspace::id>(of_the_workspace),
    column<&Workspace::name>(of_the_workspace, store::names_row),
    column<&Workspace::created_by>(founder),
    column<&Workspace::created_at>(of_the_workspace),
    column<&Workspace::changed_at>(of_the_workspace),
    store::indexed_by<&Workspace::created_by>()
);

inline constexpr Personal membership{
    .of = person_in<&Membership::person_id>,
    .category = Category::membership,
    .source = Source::the_team,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
};
inline constexpr auto memberships = store::table<Membership>(
    "memberships",
    primary_key<&Membership::workspace_id, &Membership::person_id>,
    column<&Membership::workspace_id>(membership),
    column<&Membership::person_id>(membership),
    column<&Membership::role>(membership),
    column<&Membership::created_at>(membership),
    column<&Membership::changed_at>(row_facts),
    column<&Membership::ended_at>(membership),
    store::indexed_by<&Membership::person_id>()
);

inline constexpr Personal imported{
    .of = person_in<&ImportedPerson::person_id>,
    .category = Category::external_id,
    .source = Source::an_import,
    .uses = {Use::import_once, Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
};
inline constexpr auto imported_people = store::table<ImportedPerson>(
    "imported_people",
    primary_key<&ImportedPerson::workspace_id, &ImportedPerson::person_id>,
    column<&ImportedPerson::workspace_id>(imported),
    column<&ImportedPerson::person_id>(imported),
    column<&ImportedPerson::source>(imported),
    column<&ImportedPerson::source_id_hash>(imported),
    column<&ImportedPerson::created_at>(imported),
    store::indexed_by<&ImportedPerson::person_id>(),
    store::indexed_by<&ImportedPerson::workspace_id, &ImportedPerson::source_id_hash>()
);

inline constexpr Keep invitation_days{"30 days", std::chrono::days{30}, "created_at"};
inline constexpr Personal invited{
    .of = person_in<&Invitation::person_id>,
    .category = Category::membership,
    .source = Source::the_team,
    .uses = {Use::provide_service},
    .basis = Basis::legitimate_interest,
    .keep = invitation_days,
    .at_erasure = AtErasure::erase_row,
    .label = "Invitations to you",
};
inline constexpr Personal inviter{
    .of = person_in<&Invitation::created_by>,
    .category = Category::authorship,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = invitation_days,
    .at_erasure = AtErasure::unlink,
    .label = "Invitations you made",
};
inline constexpr Personal joiner{
    .of = person_in<&Invitation::used_by>,
    .category = Category::membership,
    .source = Source::the_person,
    .uses = {Use::security},
    .basis = Basis::legitimate_interest,
    .keep = invitation_days,
    .at_erasure = AtErasure::unlink,
    .label = "Invitations you used",
};
inline constexpr auto invitations = store::table<Invitation>(
    "invitations",
    primary_key<&Invitation::workspace_id, &Invitation::id>,
    column<&Invitation::workspace_id>(row_facts),
    column<&Invitation::id>(row_facts),
    column<&Invitation::role>(row_facts),
    column<&Invitation::token_hash>(NotPersonal{"a hash of random bits"}, store::unique),
    column<&Invitation::person_id>(invited),
    column<&Invitation::created_by>(inviter),
    column<&Invitation::created_at>(row_facts),
    column<&Invitation::changed_at>(row_facts),
    column<&Invitation::expires_at>(row_facts),
    column<&Invitation::used_at>(row_facts),
    column<&Invitation::used_by>(joiner),
    column<&Invitation::revoked_at>(row_facts),
    store::indexed_by<&Invitation::person_id>(),
    store::indexed_by<&Invitation::created_by>(),
    store::indexed_by<&Invitation::used_by>()
);

inline constexpr store::Table workspaces_table = workspaces.plain();
inline constexpr store::Table memberships_table = memberships.plain();
inline constexpr store::Table imported_people_table = imported_people.plain();
inline constexpr store::Table invitations_table = invitations.plain();
} // namespace declared
} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::Workspace> = &people::declared::workspaces_table;
template <>
inline constexpr const Table* table_of<people::Membership> = &people::declared::memberships_table;
template <>
inline constexpr const Table* table_of<people::ImportedPerson> = &people::declared::imported_people_table;
template <>
inline constexpr const Table* table_of<people::Invitation> = &people::declared::invitations_table;
} // namespace dialpine::store
