#include "store/rows.hpp"

#include "base/text.hpp"
#include "store/sealing.hpp"

#include <map>
#include <stdexcept>

namespace dialpine::store::detail {
namespace {
std::string context_of(const Table& table, const Column& column, const void* row)
{
    std::string context = fmt::format("{}|{}|", table.name, column.name);
    table.append_key(row, context);
    return context;
}

std::string where_key(const Table& table, int first_parameter)
{
    std::string where;
    for (const auto& name : table.key)
        where += fmt::format("{}{} = ${}", where.empty() ? "WHERE " : " AND ", name, first_parameter++);
    return where;
}

enum class Text : std::uint8_t { insert, upsert, update, select, remove, find };

/// A text made at its first use by a thread and kept for as long: tables and tails are few and live in the program.
template <class Make>
const std::string& kept(Text kind, const Table& table, std::string_view tail, Make make)
{
    struct TailHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    using ByTail = std::unordered_map<std::string, std::unique_ptr<const std::string>, TailHash, std::equal_to<>>;
    thread_local std::map<std::pair<const Table*, Text>, ByTail> texts;
    auto& of_table = texts[{&table, kind}];
    auto found = of_table.find(tail);
    if (found == of_table.end()) found = of_table.emplace(tail, std::make_unique<const std::string>(make())).first;
    return *found->second;
}
} // namespace

std::string seal(const Read& read, const Table& table, const Column& column, const void* row, std::string_view plain)
{
    const PersonId person = column.personal->of.person_of(row);
    const auto key = read.keys().find(person);
    if (!key) throw std::logic_error("a sealed value is written for a person without a key");
    if constexpr (!is_sealing) return std::string(plain);
    return crypto::seal(*key, plain, context_of(table, column, row));
}

std::string unseal(const Read& read, const Table& table, const Column& column, const void* row, std::string_view sealed)
{
    const auto key = read.keys().find(column.personal->of.person_of(row));
    if (!key) return {};
    if constexpr (!is_sealing) return std::string(sealed);
    auto plain = crypto::open(*key, sealed, context_of(table, column, row));
    if (!plain) {
        Failure failure(fmt::format("a sealed value of {}.{} does not open", table.name, column.name));
        failure.is_damaged = true;
        throw failure;
    }
    return std::move(*plain);
}

crypto::Digest lookup_hash(const Read& read, const Column& column, std::string_view plain)
{
    return read.keys().lookup(fmt::format("{}|{}", column.name, folded(plain)));
}

bool is_in_key(const Table& table, const Column& column)
{
    return std::ranges::find(table.key, column.name) != table.key.end();
}

std::string insert_sql(const Table& table, bool or_replace)
{
    std::string names;
    std::string values;
    int parameter = 1;
    const auto add = [&](const std::string& name) {
        names += (names.empty() ? "" : ", ") + name;
        values += fmt::format("{}${}", values.empty() ? "" : ", ", parameter++);
    };
    for (const auto& column : table.columns) {
        add(std::string(column.name));
        if (column.is_looked_up) add(std::string(column.name) + "_hash");
    }
    std::string sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, names, values);
    if (!or_replace) return sql;
    std::string key;
    for (const auto& name : table.key) key += (key.empty() ? "" : ", ") + std::string(name);
    std::string sets;
    const auto set = [&](const std::string& name) {
        sets += fmt::format("{}{} = excluded.{}", sets.empty() ? "" : ", ", name, name);
    };
    for (const auto& column : table.columns) {
        if (is_in_key(table, column)) continue;
        set(std::string(column.name));
        if (column.is_looked_up) set(std::string(column.name) + "_hash");
    }
    return sql + fmt::format(" ON CONFLICT ({}) DO {}", key, sets.empty() ? "NOTHING" : "UPDATE SET " + sets);
}

namespace {
std::string update_sql(const Table& table, std::uint64_t columns)
{
    std::string sets;
    std::string where;
    int parameter = 1;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if ((columns >> i & 1) != 0)
            sets += fmt::format("{}{} = ${}", sets.empty() ? "" : ", ", table.columns[i].name, parameter++);
    for (const auto& column : table.columns)
        if (is_in_key(table, column))
            where += fmt::format("{}{} = ${}", where.empty() ? "" : " AND ", column.name, parameter++);
    return fmt::format("UPDATE {} SET {} WHERE {}", table.name, sets, where);
}
} // namespace

std::string select_sql(const Table& table, std::string_view tail)
{
    std::string names;
    for (const auto& column : table.columns)
        names += fmt::format("{}{}.{}", names.empty() ? "" : ", ", table.name, column.name);
    return fmt::format("SELECT {} FROM {} {}", names, table.name, tail);
}

std::string delete_sql(const Table& table) { return fmt::format("DELETE FROM {} {}", table.name, where_key(table, 1)); }

const std::string& insert_sql_of(const Table& table)
{
    return kept(Text::insert, table, "", [&] { return insert_sql(table, false); });
}
const std::string& upsert_sql_of(const Table& table)
{
    return kept(Text::upsert, table, "", [&] { return insert_sql(table, true); });
}
const std::string& update_sql_of(const Table& table, std::uint64_t columns)
{
    return kept(Text::update, table, std::to_string(columns), [&] { return update_sql(table, columns); });
}
const std::string& select_sql_of(const Table& table, std::string_view tail)
{
    return kept(Text::select, table, tail, [&] { return select_sql(table, tail); });
}
const std::string& delete_sql_of(const Table& table)
{
    return kept(Text::remove, table, "", [&] { return delete_sql(table); });
}
const std::string& find_tail_of(const Table& table)
{
    return kept(Text::find, table, "", [&] { return where_key(table, 1); });
}

} // namespace dialpine::store::detail
