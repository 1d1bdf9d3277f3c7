#include "store/rows.hpp"
#include "work/tasks.hpp"

namespace dialpine::work {
using store::ChangeKind;

void delete_task(store::Write& write, const Actor& actor, const TaskRef& ref)
{
    const auto before = open_task_of(write, actor.workspace, ref);
    auto task = before;
    task.deleted_at = clock_now();
    save_task(write, actor, before, task, ChangeKind::task_deleted);
}

TaskView restore_task(store::Write& write, const Actor& actor, const TaskRef& ref)
{
    const auto before = open_task_of(write, actor.workspace, ref, Trash::yes);
    auto task = before;
    if (task.deleted_at) {
        task.deleted_at.reset();
        save_task(write, actor, before, task, ChangeKind::task_created);
    }
    return to_view(write, task);
}

TrashList list_trash(store::Read& read, const Actor& actor)
{
    TrashList list;
    store::query(
        read,
        "SELECT tasks.id, projects.key, number, title, project_id, deleted_at FROM tasks JOIN projects "
        "ON projects.workspace_id = tasks.workspace_id AND projects.id = tasks.project_id "
        "WHERE tasks.workspace_id = $1 AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, tasks.id DESC LIMIT 500",
        [&](const store::Statement& row) {
            list.items.push_back({
                .id = store::value_at<TaskId>(row, 0),
                .key = fmt::format("{}-{}", row.text(1), row.integer(2)),
                .title = std::string(row.text(3)),
                .project_id = store::value_at<ProjectId>(row, 4),
                .deleted_at = store::value_at<Instant>(row, 5),
            });
        },
        actor.workspace
    );
    return list;
}

} // namespace dialpine::work
