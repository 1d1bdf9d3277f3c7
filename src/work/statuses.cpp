#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/projects.hpp"
#include "work/rank.hpp"
#include "work/task.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

constexpr std::size_t most_statuses = 50;
constexpr std::size_t most_labels = 500;

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

StatusView to_view(const Status& status)
{
    return {
        .id = status.id,
        .project_id = status.project_id,
        .name = status.name,
        .color = status.color,
        .group = status.status_group,
        .position = status.position,
        .created_at = status.created_at,
        .changed_at = status.changed_at,
    };
}

LabelView to_view(const Label& label)
{
    return {
        .id = label.id,
        .project_id = label.project_id,
        .name = label.name,
        .color = label.color,
        .created_at = label.created_at,
        .changed_at = label.changed_at,
    };
}

TeamView to_view(const Team& team)
{
    return {.id = team.id, .name = team.name, .created_at = team.created_at, .changed_at = team.changed_at};
}

Status status_of(const store::Read& read, const Actor& actor, ProjectId project, StatusId id)
{
    auto status = store::find<Status>(read, actor.workspace, id);
    if (!status || status->project_id != project) throw Problem::not_found();
    return std::move(*status);
}

Label label_of(const store::Read& read, const Actor& actor, ProjectId project, LabelId id)
{
    auto label = store::find<Label>(read, actor.workspace, id);
    if (!label || label->project_id != project) throw Problem::not_found();
    return std::move(*label);
}

Team team_of(const store::Read& read, const Actor& actor, TeamId id)
{
    auto team = store::find<Team>(read, actor.workspace, id);
    if (!team) throw Problem::not_found();
    return std::move(*team);
}

/// Writes the places of the columns anew, from 0, where they changed.
void number_anew(store::Write& write, std::vector<Status>& statuses)
{
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        if (statuses[i].position == static_cast<std::int64_t>(i)) continue;
        statuses[i].position = static_cast<std::int64_t>(i);
        store::update(write, statuses[i]);
    }
}

void place(std::vector<Status>& statuses, Status status, std::int64_t position)
{
    const auto last = static_cast<std::int64_t>(statuses.size());
    statuses.insert(statuses.begin() + std::clamp<std::int64_t>(position, 0, last), std::move(status));
}

/// Whatever is in a completed status is completed, and nothing else is; also when the status itself changes its
/// meaning.
void complete_tasks_in(store::Write& write, const Status& status)
{
    store::execute(
        write,
        "UPDATE tasks SET completed_at = CASE WHEN $1 THEN $2 END, changed_at = $2 "
        "WHERE workspace_id = $3 AND status_id = $4 AND (completed_at IS NULL) = $1",
        status.status_group == StatusGroup::completed,
        clock_now(),
        status.workspace_id,
        status.id
    );
}

/// To the end of another column, in the order they had.
void move_all(store::Write& write, StatusId from, const Status& to)
{
    constexpr std::string_view last = "SELECT max(position) FROM tasks WHERE workspace_id = $1 AND status_id = $2";
    auto rank = store::query_one<std::string>(write, last, to.workspace_id, to.id).value_or("");
    const auto tasks = store::select<Task>(
        write, "WHERE workspace_id = $1 AND status_id = $2 ORDER BY position, id", to.workspace_id, from
    );
    for (auto task : tasks) {
        task.status_id = to.id;
        task.position = rank = rank_between(rank, std::nullopt);
        task.changed_at = clock_now();
        store::update(write, task);
    }
    complete_tasks_in(write, to);
}
} // namespace

std::vector<Status> statuses_of(const store::Read& read, WorkspaceId workspace, ProjectId project)
{
    return store::select<Status>(
        read, "WHERE workspace_id = $1 AND project_id = $2 ORDER BY position, id", workspace, project
    );
}

StatusList list_statuses(store::Read& read, const Actor& actor, ProjectId project)
{
    project_of(read, actor.workspace, project);
    StatusList list;
    for (const auto& status : statuses_of(read, actor.workspace, project)) list.items.push_back(to_view(status));
    return list;
}

StatusView find_status(store::Read& read, const Actor& actor, ProjectId project, StatusId id)
{
    return to_view(status_of(read, actor, project, id));
}

StatusView create_status(store::Write& write, const Actor& actor, ProjectId project, NewStatus wish)
{
    open_project_of(write, actor.workspace, project);
    auto statuses = statuses_of(write, actor.workspace, project);
    if (statuses.size() >= most_statuses) throw Problem::conflict("too-large", "A project has at most 50 statuses.");
    const Instant now = clock_now();
    const Status status{
        .workspace_id = actor.workspace,
        .id = StatusId::make(),
        .project_id = project,
        .name = wish.name,
        .status_group = wish.group,
        .color = wish.color,
        .position = -1,
        .created_at = now,
        .changed_at = now,
    };
    store::insert(write, status);
    place(statuses, status, wish.position.value_or(static_cast<std::int64_t>(statuses.size())));
    number_anew(write, statuses);
    tell(write, actor, ChangeKind::status_changed, project, status.id);
    return find_status(write, actor, project, status.id);
}

StatusView change_status(store::Write& write, const Actor& actor, ProjectId project, StatusId id, StatusChange change)
{
    open_project_of(write, actor.workspace, project);
    auto status = status_of(write, actor, project, id);
    if (change.name) status.name = *change.name;
    if (change.color) status.color = *change.color;
    if (change.group) status.status_group = *change.group;
    status.changed_at = clock_now();
    store::update(write, status);
    if (change.group) complete_tasks_in(write, status);
    if (change.position) {
        auto statuses = statuses_of(write, actor.workspace, project);
        std::erase_if(statuses, [&](const Status& each) { return each.id == id; });
        place(statuses, status, *change.position);
        number_anew(write, statuses);
    }
    tell(write, actor, ChangeKind::status_changed, project, id);
    return find_status(write, actor, project, id);
}

