#pragma once
#include "base/json.hpp"
#include "people/workspaces.hpp"

namespace dialpine::people {

inline constexpr std::chrono::days invitation_life{7};

struct NewInvitation {
    Role role{};
    std::optional<PersonId> person_id; ///< the imported person whom the invited one is
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewInvitation, (), (role, person_id))

struct InvitationView {
    InvitationId id;
    Role role{};
    std::optional<PersonId> person_id;
    std::optional<PersonId> created_by;
    Instant expires_at{};
    Instant created_at{};
    Instant changed_at{};
    Sparse<std::string> link; ///< given once, when it is made: only a hash of its token is stored
};
BOOST_DESCRIBE_STRUCT(InvitationView, (), (id, role, person_id, created_by, expires_at, created_at, changed_at, link))
struct InvitationList {
    std::vector<InvitationView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(InvitationList, (), (items, next))

struct InvitationToken {
    std::string token;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(InvitationToken, (), (token))

/// What one sees who holds the link, before joining.
struct InvitationPreview {
    std::string workspace_name;
    Role role{};
    std::optional<std::string> person_name;
    Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationPreview, (), (workspace_name, role, person_name, expires_at))

/// The address under which people reach this instance; links begin with it. Set at start.
void set_public_url(std::string url);
const std::string& public_url();

InvitationList list_invitations(store::Read&, const Actor&);
/// Throws Problem 403 for a role above the actor's own, 422 for a person who is not an imported one here.
InvitationView create_invitation(store::Write&, const Actor&, NewInvitation);
void revoke_invitation(store::Write&, const Actor&, InvitationId);
/// Throws Problem 404 for a token that is unknown, used, revoked or expired.
InvitationPreview look_up_invitation(store::Read&, InvitationToken);
/// Joins the workspace, and takes over what the claimed imported person had. The invitation works once.
WorkspaceView accept_invitation(store::Write&, const SignedIn&, InvitationToken);

/// Moves everything from an imported person to the one who they turn out to be. Set at start by `privacy`, which knows
/// all tables.
using Merge = void (*)(store::Write&, PersonId from, PersonId into);
void set_merge(Merge);

} // namespace dialpine::people
