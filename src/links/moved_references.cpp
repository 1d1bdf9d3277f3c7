#include "links/moved_references.hpp"

#include "links/export_archive.hpp"
#include "links/moved_columns.hpp"
#include "store/rows.hpp"
#include "work/task.hpp"

namespace dialpine::links {
namespace {
using store::Table;

store::Part status_of_task()
{
    store::Part part{.whole = "statuses"};
    part.columns = {"workspace_id", "status_id"};
    part.whole_columns = {"workspace_id", "id"};
    part.count = 2;
    return part;
}

void check_whole(const store::Read& read, WorkspaceId workspace, const Table& table, const store::Part& part)
{
    if (part.columns[0] != "workspace_id" || part.count < 2) return;
    std::string same;
    std::string given;
    for (std::size_t i = 0; i < part.count; ++i) {
        same += fmt::format(
            "{}whole.{} = {}.{}", i == 0 ? "" : " AND ", part.whole_columns[i], table.name, part.columns[i]
        );
        given += fmt::format(" AND {}.{} IS NOT NULL", table.name, part.columns[i]);
    }
    const auto sql = fmt::format(
        "SELECT EXISTS (SELECT 1 FROM {0} WHERE workspace_id = $1{1} AND NOT EXISTS (SELECT 1 FROM {2} AS whole "
        "WHERE {3}))",
        table.name,
        given,
        part.whole,
        same
    );
    if (store::query_one<bool>(read, sql, workspace).value_or(false))
        refuse_archive(
            fmt::format("{}.jsonl", table.name), fmt::format("leads to rows that are not in {}.jsonl", part.whole)
        );
}
} // namespace

void check_references(const store::Read& read, WorkspaceId workspace)
{
    for (const Table* table : store::all_tables()) {
        if (!table->is_in_workspace() || !stays_behind(*table).empty()) continue;
        for (const auto& part : table->part_of) check_whole(read, workspace, *table, part);
    }
    check_whole(read, workspace, *store::table_of<work::Task>, status_of_task());
}

} // namespace dialpine::links
