#include "work/projects.hpp"

#include "base/problem.hpp"
#include "store/parts.hpp"
#include "store/rows.hpp"
#include "work/task.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

constexpr std::size_t least_key = 2;
constexpr std::size_t most_key = 8;

void tell(store::Write& write, const Actor& actor, ChangeKind kind, ProjectId project, const Uuid& object)
{
    write.append({
        .workspace_id = actor.workspace,
        .kind = kind,
        .object_id = object,
        .project_id = project,
        .actor_id = actor.person,
    });
}

bool is_key_taken(const store::Read& read, WorkspaceId workspace, std::string_view key)
{
    return store::query_one<std::int64_t>(
               read, "SELECT 1 FROM projects WHERE workspace_id = $1 AND key = $2", workspace, key
    )
        .has_value();
}

std::int64_t count_tasks(const store::Read& read, const Project& project, bool only_open)
{
    constexpr std::string_view all = "SELECT count(*) FROM tasks WHERE workspace_id = $1 AND project_id = $2 "
                                     "AND archived_at IS NULL AND deleted_at IS NULL";
    constexpr std::string_view open =
        "SELECT count(*) FROM tasks JOIN statuses ON statuses.workspace_id = tasks.workspace_id "
        "AND statuses.id = tasks.status_id WHERE tasks.workspace_id = $1 AND tasks.project_id = $2 "
        "AND archived_at IS NULL AND deleted_at IS NULL "
        "AND status_group NOT IN ('completed', 'cancelled')";
    return store::query_one<std::int64_t>(read, only_open ? open : all, project.workspace_id, project.id).value_or(0);
}

ProjectView to_view(const store::Read& read, const Project& project)
{
    return {
        .id = project.id,
        .workspace_id = project.workspace_id,
        .team_id = project.team_id,
        .key = project.key,
        .name = project.name,
        .description = project.description,
        .color = project.color,
        .archived_at = project.archived_at,
        .task_count = count_tasks(read, project, false),
        .open_count = count_tasks(read, project, true),
        .created_at = project.created_at,
        .changed_at = project.changed_at,
    };
}

void check_team(const store::Read& read, WorkspaceId workspace, std::optional<TeamId> team)
{
    if (team && !store::find<Team>(read, workspace, *team))
        throw Problem::invalid("/team_id", "is not a team of this workspace");
}

Problem key_taken() { return Problem::conflict("key-taken", "Another project of the workspace has this key."); }

void add_usual_statuses(store::Write& write, const Project& project)
{
    struct Usual {
        std::string_view name;
        StatusGroup group;
        Color color;
    };
    constexpr std::array<Usual, 5> usual{{
        {"Backlog", StatusGroup::backlog, Color::gray},
        {"To do", StatusGroup::unstarted, Color::sky},
        {"In progress", StatusGroup::started, Color::amber},
        {"Done", StatusGroup::completed, Color::green},
        {"Cancelled", StatusGroup::cancelled, Color::gray},
    }};
    std::int64_t position = 0;
    for (const auto& each : usual)
        store::insert(
            write,
            Status{
                .workspace_id = project.workspace_id,
                .id = StatusId::make(),
                .project_id = project.id,
                .name = std::string(each.name),
                .status_group = each.group,
                .color = each.color,
                .position = position++,
                .created_at = project.created_at,
                .changed_at = project.created_at,
            }
        );
}

/// One of the hues in turn, so that neighbours in the side bar differ.
Color next_color(const store::Read& read, WorkspaceId workspace)
{
    const auto count =
        store::query_one<std::int64_t>(read, "SELECT count(*) FROM projects WHERE workspace_id = $1", workspace);
    constexpr std::array hues{Color::green, Color::blue, Color::violet, Color::amber, Color::teal, Color::pink};
    return hues[static_cast<std::size_t>(count.value_or(0)) % hues.size()];
}
} // namespace

Project project_of(const store::Read& read, WorkspaceId workspace, ProjectId id)
{
    auto project = store::find<Project>(read, workspace, id);
    if (!project) throw Problem::not_found();
    return std::move(*project);
}

