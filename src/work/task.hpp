#pragma once
#include "base/text.hpp"
#include "store/schema.hpp"
#include "work/project.hpp"

namespace dialpine::work {

enum class Priority : std::uint8_t { none, low, medium, high, urgent };
BOOST_DESCRIBE_ENUM(Priority, none, low, medium, high, urgent)

struct Task {
    WorkspaceId workspace_id;
    TaskId id;
    ProjectId project_id;
    std::int64_t number = 0; ///< its key is the project's key and this
    StatusId status_id;
    std::string position; ///< a fractional rank, so that a move writes one row (`work/rank.hpp`)
    std::string title;
    Priority priority{};
    std::optional<Day> start_on;
    std::optional<Instant> due_at;
    std::optional<std::int64_t> estimate_minutes; ///< of work; absent: not estimated
    std::optional<Instant> completed_at;
    std::optional<Instant> archived_at;
    std::optional<Instant> deleted_at; ///< waits 30 days in the trash
    std::optional<Color> cover;
    // Counts that a board shows; kept with each change, so that a board reads one row for each card.
    std::int64_t checklist_count = 0;
    std::int64_t checklist_done = 0;
    std::int64_t comment_count = 0;
    std::int64_t link_count = 0;
    std::optional<std::int64_t> attachment_count; ///< absent: never had any
    Instant created_at{};
    std::optional<PersonId> created_by;
    Instant changed_at{};
    std::optional<PersonId> changed_by;
    std::string description; ///< last, so that a board's read does not walk over it
};
BOOST_DESCRIBE_STRUCT(
    Task,
    (),
    (workspace_id,
     id,
     project_id,
     number,
     status_id,
     position,
     title,
     priority,
     start_on,
     due_at,
     estimate_minutes,
     completed_at,
     archived_at,
     deleted_at,
     cover,
     checklist_count,
     checklist_done,
     comment_count,
     link_count,
     attachment_count,
     created_at,
     created_by,
     changed_at,
     changed_by,
     description)
)

struct TaskAssignee {
    WorkspaceId workspace_id;
    TaskId task_id;
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(TaskAssignee, (), (workspace_id, task_id, person_id))

struct TaskLabel {
    WorkspaceId workspace_id;
    TaskId task_id;
    LabelId label_id;
};
BOOST_DESCRIBE_STRUCT(TaskLabel, (), (workspace_id, task_id, label_id))

struct ChecklistItem {
    WorkspaceId workspace_id;
    TaskId task_id;
    ChecklistItemId id;
    std::string list; ///< the name of its checklist; a task can have several
    std::int64_t position = 0;
    bool is_done = false;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ChecklistItem, (), (workspace_id, task_id, id, list, position, is_done, text))

struct Link {
    WorkspaceId workspace_id;
    TaskId task_id;
    LinkId id;
    std::string title;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(Link, (), (workspace_id, task_id, id, title, url))

/// An imported custom field, kept and shown as text for now.
struct TaskField {
    WorkspaceId workspace_id;
    TaskId task_id;
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(TaskField, (), (workspace_id, task_id, name, value))

struct Comment {
    WorkspaceId workspace_id;
    CommentId id;
    TaskId task_id;
    std::optional<PersonId> author_id;
    Instant created_at{};
    Instant changed_at{};
    std::optional<Instant> edited_at;
    std::optional<Instant> deleted_at;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(
    Comment, (), (workspace_id, id, task_id, author_id, created_at, changed_at, edited_at, deleted_at, body)
)

/// Which imported thing became which of ours, so that the same board twice adds nothing twice.
struct ImportedThing {
    WorkspaceId workspace_id;
    std::string source;
    std::string source_id;
    Uuid object_id;
    crypto::Digest content_hash{}; ///< of what the source said last time
};
BOOST_DESCRIBE_STRUCT(ImportedThing, (), (workspace_id, source, source_id, object_id, content_hash))

namespace declared {
inline constexpr NotPersonal task_facts{"where and when the task stands; says nothing of a person"};
inline constexpr NotPersonal team_text{"text of the team on a task, without an author of its own"};

inline constexpr Keep until_deleted{
    "as long as the team keeps the task; 30 days in the trash", std::chrono::days{30}, "deleted_at"
};
inline constexpr Personal task_text{
    .of = person_in<&Task::created_by>,
    .category = Category::content,
    .source = Source::the_person,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_deleted,
    .at_erasure = AtErasure::keep,
    .why_kept = "it is the team's work; your name is taken off it",
    .names_others = true,
    .label = "Tasks you wrote",
};
inline constexpr Personal task_creator{
    .of = person_in<&Task::created_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_deleted,
    .at_erasure = AtErasure::unlink,
    .label = "Tasks you made",
};
inline constexpr Personal task_changer{
    .of = person_in<&Task::changed_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_deleted,
    .at_erasure = AtErasure::unlink,
    .label = "Tasks you changed last",
};
inline constexpr auto tasks = store::table<Task>(
    "tasks",
    primary_key<&Task::workspace_id, &Task::id>,
    column<&Task::workspace_id>(task_facts),
    column<&Task::id>(task_facts),
    column<&Task::project_id>(task_facts),
    column<&Task::number>(task_facts, store::names_row),
    column<&Task::status_id>(task_facts),
    column<&Task::position>(task_facts),
    column<&Task::title>(task_text, store::names_row),
    column<&Task::priority>(task_facts),
    column<&Task::start_on>(task_facts),
    column<&Task::due_at>(task_facts),
    column<&Task::estimate_minutes>(task_facts),
    column<&Task::completed_at>(task_facts),
    column<&Task::archived_at>(task_facts),
    column<&Task::deleted_at>(task_facts),
    column<&Task::cover>(task_facts),
    column<&Task::checklist_count>(task_facts),
    column<&Task::checklist_done>(task_facts),
    column<&Task::comment_count>(task_facts),
    column<&Task::link_count>(task_facts),
    column<&Task::attachment_count>(task_facts),
    column<&Task::created_at>(task_facts),
    column<&Task::created_by>(task_creator),
    column<&Task::changed_at>(task_facts),
    column<&Task::changed_by>(task_changer),
    column<&Task::description>(task_text),
    store::indexed_by<&Task::workspace_id, &Task::project_id, &Task::status_id, &Task::position>(),
    store::unique_by<&Task::workspace_id, &Task::project_id, &Task::number>(),
    store::indexed_by<&Task::created_by>(),
    store::indexed_by<&Task::changed_by>(),
    store::indexed_by<&Task::deleted_at>(),
    store::part_of<&Task::workspace_id, &Task::project_id>(projects)
);

inline constexpr Personal assignment{
    .of = person_in<&TaskAssignee::person_id>,
    .category = Category::collaborators,
    .source = Source::the_team,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = {"as long as the team keeps the task"},
    .at_erasure = AtErasure::erase_row,
};
inline constexpr auto task_assignees = store::table<TaskAssignee>(
    "task_assignees",
    primary_key<&TaskAssignee::workspace_id, &TaskAssignee::task_id, &TaskAssignee::person_id>,
    column<&TaskAssignee::workspace_id>(task_facts),
    column<&TaskAssignee::task_id>(assignment),
    column<&TaskAssignee::person_id>(assignment),
    store::indexed_by<&TaskAssignee::person_id>(),
    store::part_of<&TaskAssignee::workspace_id, &TaskAssignee::task_id>(tasks)
);

inline constexpr auto task_labels = store::table<TaskLabel>(
    "task_labels",
    primary_key<&TaskLabel::workspace_id, &TaskLabel::task_id, &TaskLabel::label_id>,
    column<&TaskLabel::workspace_id>(task_facts),
    column<&TaskLabel::task_id>(task_facts),
    column<&TaskLabel::label_id>(task_facts),
    store::indexed_by<&TaskLabel::workspace_id, &TaskLabel::label_id>(),
    store::part_of<&TaskLabel::workspace_id, &TaskLabel::task_id>(tasks),
    store::part_of<&TaskLabel::workspace_id, &TaskLabel::label_id>(labels)
);

inline constexpr auto checklist_items = store::table<ChecklistItem>(
    "checklist_items",
    primary_key<&ChecklistItem::workspace_id, &ChecklistItem::task_id, &ChecklistItem::id>,
    column<&ChecklistItem::workspace_id>(task_facts),
    column<&ChecklistItem::task_id>(task_facts),
    column<&ChecklistItem::id>(task_facts),
    column<&ChecklistItem::list>(team_text),
    column<&ChecklistItem::position>(task_facts),
    column<&ChecklistItem::is_done>(task_facts),
    column<&ChecklistItem::text>(team_text, store::names_row),
    store::part_of<&ChecklistItem::workspace_id, &ChecklistItem::task_id>(tasks)
);

inline constexpr auto links = store::table<Link>(
    "links",
    primary_key<&Link::workspace_id, &Link::task_id, &Link::id>,
    column<&Link::workspace_id>(task_facts),
    column<&Link::task_id>(task_facts),
    column<&Link::id>(task_facts),
    column<&Link::title>(team_text),
    column<&Link::url>(team_text),
    store::part_of<&Link::workspace_id, &Link::task_id>(tasks)
);

inline constexpr auto task_fields = store::table<TaskField>(
    "task_fields",
    primary_key<&TaskField::workspace_id, &TaskField::task_id, &TaskField::name>,
    column<&TaskField::workspace_id>(task_facts),
    column<&TaskField::task_id>(task_facts),
    column<&TaskField::name>(team_text),
    column<&TaskField::value>(team_text),
    store::part_of<&TaskField::workspace_id, &TaskField::task_id>(tasks)
);

inline constexpr Personal comment_text{
    .of = person_in<&Comment::author_id>,
    .category = Category::content,
    .source = Source::the_person,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_deleted,
    .at_erasure = AtErasure::keep,
    .why_kept = "it is part of the team's talk; your name is taken off it",
    .names_others = true,
    .label = "Comments you wrote",
};
inline constexpr Personal comment_author{
    .of = person_in<&Comment::author_id>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_deleted,
    .at_erasure = AtErasure::unlink,
    .label = "Comments you made",
};
inline constexpr auto comments = store::table<Comment>(
    "comments",
    primary_key<&Comment::workspace_id, &Comment::id>,
    column<&Comment::workspace_id>(task_facts),
    column<&Comment::id>(task_facts),
    column<&Comment::task_id>(task_facts),
    column<&Comment::author_id>(comment_author),
    column<&Comment::created_at>(task_facts),
    column<&Comment::changed_at>(task_facts),
    column<&Comment::edited_at>(task_facts),
    column<&Comment::deleted_at>(task_facts),
    column<&Comment::body>(comment_text),
    store::indexed_by<&Comment::workspace_id, &Comment::task_id, &Comment::id>(),
    store::indexed_by<&Comment::author_id>(),
    store::indexed_by<&Comment::deleted_at>(),
    store::part_of<&Comment::workspace_id, &Comment::task_id>(tasks)
);

inline constexpr NotPersonal source_fact{"an id that another service gave to a list, card, label or comment"};
inline constexpr auto imported_things = store::table<ImportedThing>(
    "imported_things",
    primary_key<&ImportedThing::workspace_id, &ImportedThing::source, &ImportedThing::source_id>,
    column<&ImportedThing::workspace_id>(source_fact),
    column<&ImportedThing::source>(source_fact),
    column<&ImportedThing::source_id>(source_fact),
    column<&ImportedThing::object_id>(source_fact),
    column<&ImportedThing::content_hash>(source_fact),
    store::indexed_by<&ImportedThing::workspace_id, &ImportedThing::object_id>(),
    // What is gone for good may be imported again.
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>(projects),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>(statuses),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>(labels),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>(tasks),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>(comments),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>("checklist_items", {"workspace_id", "id"}),
    store::part_of<&ImportedThing::workspace_id, &ImportedThing::object_id>("links", {"workspace_id", "id"})
);

inline constexpr store::Table tasks_table = tasks.plain();
inline constexpr store::Table task_assignees_table = task_assignees.plain();
inline constexpr store::Table task_labels_table = task_labels.plain();
inline constexpr store::Table checklist_items_table = checklist_items.plain();
inline constexpr store::Table links_table = links.plain();
inline constexpr store::Table task_fields_table = task_fields.plain();
inline constexpr store::Table comments_table = comments.plain();
inline constexpr store::Table imported_things_table = imported_things.plain();
} // namespace declared
} // namespace dialpine::work

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<work::Task> = &work::declared::tasks_table;
template <>
inline constexpr const Table* table_of<work::TaskAssignee> = &work::declared::task_assignees_table;
template <>
inline constexpr const Table* table_of<work::TaskLabel> = &work::declared::task_labels_table;
template <>
inline constexpr const Table* table_of<work::ChecklistItem> = &work::declared::checklist_items_table;
template <>
inline constexpr const Table* table_of<work::Link> = &work::declared::links_table;
template <>
inline constexpr const Table* table_of<work::TaskField> = &work::declared::task_fields_table;
template <>
inline constexpr const Table* table_of<work::Comment> = &work::declared::comments_table;
template <>
inline constexpr const Table* table_of<work::ImportedThing> = &work::declared::imported_things_table;
} // namespace dialpine::store
