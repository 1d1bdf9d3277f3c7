#include "links/brought_consents.hpp"
#include "privacy/export.hpp"
#include "privacy/row_lines.hpp"
#include "privacy/unzipped.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::Json;

class Moves : public support::Furnished {
protected:
    static std::map<std::string, std::string> files_of(const Answer& archive)
    {
        return privacy::unzipped(archive.body);
    }

    Answer started(Client& client) { return client.post(pine + "/exports", {{"password", support::password}}); }
    Answer downloaded(Client& client)
    {
        const auto job = started(client);
        EXPECT_EQ(job.status, 202) << job.body;
        return client.get(pine + "/exports/" + job.text("/id") + "/file");
    }
    std::int64_t rows_in_database(const store::Table& table)
    {
        return database().read([&](store::Read& read) {
            return *store::query_one<std::int64_t>(
                read,
                fmt::format("SELECT count(*) FROM {} WHERE {} = $1", table.name, privacy::workspace_column(table)),
                WorkspaceId(*parse_uuid(pine.substr(12)))
            );
        });
    }
};

using WorkspaceExport = Moves;

TEST_F(WorkspaceExport, HasAsManyRowsAsTheDatabaseInEveryTable)
{
    for (int i = 0; i < 30; ++i) task(fmt::format("Task {}", i), {{"assignee_ids", {to_text(max.id)}}});
    const auto archive = downloaded(ada.client);
    ASSERT_EQ(archive.status, 200) << archive.body;
    EXPECT_EQ(archive.header("content-type"), "application/zip");
    const auto files = files_of(archive);
    const auto manifest = json::from_json<privacy::Manifest>(files.at("manifest.json"));
    int tables = 0;
    for (const auto* table : store::all_tables()) {
        if (privacy::workspace_column(*table).empty()) continue;
        const auto name = fmt::format("{}.jsonl", table->name);
        const auto listed = std::ranges::find(manifest.files, name, &privacy::ExportedFile::name);
        ASSERT_NE(listed, manifest.files.end()) << name;
        EXPECT_EQ(listed->rows, rows_in_database(*table)) << name;
        EXPECT_EQ(std::ranges::count(files.at(name), '\n'), listed->rows) << name;
        EXPECT_EQ(listed->sha256, crypto::sha256_hex(files.at(name))) << name;
        ++tables;
    }
    EXPECT_GE(tables, 20);
    EXPECT_NE(files.at("people.jsonl").find("Max Example"), std::string::npos);
    EXPECT_EQ(archive.body.find("max@dialpine.example"), std::string::npos);
    for (const auto& [name, content] : files)
        EXPECT_EQ(content.find("@dialpine.example"), std::string::npos) << "addresses are no team's: " << name;
}

TEST_F(WorkspaceExport, ReadsLikeASheetForPeople)
{
    made(web + "/labels", {{"name", "Red"}, {"color", "red"}});
    const auto formula = task("=cmd|' /C calc'!A0", {{"assignee_ids", {to_text(max.id), to_text(ada.id)}}});
    task("Quotes \" and, commas", {{"due_at", "2026-12-01T10:00:00Z"}, {"priority", "high"}});
    made(task_path(formula) + "/comments", {{"body", "@[" + to_text(max.id) + "] said:\n\"yes\""}});
    made(task_path(formula) + "/comments", {{"body", "+1"}});
    const auto files = files_of(downloaded(mia.client));
    const auto& tasks = files.at("tasks.csv");
    EXPECT_TRUE(tasks.starts_with("Key,Title,Project,Status,Assignees,Labels,Priority,Start,Due,"));
    EXPECT_NE(tasks.find("\r\nWEB-1,'=cmd|' /C calc'!A0,Website,"), std::string::npos) << tasks;
    EXPECT_NE(tasks.find(",Ada Example; Max Example,"), std::string::npos) << tasks;
    EXPECT_NE(tasks.find("\r\nWEB-2,\"Quotes \"\" and, commas\",Website,"), std::string::npos) << tasks;
    EXPECT_NE(tasks.find(",high,,2026-12-01T10:00:00.000Z,"), std::string::npos) << tasks;
    const auto& comments = files.at("comments.csv");
    EXPECT_NE(comments.find("\"'@Max Example said:\n\"\"yes\"\"\"\r\n"), std::string::npos) << comments;
    EXPECT_NE(comments.find(",'+1\r\n"), std::string::npos) << comments;
    EXPECT_TRUE(files.contains("README.txt"));
}

