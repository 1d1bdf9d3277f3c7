#pragma once
#include "base/json_write.hpp"
#include "store/rows.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What the declarations say of persons, and rows of any table read by their declaration alone: access, export, erasure
/// and retention are loops over this, so that a new column is in all of them without a line here.
namespace dialpine::privacy {

/// The columns by which rows of the table belong to persons, each once.
std::vector<std::string_view> subject_columns(const store::Table&);
/// The columns that hold something of the person whom `subject` names.
std::vector<const store::Column*> columns_of_subject(const store::Table&, std::string_view subject);
/// `a = $1 OR b = $1`: the rows of the table that hold anything of a person. Empty for a table that holds nothing of
/// anybody.
std::string where_of_person(const store::Table&);
/// The workspaces in which the person was, or stands on anything.
std::set<WorkspaceId> workspaces_that_know(const store::Read&, PersonId);
/// What a person reads above the values of a column: "Mail to you: subject".
std::string label_of(const store::Table&, const store::Column&);
/// When a row of the table was made: its first point in time that is always there.
const store::Column* made_at_column(const store::Table&);
/// `ORDER BY` the primary key; newest first with `descending`, since ids grow with time.
std::string order_by_key(const store::Table&, bool descending);

/// One row of any table. Valid as long as the statement stands on it.
class AnyRow {
public:
    AnyRow(const store::Read& read, const store::Table& table, const store::Statement& statement)
        : read_(read), table_(table), statement_(statement)
    {
    }
    [[nodiscard]] const store::Read& read() const { return read_; }
    [[nodiscard]] const store::Table& table() const { return table_; }

    [[nodiscard]] bool is_null(const store::Column&) const;
    /// The bytes of an id or a digest.
    [[nodiscard]] std::string_view bytes(const store::Column&) const;
    [[nodiscard]] std::optional<Instant> instant(const store::Column&) const;
    /// The person whom this column names; nil when nobody.
    [[nodiscard]] PersonId person(std::string_view subject_column) const;
    /// The value for people to read, sealed ones opened; empty when it is NULL or its key was destroyed.
    [[nodiscard]] std::string text(const store::Column&) const;
    void write(json::Writer&, const store::Column&) const;
    /// Another value for a sealed column of this row, as it is to be stored.
    [[nodiscard]] std::string seal(const store::Column&, std::string_view plain) const;

private:
    [[nodiscard]] int index_of(const store::Column&) const;
    [[nodiscard]] std::string open(const store::Column&) const;
    template <class Use>
    std::string in_place(const store::Column&, Use use) const;

    const store::Read& read_;
    const store::Table& table_;
    const store::Statement& statement_;
};

/// Calls `each` on every row that `tail` (`WHERE … ORDER BY …`) leaves.
void walk(
    const store::Read&,
    const store::Table&,
    std::string_view tail,
    const std::function<void(store::Statement&)>& bind,
    const std::function<void(const AnyRow&)>& each
);

template <class... Values>
void walk_with(
    const store::Read& read,
    const store::Table& table,
    std::string_view tail,
    const std::function<void(const AnyRow&)>& each,
    const Values&... values
)
{
    walk(read, table, tail, [&](store::Statement& statement) { store::detail::bind_all(statement, values...); }, each);
}

/// Whether the column's value in this row may be given to this person: nobody else's, nothing withheld.
bool may_read(const AnyRow&, const store::Column&, PersonId reader);
/// The name by which people know the row, or that of what it is part of. Tells the reader nothing of other persons.
std::optional<std::string> name_of_row(const AnyRow&, PersonId reader);
/// The name of the row in another table to which this id leads; absent when it has none that the reader may see.
std::optional<std::string> name_behind(const AnyRow&, const store::Column& id, PersonId reader);

} // namespace dialpine::privacy
