#include "privacy/workspace_csv.hpp"

#include "people/restriction.hpp"
#include "privacy/row_lines.hpp"
#include "store/rows.hpp"
#include "work/mentions.hpp"

#include <unordered_map>

namespace dialpine::privacy {
namespace {
using store::Statement;
using store::value_at;

constexpr std::string_view line_end = "\r\n";

/// Names as others may see them, each asked for once.
class Names {
public:
    explicit Names(const store::Read& read) : read_(read) {}
    const std::string& of(PersonId person)
    {
        const auto [at, is_new] = known_.try_emplace(person);
        if (is_new) at->second = people::name_for_others(read_, person);
        return at->second;
    }

private:
    const store::Read& read_;
    std::unordered_map<PersonId, std::string> known_;
};

template <class Id>
std::unordered_map<Id, std::string>
texts_by_id(const store::Read& read, std::string_view table, std::string_view column, WorkspaceId workspace)
{
    std::unordered_map<Id, std::string> texts;
    store::query(
        read,
        fmt::format("SELECT id, {} FROM {} WHERE workspace_id = $1", column, table),
        [&](const Statement& row) { texts.emplace(value_at<Id>(row, 0), std::string(row.text(1))); },
        workspace
    );
    return texts;
}

template <class Map, class Id>
std::string_view text_in(const Map& texts, const Id& id)
{
    const auto found = texts.find(id);
    return found == texts.end() ? std::string_view() : std::string_view(found->second);
}

/// The rows of a table that hang on tasks, walked in step with the tasks: both are in the order of the task's id, so
/// that a million tasks cost one statement and not a million.
class InStep {
public:
    InStep(const store::Read& read, std::string_view sql, WorkspaceId workspace)
        : statement_(read.prepare(sql)), using_(statement_)
    {
        store::bind_value(statement_, 1, workspace);
        has_row_ = statement_.step();
    }
    /// Calls `each` with the second column's id of each row of this task.
    template <class Id, class Each>
    void of(TaskId task, Each each)
    {
        while (has_row_ && value_at<TaskId>(statement_, 0) <= task) {
            if (value_at<TaskId>(statement_, 0) == task) each(value_at<Id>(statement_, 1));
            has_row_ = statement_.step();
        }
    }

private:
    Statement& statement_;
    store::Using using_;
    bool has_row_ = false;
};

/// One line of CSV.
class Line {
public:
    explicit Line(std::string& out) : out_(out) {}
    Line& text(std::string_view text)
    {
        separate();
        append_csv(out_, text);
        return *this;
    }
    Line& instant(const Statement& row, int column)
    {
        separate();
        if (!row.is_null(column)) append_text(out_, value_at<Instant>(row, column));
        return *this;
    }
    void end() { out_ += line_end; }

private:
    void separate()
    {
        if (!is_first_) out_ += ',';
        is_first_ = false;
    }
    std::string& out_;
    bool is_first_ = true;
};

void add_to(std::string& list, std::string_view one)
{
    if (one.empty()) return;
    if (!list.empty()) list += "; ";
    list += one;
}

template <class... Headings>
void write_headings(const std::function<void(std::string_view)>& out, const Headings&... headings)
{
    std::string text;
    Line line(text);
    (line.text(headings), ...);
    line.end();
    out(text);
}
} // namespace

void write_tasks_csv(const store::Read& read, WorkspaceId workspace, const std::function<void(std::string_view)>& out)
{
    write_headings(
        out,
        "Key",
        "Title",
        "Project",
        "Status",
        "Assignees",
        "Labels",
        "Priority",
        "Start",
        "Due",
        "Completed",
        "Archived",
        "In the trash since",
        "Created",
        "Created by",
        "Changed"
    );
    const auto keys = texts_by_id<ProjectId>(read, "projects", "key", workspace);
    const auto projects = texts_by_id<ProjectId>(read, "projects", "name", workspace);
    const auto statuses = texts_by_id<StatusId>(read, "statuses", "name", workspace);
    const auto labels = texts_by_id<LabelId>(read, "labels", "name", workspace);
    Names names(read);
    InStep assignees(
        read,
        "SELECT task_id, person_id FROM task_assignees WHERE workspace_id = $1 ORDER BY task_id, person_id",
        workspace
    );
    InStep task_labels(
        read, "SELECT task_id, label_id FROM task_labels WHERE workspace_id = $1 ORDER BY task_id, label_id", workspace
    );
    std::string text;
    std::string list;
    store::query(
        read,
        "SELECT id, project_id, number, title, status_id, priority, start_on, due_at, completed_at, archived_at, "
        "deleted_at, created_at, created_by, changed_at FROM tasks WHERE workspace_id = $1 ORDER BY id",
        [&](const Statement& row) {
            text.clear();
            const auto id = value_at<TaskId>(row, 0);
            const auto project = value_at<ProjectId>(row, 1);
            Line line(text);
            line.text(fmt::format("{}-{}", text_in(keys, project), row.integer(2)));
            line.text(row.text(3)).text(text_in(projects, project));
            line.text(text_in(statuses, value_at<StatusId>(row, 4)));
            list.clear();
            assignees.of<PersonId>(id, [&](PersonId person) { add_to(list, names.of(person)); });
            line.text(list);
            list.clear();
            task_labels.of<LabelId>(id, [&](LabelId label) { add_to(list, text_in(labels, label)); });
            line.text(list);
            line.text(row.text(5)).text(row.is_null(6) ? std::string_view() : row.text(6));
            for (const int column : {7, 8, 9, 10, 11}) line.instant(row, column);
            line.text(row.is_null(12) ? std::string_view() : std::string_view(names.of(value_at<PersonId>(row, 12))));
            line.instant(row, 13);
            line.end();
            out(text);
        },
        workspace
    );
}

void write_comments_csv(
    const store::Read& read, WorkspaceId workspace, const std::function<void(std::string_view)>& out
)
{
    write_headings(out, "Task", "Author", "Created", "Edited", "In the trash since", "Text");
    const auto keys = texts_by_id<ProjectId>(read, "projects", "key", workspace);
    Names names(read);
    std::string text;
    store::query(
        read,
        "SELECT tasks.project_id, tasks.number, author_id, comments.created_at, edited_at, comments.deleted_at, body "
        "FROM comments JOIN tasks ON tasks.workspace_id = comments.workspace_id AND tasks.id = comments.task_id "
        "WHERE comments.workspace_id = $1 ORDER BY comments.id",
        [&](const Statement& row) {
            text.clear();
            Line line(text);
            line.text(fmt::format("{}-{}", text_in(keys, value_at<ProjectId>(row, 0)), row.integer(1)));
            line.text(row.is_null(2) ? std::string_view() : std::string_view(names.of(value_at<PersonId>(row, 2))));
            for (const int column : {3, 4, 5}) line.instant(row, column);
            line.text(work::with_mentions(row.text(6), [&](PersonId person) {
                const auto& name = names.of(person);
                return "@" + (name.empty() ? std::string("somebody") : name);
            }));
            line.end();
            out(text);
        },
        workspace
    );
}

} // namespace dialpine::privacy
