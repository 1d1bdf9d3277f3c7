#pragma once
#include "base/json.hpp"
#include "people/accounts.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"

namespace dialpine::people {

struct WorkspaceView {
    WorkspaceId id;
    std::string name;
    Role role{}; ///< the asker's own
    std::int64_t member_count = 0;
    Instant created_at{};
    Instant changed_at{};
    std::optional<Instant> closes_at; ///< its last owner has gone; until then it can be kept
};
BOOST_DESCRIBE_STRUCT(WorkspaceView, (), (id, name, role, member_count, created_at, changed_at, closes_at))
struct WorkspaceList {
    std::vector<WorkspaceView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(WorkspaceList, (), (items, next))

struct NewWorkspace {
    Name name;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewWorkspace, (), (name))
struct WorkspaceChange {
    Change<Name> name;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(WorkspaceChange, (), (name))
/// The workspace's name, typed again by the owner who closes it.
struct WorkspaceClosing {
    std::string name;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(WorkspaceClosing, (), (name))

struct Member {
    PersonId id;
    std::string name;
    std::optional<std::string> email; ///< admins see it
    std::optional<std::string> job_title; ///< where the person shows it
    std::optional<std::string> company;
    Role role{};
    bool is_me = false;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, name, email, job_title, company, role, is_me, created_at, changed_at))
struct MemberList {
    std::vector<Member> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (items, next))
struct MemberChange {
    Role role{};
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(MemberChange, (), (role))

/// Somebody whose name can stand on a task: a member, an imported person, or one who left.
struct KnownPerson {
    PersonId id;
    std::string name;
    std::optional<Role> role;
    bool has_account = false;
    bool is_member = false;
};
BOOST_DESCRIBE_STRUCT(KnownPerson, (), (id, name, role, has_account, is_member))
struct KnownPeople {
    std::vector<KnownPerson> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(KnownPeople, (), (items, next))

WorkspaceList list_workspaces(store::Read&, const SignedIn&);
/// The maker becomes its owner.
WorkspaceView create_workspace(store::Write&, const SignedIn&, NewWorkspace);
WorkspaceView find_workspace(store::Read&, const Actor&);
WorkspaceView change_workspace(store::Write&, const Actor&, WorkspaceChange);
/// Removes the workspace and everything in it.
void remove_workspace(store::Write&, WorkspaceId);
/// The same for its owner. Throws Problem 422 if the typed name is another.
void close_workspace(store::Write&, const Actor&, WorkspaceClosing);
/// After a start or a restore: removes workspaces that were closed since the backup, and keys of workspaces that are gone.
/// Says how many were closed again.
int finish_closings(store::Database&);

MemberList list_members(store::Read&, const Actor&);
KnownPeople list_people(store::Read&, const Actor&);
/// Throws Problem 403 for more than the actor's own role, 409 for the last owner.
Member change_member(store::Write&, const Actor&, PersonId, MemberChange);
/// Anyone may leave; others are removed by admins. Throws Problem 403, and 409 for the last owner.
void remove_member(store::Write&, const Actor&, PersonId);

/// The person's role, if they are a member now.
std::optional<Role> role_of(store::Read&, WorkspaceId, PersonId);
/// Whether the person is known in the workspace at all, so that tasks may be assigned to them.
bool is_known_in(store::Read&, WorkspaceId, PersonId);

/// A workspace that cannot go on without this owner: they are its last one and others are in it.
struct Orphan {
    WorkspaceId id;
    std::string name;
    std::vector<KnownPerson> members; ///< who could become its owner
};
BOOST_DESCRIBE_STRUCT(Orphan, (), (id, name, members))

/// What to do with the workspaces that a leaving person is the last owner of.
struct Handover {
    std::map<WorkspaceId, PersonId> successors;
    std::vector<WorkspaceId> closing;
};
/// Those that close: at once, because nobody else is in them, or after a week in which the members can keep them.
struct HandedOver {
    std::vector<WorkspaceId> closing_now;
    std::vector<WorkspaceId> closing_later;
};
/// Hands over the workspaces of which the person is the last owner, or plans their closing (`people/closing.hpp`); one
/// without other members is planned for now. Throws Problem 409 `last-owner`, listing those for which nothing was said.
HandedOver hand_over(store::Write&, PersonId, const Handover&);

} // namespace dialpine::people
