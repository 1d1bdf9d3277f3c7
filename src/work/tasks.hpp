#pragma once
#include "base/json.hpp"
#include "work/projects.hpp"
#include "work/task.hpp"

namespace dialpine::work {

using Title = Line<500>;
using EstimateMinutes = Whole<1, 100'000>; ///< up to ten months of working days
using ItemText = Line<500>;
using Description = Prose<most_description>;

/// An absolute http, https or mailto address of at most 2,000 bytes: nothing that a page could run.
struct Url : std::string {
    using std::string::string;
    Url(std::string text) : std::string(std::move(text)) {}
};

/// A task in a path: its id, or its short key such as `WEB-123`.
struct TaskRef {
    std::optional<TaskId> id;
    std::string key;
    std::int64_t number = 0;
    using is_in_path = void;
};

struct ChecklistItemView {
    ChecklistItemId id;
    std::string text;
    bool done = false;
    std::string list; ///< the name of its checklist
};
BOOST_DESCRIBE_STRUCT(ChecklistItemView, (), (id, text, done, list))
struct LinkView {
    LinkId id;
    std::string title;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(LinkView, (), (id, title, url))
struct TaskFieldView {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(TaskFieldView, (), (name, value))

struct TaskView {
    TaskId id;
    WorkspaceId workspace_id;
    ProjectId project_id;
    std::string key;
    std::int64_t number = 0;
    std::string title;
    std::string description;
    StatusId status_id;
    std::string position;
    Priority priority{};
    std::vector<PersonId> assignee_ids;
    std::vector<LabelId> label_ids;
    std::optional<Day> start_on;
    std::optional<Instant> due_at;
    std::optional<std::int64_t> estimate_minutes;
    std::optional<Instant> completed_at;
    std::optional<Instant> archived_at;
    std::optional<Color> cover;
    std::vector<ChecklistItemView> checklist;
    std::vector<LinkView> links;
    std::vector<TaskFieldView> fields;
    std::int64_t comment_count = 0;
    std::int64_t attachment_count = 0;
    Instant created_at{};
    std::optional<PersonId> created_by;
    Instant changed_at{};
    std::optional<PersonId> changed_by;
};
BOOST_DESCRIBE_STRUCT(
    TaskView,
    (),
    (id,
     workspace_id,
     project_id,
     key,
     number,
     title,
     description,
     status_id,
     position,
     priority,
     assignee_ids,
     label_ids,
     start_on,
     due_at,
     estimate_minutes,
     completed_at,
     archived_at,
     cover,
     checklist,
     links,
     fields,
     comment_count,
     attachment_count,
     created_at,
     created_by,
     changed_at,
     changed_by)
)
struct TaskList {
    std::vector<TaskView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(TaskList, (), (items, next))

struct NewChecklistItem {
    ItemText text;
    std::optional<bool> done;
    std::optional<Prose<200>> list;
    std::optional<bool> keep_sensitive; ///< the warning was read, and what it names is meant to be kept
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewChecklistItem, (), (text, done, list, keep_sensitive))
/// In a whole checklist: with an id it is the item that was there, without one it is new.
struct ChecklistItemWish {
    std::optional<ChecklistItemId> id;
    ItemText text;
    std::optional<bool> done;
    std::optional<Prose<200>> list;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ChecklistItemWish, (), (id, text, done, list))
struct ChecklistItemChange {
    Change<ItemText> text;
    Change<bool> done;
    Change<Prose<200>> list;
    Change<bool> keep_sensitive;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ChecklistItemChange, (), (text, done, list, keep_sensitive))
struct NewLink {
    std::optional<Line<500>> title; ///< the address itself, when absent
    Url url;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewLink, (), (title, url))

struct NewTask {
    Title title;
    std::optional<Description> description;
    std::optional<StatusId> status_id; ///< the project's first unstarted one, when absent
    std::optional<std::vector<PersonId>> assignee_ids;
    std::optional<std::vector<LabelId>> label_ids;
    std::optional<Priority> priority;
    std::optional<Day> start_on;
    std::optional<Instant> due_at;
    std::optional<EstimateMinutes> estimate_minutes;
    std::optional<Color> cover;
    std::optional<std::vector<NewChecklistItem>> checklist;
    std::optional<std::vector<NewLink>> links;
    std::optional<TaskId> after_id;     ///< right below that one
    std::optional<TaskId> before_id;    ///< right above that one; at the end of the column when both are absent
    std::optional<bool> keep_sensitive; ///< the warning was read, and what it names is meant to be kept
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(
    NewTask,
    (),
    (title,
     description,
     status_id,
     assignee_ids,
     label_ids,
     priority,
     start_on,
     due_at,
     estimate_minutes,
     cover,
     checklist,
     links,
     after_id,
     before_id,
     keep_sensitive)
)

struct Move {
    std::optional<StatusId> status_id;
    std::optional<TaskId> after_id;
    std::optional<TaskId> before_id;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(Move, (), (status_id, after_id, before_id))

struct TaskChange {
    Change<Title> title;
    Change<Description> description;
    Change<StatusId> status_id;
    Change<Priority> priority;
    Change<std::vector<PersonId>> assignee_ids;
    Change<std::vector<LabelId>> label_ids;
    Change<std::optional<Day>> start_on;
    Change<std::optional<Instant>> due_at;
    Change<std::optional<EstimateMinutes>> estimate_minutes;
    Change<std::optional<Color>> cover;
    Change<std::vector<ChecklistItemWish>> checklist;
    Change<bool> archived;
    Change<Move> move;
    Change<bool> keep_sensitive; ///< the warning was read, and what it names is meant to be kept
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(
    TaskChange,
    (),
    (title,
     description,
     status_id,
     priority,
     assignee_ids,
     label_ids,
     start_on,
     due_at,
     estimate_minutes,
     cover,
     checklist,
     archived,
     move,
     keep_sensitive)
)

struct TasksChange {
    std::vector<TaskId> ids; ///< at most 500
    TaskChange change;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(TasksChange, (), (ids, change))

enum class Sort : std::uint8_t { position, due, created, changed, title, priority };
BOOST_DESCRIBE_ENUM(Sort, position, due, created, changed, title, priority)

/// How a list is sorted: a member's name, with `-` before it for downwards.
struct Order {
    Sort by = Sort::position;
    bool is_down = false;
    using is_text = void;
};

struct TaskQuery {
    std::optional<StatusId> status_id;
    std::optional<LabelId> label_id;
    std::optional<PersonId> assignee_id;
    std::optional<Priority> priority;
    std::optional<Which> archived;
    std::optional<Order> sort;
    std::optional<std::int64_t> limit;
    std::optional<TaskId> cursor; ///< as a page's `next` gave it
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(TaskQuery, (), (status_id, label_id, assignee_id, priority, archived, sort, limit, cursor))

TaskList list_tasks(store::Read&, const Actor&, ProjectId, TaskQuery);
TaskView create_task(store::Write&, const Actor&, ProjectId, NewTask);
TaskView find_task(store::Read&, const Actor&, const TaskRef&);
TaskView change_task(store::Write&, const Actor&, const TaskRef&, TaskChange);
/// The same change for several; all of them or none.
TaskList change_tasks(store::Write&, const Actor&, TasksChange);
/// To the trash, where it waits for 30 days.
void delete_task(store::Write&, const Actor&, const TaskRef&);
/// Back from the trash.
TaskView restore_task(store::Write&, const Actor&, const TaskRef&);

TaskView create_checklist_item(store::Write&, const Actor&, const TaskRef&, NewChecklistItem);
TaskView change_checklist_item(store::Write&, const Actor&, const TaskRef&, ChecklistItemId, ChecklistItemChange);
TaskView delete_checklist_item(store::Write&, const Actor&, const TaskRef&, ChecklistItemId);
TaskView create_link(store::Write&, const Actor&, const TaskRef&, NewLink);
TaskView delete_link(store::Write&, const Actor&, const TaskRef&, LinkId);

struct TrashedTask {
    TaskId id;
    std::string key;
    std::string title;
    ProjectId project_id;
    Instant deleted_at{};
};
BOOST_DESCRIBE_STRUCT(TrashedTask, (), (id, key, title, project_id, deleted_at))
struct TrashList {
    std::vector<TrashedTask> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(TrashList, (), (items, next))
/// The newest 500 deleted tasks of the workspace.
TrashList list_trash(store::Read&, const Actor&);

// ---- for the rest of the room

enum class Trash : std::uint8_t { no, yes };
/// The row, or Problem 404; those in the trash only if asked for.
Task task_of(const store::Read&, WorkspaceId, const TaskRef&, Trash = Trash::no);
/// The same, or Problem 409 if its project is archived.
Task open_task_of(const store::Read&, WorkspaceId, const TaskRef&, Trash = Trash::no);
TaskView to_view(const store::Read&, const Task&, const Project&);
TaskView to_view(const store::Read&, const Task&);
/// Writes what differs of the task, as changed now by the actor, and tells.
void save_task(store::Write&, const Actor&, const Task& before, Task& now, store::ChangeKind);
/// The rank for a place in a column. Throws Problem 409 if the neighbour is not in that column any more.
std::string
rank_for(const store::Read&, const Task&, StatusId, std::optional<TaskId> after, std::optional<TaskId> before);
/// Writes a whole checklist over what was there, keeping the items whose ids are named.
void replace_checklist(store::Write&, Task&, const std::vector<ChecklistItemWish>&);
/// The lines of the task's checklists as they stand, for `accept_texts`.
std::string checklist_text(const store::Read&, const Task&);
void replace_assignees(store::Write&, const Task&, const std::vector<PersonId>&);
void replace_labels(store::Write&, const Task&, const std::vector<LabelId>&);

} // namespace dialpine::work

namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, work::TaskRef& into);
template <>
std::string_view read_text(std::string_view text, work::Url& into);
template <>
std::string_view read_text(std::string_view text, work::Order& into);
} // namespace dialpine::json
