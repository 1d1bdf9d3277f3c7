#include "base/page.hpp"
#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/page_text.hpp"
#include "work/tasks.hpp"

namespace dialpine::work {
namespace {
/// What a list is sorted by; ties are broken by the id, so that a page's end is one place.
std::string sql_of(Sort sort, std::string_view table)
{
    switch (sort) {
    case Sort::position: return fmt::format("{}.position", table);
    case Sort::due: return fmt::format("coalesce({}.due_at, 9999999999999)", table);
    case Sort::created: return fmt::format("{}.created_at", table);
    case Sort::changed: return fmt::format("{}.changed_at", table);
    case Sort::title: return fmt::format("{}.title", table);
    case Sort::priority:
        return fmt::format(
            "CASE {}.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 "
            "END",
            table
        );
    }
    return {};
}

std::string sql_for(const TaskQuery& query)
{
    const Order order = query.sort.value_or(Order{});
    std::string where = "WHERE tasks.workspace_id = $1 AND tasks.project_id = $2 AND tasks.deleted_at IS NULL "
                        "AND ";
    // A filter that is not given still takes its parameter, but is no condition on the row: an index stays usable.
    where += query.status_id ? "tasks.status_id = $3" : "$3 IS NULL";
    where += query.priority ? " AND tasks.priority = $4" : " AND $4 IS NULL";
    if (query.label_id)
        where += " AND EXISTS (SELECT 1 FROM task_labels l WHERE l.workspace_id = tasks.workspace_id "
                 "AND l.task_id = tasks.id AND l.label_id = $5)";
    else
        where += " AND $5 IS NULL";
    if (query.assignee_id)
        where += " AND EXISTS (SELECT 1 FROM task_assignees a WHERE a.workspace_id = tasks.workspace_id "
                 "AND a.task_id = tasks.id AND a.person_id = $6)";
    else
        where += " AND $6 IS NULL";
    switch (query.archived.value_or(Which::false_)) {
    case Which::false_: where += " AND tasks.archived_at IS NULL"; break;
    case Which::true_: where += " AND tasks.archived_at IS NOT NULL"; break;
    case Which::any: break;
    }
    // A cursor is the id of the last task that was given: what comes after it, wherever that stands now.
    const std::string_view beyond = order.is_down ? "<" : ">";
    if (query.cursor)
        where += fmt::format(
            " AND ({}, tasks.id) {} (SELECT {}, c.id FROM tasks c WHERE c.workspace_id = $1 AND c.id = $7)",
            sql_of(order.by, "tasks"),
            beyond,
            sql_of(order.by, "c")
        );
    else
        where += " AND $7 IS NULL";
    const std::string_view way = order.is_down ? "DESC" : "ASC";
    return fmt::format(
        "SELECT tasks.id FROM tasks {} ORDER BY {} {}, tasks.id {} LIMIT $8", where, sql_of(order.by, "tasks"), way, way
    );
}

/// A task that has gone for good has no place any more: rather say so than end the list early.
void check_cursor(const store::Read& read, const Actor& actor, ProjectId project, TaskId cursor)
{
    const auto task = store::find<Task>(read, actor.workspace, cursor);
    if (!task || task->project_id != project)
        throw Problem::invalid("?cursor", "is no place in this list any more; begin anew without it");
}
} // namespace

TaskList list_tasks(store::Read& read, const Actor& actor, ProjectId id, TaskQuery query)
{
    const auto project = project_of(read, actor.workspace, id);
    const auto limit = limit_of(query.limit);
    if (query.cursor) check_cursor(read, actor, id, *query.cursor);
    // Only ids are sorted; whole tasks are read for the page alone.
    std::vector<TaskId> ids;
    store::query(
        read,
        sql_for(query),
        [&](const store::Statement& row) { ids.push_back(store::value_at<TaskId>(row, 0)); },
        actor.workspace,
        id,
        query.status_id,
        query.priority,
        query.label_id,
        query.assignee_id,
        query.cursor,
        limit + 1
    );
    TaskList list;
    if (cut_to(ids, limit)) list.next = to_text(ids.back());
    std::size_t text = 0;
    for (const auto task : ids) {
        if (text > most_page_text) {
            list.next = to_text(list.items.back().id);
            break;
        }
        list.items.push_back(to_view(read, task_of(read, actor.workspace, {.id = task, .key = {}}), project));
        text += list.items.back().description.size();
    }
    return list;
}

} // namespace dialpine::work
