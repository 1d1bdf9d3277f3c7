#pragma once
#include "store/rows.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Rows that are parts of other rows, by the declarations, and removal of a row with all that is part of it.
namespace dialpine::store {

/// How many rows went, by table.
using RemovedRows = std::map<std::string, std::int64_t>;

/// A table whose rows are parts of another's, and by which columns.
struct PartTable {
    const Table* table;
    Part by;
};
/// The tables whose rows go when a row of `whole` goes: what says `part_of`, and for the workspaces everything in them.
std::vector<PartTable> parts_of(const Table& whole);
/// Of what a row of this table is part, the nearest first; the workspace comes last.
std::vector<Part> wholes_of(const Table&);
/// The declared table of this name; absent for any other name.
const Table* find_table(std::string_view name);

/// Removes the rows that `where` (`a = $1 AND b = $2`) leaves, and everything that is part of them. `bind` binds its
/// parameters.
RemovedRows remove_where(Write&, const Table&, std::string_view where, const std::function<void(Statement&)>& bind);

/// Removes the row with this primary key and everything that is part of it.
template <class... Key>
RemovedRows remove_with_parts(Write& write, const Table& table, const Key&... key)
{
    std::string where;
    int parameter = 1;
    for (const auto& name : table.key)
        where += fmt::format("{}{} = ${}", where.empty() ? "" : " AND ", name, parameter++);
    return remove_where(write, table, where, [&](Statement& statement) { detail::bind_all(statement, key...); });
}

} // namespace dialpine::store
