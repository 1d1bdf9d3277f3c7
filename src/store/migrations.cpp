#include "store/migrations.hpp"

#include "store/database.hpp"
#include "store/schema.hpp"
#include "store/statement.hpp"

namespace dialpine::store {
namespace {
constexpr std::array steps{
    // The machinery of the promises. Purposes have names of their own, besides the use that they are.
    Migration{
        2, "UPDATE consents SET purpose = 'account' WHERE purpose = 'essential.service'; DROP INDEX consents_person_id"
    },
    // New tables and nullable columns alone.
    Migration{3, ""},
    // Tasks have an estimate.
    Migration{4, ""},
};

void create_all(Connection& connection)
{
    for (const Table* table : all_tables())
        for (const auto& statement : create_statements(*table)) connection.execute(statement);
}

/// Written anew at each start, so that a new index is known too.
void tell_planner(Connection& connection)
{
    connection.execute("ANALYZE sqlite_schema"); // makes the table for it
    connection.execute("DELETE FROM sqlite_stat1");
    for (const Table* table : all_tables())
        for (const auto& statement : statistics_statements(*table)) connection.execute(statement);
}

struct RealColumn {
    std::string type;
    bool is_nullable;
};

std::map<std::string, RealColumn, std::less<>> real_columns(Connection& connection, std::string_view table)
{
    std::map<std::string, RealColumn, std::less<>> columns;
    auto& rows = connection.prepare("SELECT name, type, \"notnull\" FROM pragma_table_info($1)");
    const Using using_rows(rows);
    rows.bind_text(1, table);
    while (rows.step())
        columns.emplace(std::string(rows.text(0)), RealColumn{std::string(rows.text(1)), rows.integer(2) == 0});
    return columns;
}

/// Brings what is new in the declarations to a database that was made before.
void add_what_is_new(Connection& connection)
{
    for (const Table* table : all_tables()) {
        const auto real = real_columns(connection, table->name);
        if (real.empty()) continue; // a new table
        for (const auto& column : table->columns)
            if (column.is_nullable && !real.contains(column.name))
                for (const auto& statement : add_column_statements(*table, column)) connection.execute(statement);
    }
    create_all(connection);
}

/// The database has exactly the declared columns, each with its kind.
void compare_with_declarations(Connection& connection)
{
    for (const Table* table : all_tables()) {
        const auto real = real_columns(connection, table->name);
        std::size_t declared = 0;
        for (const auto& column : table->columns) {
            declared += column.is_looked_up ? 2 : 1;
            const auto found = real.find(column.name);
            if (found == real.end() || found->second.is_nullable != column.is_nullable)
                throw Failure(fmt::format("The database's column {}.{} is not as declared.", table->name, column.name));
        }
        if (declared != real.size())
            throw Failure(fmt::format("The database's table {} has columns that are not declared.", table->name));
    }
    const auto tables =
        connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    if (tables != static_cast<std::int64_t>(all_tables().size()))
        throw Failure("The database has tables that are not declared.");
}
} // namespace

std::span<const Migration> migrations() { return steps; }

int schema_version() { return steps.back().version; }

void prepare_schema(Connection& connection)
{
    const auto version = connection.integer("PRAGMA user_version");
    if (version > schema_version())
        throw Failure(fmt::format(
            "The database is of version {}, this program knows versions up to {}. Start the newer program that wrote "
            "it.",
            version,
            schema_version()
        ));
    connection.execute("BEGIN IMMEDIATE");
    try {
        if (version == 0)
            create_all(connection);
        else if (version < schema_version()) {
            for (const auto& step : migrations())
                if (step.version > version && !step.sql.empty()) connection.execute(std::string(step.sql));
            add_what_is_new(connection);
        }
        connection.execute(fmt::format("PRAGMA user_version = {}", schema_version()));
        compare_with_declarations(connection);
        tell_planner(connection);
        connection.execute("COMMIT");
        connection.execute("ANALYZE sqlite_schema"); // reads what was written
    } catch (...) {
        connection.execute("ROLLBACK");
        throw;
    }
}

} // namespace dialpine::store
