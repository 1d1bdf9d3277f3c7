#pragma once
#include "base/json.hpp"
#include "base/page.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"
#include "work/project.hpp"

namespace dialpine::work {

using people::Actor;
using Name = Line<120>;
inline constexpr std::size_t most_description = 100'000;

// ---- teams

struct TeamView {
    TeamId id;
    std::string name;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(TeamView, (), (id, name, created_at, changed_at))
struct TeamList {
    std::vector<TeamView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(TeamList, (), (items, next))
struct NewTeam {
    Name name;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewTeam, (), (name))

TeamList list_teams(store::Read&, const Actor&);
TeamView find_team(store::Read&, const Actor&, TeamId);
TeamView create_team(store::Write&, const Actor&, NewTeam);
TeamView change_team(store::Write&, const Actor&, TeamId, NewTeam);
/// Its projects stay, without a team.
void delete_team(store::Write&, const Actor&, TeamId);

// ---- projects

/// Capital letters and digits, a letter first, 2 to 8 of them: "WEB".
struct ProjectKey : std::string {
    using std::string::string;
    ProjectKey(std::string text) : std::string(std::move(text)) {}
};

struct ProjectView {
    ProjectId id;
    WorkspaceId workspace_id;
    std::optional<TeamId> team_id;
    std::string key;
    std::string name;
    std::string description;
    Color color{};
    std::optional<Instant> archived_at;
    std::int64_t task_count = 0; ///< not archived
    std::int64_t open_count = 0; ///< of those, neither completed nor cancelled
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    ProjectView,
    (),
    (id,
     workspace_id,
     team_id,
     key,
     name,
     description,
     color,
     archived_at,
     task_count,
     open_count,
     created_at,
     changed_at)
)
struct ProjectList {
    std::vector<ProjectView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ProjectList, (), (items, next))

struct NewProject {
    Name name;
    std::optional<ProjectKey> key; ///< made from the name when absent
    std::optional<TeamId> team_id;
    std::optional<Color> color;
    std::optional<Prose<most_description>> description;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewProject, (), (name, key, team_id, color, description))

struct ProjectChange {
    Change<Name> name;
    Change<ProjectKey> key;
    Change<std::optional<TeamId>> team_id;
    Change<Color> color;
    Change<Prose<most_description>> description;
    Change<bool> archived;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ProjectChange, (), (name, key, team_id, color, description, archived))

enum class Which : std::uint8_t { false_, true_, any };
BOOST_DESCRIBE_ENUM(Which, false_, true_, any)

struct ProjectQuery : PageQuery {
    std::optional<Which> archived; ///< those in use, when absent
};
BOOST_DESCRIBE_STRUCT(ProjectQuery, (PageQuery), (archived))

ProjectList list_projects(store::Read&, const Actor&, ProjectQuery);
ProjectView find_project(store::Read&, const Actor&, ProjectId);
/// With five statuses, one of each group. Throws Problem 409 for a key that is taken.
ProjectView create_project(store::Write&, const Actor&, NewProject);
ProjectView change_project(store::Write&, const Actor&, ProjectId, ProjectChange);
/// With everything in it.
void delete_project(store::Write&, const Actor&, ProjectId);

/// The row, or Problem 404.
Project project_of(const store::Read&, WorkspaceId, ProjectId);
/// The row, or Problem 404, or 409 if it is archived.
Project open_project_of(const store::Read&, WorkspaceId, ProjectId);
/// A key that no project of the workspace has, from the name's letters.
std::string free_key(const store::Read&, WorkspaceId, std::string_view name);

// ---- statuses and labels

struct StatusView {
    StatusId id;
    ProjectId project_id;
    std::string name;
    Color color{};
    StatusGroup group{};
    std::int64_t position = 0;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(StatusView, (), (id, project_id, name, color, group, position, created_at, changed_at))
struct StatusList {
    std::vector<StatusView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(StatusList, (), (items, next))
struct NewStatus {
    Name name;
    Color color{};
    StatusGroup group{};
    std::optional<std::int64_t> position;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewStatus, (), (name, color, group, position))
struct StatusChange {
    Change<Name> name;
    Change<Color> color;
    Change<StatusGroup> group;
    Change<std::int64_t> position;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(StatusChange, (), (name, color, group, position))
struct StatusRemoval {
    std::optional<StatusId> move_to;
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(StatusRemoval, (), (move_to))

StatusList list_statuses(store::Read&, const Actor&, ProjectId);
StatusView find_status(store::Read&, const Actor&, ProjectId, StatusId);
StatusView create_status(store::Write&, const Actor&, ProjectId, NewStatus);
StatusView change_status(store::Write&, const Actor&, ProjectId, StatusId, StatusChange);
/// Throws Problem 409 if tasks have it and `move_to` is absent, or if it is the project's last.
void delete_status(store::Write&, const Actor&, ProjectId, StatusId, StatusRemoval);
/// From left to right.
std::vector<Status> statuses_of(const store::Read&, WorkspaceId, ProjectId);

struct LabelView {
    LabelId id;
    ProjectId project_id;
    std::string name;
    Color color{};
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(LabelView, (), (id, project_id, name, color, created_at, changed_at))
struct LabelList {
    std::vector<LabelView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(LabelList, (), (items, next))
struct NewLabel {
    Name name;
    Color color{};
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewLabel, (), (name, color))
struct LabelChange {
    Change<Name> name;
    Change<Color> color;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(LabelChange, (), (name, color))

LabelList list_labels(store::Read&, const Actor&, ProjectId);
LabelView find_label(store::Read&, const Actor&, ProjectId, LabelId);
LabelView create_label(store::Write&, const Actor&, ProjectId, NewLabel);
LabelView change_label(store::Write&, const Actor&, ProjectId, LabelId, LabelChange);
/// Tasks lose it.
void delete_label(store::Write&, const Actor&, ProjectId, LabelId);

} // namespace dialpine::work

namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, work::ProjectKey& into);
} // namespace dialpine::json
