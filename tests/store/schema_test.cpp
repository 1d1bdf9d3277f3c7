#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/parts.hpp"
#include "support/house.hpp"

#include <set>

namespace dialpine::store {
namespace {

std::vector<std::string> all_sql()
{
    std::vector<std::string> lines;
    for (const Table* table : all_tables())
        for (const auto& statement : create_statements(*table)) lines.push_back(statement + ";");
    return lines;
}

std::vector<std::string> lines_of(const std::filesystem::path& file)
{
    std::vector<std::string> lines;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// The SQL of every table, for the eye of whoever changes one. `DIALPINE_RENEW=1 dialpine_tests
/// --gtest_filter=Schema.*` writes it anew.
TEST(Schema, IsTheGoldenOne)
{
    const std::filesystem::path golden = std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests/store/schema.sql";
    const auto lines = all_sql();
    if (std::getenv("DIALPINE_RENEW")) {
        std::ofstream stream(golden);
        for (const auto& line : lines) stream << line << "\n";
    }
    const auto expected = lines_of(golden);
    for (const auto& line : lines) EXPECT_TRUE(std::ranges::count(expected, line) > 0) << "new: " << line;
    for (const auto& line : expected) EXPECT_TRUE(std::ranges::count(lines, line) > 0) << "gone: " << line;
    EXPECT_TRUE(lines == expected) << "the statements stand in another order";
}

TEST(Schema, NamesEachTableOnce)
{
    std::set<std::string_view> names;
    for (const Table* table : all_tables()) {
        EXPECT_TRUE(names.insert(table->name).second) << table->name;
        EXPECT_EQ(find_table(table->name), table);
    }
    EXPECT_EQ(find_table("no_such_table"), nullptr);
}

TEST(Schema, PutsTheWorkspaceFirstInEveryKeyAndIndexOfIts)
{
    for (const Table* table : all_tables())
        if (table->find_column("workspace_id")) EXPECT_TRUE(table->is_in_workspace()) << table->name;
}

TEST(Schema, SaysOfEveryColumnWhatItHolds)
{
    for (const Table* table : all_tables())
        for (const auto& column : table->columns) {
            const auto where = std::string(table->name) + "." + std::string(column.name);
            EXPECT_NE(column.personal.has_value(), !column.not_personal.empty()) << where;
            if (!column.personal) continue;
            EXPECT_NE(table->find_column(column.personal->of.column), nullptr) << where;
            EXPECT_FALSE(column.personal->keep.text.empty()) << where;
            EXPECT_FALSE(text_of(column.personal->category).title.empty()) << where;
            for (const auto use : column.personal->uses) EXPECT_FALSE(text_of(use).title.empty()) << where;
            EXPECT_FALSE(text_of(column.personal->basis).empty()) << where;
            EXPECT_FALSE(text_of(column.personal->source).empty()) << where;
            EXPECT_FALSE(text_of(column.personal->at_erasure).empty()) << where;
        }
}

/// Erasure, export and the "what we hold" page ask for all rows of a person in every table.
TEST(Schema, FindsThePersonOfEveryPersonalTableByAnIndex)
{
    for (const Table* table : all_tables()) {
        std::set<std::string_view> subjects;
        for (const auto& column : table->columns)
            if (column.personal) subjects.insert(column.personal->of.column);
        for (const auto subject : subjects) {
            bool is_found = table->key.front() == subject;
            for (const auto& index : table->indexes) is_found = is_found || index.columns[0] == subject;
            EXPECT_TRUE(is_found) << table->name << "." << subject;
        }
    }
}

TEST(Schema, NamesOnlyWholesThatExist)
{
    for (const Table* table : all_tables())
        for (const auto& part : table->part_of) {
            const auto* whole = find_table(part.whole);
            ASSERT_NE(whole, nullptr) << table->name << " is part of " << part.whole;
            for (std::size_t i = 0; i < part.count; ++i) {
                EXPECT_NE(table->find_column(part.columns[i]), nullptr) << table->name;
                EXPECT_NE(whole->find_column(part.whole_columns[i]), nullptr) << table->name;
            }
        }
}

TEST(Schema, LeadsThroughItsMigrationsWithoutAGap)
{
    int version = 1;
    for (const auto& step : migrations()) EXPECT_EQ(step.version, ++version);
    EXPECT_EQ(schema_version(), version);
}

class RealSchema : public ::testing::Test {
protected:
    RealSchema() { crypto::initialise(); }
    void make() { Database{{.folder = folder.path(), .is_durable = false}}; }
    void alter(const std::string& sql)
    {
        Connection connection((folder / "dialpine.db").string(), Connection::Mode::write);
        connection.execute(sql);
    }
    /// What it says when it refuses; empty when it opens.
    std::string refusal()
    {
        try {
            make();
        } catch (const Failure& failure) {
            return failure.what();
        }
        return {};
    }
    support::Folder folder;
};

TEST_F(RealSchema, IsOpenedAgain)
{
    make();
    EXPECT_EQ(refusal(), "");
}

/// Name, type and nullness of every column, and every index: independent of the order in which they came.
std::set<std::string> shape_of(const std::filesystem::path& database)
{
    Connection connection(database.string(), Connection::Mode::write);
    auto& rows = connection.prepare("SELECT t.name || '.' || c.name || ' ' || c.type || c.\"notnull\" FROM "
                                    "sqlite_schema t, pragma_table_info(t.name) c "
                                    "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' "
                                    "UNION ALL SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
    const Using using_rows(rows);
    std::set<std::string> shape;
    while (rows.step()) shape.emplace(rows.text(0));
    return shape;
}

/// `schema-1.sql` is what version 1 made; it never changes.
TEST_F(RealSchema, BringsTheFirstVersionToWhatAFreshDatabaseIs)
{
    make();
    const support::Folder old;
    std::filesystem::create_directories(old.path());
    {
        Connection connection((old / "dialpine.db").string(), Connection::Mode::write);
        for (const auto& line : lines_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests/store/schema-1.sql"))
            connection.execute(line);
        connection.execute("PRAGMA user_version = 1");
        Keys{old / "keys", false};
    }
    Database{{.folder = old.path(), .is_durable = false}};
    EXPECT_EQ(shape_of(old / "dialpine.db"), shape_of(folder / "dialpine.db"));
}

TEST_F(RealSchema, RefusesANewerVersion)
{
    make();
    alter("PRAGMA user_version = 99");
    EXPECT_EQ(
        refusal(),
        fmt::format(
            "The database is of version 99, this program knows versions up to {}. Start the newer program that wrote "
            "it.",
            schema_version()
        )
    );
    alter(fmt::format("PRAGMA user_version = {}", schema_version()));
    EXPECT_EQ(refusal(), "") << "the refusal changed nothing";
}

TEST_F(RealSchema, RefusesWhatIsNotDeclared)
{
    make();
    alter("ALTER TABLE tasks ADD COLUMN mood TEXT");
    EXPECT_EQ(refusal(), "The database's table tasks has columns that are not declared.");
    alter("ALTER TABLE tasks DROP COLUMN mood");
    EXPECT_EQ(refusal(), "");
    alter("CREATE TABLE moods (id BLOB)");
    EXPECT_EQ(refusal(), "The database has tables that are not declared.");
    alter("DROP TABLE moods; ALTER TABLE tasks RENAME COLUMN title TO name");
    EXPECT_EQ(refusal(), "The database's column tasks.title is not as declared.");
}

TEST_F(RealSchema, RefusesAFileThatIsNoDatabase)
{
    std::filesystem::create_directories(folder.path());
    std::ofstream(folder / "dialpine.db") << std::string(5000, 'x');
    EXPECT_NE(refusal(), "");
}

} // namespace
} // namespace dialpine::store
