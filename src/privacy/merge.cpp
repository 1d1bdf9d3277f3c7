#include "privacy/merge.hpp"

#include "base/log.hpp"
#include "people/person.hpp"
#include "privacy/catalogue.hpp"
#include "store/parts.hpp"
#include "work/mentions.hpp"

namespace dialpine::privacy {
namespace {
using store::Table;

/// A row of `from` goes when `into` has one that is equal in the other columns of a key or unique index.
void drop_clashes(
    store::Write& write,
    const Table& table,
    std::span<const std::string_view> unique_columns,
    std::string_view subject,
    PersonId from,
    PersonId into
)
{
    if (std::ranges::find(unique_columns, subject) == unique_columns.end()) return;
    std::string same;
    for (const auto& column : unique_columns)
        if (column != subject) same += fmt::format(" AND same.{0} = {1}.{0}", column, table.name);
    const auto where = fmt::format(
        "{1} = $1 AND EXISTS (SELECT 1 FROM {0} AS same WHERE same.{1} = $2{2})", table.name, subject, same
    );
    store::remove_where(write, table, where, [&](store::Statement& statement) {
        store::detail::bind_all(statement, from, into);
    });
}

void refer_to(store::Write& write, const Table& table, std::string_view subject, PersonId from, PersonId into)
{
    std::string sets = fmt::format("{} = $1", subject);
    std::string sealed_rows;
    for (const auto* column : columns_of_subject(table, subject)) {
        if (!column->is_sealed) continue;
        // Sealed under a key that goes: the value cannot come along.
        if (column->is_nullable)
            sets += fmt::format(", {0} = NULL", column->name) +
                    (column->is_looked_up ? fmt::format(", {}_hash = NULL", column->name) : "");
        else
            sealed_rows = fmt::format("{} = $1", subject);
    }
    if (!sealed_rows.empty())
        store::remove_where(write, table, sealed_rows, [&](store::Statement& statement) {
            store::bind_value(statement, 1, from);
        });
    drop_clashes(write, table, table.key, subject, from, into);
    for (const auto& index : table.indexes)
        if (index.is_unique) drop_clashes(write, table, {index.columns.data(), index.count}, subject, from, into);
    store::execute(write, fmt::format("UPDATE {} SET {} WHERE {} = $2", table.name, sets, subject), into, from);
}

/// The writes that wait for this commit must not fail for it.
void destroy_key(store::Keys& keys, PersonId person)
{
    try {
        keys.destroy(person);
    } catch (const std::exception& failure) {
        log::say(log::Level::error, "The key of a merged person could not be destroyed", failure.what());
    }
}
} // namespace

void merge_person(store::Write& write, PersonId from, PersonId into)
{
    const auto workspaces = workspaces_that_know(write, from);
    work::change_mentions(write, from, into);
    const Table& people = *store::table_of<people::Person>;
    for (const Table* table : store::all_tables())
        if (table != &people)
            for (const auto& subject : subject_columns(*table)) refer_to(write, *table, subject, from, into);
    store::remove_with_parts(write, people, from);
    for (const WorkspaceId workspace : workspaces) {
        write.append({.workspace_id = workspace, .kind = store::ChangeKind::person_changed, .object_id = from});
        write.append({.workspace_id = workspace, .kind = store::ChangeKind::person_changed, .object_id = into});
    }
    write.after_commit([&keys = write.keys(), from] { destroy_key(keys, from); });
}

} // namespace dialpine::privacy
