#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/tasks.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

std::vector<ChecklistItem> items_of(const store::Read& read, const Task& task)
{
    return store::select<ChecklistItem>(
        read, "WHERE workspace_id = $1 AND task_id = $2 ORDER BY position, id", task.workspace_id, task.id
    );
}

void count_anew(const store::Read& read, Task& task)
{
    const auto items = items_of(read, task);
    task.checklist_count = static_cast<std::int64_t>(items.size());
    task.checklist_done = std::ranges::count_if(items, &ChecklistItem::is_done);
}

ChecklistItem item_of(const store::Read& read, const Task& task, ChecklistItemId id)
{
    auto item = store::find<ChecklistItem>(read, task.workspace_id, task.id, id);
    if (!item) throw Problem::not_found();
    return std::move(*item);
}

TaskView save(store::Write& write, const Actor& actor, Task& task)
{
    count_anew(write, task);
    save_task(write, actor, task, ChangeKind::task_changed);
    return to_view(write, task);
}
} // namespace

void replace_checklist(store::Write& write, Task& task, const std::vector<ChecklistItemWish>& wishes)
{
    const auto before = items_of(write, task);
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const auto& id = wishes[i].id;
        if (id && std::ranges::find(before, *id, &ChecklistItem::id) == before.end())
            throw Problem::invalid(fmt::format("/checklist/{}/id", i), "is not an item of this task");
    }
    store::execute(
        write, "DELETE FROM checklist_items WHERE workspace_id = $1 AND task_id = $2", task.workspace_id, task.id
    );
    std::int64_t position = 0;
    for (const auto& wish : wishes)
        store::upsert(
            write,
            ChecklistItem{
                .workspace_id = task.workspace_id,
                .task_id = task.id,
                .id = wish.id.value_or(ChecklistItemId::make()),
                .list = wish.list ? std::string(*wish.list) : std::string(),
                .position = position++,
                .is_done = wish.done.value_or(false),
                .text = wish.text,
            }
        );
    count_anew(write, task);
}

TaskView create_checklist_item(store::Write& write, const Actor& actor, const TaskRef& ref, NewChecklistItem wish)
{
    auto task = open_task_of(write, actor.workspace, ref);
    const auto items = items_of(write, task);
    if (items.size() >= json::most_elements)
        throw Problem::conflict("too-large", "A task has at most 1000 checklist items.");
    store::insert(
        write,
        ChecklistItem{
            .workspace_id = task.workspace_id,
            .task_id = task.id,
            .id = ChecklistItemId::make(),
            .list = wish.list ? std::string(*wish.list) : std::string(),
            .position = items.empty() ? 0 : items.back().position + 1,
            .is_done = wish.done.value_or(false),
            .text = wish.text,
        }
    );
    return save(write, actor, task);
}

TaskView change_checklist_item(
    store::Write& write, const Actor& actor, const TaskRef& ref, ChecklistItemId id, ChecklistItemChange change
)
{
    auto task = open_task_of(write, actor.workspace, ref);
    auto item = item_of(write, task, id);
    if (change.text) item.text = *change.text;
    if (change.done) item.is_done = *change.done;
    if (change.list) item.list = *change.list;
    store::update(write, item);
    return save(write, actor, task);
}

TaskView delete_checklist_item(store::Write& write, const Actor& actor, const TaskRef& ref, ChecklistItemId id)
{
    auto task = open_task_of(write, actor.workspace, ref);
    if (!store::remove<ChecklistItem>(write, task.workspace_id, task.id, id)) throw Problem::not_found();
    return save(write, actor, task);
}

} // namespace dialpine::work
