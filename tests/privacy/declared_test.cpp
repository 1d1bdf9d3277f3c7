#include "base/log.hpp"
#include "fixture.hpp"
#include "oracle.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/export.hpp"
#include "privacy/linkage.hpp"
#include "privacy/taxonomy.hpp"
#include "store/holding.hpp"
#include "store/job.hpp"
#include "store/parts.hpp"
#include "support/program.hpp"
#include "support/server.hpp"
#include "unzipped.hpp"

#include <regex>
#include <set>

/// What is declared, compared with what is there: the real database, the real files and the real log of a server.
namespace dialpine::privacy {
namespace {
namespace fs = std::filesystem;
using store::HoldingKind;
using support::parsed;

std::set<std::string> declared_names(HoldingKind kind)
{
    std::set<std::string> names;
    for (const auto& holding : store::all_holdings())
        if (holding.kind == kind) names.emplace(holding.name);
    return names;
}

/// The files of a data folder that no declaration knows.
std::vector<std::string> undeclared_files(const fs::path& folder)
{
    std::vector<std::string> unknown;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_directory()) continue;
        const auto path = fs::relative(entry.path(), folder).generic_string();
        const auto knows = [&](const store::Holding& holding) {
            return holding.kind == HoldingKind::file &&
                   std::regex_match(path, std::regex(std::string(holding.pattern)));
        };
        if (std::ranges::none_of(store::all_holdings(), knows)) unknown.push_back(path);
    }
    return unknown;
}

std::set<std::string> columns_of_database(const fs::path& file)
{
    std::set<std::string> columns;
    store::Connection connection(file.string(), store::Connection::Mode::read);
    auto& statement = connection.prepare(
        "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
        "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'docs_%'"
    );
    const store::Using use(statement);
    while (statement.step()) columns.emplace(statement.text(0));
    return columns;
}

TEST(Declared, EveryColumnIsOfAPersonOrSaysWhyNot)
{
    std::map<Category, int> held;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            EXPECT_NE(column.personal.has_value(), !column.not_personal.empty()) << table->name << "." << column.name;
            if (column.personal) ++held[column.personal->category];
        }
    // Name, e-mail, network address, password: what P7 names and DialPine stores.
    for (const auto category : {Category::name, Category::email, Category::ip_address, Category::password})
        EXPECT_GT(held[category], 0) << text_of(category).title;
    const auto* people = store::find_table("people");
    ASSERT_NE(people, nullptr);
    for (const auto* name : {"name", "email"}) {
        ASSERT_NE(people->find_column(name), nullptr);
        EXPECT_TRUE(people->find_column(name)->is_sealed) << name;
    }
}

TEST(Declared, KeysAreOfTheTaxonomyOrStandUnderOne)
{
    std::set<std::string> known;
    std::ifstream file(fs::path(DIALPINE_SOURCE_DIR) / "tests/fixtures/fideslang-3.1.txt");
    for (std::string line; std::getline(file, line);)
        if (!line.starts_with('#')) known.insert(line);
    ASSERT_GT(known.size(), 30U);
    const auto check = [&](std::string_view key) {
        EXPECT_TRUE(known.contains(std::string(fideslang_key(key)))) << key;
        EXPECT_EQ(key.starts_with("dialpine."), !parent_of_key(key).empty()) << key;
    };
    for (int each = 0; !text_of(static_cast<Category>(each)).key.empty(); ++each)
        check(text_of(static_cast<Category>(each)).key);
    for (int each = 0; !text_of(static_cast<Use>(each)).key.empty(); ++each) check(text_of(static_cast<Use>(each)).key);
    EXPECT_TRUE(parent_of_key("dialpine.unheard_of").empty());
}

TEST(Declared, EveryKindOfJobSaysWhatItCarries)
{
    std::set<std::string> kinds;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<store::JobKind>>([&](auto each) {
        kinds.insert(each.name);
    });
    EXPECT_EQ(declared_names(HoldingKind::job_payload), kinds);
}

/// What a header keeps by key stays in memory: each such header is a declared cache.
TEST(Declared, EveryCacheIsKnown)
{
    const std::regex keeps(R"(\n    (std::)?(unordered_map|map|unordered_set)<[^;&]*> \w+_;)");
    const auto declared = declared_names(HoldingKind::cache);
    const fs::path root = fs::path(DIALPINE_SOURCE_DIR) / "src";
    int found = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".hpp" || !std::regex_search(bytes_of(entry.path()), keeps)) continue;
        ++found;
        const auto path = fs::relative(entry.path(), root).generic_string();
        EXPECT_TRUE(declared.contains(path)) << path << " keeps something by key and is no declared cache";
    }
    EXPECT_GE(found, 5);
    for (const auto& path : declared) EXPECT_TRUE(fs::exists(root / path)) << path;
}

/// A server of its own, told to say everything, after people have worked with it.
class DeclaredOf : public ::testing::Test {
protected:
    DeclaredOf()
    {
        support::Serving serving(data, folder.path(), {"--log-format", "json", "--log-level", "debug"});
        work_with(serving.port());
        EXPECT_EQ(undeclared_files(data), std::vector<std::string>{}) << "while it serves";
        EXPECT_EQ(
            support::run({"--data", data.string(), "backup", "--out", (folder / "backup").string()}, folder.path())
                .code,
            0
        );
        log = serving.stop().err;
    }