TEST_F(WorkspaceExport, IsForAdminsWithTheirPassword)
{
    const Json right{{"password", support::password}};
    const auto before = contents();
    const support::Scenario scenarios[]{
        {"a member", max.client, support::post(pine + "/exports", right), 403},
        {"a guest", gus.client, support::post(pine + "/exports", right), 403},
        {"somebody from elsewhere", eve.client, support::post(pine + "/exports", right), 404},
        {"a stranger", stranger, support::post(pine + "/exports", right), 401},
        {"no password",
         ada.client,
         support::post(pine + "/exports", Json(boost::json::object())),
         403,
         {},
         "/password",
         "password-needed"},
        {"a wrong one",
         ada.client,
         support::post(pine + "/exports", {{"password", "not this one"}}),
         422,
         {},
         "/password"},
    };
    for (const auto& scenario : scenarios) support::expect(scenario);
    EXPECT_EQ(contents(), before);

    const auto job = started(ada.client);
    ASSERT_EQ(job.status, 202);
    EXPECT_EQ(job.text("/state"), "done");
    EXPECT_GE(job.number("/report/rows"), 10);
    const auto path = pine + "/exports/" + job.text("/id");
    EXPECT_EQ(ada.client.get(path).text("/id"), job.text("/id"));
    for (const auto& at : {path, path + "/file"}) {
        EXPECT_EQ(max.client.get(at).status, 403);
        EXPECT_EQ(eve.client.get(at).status, 404);
        EXPECT_EQ(stranger.get(at).status, 401);
    }
    EXPECT_EQ(eve.client.get(elsewhere + "/exports/" + job.text("/id")).status, 404) << "not by another's address";
    EXPECT_EQ(another_browser(ada).get(path + "/file").status, 403) << "a stolen session does not fetch it";
    support::MovedClock clock;
    clock.advance(std::chrono::hours{25});
    EXPECT_EQ(ada.client.get(path).status, 404);
}

TEST_F(WorkspaceExport, LiesNowhereOnTheDisk)
{
    task("A very findable title");
    const auto archive = downloaded(mia.client);
    ASSERT_EQ(archive.status, 200);
    ASSERT_TRUE(archive.body.starts_with("PK"));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
        if (entry.is_regular_file())
            EXPECT_EQ(support::bytes_of(entry.path()).find("PK\x03\x04"), std::string::npos) << entry.path();
}

TEST_F(WorkspaceExport, IsKnownToTheLogOfWhoMadeIt)
{
    ASSERT_EQ(started(ada.client).status, 202);
    const auto log = ada.client.get("/me/log");
    EXPECT_NE(log.body.find("a workspace"), std::string::npos) << log.body;
    EXPECT_EQ(max.client.get("/me/log").body.find("a workspace"), std::string::npos);
}

/// Max moves with his own export.
class PersonMove : public Moves {
protected:
    PersonMove()
    {
        EXPECT_EQ(max.client.post("/me/confirmations", {{"password", support::password}}).status, 204);
        const auto paint = max.client.post(
            web + "/tasks",
            {{"title", "Order paint"}, {"description", "Ask @[" + to_text(mia.id) + "]"}, {"priority", "high"}}
        );
        EXPECT_EQ(paint.status, 201) << paint.body;
        const auto done = max.client.post(web + "/tasks", {{"title", "Sweep"}, {"status_id", status("Done")}});
        EXPECT_EQ(done.status, 201) << done.body;
        EXPECT_EQ(max.client.post(task_path(paint) + "/comments", {{"body", "Two coats"}}).status, 201);
        const auto of_mia = task("Of Mia");
        EXPECT_EQ(max.client.post(task_path(of_mia) + "/comments", {{"body", "Said on another's"}}).status, 201);
        database().write([&](store::Write& write) {
            store::insert(
                write,
                people::Consent{
                    .id = ConsentId::make(),
                    .person_id = max.id,
                    .purpose = "analytics",
                    .policy_version = "2026-11-24",
                    .policy_sha256 = "x",
                    .state = people::ConsentState::given,
                    .at = clock_now()}
            );
        });
    }

