#include "privacy/leaving.hpp"

#include "privacy/catalogue.hpp"
#include "store/parts.hpp"
#include "work/attachment.hpp"

#include <optional>

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

constexpr std::string_view because =
    "Tasks on which others commented, attached something or changed something hold their work, too: they stay, without "
    "your name.";

/// The column that says who wrote the table's rows, if the rows are content that an erasure alone would leave to the
/// team.
std::optional<std::string_view> author_column(const Table& table)
{
    if (!table.is_in_workspace()) return std::nullopt;
    for (const auto& column : table.columns) {
        if (!column.personal || column.personal->at_erasure != AtErasure::keep) continue;
        const auto category = column.personal->category;
        if (category == Category::content || category == Category::file) return column.personal->of.column;
    }
    return std::nullopt;
}

std::string same_row(const Table& table, const store::PartTable& part)
{
    std::string where;
    for (std::size_t i = 0; i < part.by.count; ++i)
        where += fmt::format(
            "{}{}.{} = {}.{}",
            i == 0 ? "" : " AND ",
            part.table->name,
            part.by.columns[i],
            table.name,
            part.by.whole_columns[i]
        );
    return where;
}

/// The rows of one workspace ($2) that nobody but the person ($1) wrote on.
std::string where_alone(const Table& table, std::string_view author)
{
    auto where = fmt::format("{0}.{1} = $1 AND {0}.workspace_id = $2", table.name, author);
    for (const auto& part : store::parts_of(table))
        if (const auto other = author_column(*part.table))
            where += fmt::format(
                " AND NOT EXISTS (SELECT 1 FROM {0} WHERE {1} AND {0}.{2} IS NOT $1)",
                part.table->name,
                same_row(table, part),
                *other
            );
    if (&table == store::table_of<work::Task>)
        where += " AND tasks.id NOT IN (SELECT task_id FROM changes WHERE workspace_id = $2 AND kind = 'task_changed' "
                 "AND actor_id IS NOT $1 AND task_id IS NOT NULL)";
    return where;
}

std::vector<WorkspaceId>
workspaces_with(const store::Read& read, const Table& table, std::string_view author, PersonId person)
{
    std::vector<WorkspaceId> workspaces;
    store::query(
        read,
        fmt::format("SELECT DISTINCT workspace_id FROM {} WHERE {} = $1", table.name, author),
        [&](const store::Statement& row) { workspaces.push_back(store::value_at<WorkspaceId>(row, 0)); },
        person
    );
    return workspaces;
}

/// One row that goes: its key without the workspace is an id in every table of content.
struct Going {
    WorkspaceId workspace;
    Uuid id;
    std::optional<TaskId> task;
};

std::vector<Going> going_of(const store::Read& read, const Table& table, std::string_view author, PersonId person)
{
    const bool is_task = &table == store::table_of<work::Task>;
    const bool is_on_task = table.find_column("task_id") != nullptr;
    const auto sql = fmt::format(
        "SELECT {0}.{1}, {2} FROM {0} WHERE {3}",
        table.name,
        table.key.back(),
        is_task      ? "tasks.id"
        : is_on_task ? fmt::format("{}.task_id", table.name)
                     : std::string("NULL"),
        where_alone(table, author)
    );
    std::vector<Going> going;
    for (const WorkspaceId workspace : workspaces_with(read, table, author, person))
        store::query(
            read,
            sql,
            [&](const store::Statement& row) {
                going.push_back(
                    {workspace, store::value_at<Uuid>(row, 0), store::value_at<std::optional<TaskId>>(row, 1)}
                );
            },
            person,
            workspace
        );
    return going;
}

std::int64_t count_written(const store::Read& read, const Table& table, std::string_view author, PersonId person)
{
    return store::query_one<std::int64_t>(
               read, fmt::format("SELECT count(*) FROM {} WHERE {} = $1", table.name, author), person
    )
        .value_or(0);
}

/// Indexes, boards and open pages learn what is gone through the change log.
void tell_gone(store::Write& write, const Table& table, const Going& gone)
{
    store::Change change{.workspace_id = gone.workspace, .object_id = gone.id, .task_id = gone.task};
    if (&table == store::table_of<work::Task>)
        change.kind = store::ChangeKind::task_deleted;
    else if (&table == store::table_of<work::Comment>)
        change.kind = store::ChangeKind::comment_deleted;
    else if (&table == store::table_of<work::Attachment>)
        change.kind = store::ChangeKind::attachment_deleted;
    else {
        change.kind = store::ChangeKind::task_changed;
        if (gone.task) change.object_id = *gone.task;
    }
    if (gone.task)
        change.project_id = store::query_one<ProjectId>(
            write, "SELECT project_id FROM tasks WHERE workspace_id = $1 AND id = $2", gone.workspace, *gone.task
        );
    write.append(change);
}

/// What a card shows beside its title.
void count_anew(store::Write& write, std::string_view counter, const Table& table, const Going& gone)
{
    store::execute(
        write,
        fmt::format(
            "UPDATE tasks SET {} = (SELECT count(*) FROM {} WHERE workspace_id = $1 AND task_id = $2 AND deleted_at IS "
            "NULL) WHERE workspace_id = $1 AND id = $2",
            counter,
            table.name
        ),
        gone.workspace,
        gone.task
    );
}

void remove_all(store::Write& write, const Table& table, const std::vector<Going>& going)
{
    const auto where = fmt::format("{0}.workspace_id = $1 AND {0}.{1} = $2", table.name, table.key.back());
    for (const auto& each : going) {
        tell_gone(write, table, each); // before: it asks the row for its project
        store::remove_where(write, table, where, [&](store::Statement& statement) {
            store::detail::bind_all(statement, each.workspace, each.id);
        });
        if (&table == store::table_of<work::Comment>) count_anew(write, "comment_count", table, each);
        if (&table == store::table_of<work::Attachment>) count_anew(write, "attachment_count", table, each);
    }
}

void note(LeavingView& view, const Table& table, std::int64_t goes, std::int64_t written)
{
    if (written > 0) view.items.push_back({std::string(table.name), goes, written - goes});
}
} // namespace

LeavingView count_leaving(const store::Read& read, PersonId person)
{
    LeavingView view{.items = {}, .stays_because = std::string(because)};
    for (const Table* table : store::all_tables())
        if (const auto author = author_column(*table))
            note(
                view,
                *table,
                static_cast<std::int64_t>(going_of(read, *table, *author, person).size()),
                count_written(read, *table, *author, person)
            );
    return view;
}

LeavingView take_along(store::Write& write, PersonId person)
{
    // Counted before anything goes: a task takes its comments with it.
    auto view = count_leaving(write, person);
    for (const Table* table : store::all_tables())
        if (const auto author = author_column(*table))
            remove_all(write, *table, going_of(write, *table, *author, person));
    return view;
}

} // namespace dialpine::privacy
