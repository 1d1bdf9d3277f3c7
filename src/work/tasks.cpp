#include "work/tasks.hpp"

#include "base/page.hpp"
#include "base/problem.hpp"
#include "people/workspaces.hpp"
#include "store/rows.hpp"
#include "work/rank.hpp"
#include "work/written.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

constexpr std::size_t most_changed_together = 500;

/// Where a task begins of which nothing is said: the first column of what is not begun, else of the backlog, else of all.
Status first_status(const store::Read& read, const Project& project)
{
    auto status = store::select_one<Status>(
        read,
        "WHERE workspace_id = $1 AND project_id = $2 "
        "ORDER BY status_group = $3 DESC, status_group = $4 DESC, position, id LIMIT 1",
        project.workspace_id,
        project.id,
        StatusGroup::unstarted,
        StatusGroup::backlog
    );
    return std::move(status.value());
}

Status status_of(const store::Read& read, WorkspaceId workspace, ProjectId project, StatusId id, std::string_view pointer)
{
    auto status = store::find<Status>(read, workspace, id);
    if (!status || status->project_id != project)
        throw Problem::invalid(std::string(pointer), "is not a status of this project");
    return std::move(*status);
}

/// A task that reaches a completed status is completed; one that leaves it is not any more.
void enter_status(Task& task, const Status& status)
{
    task.status_id = status.id;
    if (status.status_group != StatusGroup::completed)
        task.completed_at.reset();
    else if (!task.completed_at)
        task.completed_at = clock_now();
}

std::int64_t take_number(store::Write& write, const Project& project)
{
    auto now = project;
    ++now.next_number;
    store::update(write, project, now);
    return project.next_number;
}

void tell(store::Write& write, const Task& task, ChangeKind kind)
{
    write.append({
        .workspace_id = task.workspace_id,
        .kind = kind,
        .object_id = task.id,
        .project_id = task.project_id,
        .task_id = task.id,
        .actor_id = task.changed_by,
    });
}

void check_days(const Task& task)
{
    if (task.start_on && task.due_at && *task.start_on > std::chrono::ceil<std::chrono::days>(*task.due_at))
        throw Problem::invalid("/start_on", "is after the task is due");
}

std::vector<ChecklistItemWish> to_wishes(const std::vector<NewChecklistItem>& items)
{
    std::vector<ChecklistItemWish> wishes;
    wishes.reserve(items.size());
    for (const auto& item : items) wishes.push_back({{}, item.text, item.done, item.list});
    return wishes;
}

void add_link(store::Write& write, Task& task, const NewLink& wish)
{
    store::insert(
        write,
        Link{
            .workspace_id = task.workspace_id,
            .task_id = task.id,
            .id = LinkId::make(),
            .title = wish.title ? std::string(*wish.title) : std::string(wish.url),
            .url = wish.url,
        }
    );
    ++task.link_count;
}

void enter_status(const store::Read& read, Task& task, StatusId id)
{
    const auto status = status_of(read, task.workspace_id, task.project_id, id, "/status_id");
    task.position = rank_for(read, task, status.id, {}, {});
    enter_status(task, status);
}

void apply_move(const store::Read& read, Task& task, const Move& move)
{
    const auto id = move.status_id.value_or(task.status_id);
    const auto status = status_of(read, task.workspace_id, task.project_id, id, "/move/status_id");
    task.position = rank_for(read, task, status.id, move.after_id, move.before_id);
    if (status.id != task.status_id) enter_status(task, status);
}

/// Calls `each` with the members that both have under the same name.
template <class From, class Into, class Each>
void for_each_shared(const From& from, Into& into, Each each)
{
    boost::mp11::mp_for_each<json::Members<Into>>([&](auto target) {
        boost::mp11::mp_for_each<json::Members<From>>([&](auto source) {
            if constexpr (std::string_view(source.name) == target.name)
                each(from.*source.pointer, into.*target.pointer);
        });
    });
}

/// Takes what a wish says plainly; ids are looked at first, one by one.
template <class Wish>
void take(const Wish& wish, Task& task)
{
    for_each_shared(wish, task, []<class Value, class Place>(const Value& value, Place& place) {
        if constexpr (json::is_id<Place>)
            return;
        else if constexpr (std::is_assignable_v<Place&, const Value&>)
            place = value;
        else if (value)
            place = *value;
    });
}

/// Where in the log a change belongs: a change of place alone is a move.
ChangeKind kind_of(const TaskChange& change)
{
    TaskChange rest = change;
    rest.move = {};
    rest.status_id = {};
    rest.keep_sensitive = {};
    bool has_rest = false;
    boost::mp11::mp_for_each<json::Members<TaskChange>>([&](auto member) {
        has_rest = has_rest || (rest.*member.pointer).value.has_value();
    });
    return (change.move || change.status_id) && !has_rest ? ChangeKind::task_moved : ChangeKind::task_changed;
}

