#include "work/board.hpp"

#include "base/page.hpp"
#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "store/rows.hpp"

#include <unordered_set>

namespace dialpine::work {
namespace {
constexpr std::string_view on_board =
    "t.workspace_id = $1 AND t.project_id = $2 AND t.archived_at IS NULL AND t.deleted_at IS NULL";

std::vector<Card> cards_of(const store::Read& read, const Actor& actor, ProjectId project)
{
    std::vector<Card> cards;
    static const std::string sql = fmt::format(
        "SELECT id, number, title, status_id, position, priority, start_on, due_at, completed_at, checklist_done, "
        "checklist_count, comment_count, link_count, attachment_count, cover FROM tasks t WHERE {} ORDER BY status_id, position, id",
        on_board
    );
    const auto add = [&](const store::Statement& row) {
        const auto priority = store::value_at<Priority>(row, 5);
        const auto items = row.integer(10);
        cards.push_back({
            .id = store::value_at<TaskId>(row, 0),
            .number = row.integer(1),
            .title = std::string(row.text(2)),
            .status_id = store::value_at<StatusId>(row, 3),
            .position = std::string(row.text(4)),
            .priority = {priority == Priority::none ? std::nullopt : std::optional(priority)},
            .assignee_ids = {},
            .label_ids = {},
            .start_on = {store::value_at<std::optional<Day>>(row, 6)},
            .due_at = {store::value_at<std::optional<Instant>>(row, 7)},
            .completed_at = {store::value_at<std::optional<Instant>>(row, 8)},
            .checklist = {items > 0 ? std::vector<std::int64_t>{row.integer(9), items} : std::vector<std::int64_t>{}},
            .comments = {row.integer(11)},
            .links = {row.integer(12)},
            .attachments = {row.integer(13)},
            .cover = {store::value_at<std::optional<Color>>(row, 14)},
        });
    };
    store::query(read, sql, add, actor.workspace, project);
    return cards;
}

/// Adds each card's assignees and labels, in one read each.
void add_people_and_labels(
    const store::Read& read,
    const Actor& actor,
    ProjectId project,
    std::vector<Card>& cards,
    std::unordered_set<PersonId>& persons
)
{
    std::unordered_map<TaskId, Card*> by_id;
    for (auto& card : cards) by_id.emplace(card.id, &card);
    static const std::string assignees = fmt::format(
        "SELECT a.task_id, a.person_id FROM tasks t JOIN task_assignees a ON a.workspace_id = t.workspace_id "
        "AND a.task_id = t.id WHERE {}",
        on_board
    );
    static const std::string labels = fmt::format(
        "SELECT l.task_id, l.label_id FROM tasks t JOIN task_labels l ON l.workspace_id = t.workspace_id "
        "AND l.task_id = t.id WHERE {}",
        on_board
    );
    const auto add_assignee = [&](const store::Statement& row) {
        const auto person = store::value_at<PersonId>(row, 1);
        by_id.at(store::value_at<TaskId>(row, 0))->assignee_ids.value.push_back(person);
        persons.insert(person);
    };
    const auto add_label = [&](const store::Statement& row) {
        by_id.at(store::value_at<TaskId>(row, 0))->label_ids.value.push_back(store::value_at<LabelId>(row, 1));
    };
    store::query(read, assignees, add_assignee, actor.workspace, project);
    store::query(read, labels, add_label, actor.workspace, project);
}

/// Those assigned here, and all who could be.
std::vector<BoardPerson> people_of(const store::Read& read, const Actor& actor, std::unordered_set<PersonId> persons)
{
    const auto add = [&](const store::Statement& row) { persons.insert(store::value_at<PersonId>(row, 0)); };
    store::query(
        read, "SELECT person_id FROM memberships WHERE workspace_id = $1 AND ended_at IS NULL", add, actor.workspace
    );
    store::query(read, "SELECT person_id FROM imported_people WHERE workspace_id = $1", add, actor.workspace);
    std::vector<BoardPerson> known;
    for (const auto id : persons)
        if (auto shown = people::shown_to_others(read, id)) known.push_back({.id = id, .name = std::move(shown->name)});
    std::ranges::sort(known, {}, &BoardPerson::id);
    return known;
}
} // namespace

Board find_board(store::Read& read, const Actor& actor, ProjectId id)
{
    const auto project = project_of(read, actor.workspace, id);
    Board board;
    board.change = last_change(read, actor.workspace);
    board.project = {project.id, project.key, project.name, project.color, project.archived_at.has_value()};
    for (const auto& status : statuses_of(read, actor.workspace, id))
        board.statuses.push_back({status.id, status.name, status.status_group, status.color, status.position});
    const auto labels =
        store::select<Label>(read, "WHERE workspace_id = $1 AND project_id = $2 ORDER BY id", actor.workspace, id);
    for (const auto& label : labels) board.labels.push_back({label.id, label.name, label.color});
    board.tasks = cards_of(read, actor, id);
    std::unordered_set<PersonId> persons;
    add_people_and_labels(read, actor, id, board.tasks, persons);
    board.people = people_of(read, actor, std::move(persons));
    return board;
}

MyTaskList list_my_tasks(store::Read& read, const people::SignedIn& me)
{
    MyTaskList list;
    const auto add = [&](const store::Statement& row) {
        MyTask task{
            .id = store::value_at<TaskId>(row, 0),
            .number = row.integer(1),
            .title = std::string(row.text(3)),
            .priority = store::value_at<Priority>(row, 4),
            .start_on = store::value_at<std::optional<Day>>(row, 5),
            .due_at = store::value_at<std::optional<Instant>>(row, 6),
            .workspace_id = store::value_at<WorkspaceId>(row, 7),
            .workspace_name = std::string(row.text(8)),
            .project_id = store::value_at<ProjectId>(row, 9),
            .project_name = std::string(row.text(10)),
            .project_color = store::value_at<Color>(row, 11),
            .status_id = store::value_at<StatusId>(row, 12),
            .status_name = std::string(row.text(13)),
            .status_group = store::value_at<StatusGroup>(row, 14),
            .checklist_done = row.integer(15),
            .checklist_count = row.integer(16),
            .comments = row.integer(17),
        };
        task.key = fmt::format("{}-{}", row.text(2), task.number);
        list.items.push_back(std::move(task));
    };
    store::query(
        read,
        "SELECT t.id, t.number, p.key, t.title, t.priority, t.start_on, t.due_at, t.workspace_id, w.name, p.id, "
        "p.name, "
        "p.color, s.id, s.name, s.status_group, t.checklist_done, t.checklist_count, t.comment_count FROM "
        "task_assignees a "
        "JOIN memberships m ON m.workspace_id = a.workspace_id AND m.person_id = a.person_id AND m.ended_at IS NULL "
        "JOIN tasks t ON t.workspace_id = a.workspace_id AND t.id = a.task_id "
        "JOIN workspaces w ON w.id = a.workspace_id "
        "JOIN projects p ON p.workspace_id = t.workspace_id AND p.id = t.project_id "
        "JOIN statuses s ON s.workspace_id = t.workspace_id AND s.id = t.status_id "
        "WHERE a.person_id = $1 AND t.archived_at IS NULL AND t.deleted_at IS NULL AND p.archived_at IS NULL "
        "AND s.status_group NOT IN ('completed', 'cancelled') "
        "ORDER BY coalesce(t.due_at, 9999999999999), t.id LIMIT 500",
        add,
        me.person
    );
    return list;
}

ChangeView to_view(const store::Change& change)
{
    // `task_created` in the database, `task.created` for readers.
    std::string kind(json::name_of(change.kind));
    kind[kind.find('_')] = '.';
    return {
        change.number, std::move(kind), change.object_id, change.task_id, change.project_id, change.actor_id, change.at
    };
}

std::int64_t last_change(const store::Read& read, WorkspaceId workspace)
{
    return store::query_one<std::int64_t>(read, "SELECT max(number) FROM changes WHERE workspace_id = $1", workspace)
        .value_or(0);
}

ChangeList list_changes(store::Read& read, const Actor& actor, ChangeQuery query)
{
    const auto limit = limit_of(query.limit);
    auto rows = store::select<store::Change>(
        read,
        "WHERE workspace_id = $1 AND number > $2 ORDER BY number LIMIT $3",
        actor.workspace,
        query.after.value_or(0),
        limit + 1
    );
    ChangeList list;
    if (cut_to(rows, limit)) list.next = std::to_string(rows.back().number);
    for (const auto& change : rows) list.items.push_back(to_view(change));
    list.last = last_change(read, actor.workspace);
    return list;
}

} // namespace dialpine::work
