#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/tasks.hpp"
#include "work/written.hpp"

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

TaskView save(store::Write& write, const Actor& actor, const Task& before)
{
    auto task = before;
    count_anew(write, task);
    save_task(write, actor, before, task, ChangeKind::task_changed);
    return to_view(write, task);
}

/// What a change of one line makes of all of them is what is looked at.
void accept_line(
    store::Write& write,
    const Actor& actor,
    const Task& task,
    const std::string& line,
    const std::string& line_before,
    bool keeps_sensitive
)
{
    const auto before = checklist_text(write, task);
    auto after = before;
    if (const auto at = line_before.empty() ? std::string::npos : after.find(line_before); at != std::string::npos)
        after.replace(at, line_before.size(), line);
    else
        after += line + "\n";
    accept_texts(write, actor, task.id, {{TextPlace::checklist, task.id, "/text", after, before}}, keeps_sensitive);
}
} // namespace

std::string checklist_text(const store::Read& read, const Task& task)
{
    std::string text;
    for (const auto& item : items_of(read, task)) text += item.text + "\n";
    return text;
}

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
    const auto task = open_task_of(write, actor.workspace, ref);
    const auto items = items_of(write, task);
    if (items.size() >= json::most_elements)
        throw Problem::conflict("too-large", "A task has at most 1000 checklist items.");
    accept_line(write, actor, task, wish.text, {}, wish.keep_sensitive.value_or(false));
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
    const auto task = open_task_of(write, actor.workspace, ref);
    auto item = item_of(write, task, id);
    if (change.text) {
        accept_line(write, actor, task, *change.text, item.text, change.keep_sensitive.value.value_or(false));
        item.text = *change.text;
    }
    if (change.done) item.is_done = *change.done;
    if (change.list) item.list = *change.list;
    store::update(write, item);
    return save(write, actor, task);
}

TaskView delete_checklist_item(store::Write& write, const Actor& actor, const TaskRef& ref, ChecklistItemId id)
{
    const auto task = open_task_of(write, actor.workspace, ref);
    if (!store::remove<ChecklistItem>(write, task.workspace_id, task.id, id)) throw Problem::not_found();
    return save(write, actor, task);
}

} // namespace dialpine::work
