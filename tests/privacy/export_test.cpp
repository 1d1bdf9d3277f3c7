#include "base/problem.hpp"
#include "fixture.hpp"
#include "oracle.hpp"
#include "people/restriction.hpp"
#include "privacy/export.hpp"
#include "unzipped.hpp"

namespace dialpine::privacy {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

class ExportOf : public House {
protected:
    std::map<std::string, std::string> export_of(PersonId person)
    {
        return unzipped(database.read([&](store::Read& read) { return export_person(read, person); }));
    }

    std::map<std::string, std::string> export_of(WorkspaceId workspace)
    {
        database.read([&](store::Read& read) {
            export_workspace(read, workspace, file, [&](double part, std::string_view) { progress.push_back(part); });
        });
        return unzipped(bytes_of(file));
    }

    const std::filesystem::path file = folder.path() / "out.zip";
    std::vector<double> progress;
};

TEST_F(ExportOf, APersonHasEveryValueThatIsTheirsInBothForms)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    const auto files = export_of(mia.person());
    ASSERT_EQ(files.size(), 3u);
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!column.personal || column.kind != store::Kind::text) continue;
            const auto text = mia.text(*table, column);
            for (const auto* name : {"my-data.json", "my-data.html"})
                EXPECT_EQ(has(files.at(name), text), !column.personal->is_withheld) << text << " in " << name;
        }
}

TEST_F(ExportOf, APersonIsCompleteBeyondWhatThePageShows)
{
    const auto mia = person("Mia Example");
    const auto web = project(workspace("Acme"), "WEB");
    for (int i = 0; i < 130; ++i) task(web, fmt::format("Paint wall {};", i), mia);
    const auto files = export_of(mia);
    EXPECT_FALSE(has(files.at("my-data.json"), "\"more\":true"));
    for (int i = 0; i < 130; ++i)
        for (const auto* name : {"my-data.json", "my-data.html"})
            EXPECT_TRUE(has(files.at(name), fmt::format("Paint wall {};", i))) << i << " in " << name;
}

TEST_F(ExportOf, APersonHasNothingOfOthersAndNoHashes)
{
    Oracle mia("mia", clock_now());
    Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    const auto web = project(mia.workspace(), "WEB");
    auto shared = task(web, "sten wrote this", sten.person());
    shared.changed_by = mia.person();
    database.write([&](store::Write& write) { store::update(write, shared); });
    assign(shared, mia.person());

    for (const auto& [name, content] : export_of(mia.person())) {
        EXPECT_FALSE(has(content, "sten")) << name;
        EXPECT_FALSE(has(content, to_text(sten.person()))) << name;
        EXPECT_FALSE(has(content, "token_hash\":\"")) << name;
        EXPECT_FALSE(has(content, "mia accounts.password_hash")) << name;
    }
}

TEST_F(ExportOf, TheJsonIsJson)
{
    Oracle mia("mia \"quoted\" \\ \n", clock_now());
    mia.fill(database);
    EXPECT_NO_THROW(json::Document{export_of(mia.person()).at("my-data.json")});
}

TEST_F(ExportOf, ThePageIsInertWhateverPeopleWrote)
{
    const auto mia = person("<script>alert(1)</script>");
    task(project(workspace("A & B"), "WEB"), "<img src=x onerror=alert(1)>", mia);
    const auto page = export_of(mia).at("my-data.html");
    EXPECT_FALSE(has(page, "<script"));
    EXPECT_FALSE(has(page, "<img"));
    EXPECT_FALSE(has(page, "http"));
    EXPECT_TRUE(has(page, "&lt;script&gt;"));
}

TEST_F(ExportOf, AWorkspaceHasEveryTableThatIsInItAndProofs)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    EXPECT_TRUE(has(export_of(mia.workspace()).at("people.jsonl"), people::hidden_name)) << "she is restricted";
    database.write([](store::Write& write) { store::execute(write, "DELETE FROM restrictions"); });
    auto files = export_of(mia.workspace());
    const auto manifest = files.extract("manifest.json").mapped();
    EXPECT_TRUE(has(manifest, "\"format\":\"dialpine-workspace\",\"version\":1"));
    EXPECT_TRUE(has(files.extract("README.txt").mapped(), "manifest.json"));
    const auto attached = std::erase_if(files, [](const auto& file) { return file.first.starts_with("damaged/"); });
    EXPECT_EQ(attached, 1U) << "it says at least that the file cannot be read";
    for (const auto* sheet : {"tasks.csv", "comments.csv"})
        EXPECT_EQ(std::ranges::count(files.extract(sheet).mapped(), '\n'), 2) << sheet << ": headings and one row";
    for (const auto* table : store::all_tables())
        EXPECT_EQ(
            files.contains(std::string(table->name) + ".jsonl"),
            table->is_in_workspace() || table->name == "workspaces" || table->name == "people"
        ) << table->name;
    for (const auto& [name, content] : files) {
        EXPECT_EQ(std::ranges::count(content, '\n'), 1) << name;
        EXPECT_NO_THROW(json::Document{content}) << name;
        EXPECT_TRUE(
            has(manifest, fmt::format(R"({{"name":"{}","rows":1,"sha256":"{}"}})", name, crypto::sha256_hex(content)))
        ) << name;
    }
    EXPECT_EQ(
        files.at("people.jsonl"), fmt::format("{{\"id\":\"{}\",\"name\":\"mia people.name\"}}\n", to_text(mia.person()))
    );
    EXPECT_EQ(progress.back(), 1.0);
}

TEST_F(ExportOf, AWorkspaceHasNothingOfAnotherAndNoSecrets)
{
    Oracle mia("mia", clock_now());
    Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    for (const auto& [name, content] : export_of(mia.workspace())) {
        EXPECT_FALSE(has(content, "sten")) << name;
        EXPECT_FALSE(has(content, to_text(sten.workspace()))) << name;
        EXPECT_FALSE(has(content, "_hash")) << name;
        EXPECT_FALSE(has(content, "people.email")) << name;
    }
}

TEST_F(ExportOf, AWorkspaceTellsHowFarItIs)
{
    const auto acme = workspace("Acme");
    const auto web = project(acme, "WEB");
    database.write([&](store::Write& write) {
        for (int i = 0; i < 1200; ++i)
            store::insert(
                write, work::Label{.workspace_id = acme, .id = LabelId::make(), .project_id = web.id, .name = "paint"}
            );
    });
    const auto files = export_of(acme);
    EXPECT_EQ(std::ranges::count(files.at("labels.jsonl"), '\n'), 1200);
    ASSERT_EQ(progress.size(), 3u);
    EXPECT_TRUE(std::ranges::is_sorted(progress));
}

TEST_F(ExportOf, AnUnknownWorkspaceLeavesNoFile)
{
    EXPECT_THROW(export_of(WorkspaceId::make()), Problem);
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(ExportOf, AFailureHalfwayLeavesNoFile)
{
    const auto acme = workspace("Acme");
    const auto stop = [](double, std::string_view) { throw std::runtime_error("stopped"); };
    EXPECT_THROW(
        database.read([&](store::Read& read) { export_workspace(read, acme, file, stop); }), std::runtime_error
    );
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".part"));
}

} // namespace
} // namespace dialpine::privacy
