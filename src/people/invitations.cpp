#include "people/invitations.hpp"

#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "store/rows.hpp"

namespace dialpine::people {
namespace {
std::string& stored_public_url()
{
    static std::string url = "http://127.0.0.1:8080";
    return url;
}
Merge merge = nullptr;

InvitationView to_view(const Invitation& invitation)
{
    return {
        .id = invitation.id,
        .role = invitation.role,
        .person_id = invitation.person_id,
        .created_by = invitation.created_by,
        .expires_at = invitation.expires_at,
        .created_at = invitation.created_at,
        .changed_at = invitation.changed_at,
        .link = {},
    };
}

Invitation find_open(store::Read& read, const InvitationToken& wish)
{
    const auto invitation =
        store::select_one<Invitation>(read, "WHERE token_hash = $1", crypto::token_hash(wish.token));
    if (!invitation || invitation->used_at || invitation->revoked_at || invitation->expires_at <= clock_now()) {
        Problem problem = Problem::not_found();
        problem.name = "invitation-used";
        problem.detail = "This invitation was used, revoked or has expired. Ask for a new one.";
        throw problem;
    }
    return *invitation;
}

bool is_unclaimed(store::Read& read, WorkspaceId workspace, PersonId person)
{
    return store::find<ImportedPerson>(read, workspace, person) && !find_account(read, person);
}
} // namespace

void set_public_url(std::string url) { stored_public_url() = std::move(url); }
const std::string& public_url() { return stored_public_url(); }
void set_merge(Merge with) { merge = with; }

InvitationList list_invitations(store::Read& read, const Actor& actor)
{
    InvitationList list;
    const auto open = store::select<Invitation>(
        read,
        "WHERE workspace_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC",
        actor.workspace,
        clock_now()
    );
    for (const auto& invitation : open) list.items.push_back(to_view(invitation));
    return list;
}

InvitationView create_invitation(store::Write& write, const Actor& actor, NewInvitation wish)
{
    if (wish.role > actor.role) throw Problem::forbidden("You can invite up to your own role.");
    if (wish.person_id && !is_unclaimed(write, actor.workspace, *wish.person_id))
        throw Problem::invalid("/person_id", "is not an imported person without an account here");
    const auto token = crypto::new_token();
    const Instant now = clock_now();
    const Invitation invitation{
        .workspace_id = actor.workspace,
        .id = InvitationId::make(),
        .role = wish.role,
        .token_hash = crypto::token_hash(token),
        .person_id = wish.person_id,
        .created_by = actor.person,
        .created_at = now,
        .changed_at = now,
        .expires_at = now + invitation_life,
    };
    store::insert(write, invitation);
    auto view = to_view(invitation);
    view.link.value = public_url() + "/join#" + token; // after the hash sign, so that no server logs it
    return view;
}

void revoke_invitation(store::Write& write, const Actor& actor, InvitationId id)
{
    auto invitation = store::find<Invitation>(write, actor.workspace, id);
    if (!invitation || invitation->used_at || invitation->revoked_at) throw Problem::not_found();
    invitation->revoked_at = invitation->changed_at = clock_now();
    store::update(write, *invitation);
}

InvitationPreview look_up_invitation(store::Read& read, InvitationToken wish)
{
    const auto invitation = find_open(read, wish);
    const auto workspace = store::find<Workspace>(read, invitation.workspace_id);
    if (!workspace) throw Problem::not_found();
    const auto person = invitation.person_id ? shown_to_others(read, *invitation.person_id) : std::nullopt;
    return {
        .workspace_name = workspace->name,
        .role = invitation.role,
        .person_name = person ? std::optional(person->name) : std::nullopt,
        .expires_at = invitation.expires_at,
    };
}

WorkspaceView accept_invitation(store::Write& write, const SignedIn& me, InvitationToken wish)
{
    auto invitation = find_open(write, wish);
    const Instant now = clock_now();
    invitation.used_at = invitation.changed_at = now;
    invitation.used_by = me.person;
    const auto claimed = std::exchange(invitation.person_id, std::nullopt);
    store::update(write, invitation);

    const auto before = store::find<Membership>(write, invitation.workspace_id, me.person);
    const bool is_in = before && !before->ended_at;
    const Role role = is_in ? std::max(before->role, invitation.role) : invitation.role;
    store::upsert(
        write,
        Membership{
            .workspace_id = invitation.workspace_id,
            .person_id = me.person,
            .role = role,
            .created_at = before ? before->created_at : now,
            .changed_at = now,
        }
    );
    if (claimed && merge && is_unclaimed(write, invitation.workspace_id, *claimed)) merge(write, *claimed, me.person);
    write.append({
        .workspace_id = invitation.workspace_id,
        .kind = store::ChangeKind::member_changed,
        .object_id = me.person,
        .actor_id = me.person,
    });
    return find_workspace(write, {me.person, invitation.workspace_id, role});
}

} // namespace dialpine::people
