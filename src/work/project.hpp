#pragma once
#include "base/text.hpp"
#include "store/schema.hpp"

namespace dialpine::work {

/// Ten hues and a grey; the page owns how they look.
enum class Color : std::uint8_t { red, orange, amber, lime, green, teal, sky, blue, violet, pink, gray };
BOOST_DESCRIBE_ENUM(Color, red, orange, amber, lime, green, teal, sky, blue, violet, pink, gray)

/// What a status means, whatever a project calls it; charts and importers need it.
enum class StatusGroup : std::uint8_t { backlog, unstarted, started, completed, cancelled };
BOOST_DESCRIBE_ENUM(StatusGroup, backlog, unstarted, started, completed, cancelled)

struct Team {
    WorkspaceId workspace_id;
    TeamId id;
    std::string name;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Team, (), (workspace_id, id, name, created_at, changed_at))

struct Project {
    WorkspaceId workspace_id;
    ProjectId id;
    std::optional<TeamId> team_id;
    std::string key; ///< "WEB": its tasks are WEB-1, WEB-2…
    std::string name;
    Color color{};
    std::int64_t next_number = 1; ///< of the next task's key
    std::optional<Instant> archived_at;
    Instant created_at{};
    std::optional<PersonId> created_by;
    Instant changed_at{};
    std::string description;
};
BOOST_DESCRIBE_STRUCT(
    Project,
    (),
    (workspace_id,
     id,
     team_id,
     key,
     name,
     color,
     next_number,
     archived_at,
     created_at,
     created_by,
     changed_at,
     description)
)

struct Status {
    WorkspaceId workspace_id;
    StatusId id;
    ProjectId project_id;
    std::string name;
    StatusGroup status_group{};
    Color color{};
    std::int64_t position = 0; ///< of the column, from the left, from 0
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    Status, (), (workspace_id, id, project_id, name, status_group, color, position, created_at, changed_at)
)

struct Label {
    WorkspaceId workspace_id;
    LabelId id;
    ProjectId project_id;
    std::string name;
    Color color{};
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Label, (), (workspace_id, id, project_id, name, color, created_at, changed_at))

namespace declared {
using store::column;
using store::NotPersonal;
using store::person_in;
using store::Personal;
using store::primary_key;

inline constexpr NotPersonal of_the_team{"how the team arranges its work"};

inline constexpr auto teams = store::table<Team>(
    "teams",
    primary_key<&Team::workspace_id, &Team::id>,
    column<&Team::workspace_id>(of_the_team),
    column<&Team::id>(of_the_team),
    column<&Team::name>(of_the_team, store::names_row),
    column<&Team::created_at>(of_the_team),
    column<&Team::changed_at>(of_the_team)
);

inline constexpr Personal project_maker{
    .of = person_in<&Project::created_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_erasure,
    .at_erasure = AtErasure::unlink,
    .label = "Projects you made",
};
inline constexpr auto projects = store::table<Project>(
    "projects",
    primary_key<&Project::workspace_id, &Project::id>,
    column<&Project::workspace_id>(of_the_team),
    column<&Project::id>(of_the_team),
    column<&Project::team_id>(of_the_team),
    column<&Project::key>(of_the_team),
    column<&Project::name>(of_the_team, store::names_row),
    column<&Project::color>(of_the_team),
    column<&Project::next_number>(of_the_team),
    column<&Project::archived_at>(of_the_team),
    column<&Project::created_at>(of_the_team),
    column<&Project::created_by>(project_maker),
    column<&Project::changed_at>(of_the_team),
    column<&Project::description>(of_the_team),
    store::unique_by<&Project::workspace_id, &Project::key>(),
    store::indexed_by<&Project::created_by>()
);

inline constexpr auto statuses = store::table<Status>(
    "statuses",
    primary_key<&Status::workspace_id, &Status::id>,
    column<&Status::workspace_id>(of_the_team),
    column<&Status::id>(of_the_team),
    column<&Status::project_id>(of_the_team),
    column<&Status::name>(of_the_team, store::names_row),
    column<&Status::status_group>(of_the_team),
    column<&Status::color>(of_the_team),
    column<&Status::position>(of_the_team),
    column<&Status::created_at>(of_the_team),
    column<&Status::changed_at>(of_the_team),
    store::indexed_by<&Status::workspace_id, &Status::project_id>(),
    store::part_of<&Status::workspace_id, &Status::project_id>(projects)
);

inline constexpr auto labels = store::table<Label>(
    "labels",
    primary_key<&Label::workspace_id, &Label::id>,
    column<&Label::workspace_id>(of_the_team),
    column<&Label::id>(of_the_team),
    column<&Label::project_id>(of_the_team),
    column<&Label::name>(of_the_team, store::names_row),
    column<&Label::color>(of_the_team),
    column<&Label::created_at>(of_the_team),
    column<&Label::changed_at>(of_the_team),
    store::indexed_by<&Label::workspace_id, &Label::project_id>(),
    store::part_of<&Label::workspace_id, &Label::project_id>(projects)
);

inline constexpr store::Table teams_table = teams.plain();
inline constexpr store::Table projects_table = projects.plain();
inline constexpr store::Table statuses_table = statuses.plain();
inline constexpr store::Table labels_table = labels.plain();
} // namespace declared
} // namespace dialpine::work

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<work::Team> = &work::declared::teams_table;
template <>
inline constexpr const Table* table_of<work::Project> = &work::declared::projects_table;
template <>
inline constexpr const Table* table_of<work::Status> = &work::declared::statuses_table;
template <>
inline constexpr const Table* table_of<work::Label> = &work::declared::labels_table;
} // namespace dialpine::store