    void work_with(std::uint16_t port)
    {
        support::Client mia(port);
        const auto version = mia.get("/policy").text("/version");
        const auto account = mia.post(
            "/accounts",
            {{"name", "Mia Canary"},
             {"email", "mia-canary@dialpine.example"},
             {"password", "correct horse battery"},
             {"birth_year", 1990},
             {"consent", {{"policy_version", version}}}}
        );
        ASSERT_EQ(account.status, 201) << account.body;
        const auto pine = "/workspaces/" + mia.post("/workspaces", {{"name", "Pine Canary"}}).text("/id");
        const auto web = mia.post(pine + "/projects", {{"name", "Web"}, {"key", "WEB"}}).text("/id");
        EXPECT_EQ(mia.post(pine + "/projects/" + web + "/tasks", {{"title", "Order canary paint"}}).status, 201);
        EXPECT_EQ(mia.get(pine + "/search?q=canary").status, 200);
        const auto board = bytes_of(fs::path(DIALPINE_SOURCE_DIR) / "tests/fixtures/trello-small.json");
        const auto import = mia.send(
            {"POST", "/api/v1" + pine + "/imports?source=trello", board, {{"Content-Type", "application/json"}}}
        );
        ASSERT_EQ(import.status, 202) << import.body;
        EXPECT_EQ(mia.finished_job(pine + "/imports/" + import.text("/id")).text("/state"), "done");
        EXPECT_EQ(mia.post("/me/exports", {{"password", "correct horse battery"}}).status, 202);
        EXPECT_EQ(mia.get("/nowhere").status, 404);
    }

    support::Folder folder;
    fs::path data = folder / "data";
    std::string log;
};

TEST_F(DeclaredOf, ARunningServersFiles)
{
    EXPECT_EQ(undeclared_files(data), std::vector<std::string>{});
    for (const auto* file : {"dialpine.db", "search.db", "keys/keys.db", "keys/master.key"})
        EXPECT_TRUE(fs::exists(data / file)) << file;
    std::ofstream(data / "notes.txt") << "what nobody declared";
    EXPECT_EQ(undeclared_files(data), std::vector<std::string>{"notes.txt"});
}

TEST_F(DeclaredOf, ARunningServersTables)
{
    std::set<std::string> declared;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            declared.insert(fmt::format("{}.{}", table->name, column.name));
            if (column.is_looked_up) declared.insert(fmt::format("{}.{}_hash", table->name, column.name));
        }
    EXPECT_EQ(columns_of_database(data / "dialpine.db"), declared);
    EXPECT_EQ(columns_of_database(data / "search.db"), declared_names(HoldingKind::index));
}

TEST_F(DeclaredOf, ARunningServersLogLines)
{
    const auto declared = declared_names(HoldingKind::log_field);
    EXPECT_EQ(declared.size(), log::all_fields.size());
    std::set<std::string> seen;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        if (line == "Stopped.") continue; // said to whoever runs it, after the log has ended
        const auto written = parsed(line);
        for (const auto& [name, value] : written.as_object()) seen.emplace(name);
    }
    for (const auto& name : seen) EXPECT_TRUE(declared.contains(name)) << name;
    for (const auto* name : {"at", "level", "what", "route", "status", "took_us"})
        EXPECT_TRUE(seen.contains(name)) << name;
    for (const auto* canary : {"Canary", "canary", "127.0.0.1"})
        EXPECT_EQ(log.find(canary), std::string::npos) << canary;
}

/// Rows of the person in an export, by table.
class Linked : public House {
protected:
    support::Json rows_of(PersonId person)
    {
        const auto files = unzipped(database.read([&](store::Read& read) { return export_person(read, person); }));
        return parsed(files.at("my-data.json")).at("rows");
    }
};

TEST_F(Linked, JoinedQuasiIdentifiersAreInTheAccessExport)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    const auto rows = rows_of(mia.person());
    int joined = 0;
    for (const auto* table : store::all_tables()) {
        if (subject_columns(*table).empty()) continue;
        ASSERT_TRUE(rows.as_object().contains(table->name)) << table->name;
        for (const auto& column : table->columns) {
            if (column.personal || column.kind == store::Kind::digest) continue;
            EXPECT_EQ(linkage_of(*table, column), Linkage::once_combined) << table->name << "." << column.name;
            for (const auto& row : rows.at(table->name).as_array())
                EXPECT_TRUE(row.as_object().contains(column.name)) << table->name << "." << column.name;
            ++joined;
        }
    }
    EXPECT_GT(joined, 20);
}

TEST_F(Linked, ARoleAWorkspaceAndATimeStandTogether)
{
    const auto mia = person("Mia Example", "mia@dialpine.example");
    const auto pine = workspace("Pine");
    add(people::Membership{
        .workspace_id = pine,
        .person_id = mia,
        .role = people::Role::admin,
        .created_at = clock_now(),
        .changed_at = clock_now(),
    });
    const auto rows = rows_of(mia).at("memberships").as_array();
    ASSERT_EQ(rows.size(), 1U);
    for (const auto* name : {"workspace_id", "role", "created_at"}) EXPECT_FALSE(rows[0].at(name).is_null()) << name;
    EXPECT_EQ(linkage_of(Category::membership), Linkage::once_combined);
    EXPECT_EQ(linkage_of(Category::user_agent), Linkage::once_combined);
    EXPECT_EQ(linkage_of(Category::ip_address), Linkage::identifies) << "an address is always personal";
    const auto* labels = store::find_table("labels");
    EXPECT_EQ(linkage_of(*labels, *labels->find_column("color")), Linkage::nobody);
}

} // namespace
} // namespace dialpine::privacy
