#include "store/parts.hpp"

#include "store/blobs.hpp"

namespace dialpine::store {
namespace {
constexpr std::string_view workspaces = "workspaces";

Part of_the_workspace()
{
    Part part{.whole = workspaces};
    part.columns[0] = "workspace_id";
    part.whole_columns[0] = "id";
    part.count = 1;
    return part;
}

std::string joined(std::span<const std::string_view> names)
{
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

std::string where_part(const Part& part, std::string_view where_whole)
{
    const std::span<const std::string_view> columns(part.columns.data(), part.count);
    const std::span<const std::string_view> whole_columns(part.whole_columns.data(), part.count);
    return fmt::format(
        "({}) IN (SELECT {} FROM {} WHERE {})", joined(columns), joined(whole_columns), part.whole, where_whole
    );
}

/// The blobs of rows that go, once that is durable.
void remove_blobs(
    Write& write, const Table& table, std::string_view where, const std::function<void(Statement&)>& bind
)
{
    const Column* column = table.blob_column();
    if (!column) return;
    std::vector<Uuid> ids;
    Statement& rows = write.prepare(fmt::format("SELECT {} FROM {} WHERE {}", column->name, table.name, where));
    const Using using_rows(rows);
    bind(rows);
    while (rows.step()) ids.push_back(value_at<PersonId>(rows, 0));
    if (ids.empty()) return;
    write.after_commit([&blobs = write.blobs(), ids = std::move(ids)] {
        for (const Uuid& id : ids) blobs.remove(id);
    });
}

void remove_into(
    RemovedRows& removed,
    Write& write,
    const Table& table,
    std::string_view where,
    const std::function<void(Statement&)>& bind
)
{
    // Parts first: they are found through the rows that they are part of.
    for (const auto& part : parts_of(table)) remove_into(removed, write, *part.table, where_part(part.by, where), bind);
    remove_blobs(write, table, where, bind);
    Statement& statement = write.prepare(fmt::format("DELETE FROM {} WHERE {}", table.name, where));
    const Using using_statement(statement);
    bind(statement);
    statement.step();
    if (const auto rows = statement.changed_rows(); rows > 0) removed[std::string(table.name)] += rows;
}
} // namespace

const Table* find_table(std::string_view name)
{
    for (const Table* table : all_tables())
        if (table->name == name) return table;
    return nullptr;
}

std::vector<PartTable> parts_of(const Table& whole)
{
    std::vector<PartTable> parts;
    for (const Table* table : all_tables()) {
        for (const auto& part : table->part_of)
            if (part.whole == whole.name) parts.push_back({table, part});
        if (whole.name == workspaces && table->is_in_workspace()) parts.push_back({table, of_the_workspace()});
    }
    return parts;
}

std::vector<Part> wholes_of(const Table& table)
{
    std::vector<Part> wholes(table.part_of.begin(), table.part_of.end());
    if (table.is_in_workspace()) wholes.push_back(of_the_workspace());
    return wholes;
}

RemovedRows
remove_where(Write& write, const Table& table, std::string_view where, const std::function<void(Statement&)>& bind)
{
    RemovedRows removed;
    remove_into(removed, write, table, where, bind);
    return removed;
}

} // namespace dialpine::store
