#include "work/search_documents.hpp"

#include "store/rows.hpp"
#include "work/mentions.hpp"
#include "work/search_tokens.hpp"

#include <set>

namespace dialpine::work {
namespace {
using store::ChangeKind;

constexpr int tasks_in_a_group = 200;

void put_task(const store::Read& read, SearchFile& file, const Task& task)
{
    DocumentPlace place{task.workspace_id, task.project_id, task.id, SearchKind::task, task.id};
    file.put(place, index_text(task.title), index_text(without_mentions(task.description)));

    std::string checklist;
    if (task.checklist_count > 0)
        for (const auto& item : store::select<ChecklistItem>(
                 read, "WHERE workspace_id = $1 AND task_id = $2 ORDER BY position, id", task.workspace_id, task.id
             ))
            checklist += index_text(item.text) + " ";
    place.kind = SearchKind::checklist;
    file.put(place, "", checklist);
}

void put_comment(SearchFile& file, const Task& task, const Comment& comment)
{
    file.put(
        {task.workspace_id, task.project_id, task.id, SearchKind::comment, comment.id},
        "",
        index_text(without_mentions(comment.body))
    );
}

void put_with_comments(const store::Read& read, SearchFile& file, const Task& task)
{
    put_task(read, file, task);
    if (task.comment_count == 0) return;
    for (const auto& comment : store::select<Comment>(
             read, "WHERE workspace_id = $1 AND task_id = $2 AND deleted_at IS NULL", task.workspace_id, task.id
         ))
        put_comment(file, task, comment);
}

std::optional<Task> find_living(const store::Read& read, WorkspaceId workspace, TaskId id)
{
    auto task = store::find<Task>(read, workspace, id);
    if (task && task->deleted_at) task.reset();
    return task;
}

/// What a group of changes touched, each thing once.
struct Touched {
    std::set<TaskId> tasks;
    std::set<TaskId> tasks_with_comments;
    std::set<std::pair<TaskId, CommentId>> comments;
    std::set<ProjectId> gone_projects;
    std::set<ProjectId> imported_projects;
};

Touched touched_by(std::span<const store::Change> changes)
{
    Touched touched;
    for (const auto& change : changes) {
        switch (change.kind) {
        case ChangeKind::task_changed:
        case ChangeKind::task_moved: touched.tasks.insert(TaskId(change.object_id)); break;
        case ChangeKind::task_created:
        case ChangeKind::task_deleted: touched.tasks_with_comments.insert(TaskId(change.object_id)); break;
        case ChangeKind::comment_created:
        case ChangeKind::comment_changed:
        case ChangeKind::comment_deleted:
            if (change.task_id) touched.comments.emplace(*change.task_id, CommentId(change.object_id));
            break;
        case ChangeKind::project_deleted: touched.gone_projects.insert(ProjectId(change.object_id)); break;
        case ChangeKind::import_done:
            if (change.project_id) touched.imported_projects.insert(*change.project_id);
            break;
        default: break;
        }
    }
    return touched;
}
} // namespace

std::optional<std::int64_t>
index_tasks(const store::Read& read, SearchFile& file, WorkspaceId workspace, ProjectId project, std::int64_t after)
{
    const auto tasks = store::select<Task>(
        read,
        "WHERE workspace_id = $1 AND project_id = $2 AND number > $3 ORDER BY number LIMIT $4",
        workspace,
        project,
        after,
        tasks_in_a_group
    );
    if (tasks.empty()) return std::nullopt;
    for (const auto& task : tasks) {
        if (task.deleted_at)
            file.remove_task(workspace, task.id);
        else
            put_with_comments(read, file, task);
    }
    return tasks.back().number;
}

void follow_changes(const store::Read& read, SearchFile& file, std::span<const store::Change> changes)
{
    if (changes.empty()) return;
    const auto workspace = changes.front().workspace_id;
    const auto touched = touched_by(changes);

    for (const auto project : touched.gone_projects) file.remove_project(workspace, project);
    for (const auto project : touched.imported_projects)
        for (std::optional<std::int64_t> last = 0; last;) last = index_tasks(read, file, workspace, project, *last);
    for (const auto id : touched.tasks_with_comments) {
        if (const auto task = find_living(read, workspace, id))
            put_with_comments(read, file, *task);
        else
            file.remove_task(workspace, id);
    }
    for (const auto id : touched.tasks) {
        if (const auto task = find_living(read, workspace, id))
            put_task(read, file, *task);
        else
            file.remove_task(workspace, id);
    }
    for (const auto& [task_id, id] : touched.comments) {
        const auto task = find_living(read, workspace, task_id);
        const auto comment = store::find<Comment>(read, workspace, id);
        if (task && comment && !comment->deleted_at)
            put_comment(file, *task, *comment);
        else
            file.remove({.workspace_id = workspace, .task_id = task_id, .kind = SearchKind::comment, .id = id});
    }
}

} // namespace dialpine::work