    std::string exported()
    {
        const auto job = max.client.post("/me/exports");
        EXPECT_EQ(job.status, 202) << job.body;
        return max.client.get("/me/exports/" + job.text("/id") + "/file").body;
    }
    static Answer imported(Client& client, const std::string& bytes, const std::string& query)
    {
        const auto job =
            client.send({"POST", "/api/v1/me/imports" + query, bytes, {{"Content-Type", "application/zip"}}});
        if (job.status != 202) return job;
        return client.finished_job("/me/imports/" + job.text("/id"));
    }
    std::string into_elsewhere(std::string_view tasks) const
    {
        return fmt::format("?name=yes&tasks={}&workspace={}", tasks, elsewhere.substr(12));
    }
};

TEST_F(PersonMove, BringsNameHistoryAndTheChosenTasks)
{
    const auto job = imported(eve.client, exported(), into_elsewhere("all"));
    ASSERT_EQ(job.text("/state"), "done") << job.body;
    EXPECT_EQ(job.number("/report/tasks"), 2) << job.body;
    EXPECT_EQ(job.number("/report/comments"), 1) << "what was said on another's task stays there";
    EXPECT_GE(job.number("/report/consents"), 1);
    EXPECT_EQ(eve.client.get("/me").text("/name"), "Max Example");
    EXPECT_EQ(eve.client.get("/me").text("/email"), "eve@dialpine.example") << "an address is confirmed, not brought";
    const auto project = elsewhere + "/projects/" + job.text("/report/project_id");
    const auto list = eve.client.get(project + "/tasks");
    ASSERT_EQ(list.size("/items"), 2U) << list.body;
    EXPECT_NE(list.body.find("Order paint"), std::string::npos);
    EXPECT_NE(list.body.find("Ask @somebody"), std::string::npos) << "whom it mentions is known there only";
    EXPECT_EQ(list.body.find("Of Mia"), std::string::npos);
    EXPECT_EQ(eve.client.get(project).number("/open_count"), 1) << "what was done is done";

    const auto again = imported(eve.client, exported(), into_elsewhere("all"));
    EXPECT_EQ(again.number("/report/tasks"), 0) << "the same twice adds nothing twice";
    EXPECT_EQ(again.number("/report/consents"), 0);
    EXPECT_EQ(eve.client.get(project + "/tasks").size("/items"), 2U);
}

TEST_F(PersonMove, PutsNoConsentIntoForce)
{
    const auto before = eve.client.get("/me/consents").body;
    ASSERT_EQ(imported(eve.client, exported(), "").text("/state"), "done");
    EXPECT_EQ(eve.client.get("/me/consents").body, before);
    EXPECT_NE(eve.client.get("/me/data").body.find("brought_consents"), std::string::npos)
        << "but it is kept, and shown";
    EXPECT_EQ(eve.client.get("/me").text("/name"), "Eve Elsewhere") << "only what was asked for";
}

TEST_F(PersonMove, TakesOpenTasksAloneOrNone)
{
    const auto job = imported(eve.client, exported(), into_elsewhere("open"));
    EXPECT_EQ(job.number("/report/tasks"), 1) << job.body;
    const auto none = imported(eve.client, exported(), "?tasks=none");
    EXPECT_TRUE(none.at("/report/project_id").is_null());
}

TEST_F(PersonMove, IsRefusedAsAWholeOrNamesWhatIsWrong)
{
    const auto bytes = exported();
    const auto workspace = downloaded(mia.client).body;
    auto altered = bytes;
    altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 1);
    auto before = contents();
    before.erase("jobs");
    EXPECT_EQ(imported(eve.client, bytes, "?tasks=all").text("/errors/0/pointer"), "?workspace");
    EXPECT_EQ(
        imported(eve.client, bytes, "?tasks=all&workspace=" + pine.substr(12)).text("/errors/0/pointer"), "?workspace"
    ) << "not into another's";
    EXPECT_EQ(imported(gus.client, bytes, "?tasks=all&workspace=" + pine.substr(12)).status, 422)
        << "a guest makes no tasks";
    EXPECT_EQ(imported(eve.client, bytes, "?tasks=some").text("/errors/0/pointer"), "?tasks");
    EXPECT_EQ(imported(eve.client, bytes, "?name=perhaps").text("/errors/0/pointer"), "?name");
    EXPECT_EQ(imported(stranger, bytes, "").status, 401);
    EXPECT_NE(imported(eve.client, altered, "").text("/problem/type").find("export-altered"), std::string::npos);
    EXPECT_EQ(imported(eve.client, workspace, "").text("/state"), "failed") << "a workspace's export is no person's";
    auto after = contents();
    after.erase("jobs");
    EXPECT_EQ(after, before);
}

} // namespace
} // namespace dialpine::api
