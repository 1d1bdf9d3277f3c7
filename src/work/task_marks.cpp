#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "store/rows.hpp"
#include "work/tasks.hpp"

/// Who has a task, and which labels it has.
namespace dialpine::work {
namespace {
/// Somebody of the workspace; one who restricted the use of their data gets no new tasks, but keeps those they have.
void check_may_assign(store::Read& read, const Task& task, PersonId person, std::string pointer)
{
    if (!people::is_known_in(read, task.workspace_id, person))
        throw Problem::invalid(std::move(pointer), "is nobody of this workspace");
    if (people::is_restricted(read, person) && !store::find<TaskAssignee>(read, task.workspace_id, task.id, person))
        throw Problem::invalid(std::move(pointer), "has restricted the use of their data");
}
} // namespace

void replace_assignees(store::Write& write, const Task& task, const std::vector<PersonId>& persons)
{
    for (std::size_t i = 0; i < persons.size(); ++i)
        check_may_assign(write, task, persons[i], fmt::format("/assignee_ids/{}", i));
    store::execute(
        write, "DELETE FROM task_assignees WHERE workspace_id = $1 AND task_id = $2", task.workspace_id, task.id
    );
    for (const auto person : persons) store::upsert(write, TaskAssignee{task.workspace_id, task.id, person});
}

void replace_labels(store::Write& write, const Task& task, const std::vector<LabelId>& labels)
{
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto label = store::find<Label>(write, task.workspace_id, labels[i]);
        if (!label || label->project_id != task.project_id)
            throw Problem::invalid(fmt::format("/label_ids/{}", i), "is not a label of this project");
    }
    store::execute(
        write, "DELETE FROM task_labels WHERE workspace_id = $1 AND task_id = $2", task.workspace_id, task.id
    );
    for (const auto label : labels) store::upsert(write, TaskLabel{task.workspace_id, task.id, label});
}

} // namespace dialpine::work