void apply(store::Write& write, Task& task, const TaskChange& change)
{
    take(change, task);
    if (change.archived && *change.archived != task.archived_at.has_value())
        task.archived_at = *change.archived ? std::optional(clock_now()) : std::nullopt;
    if (change.status_id && *change.status_id != task.status_id) enter_status(write, task, *change.status_id);
    if (change.move) apply_move(write, task, *change.move);
    if (change.assignee_ids) replace_assignees(write, task, *change.assignee_ids);
    if (change.label_ids) replace_labels(write, task, *change.label_ids);
    if (change.checklist) replace_checklist(write, task, *change.checklist);
    check_days(task);
}

template <class Items>
std::string joined_texts(const Items& items)
{
    std::string text;
    for (const auto& item : items) text += item.text + "\n";
    return text;
}

std::vector<WrittenText> texts_of(const store::Read& read, const Task& task, const TaskChange& change)
{
    std::vector<WrittenText> texts;
    if (change.title) texts.push_back({TextPlace::title, task.id, "/title", *change.title, task.title});
    if (change.description)
        texts.push_back({TextPlace::description, task.id, "/description", *change.description, task.description});
    if (change.checklist)
        texts.push_back({
            TextPlace::checklist,
            task.id,
            "/checklist",
            joined_texts(*change.checklist),
            checklist_text(read, task),
        });
    return texts;
}

std::vector<WrittenText> texts_of(const Task& task, const NewTask& wish)
{
    std::vector<WrittenText> texts{{TextPlace::title, task.id, "/title", task.title}};
    if (wish.description) texts.push_back({TextPlace::description, task.id, "/description", task.description});
    if (wish.checklist) texts.push_back({TextPlace::checklist, task.id, "/checklist", joined_texts(*wish.checklist)});
    return texts;
}

TaskView change_one(store::Write& write, const Actor& actor, const Task& before, const TaskChange& change)
{
    auto task = before;
    accept_texts(write, actor, task.id, texts_of(write, task, change), change.keep_sensitive.value.value_or(false));
    apply(write, task, change);
    save_task(write, actor, before, task, kind_of(change));
    return to_view(write, task);
}
} // namespace

Task task_of(const store::Read& read, WorkspaceId workspace, const TaskRef& ref, Trash trash)
{
    auto task =
        ref.id ? store::find<Task>(read, workspace, *ref.id)
               : store::select_one<Task>(
                     read,
                     "JOIN projects ON projects.workspace_id = tasks.workspace_id AND projects.id = tasks.project_id "
                     "WHERE tasks.workspace_id = $1 AND projects.key = $2 AND tasks.number = $3",
                     workspace,
                     ref.key,
                     ref.number
                 );
    if (!task || (task->deleted_at && trash == Trash::no)) throw Problem::not_found();
    return std::move(*task);
}

Task open_task_of(const store::Read& read, WorkspaceId workspace, const TaskRef& ref, Trash trash)
{
    auto task = task_of(read, workspace, ref, trash);
    open_project_of(read, workspace, task.project_id);
    return task;
}

TaskView to_view(const store::Read& read, const Task& task)
{
    return to_view(read, task, project_of(read, task.workspace_id, task.project_id));
}

namespace {
TaskView row_view(const Task& task, const Project& project)
{
    TaskView view;
    for_each_shared(task, view, []<class Value, class Place>(const Value& value, Place& place) {
        if constexpr (std::is_assignable_v<Place&, const Value&>)
            place = value;
        else
            place = value.value_or(Place{});
    });
    view.key = fmt::format("{}-{}", project.key, task.number);
    return view;
}
} // namespace

TaskView to_view(const store::Read& read, const Task& task, const Project& project)
{
    TaskView view = row_view(task, project);
    constexpr std::string_view of_task = "WHERE workspace_id = $1 AND task_id = $2";
    for (const auto& each : store::select<TaskAssignee>(read, of_task, task.workspace_id, task.id))
        view.assignee_ids.push_back(each.person_id);
    for (const auto& each : store::select<TaskLabel>(read, of_task, task.workspace_id, task.id))
        view.label_ids.push_back(each.label_id);
    if (task.checklist_count > 0)
        for (const auto& item : store::select<ChecklistItem>(
                 read, "WHERE workspace_id = $1 AND task_id = $2 ORDER BY position, id", task.workspace_id, task.id
             ))
            view.checklist.push_back({item.id, item.text, item.is_done, item.list});
    if (task.link_count > 0)
        for (const auto& link : store::select<Link>(read, of_task, task.workspace_id, task.id))
            view.links.push_back({link.id, link.title, link.url});
    for (const auto& field : store::select<TaskField>(read, of_task, task.workspace_id, task.id))
        view.fields.push_back({field.name, field.value});
    return view;
}

