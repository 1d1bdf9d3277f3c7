#include "people/workspaces.hpp"

#include "base/log.hpp"
#include "base/problem.hpp"
#include "people/closing.hpp"
#include "people/profile.hpp"
#include "people/restriction.hpp"
#include "people/sessions.hpp"
#include "store/parts.hpp"
#include "store/rows.hpp"

namespace dialpine::people {
namespace {
using store::ChangeKind;

void tell(store::Write& write, const Actor& actor, ChangeKind kind, const Uuid& object)
{
    write.append({.workspace_id = actor.workspace, .kind = kind, .object_id = object, .actor_id = actor.person});
}

std::int64_t count_members(store::Read& read, WorkspaceId workspace)
{
    return store::query_one<std::int64_t>(
               read, "SELECT count(*) FROM memberships WHERE workspace_id = $1 AND ended_at IS NULL", workspace
    )
        .value_or(0);
}

std::optional<Instant> closes_at(store::Read& read, WorkspaceId workspace)
{
    const auto closing = store::find<PlannedClosing>(read, workspace);
    return closing ? std::optional(closing->closes_at) : std::nullopt;
}

WorkspaceView to_view(store::Read& read, const Workspace& workspace, Role role)
{
    return {
        .id = workspace.id,
        .name = workspace.name,
        .role = role,
        .member_count = count_members(read, workspace.id),
        .created_at = workspace.created_at,
        .changed_at = workspace.changed_at,
        .closes_at = closes_at(read, workspace.id),
    };
}

bool is_last_owner(store::Read& read, WorkspaceId workspace, PersonId person)
{
    return role_of(read, workspace, person) == Role::owner &&
           !store::query_one<std::int64_t>(
               read,
               "SELECT 1 FROM memberships WHERE workspace_id = $1 AND person_id <> $2 AND role = 'owner' "
               "AND ended_at IS NULL LIMIT 1",
               workspace,
               person
           );
}

Problem last_owner()
{
    return Problem::conflict("last-owner", "A workspace needs an owner. Make another member its owner first.");
}

Member to_member(store::Read& read, const Actor& actor, const Membership& membership)
{
    const auto shown = shown_to_others(read, membership.person_id);
    const auto profile = profile_for_others(read, membership.person_id);
    const bool sees_address = actor.role >= Role::admin || membership.person_id == actor.person;
    return {
        .id = membership.person_id,
        .name = shown ? shown->name : std::string(),
        .email = shown && sees_address ? shown->email : std::nullopt,
        .job_title = profile.job_title,
        .company = profile.company,
        .role = membership.role,
        .is_me = membership.person_id == actor.person,
        .created_at = membership.created_at,
        .changed_at = membership.changed_at,
    };
}

std::optional<Membership> find_membership(store::Read& read, WorkspaceId workspace, PersonId person)
{
    auto membership = store::find<Membership>(read, workspace, person);
    return membership && !membership->ended_at ? membership : std::nullopt;
}
} // namespace

WorkspaceList list_workspaces(store::Read& read, const SignedIn& me)
{
    WorkspaceList list;
    const auto memberships = store::select<Membership>(
        read, "WHERE person_id = $1 AND ended_at IS NULL ORDER BY created_at, workspace_id", me.person
    );
    for (const auto& membership : memberships)
        if (const auto workspace = store::find<Workspace>(read, membership.workspace_id))
            list.items.push_back(to_view(read, *workspace, membership.role));
    return list;
}

WorkspaceView create_workspace(store::Write& write, const SignedIn& me, NewWorkspace wish)
{
    const Instant now = clock_now();
    const Workspace workspace{
        .id = WorkspaceId::make(), .name = wish.name, .created_by = me.person, .created_at = now, .changed_at = now
    };
    write.keys().make(workspace.id);
    store::insert(write, workspace);
    store::insert(
        write,
        Membership{
            .workspace_id = workspace.id,
            .person_id = me.person,
            .role = Role::owner,
            .created_at = now,
            .changed_at = now,
        }
    );
    tell(write, {me.person, workspace.id, Role::owner}, ChangeKind::workspace_changed, workspace.id);
    return to_view(write, workspace, Role::owner);
}

WorkspaceView find_workspace(store::Read& read, const Actor& actor)
{
    const auto workspace = store::find<Workspace>(read, actor.workspace);
    if (!workspace) throw Problem::not_found();
    return to_view(read, *workspace, actor.role);
}

WorkspaceView change_workspace(store::Write& write, const Actor& actor, WorkspaceChange change)
{
    auto workspace = store::find<Workspace>(write, actor.workspace);
    if (!workspace) throw Problem::not_found();
    if (change.name && *change.name != workspace->name) {
        workspace->name = *change.name;
        workspace->changed_at = clock_now();
        store::update(write, *workspace);
        tell(write, actor, ChangeKind::workspace_changed, workspace->id);
    }
    return to_view(write, *workspace, actor.role);
}

void close_workspace(store::Write& write, const Actor& actor, WorkspaceClosing closing)
{
    const auto workspace = store::find<Workspace>(write, actor.workspace);
    if (!workspace) throw Problem::not_found();
    if (closing.name != workspace->name) throw Problem::invalid("/name", "is not the workspace's name");
    remove_workspace(write, workspace->id);
}

/// The writes that wait for this commit must not fail for a key; the next start tries again.
void remove_workspace(store::Write& write, WorkspaceId id)
{
    store::remove_with_parts(write, *store::table_of<Workspace>, id);
    write.after_commit([&keys = write.keys(), id] {
        try {
            keys.destroy(id);
        } catch (const std::exception& failure) {
            log::say(log::Level::error, "The key of a closed workspace could not be destroyed", failure.what());
        }
    });
}

int finish_closings(store::Database& database)
{
    auto& keys = database.keys();
    const auto is_there = [&](WorkspaceId id) {
        return database.read([&](store::Read& read) { return store::find<Workspace>(read, id).has_value(); });
    };
    int closed = 0;
    for (const WorkspaceId id : keys.closed_workspaces())
        if (is_there(id)) {
            database.write([&](store::Write& write) { remove_workspace(write, id); });
            ++closed;
        }
    for (const WorkspaceId id : keys.workspaces())
        if (!is_there(id)) keys.destroy(id);
    return closed;
}

MemberList list_members(store::Read& read, const Actor& actor)
{
    MemberList list;
    const auto memberships = store::select<Membership>(
        read, "WHERE workspace_id = $1 AND ended_at IS NULL ORDER BY created_at, person_id", actor.workspace
    );
    for (const auto& membership : memberships) list.items.push_back(to_member(read, actor, membership));
    return list;
}

KnownPeople list_people(store::Read& read, const Actor& actor)
{
    KnownPeople known;
    for (const auto& membership :
         store::select<Membership>(read, "WHERE workspace_id = $1 ORDER BY person_id", actor.workspace)) {
        const bool is_member = !membership.ended_at;
        known.items.push_back({
            .id = membership.person_id,
            .name = name_for_others(read, membership.person_id),
            .role = is_member ? std::optional(membership.role) : std::nullopt,
            .has_account = true,
            .is_member = is_member,
        });
    }
    for (const auto& imported :
         store::select<ImportedPerson>(read, "WHERE workspace_id = $1 ORDER BY person_id", actor.workspace)) {
        const bool is_listed =
            std::ranges::any_of(known.items, [&](const auto& each) { return each.id == imported.person_id; });
        if (is_listed) continue;
        known.items.push_back({.id = imported.person_id, .name = name_for_others(read, imported.person_id)});
    }
    return known;
}

Member change_member(store::Write& write, const Actor& actor, PersonId person, MemberChange change)
{
    auto membership = find_membership(write, actor.workspace, person);
    if (!membership) throw Problem::not_found();
    if (membership->role > actor.role || change.role > actor.role)
        throw Problem::forbidden("Only an owner makes or changes an owner.");
    if (change.role != Role::owner && is_last_owner(write, actor.workspace, person)) throw last_owner();
    if (membership->role != change.role) {
        membership->role = change.role;
        membership->changed_at = clock_now();
        store::update(write, *membership);
        tell(write, actor, ChangeKind::member_changed, person);
    }
    return to_member(write, actor, *membership);
}

void remove_member(store::Write& write, const Actor& actor, PersonId person)
{
    auto membership = find_membership(write, actor.workspace, person);
    if (!membership) throw Problem::not_found();
    if (person != actor.person) {
        if (actor.role < Role::admin) throw Problem::forbidden("Only an admin removes others.");
        if (membership->role > actor.role) throw Problem::forbidden("Only an owner removes an owner.");
    }
    if (is_last_owner(write, actor.workspace, person)) throw last_owner();
    membership->ended_at = membership->changed_at = clock_now();
    store::update(write, *membership);
    tell(write, actor, ChangeKind::member_changed, person);
    write.after_commit([person] { tell_sessions_ended(person); }
    ); // what they have open follows this workspace no longer
}

std::optional<Role> role_of(store::Read& read, WorkspaceId workspace, PersonId person)
{
    const auto membership = find_membership(read, workspace, person);
    return membership ? std::optional(membership->role) : std::nullopt;
}

bool is_known_in(store::Read& read, WorkspaceId workspace, PersonId person)
{
    return store::find<Membership>(read, workspace, person) || store::find<ImportedPerson>(read, workspace, person);
}

HandedOver hand_over(store::Write& write, PersonId person, const Handover& wish)
{
    std::vector<Orphan> undecided;
    HandedOver done;
    const auto memberships = store::select<Membership>(write, "WHERE person_id = $1 AND ended_at IS NULL", person);
    for (const auto& membership : memberships) {
        const WorkspaceId id = membership.workspace_id;
        if (!is_last_owner(write, id, person)) continue;
        const Actor actor{person, id, Role::owner};
        Orphan orphan{.id = id, .name = find_workspace(write, actor).name, .members = {}};
        for (auto& each : list_people(write, actor).items)
            if (each.is_member && each.id != person) orphan.members.push_back(std::move(each));
        const auto successor = wish.successors.find(id);
        if (successor != wish.successors.end() && successor->second != person) {
            if (!role_of(write, id, successor->second))
                throw Problem::invalid("/successors/" + to_text(id), "is no member of this workspace");
            change_member(write, actor, successor->second, {Role::owner});
        } else if (orphan.members.empty())
            done.closing_now.push_back(id);
        else if (std::ranges::find(wish.closing, id) != wish.closing.end())
            done.closing_later.push_back(id);
        else
            undecided.push_back(std::move(orphan));
    }
    if (undecided.empty()) {
        const Instant now = clock_now();
        for (const WorkspaceId id : done.closing_now) plan_closing(write, id, now);
        for (const WorkspaceId id : done.closing_later) plan_closing(write, id, now + closing_notice);
        return done;
    }
    auto problem = Problem::conflict(
        "last-owner", "You are the last owner of a workspace in which others are. Name a successor for it, or close it."
    );
    problem.extra = "\"workspaces\":" + json::to_json(undecided);
    throw problem;
}

} // namespace dialpine::people
