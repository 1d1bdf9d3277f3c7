#pragma once
#include "base/json.hpp"
#include "work/tasks.hpp"

#include <memory>
#include <mutex>
#include <unordered_map>

namespace dialpine::work {

/// One task on a board: as few bytes as the board needs.
struct Card {
    TaskId id;
    std::int64_t number = 0;
    std::string title;
    StatusId status_id;
    std::string position;
    Sparse<std::optional<Priority>> priority; ///< absent: none
    Sparse<std::vector<PersonId>> assignee_ids;
    Sparse<std::vector<LabelId>> label_ids;
    Sparse<std::optional<Day>> start_on;
    Sparse<std::optional<Instant>> due_at;
    Sparse<std::optional<Instant>> completed_at;
    Sparse<std::vector<std::int64_t>> checklist; ///< done, of all
    Sparse<std::int64_t> comments;
    Sparse<std::int64_t> links;
    Sparse<std::int64_t> attachments;
    Sparse<std::optional<Color>> cover;
};
BOOST_DESCRIBE_STRUCT(
    Card,
    (),
    (id,
     number,
     title,
     status_id,
     position,
     priority,
     assignee_ids,
     label_ids,
     start_on,
     due_at,
     completed_at,
     checklist,
     comments,
     links,
     attachments,
     cover)
)

struct BoardProject {
    ProjectId id;
    std::string key;
    std::string name;
    Color color{};
    bool archived = false;
};
BOOST_DESCRIBE_STRUCT(BoardProject, (), (id, key, name, color, archived))
struct BoardStatus {
    StatusId id;
    std::string name;
    StatusGroup group{};
    Color color{};
    std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(BoardStatus, (), (id, name, group, color, position))
struct BoardLabel {
    LabelId id;
    std::string name;
    Color color{};
};
BOOST_DESCRIBE_STRUCT(BoardLabel, (), (id, name, color))
struct BoardPerson {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(BoardPerson, (), (id, name))

/// Everything that a project's board shows: all tasks that are neither archived nor deleted.
struct Board {
    std::int64_t change = 0; ///< the number of the last change that it holds
    BoardProject project;
    std::vector<BoardStatus> statuses;
    std::vector<BoardLabel> labels;
    std::vector<BoardPerson> people;
    std::vector<Card> tasks;
};
BOOST_DESCRIBE_STRUCT(Board, (), (change, project, statuses, labels, people, tasks))

Board find_board(store::Read&, const Actor&, ProjectId);

/// A task of one's own, from any project, with what is needed to show it alone.
struct MyTask {
    TaskId id;
    std::int64_t number = 0;
    std::string key;
    std::string title;
    Priority priority{};
    std::optional<Day> start_on;
    std::optional<Instant> due_at;
    WorkspaceId workspace_id;
    std::string workspace_name;
    ProjectId project_id;
    std::string project_name;
    Color project_color{};
    StatusId status_id;
    std::string status_name;
    StatusGroup status_group{};
    std::int64_t checklist_done = 0;
    std::int64_t checklist_count = 0;
    std::int64_t comments = 0;
};
BOOST_DESCRIBE_STRUCT(
    MyTask,
    (),
    (id,
     number,
     key,
     title,
     priority,
     start_on,
     due_at,
     workspace_id,
     workspace_name,
     project_id,
     project_name,
     project_color,
     status_id,
     status_name,
     status_group,
     checklist_done,
     checklist_count,
     comments)
)
struct MyTaskList {
    std::vector<MyTask> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MyTaskList, (), (items, next))
/// Open tasks assigned to me in workspaces where I am a member, the due first; at most 500.
MyTaskList list_my_tasks(store::Read&, const people::SignedIn&);

struct ChangeView {
    std::int64_t number = 0;
    std::string kind; ///< `task.created`
    Uuid object_id;
    std::optional<TaskId> task_id;
    std::optional<ProjectId> project_id;
    std::optional<PersonId> actor_id;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(ChangeView, (), (number, kind, object_id, task_id, project_id, actor_id, at))
struct ChangeList {
    std::vector<ChangeView> items;
    std::optional<std::string> next;
    std::int64_t last = 0; ///< the number of the workspace's last change
};
BOOST_DESCRIBE_STRUCT(ChangeList, (), (items, next, last))
struct ChangeQuery {
    std::optional<std::int64_t> after;
    std::optional<std::int64_t> limit;
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(ChangeQuery, (), (after, limit))

ChangeList list_changes(store::Read&, const Actor&, ChangeQuery);
ChangeView to_view(const store::Change&);
std::int64_t last_change(const store::Read&, WorkspaceId);

} // namespace dialpine::work
