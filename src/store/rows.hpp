#pragma once
#include "store/database.hpp"
#include "store/keys.hpp"
#include "store/schema.hpp"
#include "store/statement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rows in and out of the database, bound by the same declaration that made the table. Sealed members are sealed and
/// opened here.
namespace dialpine::store {

namespace detail {
/// The sealed value is bound to its table, column and row: a copy elsewhere does not open.
std::string seal(const Read&, const Table&, const Column&, const void* row, std::string_view plain);
/// Empty when the person's key was destroyed.
std::string unseal(const Read&, const Table&, const Column&, const void* row, std::string_view sealed);
crypto::Digest lookup_hash(const Read&, const Column&, std::string_view plain);

/// `INSERT INTO t (a, b, …) VALUES ($1, $2, …)`; with `or_replace` a row of the same key is written over.
std::string insert_sql(const Table&, bool or_replace);
/// `SELECT a, b, … FROM t` and the tail.
std::string select_sql(const Table&, std::string_view tail);
std::string delete_sql(const Table&);

/// SQL texts are made once for each table and tail, and kept.
const std::string& insert_sql_of(const Table&);
const std::string& upsert_sql_of(const Table&);
const std::string& select_sql_of(const Table&, std::string_view tail);
const std::string& delete_sql_of(const Table&);
const std::string& find_tail_of(const Table&);
/// `UPDATE t SET` those columns whose bits are set, by the order of their declaration, `WHERE` the key is.
const std::string& update_sql_of(const Table&, std::uint64_t columns);
bool is_in_key(const Table&, const Column&);

template <class Row>
const Table& table_for()
{
    static_assert(table_of<Row> != nullptr, "this row type has no declared table");
    return *table_of<Row>;
}

/// Binds in order the columns that `is_wanted` by their number; returns the next free parameter.
template <class Row, class IsWanted>
int bind_columns(const Read& read, Statement& statement, const Row& row, int parameter, IsWanted is_wanted)
{
    const Table& table = table_for<Row>();
    std::size_t at = 0;
    const auto bind_one = [&](const Column& column, const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (is_sealed<Value>) {
            const std::string_view plain = value.reveal();
            statement.bind_blob(parameter++, seal(read, table, column, &row, plain));
            if (column.is_looked_up) bind_value(statement, parameter++, lookup_hash(read, column, plain));
        } else
            bind_value(statement, parameter++, value);
    };
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
        const Column& column = table.columns[at];
        if (!is_wanted(at++)) return;
        const auto& value = row.*member.pointer;
        if constexpr (json::is_a<std::decay_t<decltype(value)>, std::optional>) {
            if (value)
                bind_one(column, *value);
            else {
                statement.bind_null(parameter++);
                if (column.is_looked_up) statement.bind_null(parameter++);
            }
        } else
            bind_one(column, value);
    });
    return parameter;
}

template <class Row>
int bind_row(const Read& read, Statement& statement, const Row& row)
{
    return bind_columns(read, statement, row, 1, [](std::size_t) { return true; });
}

template <class T>
struct SealedPart {
    static constexpr bool value = is_sealed<typename Bare<T>::type>;
};

/// The row that the statement stands on. Plain members first: a sealed one needs the row's key and person to be opened.
template <class Row>
Row row_at(const Read& read, const Statement& statement)
{
    const Table& table = table_for<Row>();
    Row row{};
    int at = 0;
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
        auto& value = row.*member.pointer;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (!SealedPart<Value>::value) value = value_at<Value>(statement, at);
        ++at;
    });
    at = 0;
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
        auto& value = row.*member.pointer;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (SealedPart<Value>::value) {
            if (!statement.is_null(at)) {
                using Content = typename Bare<Value>::type;
                const Column& column = table.columns[static_cast<std::size_t>(at)];
                value = Content(typename Content::Plain(unseal(read, table, column, &row, statement.blob(at))));
            }
        }
        ++at;
    });
    return row;
}

template <class... Values>
void bind_all(Statement& statement, const Values&... values)
{
    int parameter = 1;
    (bind_value(statement, parameter++, values), ...);
}
} // namespace detail

/// Adds a row.
template <class Row>
void insert(Write& write, const Row& row)
{
    Statement& statement = write.prepare(detail::insert_sql_of(detail::table_for<Row>()));
    const Using using_statement(statement);
    detail::bind_row(write, statement, row);
    statement.step();
}

