#include "store/schema.hpp"

namespace dialpine::store {

const Column* Table::find_column(std::string_view wanted) const
{
    for (const auto& column : columns)
        if (column.name == wanted) return &column;
    return nullptr;
}

const Column* Table::blob_column() const
{
    for (const auto& column : columns)
        if (column.names_blob) return &column;
    return nullptr;
}

bool Table::is_personal() const
{
    return std::ranges::any_of(columns, [](const Column& column) { return column.personal.has_value(); });
}

namespace {
std::string_view sql_name(SqlType type)
{
    switch (type) {
    case SqlType::integer: return "BIGINT";
    case SqlType::real: return "DOUBLE PRECISION";
    case SqlType::text: return "TEXT";
    case SqlType::blob: return "BLOB";
    }
    return "BLOB";
}

template <class Names>
std::string joined(const Names& names)
{
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

std::string name_of(const Table& table, const Index& index)
{
    std::string name(table.name);
    for (std::size_t i = 0; i < index.count; ++i) name += "_" + std::string(index.columns[i]);
    return name;
}

/// Whoever looks for a value in a column that is mostly empty is served by an index of the rest; and nobody who looks
/// for the empty ones is led through all of them.
std::string only_where_set(const Table& table, const Index& index)
{
    const Column* column = index.count == 1 ? table.find_column(index.columns[0]) : nullptr;
    return column && column->is_nullable ? fmt::format(" WHERE {} IS NOT NULL", column->name) : std::string();
}
} // namespace

std::vector<std::string> add_column_statements(const Table& table, const Column& column)
{
    const auto add = [&](std::string_view suffix, std::string_view type) {
        return fmt::format("ALTER TABLE {} ADD COLUMN {}{} {}", table.name, column.name, suffix, type);
    };
    std::vector<std::string> statements{add("", sql_name(column.type))};
    if (column.is_looked_up) statements.push_back(add("_hash", "BLOB"));
    return statements;
}

std::vector<std::string> create_statements(const Table& table)
{
    std::string body;
    std::vector<std::string> statements(1);
    for (const auto& column : table.columns) {
        const std::string_view null = column.is_nullable ? "" : " NOT NULL";
        body += fmt::format("{} {}{}, ", column.name, sql_name(column.type), null);
        if (column.is_looked_up) body += fmt::format("{}_hash BLOB{}, ", column.name, null);
        if (column.is_unique || column.is_looked_up) {
            statements.push_back(fmt::format(
                "CREATE {}INDEX IF NOT EXISTS {}_{} ON {} ({}{})",
                column.is_unique ? "UNIQUE " : "",
                table.name,
                column.name,
                table.name,
                column.name,
                column.is_looked_up ? "_hash" : ""
            ));
        }
    }
    // Rows lie together by their key, so that a workspace's rows are neighbours.
    statements[0] = fmt::format(
        "CREATE TABLE IF NOT EXISTS {} ({}PRIMARY KEY ({})) WITHOUT ROWID", table.name, body, joined(table.key)
    );
    for (const auto& index : table.indexes) {
        const std::span<const std::string_view> columns(index.columns.data(), index.count);
        statements.push_back(fmt::format(
            "CREATE {}INDEX IF NOT EXISTS {} ON {} ({}){}",
            index.is_unique ? "UNIQUE " : "",
            name_of(table, index),
            table.name,
            joined(columns),
            only_where_set(table, index)
        ));
    }
    return statements;
}

std::vector<std::string> statistics_statements(const Table& table)
{
    std::vector<std::string> statements;
    const auto add = [&](std::string_view index, std::size_t columns, bool is_unique) {
        std::string rows = "1000000";
        double left = 1'000'000;
        for (std::size_t i = 0; i < columns; ++i) {
            left = is_unique && i + 1 == columns ? 1 : std::max(2.0, left / (i == 0 ? 10 : 100));
            rows += fmt::format(" {}", static_cast<int>(left));
        }
        statements.push_back(fmt::format("INSERT INTO sqlite_stat1 VALUES ('{}', '{}', '{}')", table.name, index, rows)
        );
    };
    add(table.name, table.key.size(), true);
    for (const auto& index : table.indexes) {
        // An index of one column finds few rows: a person's, or those in the trash.
        if (index.count == 1)
            statements.push_back(fmt::format(
                "INSERT INTO sqlite_stat1 VALUES ('{}', '{}', '1000000 1000')", table.name, name_of(table, index)
            ));
        else
            add(name_of(table, index), index.count, index.is_unique);
    }
    return statements;
}

} // namespace dialpine::store
