#include "people/closing.hpp"

#include "base/problem.hpp"
#include "people/invitations.hpp"
#include "people/outbox.hpp"
#include "store/rows.hpp"

namespace dialpine::people {
namespace {
void tell_page(store::Write& write, WorkspaceId workspace, std::optional<PersonId> actor)
{
    write.append({
        .workspace_id = workspace,
        .kind = store::ChangeKind::workspace_changed,
        .object_id = workspace,
        .actor_id = actor,
    });
}

void post_notice(store::Write& write, const Workspace& workspace, const Person& member, Instant closes_at)
{
    const auto day = to_text(std::chrono::floor<std::chrono::days>(closes_at));
    queue_mail(
        write,
        member,
        fmt::format("{} closes on {}", workspace.name, day),
        fmt::format(
            "The last owner of the workspace {} has left DialPine. It closes on {}, with everything in it.\n\n"
            "An admin can keep it and become its owner; where there is none, any member can. Whoever wants to "
            "take work along exports it before:\n\n{}/w/{}/settings\n",
            workspace.name,
            to_text(closes_at),
            public_url(),
            to_text(workspace.id)
        )
    );
}

std::vector<Membership> current_members(const store::Read& read, WorkspaceId workspace)
{
    return store::select<Membership>(
        read, "WHERE workspace_id = $1 AND ended_at IS NULL ORDER BY person_id", workspace
    );
}
} // namespace

void plan_closing(store::Write& write, WorkspaceId id, Instant closes_at)
{
    const auto workspace = store::find<Workspace>(write, id);
    if (!workspace) throw Problem::not_found();
    const Instant now = clock_now();
    store::upsert(write, PlannedClosing{.workspace_id = id, .created_at = now, .closes_at = closes_at});
    if (closes_at > now)
        for (const auto& membership : current_members(write, id))
            if (const auto member = store::find<Person>(write, membership.person_id))
                post_notice(write, *workspace, *member, closes_at);
    tell_page(write, id, std::nullopt);
}

std::vector<WorkspaceId> due_closings(const store::Read& read, Instant now)
{
    std::vector<WorkspaceId> due;
    for (const auto& closing :
         store::select<PlannedClosing>(read, "WHERE closes_at <= $1 ORDER BY closes_at, workspace_id", now))
        due.push_back(closing.workspace_id);
    return due;
}

WorkspaceView keep_workspace(store::Write& write, const Actor& actor)
{
    if (!store::find<PlannedClosing>(write, actor.workspace)) throw Problem::not_found();
    Role highest = Role::guest;
    for (const auto& membership : current_members(write, actor.workspace)) highest = std::max(highest, membership.role);
    if (actor.role < highest)
        throw Problem::forbidden("Somebody with a higher role here decides whether the workspace is kept.");
    store::remove<PlannedClosing>(write, actor.workspace);
    if (highest != Role::owner) {
        auto membership = *store::find<Membership>(write, actor.workspace, actor.person);
        membership.role = Role::owner;
        membership.changed_at = clock_now();
        store::update(write, membership);
        write.append({
            .workspace_id = actor.workspace,
            .kind = store::ChangeKind::member_changed,
            .object_id = actor.person,
            .actor_id = actor.person,
        });
    }
    tell_page(write, actor.workspace, actor.person);
    return find_workspace(write, {actor.person, actor.workspace, Role::owner});
}

} // namespace dialpine::people