/// Adds a row, or writes over the one with its key.
template <class Row>
void upsert(Write& write, const Row& row)
{
    Statement& statement = write.prepare(detail::upsert_sql_of(detail::table_for<Row>()));
    const Using using_statement(statement);
    detail::bind_row(write, statement, row);
    statement.step();
}

/// Writes all columns of the row with this key.
template <class Row>
void update(Write& write, const Row& row)
{
    upsert(write, row);
}

/// Writes those columns in which the row now differs from what it was before; indexes of the others stay untouched. The
/// key stays the same.
template <class Row>
void update(Write& write, const Row& before, const Row& now)
{
    const Table& table = detail::table_for<Row>();
    std::uint64_t changed = 0;
    std::size_t at = 0;
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
        static_assert(!detail::SealedPart<std::decay_t<decltype(now.*member.pointer)>>::value, "is not compared");
        if (before.*member.pointer != now.*member.pointer) changed |= std::uint64_t{1} << at;
        ++at;
    });
    if (changed == 0) return;
    Statement& statement = write.prepare(detail::update_sql_of(table, changed));
    const Using using_statement(statement);
    const int next =
        detail::bind_columns(write, statement, now, 1, [&](std::size_t i) { return (changed >> i & 1) != 0; });
    detail::bind_columns(write, statement, now, next, [&](std::size_t i) {
        return detail::is_in_key(table, table.columns[i]);
    });
    statement.step();
}

/// The row with this primary key.
template <class Row, class... KeyParts>
std::optional<Row> find(const Read& read, const KeyParts&... key)
{
    const Table& table = detail::table_for<Row>();
    Statement& statement = read.prepare(detail::select_sql_of(table, detail::find_tail_of(table)));
    const Using using_statement(statement);
    detail::bind_all(statement, key...);
    if (!statement.step()) return std::nullopt;
    return detail::row_at<Row>(read, statement);
}

/// Removes the row with this primary key; says whether there was one.
template <class Row, class... KeyParts>
bool remove(Write& write, const KeyParts&... key)
{
    Statement& statement = write.prepare(detail::delete_sql_of(detail::table_for<Row>()));
    const Using using_statement(statement);
    detail::bind_all(statement, key...);
    statement.step();
    return statement.changed_rows() > 0;
}

/// All rows that `tail` (`WHERE … ORDER BY …`) leaves, in its order.
template <class Row, class... Values>
std::vector<Row> select(const Read& read, std::string_view tail, const Values&... values)
{
    Statement& statement = read.prepare(detail::select_sql_of(detail::table_for<Row>(), tail));
    const Using using_statement(statement);
    detail::bind_all(statement, values...);
    std::vector<Row> rows;
    while (statement.step()) rows.push_back(detail::row_at<Row>(read, statement));
    return rows;
}

template <class Row, class... Values>
std::optional<Row> select_one(const Read& read, std::string_view tail, const Values&... values)
{
    Statement& statement = read.prepare(detail::select_sql_of(detail::table_for<Row>(), tail));
    const Using using_statement(statement);
    detail::bind_all(statement, values...);
    if (!statement.step()) return std::nullopt;
    return detail::row_at<Row>(read, statement);
}

/// Runs a query and calls `each` on every row: `statement` stands on it.
template <class Each, class... Values>
void query(const Read& read, std::string_view sql, Each&& each, const Values&... values)
{
    Statement& statement = read.prepare(sql);
    const Using using_statement(statement);
    detail::bind_all(statement, values...);
    while (statement.step()) each(static_cast<const Statement&>(statement));
}

/// The first column of the first row; absent when there is no row or it is NULL.
template <class Value, class... Values>
std::optional<Value> query_one(const Read& read, std::string_view sql, const Values&... values)
{
    Statement& statement = read.prepare(sql);
    const Using using_statement(statement);
    detail::bind_all(statement, values...);
    if (!statement.step() || statement.is_null(0)) return std::nullopt;
    return value_at<Value>(statement, 0);
}

/// Runs a statement that changes rows; says how many.
template <class... Values>
int execute(Write& write, std::string_view sql, const Values&... values)
{
    Statement& statement = write.prepare(sql);
    const Using using_statement(statement);
    detail::bind_all(statement, values...);
    statement.step();
    return statement.changed_rows();
}

/// The row whose looked-up sealed column has this value, by its keyed hash.
template <class Row>
std::optional<Row> find_sealed(const Read& read, std::string_view column, std::string_view value)
{
    return select_one<Row>(
        read,
        fmt::format("WHERE {}_hash = $1", column),
        detail::lookup_hash(read, *detail::table_for<Row>().find_column(column), value)
    );
}

} // namespace dialpine::store