Project open_project_of(const store::Read& read, WorkspaceId workspace, ProjectId id)
{
    auto project = project_of(read, workspace, id);
    if (project.archived_at)
        throw Problem::conflict("project-archived", "This project is archived. Restore it to change its tasks.");
    return project;
}

std::string free_key(const store::Read& read, WorkspaceId workspace, std::string_view name)
{
    std::string letters;
    for (const char c : folded(name)) {
        const bool is_letter = c >= 'a' && c <= 'z';
        const bool is_digit = c >= '0' && c <= '9';
        if (is_letter) letters += static_cast<char>(c - 'a' + 'A');
        if (is_digit && !letters.empty()) letters += c;
        if (letters.size() == 4) break;
    }
    if (letters.size() < least_key) letters = "PRJ";
    std::string key = letters;
    for (int i = 2; is_key_taken(read, workspace, key); ++i) key = letters.substr(0, 4) + std::to_string(i);
    return key;
}

ProjectList list_projects(store::Read& read, const Actor& actor, ProjectQuery query)
{
    ProjectList list;
    const auto which = query.archived.value_or(Which::false_);
    for (const auto& project : store::select<Project>(read, "WHERE workspace_id = $1 ORDER BY id", actor.workspace)) {
        const bool is_wanted = which == Which::any || (which == Which::true_) == project.archived_at.has_value();
        if (is_wanted) list.items.push_back(to_view(read, project));
    }
    return list;
}

ProjectView find_project(store::Read& read, const Actor& actor, ProjectId id)
{
    return to_view(read, project_of(read, actor.workspace, id));
}

ProjectView create_project(store::Write& write, const Actor& actor, NewProject wish)
{
    check_team(write, actor.workspace, wish.team_id);
    if (wish.key && is_key_taken(write, actor.workspace, *wish.key)) throw key_taken();
    const Instant now = clock_now();
    const Project project{
        .workspace_id = actor.workspace,
        .id = ProjectId::make(),
        .team_id = wish.team_id,
        .key = wish.key ? std::string(*wish.key) : free_key(write, actor.workspace, wish.name),
        .name = wish.name,
        .color = wish.color.value_or(next_color(write, actor.workspace)),
        .created_at = now,
        .created_by = actor.person,
        .changed_at = now,
        .description = wish.description ? std::string(*wish.description) : std::string(),
    };
    store::insert(write, project);
    add_usual_statuses(write, project);
    tell(write, actor, ChangeKind::project_created, project.id, project.id);
    return to_view(write, project);
}

ProjectView change_project(store::Write& write, const Actor& actor, ProjectId id, ProjectChange change)
{
    auto project = project_of(write, actor.workspace, id);
    if (change.key && *change.key != project.key) {
        if (is_key_taken(write, actor.workspace, *change.key)) throw key_taken();
        project.key = *change.key;
    }
    if (change.team_id) {
        check_team(write, actor.workspace, *change.team_id);
        project.team_id = *change.team_id;
    }
    if (change.name) project.name = *change.name;
    if (change.color) project.color = *change.color;
    if (change.description) project.description = *change.description;
    if (change.archived && *change.archived != project.archived_at.has_value())
        project.archived_at = *change.archived ? std::optional(clock_now()) : std::nullopt;
    project.changed_at = clock_now();
    store::update(write, project);
    tell(write, actor, ChangeKind::project_changed, id, id);
    return to_view(write, project);
}

void delete_project(store::Write& write, const Actor& actor, ProjectId id)
{
    project_of(write, actor.workspace, id);
    store::remove_with_parts(write, *store::table_of<Project>, actor.workspace, id);
    tell(write, actor, ChangeKind::project_deleted, id, id);
}

} // namespace dialpine::work

namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, work::ProjectKey& into)
{
    into = work::ProjectKey(std::string(text));
    const bool is_sized = text.size() >= work::least_key && text.size() <= work::most_key;
    const auto is_allowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (!is_sized || !std::ranges::all_of(text, is_allowed) || (text.front() >= '0' && text.front() <= '9'))
        return "must be 2 to 8 capital letters and digits, a letter first";
    return {};
}
} // namespace dialpine::json