void save_task(store::Write& write, const Actor& actor, const Task& before, Task& now, ChangeKind kind)
{
    now.changed_at = clock_now();
    now.changed_by = actor.person;
    store::update(write, before, now);
    tell(write, now, kind);
}

std::string rank_for(
    const store::Read& read,
    const Task& task,
    StatusId status,
    std::optional<TaskId> after,
    std::optional<TaskId> before
)
{
    const auto neighbour = [&](TaskId id, std::string_view pointer) {
        if (id == task.id) throw Problem::invalid(std::string(pointer), "is the task itself");
        const auto found = store::find<Task>(read, task.workspace_id, id);
        if (!found || found->project_id != task.project_id || found->status_id != status || found->deleted_at)
            throw Problem::conflict(
                "changed-meanwhile", "The task beside which it should stand is not in that column any more."
            );
        return found->position;
    };
    constexpr std::string_view next = "SELECT min(position) FROM tasks WHERE workspace_id = $1 AND project_id = $2 "
                                      "AND status_id = $3 AND position > $4 AND id <> $5";
    constexpr std::string_view previous = "SELECT max(position) FROM tasks WHERE workspace_id = $1 AND project_id = $2 "
                                          "AND status_id = $3 AND position < $4 AND id <> $5";
    const auto beyond = [&](std::string_view sql, const std::string& rank) {
        return store::query_one<std::string>(read, sql, task.workspace_id, task.project_id, status, rank, task.id);
    };
    if (after) {
        const auto low = neighbour(*after, "/move/after_id");
        return rank_between(low, beyond(next, low));
    }
    if (before) {
        const auto high = neighbour(*before, "/move/before_id");
        return rank_between(beyond(previous, high).value_or(""), high);
    }
    const auto last = beyond(previous, "~"); // beyond every rank
    return rank_between(last.value_or(""), std::nullopt);
}

TaskView create_task(store::Write& write, const Actor& actor, ProjectId project_id, NewTask wish)
{
    const auto project = open_project_of(write, actor.workspace, project_id);
    const auto status = wish.status_id
                            ? status_of(write, actor.workspace, project.id, *wish.status_id, "/status_id")
                            : first_status(write, project);
    const Instant now = clock_now();
    Task task{
        .workspace_id = actor.workspace,
        .id = TaskId::make(),
        .project_id = project.id,
        .number = take_number(write, project),
        .created_at = now,
        .created_by = actor.person,
        .changed_at = now,
        .changed_by = actor.person,
        .description = {},
    };
    take(wish, task);
    task.position = rank_for(write, task, status.id, wish.after_id, wish.before_id);
    enter_status(task, status);
    check_days(task);
    accept_texts(write, actor, task.id, texts_of(task, wish), wish.keep_sensitive.value_or(false));
    if (wish.assignee_ids) replace_assignees(write, task, *wish.assignee_ids);
    if (wish.label_ids) replace_labels(write, task, *wish.label_ids);
    if (wish.checklist) replace_checklist(write, task, to_wishes(*wish.checklist));
    if (wish.links)
        for (const auto& link : *wish.links) add_link(write, task, link);
    store::insert(write, task);
    tell(write, task, ChangeKind::task_created);
    // Of a task that was made just now without any of them there is nothing to look up.
    const bool has_parts = wish.assignee_ids || wish.label_ids || wish.checklist || wish.links;
    return has_parts ? to_view(write, task, project) : row_view(task, project);
}

TaskView find_task(store::Read& read, const Actor& actor, const TaskRef& ref)
{
    return to_view(read, task_of(read, actor.workspace, ref));
}

TaskView change_task(store::Write& write, const Actor& actor, const TaskRef& ref, TaskChange change)
{
    return change_one(write, actor, open_task_of(write, actor.workspace, ref), change);
}

TaskList change_tasks(store::Write& write, const Actor& actor, TasksChange wish)
{
    if (wish.ids.empty() || wish.ids.size() > most_changed_together)
        throw Problem::invalid("/ids", "must name 1 to 500 tasks");
    TaskList list;
    for (const auto id : wish.ids)
        list.items.push_back(
            change_one(write, actor, open_task_of(write, actor.workspace, {.id = id, .key = {}}), wish.change)
        );
    return list;
}

TaskView create_link(store::Write& write, const Actor& actor, const TaskRef& ref, NewLink wish)
{
    const auto before = open_task_of(write, actor.workspace, ref);
    auto task = before;
    add_link(write, task, wish);
    save_task(write, actor, before, task, ChangeKind::task_changed);
    return to_view(write, task);
}

TaskView delete_link(store::Write& write, const Actor& actor, const TaskRef& ref, LinkId id)
{
    const auto before = open_task_of(write, actor.workspace, ref);
    if (!store::remove<Link>(write, actor.workspace, before.id, id)) throw Problem::not_found();
    auto task = before;
    --task.link_count;
    save_task(write, actor, before, task, ChangeKind::task_changed);
    return to_view(write, task);
}

} // namespace dialpine::work