void delete_status(store::Write& write, const Actor& actor, ProjectId project, StatusId id, StatusRemoval removal)
{
    open_project_of(write, actor.workspace, project);
    status_of(write, actor, project, id);
    auto statuses = statuses_of(write, actor.workspace, project);
    if (statuses.size() == 1) throw Problem::conflict("status-in-use", "A project keeps at least one status.");
    const bool is_used =
        store::query_one<std::int64_t>(
            write,
            "SELECT 1 FROM tasks WHERE workspace_id = $1 AND project_id = $2 AND status_id = $3 LIMIT 1",
            actor.workspace,
            project,
            id
        )
            .has_value();
    if (is_used) {
        if (!removal.move_to)
            throw Problem::conflict("status-in-use", "Tasks have this status. Name another with move_to to move them.");
        if (*removal.move_to == id) throw Problem::invalid("?move_to", "is the status that goes");
        const auto to = store::find<Status>(write, actor.workspace, *removal.move_to);
        if (!to || to->project_id != project) throw Problem::invalid("?move_to", "is not a status of this project");
        move_all(write, id, *to);
    }
    store::remove<Status>(write, actor.workspace, id);
    std::erase_if(statuses, [&](const Status& each) { return each.id == id; });
    number_anew(write, statuses);
    tell(write, actor, ChangeKind::status_changed, project, id);
}

LabelList list_labels(store::Read& read, const Actor& actor, ProjectId project)
{
    project_of(read, actor.workspace, project);
    LabelList list;
    const auto labels =
        store::select<Label>(read, "WHERE workspace_id = $1 AND project_id = $2 ORDER BY id", actor.workspace, project);
    for (const auto& label : labels) list.items.push_back(to_view(label));
    return list;
}

LabelView find_label(store::Read& read, const Actor& actor, ProjectId project, LabelId id)
{
    return to_view(label_of(read, actor, project, id));
}

LabelView create_label(store::Write& write, const Actor& actor, ProjectId project, NewLabel wish)
{
    open_project_of(write, actor.workspace, project);
    const auto count = store::query_one<std::int64_t>(
        write, "SELECT count(*) FROM labels WHERE workspace_id = $1 AND project_id = $2", actor.workspace, project
    );
    if (count.value_or(0) >= static_cast<std::int64_t>(most_labels))
        throw Problem::conflict("too-large", "A project has at most 500 labels.");
    const Instant now = clock_now();
    const Label label{
        .workspace_id = actor.workspace,
        .id = LabelId::make(),
        .project_id = project,
        .name = wish.name,
        .color = wish.color,
        .created_at = now,
        .changed_at = now,
    };
    store::insert(write, label);
    tell(write, actor, ChangeKind::label_changed, project, label.id);
    return to_view(label);
}

LabelView change_label(store::Write& write, const Actor& actor, ProjectId project, LabelId id, LabelChange change)
{
    open_project_of(write, actor.workspace, project);
    auto label = label_of(write, actor, project, id);
    if (change.name) label.name = *change.name;
    if (change.color) label.color = *change.color;
    label.changed_at = clock_now();
    store::update(write, label);
    tell(write, actor, ChangeKind::label_changed, project, id);
    return to_view(label);
}

void delete_label(store::Write& write, const Actor& actor, ProjectId project, LabelId id)
{
    open_project_of(write, actor.workspace, project);
    label_of(write, actor, project, id);
    store::execute(write, "DELETE FROM task_labels WHERE workspace_id = $1 AND label_id = $2", actor.workspace, id);
    store::remove<Label>(write, actor.workspace, id);
    tell(write, actor, ChangeKind::label_changed, project, id);
}

TeamList list_teams(store::Read& read, const Actor& actor)
{
    TeamList list;
    for (const auto& team : store::select<Team>(read, "WHERE workspace_id = $1 ORDER BY id", actor.workspace))
        list.items.push_back(to_view(team));
    return list;
}

TeamView find_team(store::Read& read, const Actor& actor, TeamId id) { return to_view(team_of(read, actor, id)); }

TeamView create_team(store::Write& write, const Actor& actor, NewTeam wish)
{
    const Instant now = clock_now();
    const Team team{
        .workspace_id = actor.workspace, .id = TeamId::make(), .name = wish.name, .created_at = now, .changed_at = now
    };
    store::insert(write, team);
    write.append({
        .workspace_id = actor.workspace,
        .kind = ChangeKind::team_changed,
        .object_id = team.id,
        .actor_id = actor.person,
    });
    return to_view(team);
}

TeamView change_team(store::Write& write, const Actor& actor, TeamId id, NewTeam wish)
{
    auto team = team_of(write, actor, id);
    team.name = wish.name;
    team.changed_at = clock_now();
    store::update(write, team);
    write.append({
        .workspace_id = actor.workspace,
        .kind = ChangeKind::team_changed,
        .object_id = id,
        .actor_id = actor.person,
    });
    return to_view(team);
}

void delete_team(store::Write& write, const Actor& actor, TeamId id)
{
    team_of(write, actor, id);
    store::execute(
        write, "UPDATE projects SET team_id = NULL WHERE workspace_id = $1 AND team_id = $2", actor.workspace, id
    );
    store::remove<Team>(write, actor.workspace, id);
    write.append({
        .workspace_id = actor.workspace,
        .kind = ChangeKind::team_changed,
        .object_id = id,
        .actor_id = actor.person,
    });
}

} // namespace dialpine::work
