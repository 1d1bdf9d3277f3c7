#include "archive_maker.hpp"
#include "import_house.hpp"
#include "links/moved_columns.hpp"
#include "links/workspace_import.hpp"
#include "privacy/row_lines.hpp"
#include "store/job.hpp"
#include "support/server.hpp"
#include "work/written.hpp"

#include <regex>

namespace dialpine::links {
namespace {
using support::Answer;
using support::Json;

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text)
{
    Lines lines;
    std::size_t from = 0;
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', from)) {
        lines.push_back(text.substr(from, at - from));
        from = at + 1;
    }
    return lines;
}

/// A workspace in which every table has rows, made by the people's own doors wherever there is one.
class Moved : public support::Furnished {
protected:
    Moved()
    {
        const auto label = made(web + "/labels", {{"name", "Red"}, {"color", "red"}});
        made(pine + "/teams", {{"name", "Painters"}});
        made(pine + "/invitations", {{"role", "member"}});
        const auto first = task(
            "Paint",
            {{"description", "Ask @[" + to_text(max.id) + "] first"},
             {"assignee_ids", {to_text(max.id)}},
             {"label_ids", {label.text("/id")}},
             {"priority", "high"},
             {"start_on", "2026-12-01"},
             {"due_at", "2026-12-03T10:00:00Z"},
             {"checklist", {{{"text", "red"}}}},
             {"links", {{{"url", "https://dialpine.example/"}}}}}
        );
        task("Pay 4111 1111 1111 1111", {{"keep_sensitive", true}});
        made(task_path(first) + "/comments", {{"body", "Two thickish coats, @[" + to_text(ada.id) + "]"}});
        for (const auto* file : {"/attachments?name=notes.txt", "/attachments?name=%C3%A4rger.txt"})
            EXPECT_EQ(
                mia.client.send({"POST", "/api/v1" + task_path(first) + file, std::string(200'000, 'n') + file, {}}
                ).status,
                201
            );
        const auto gone = task("In the trash");
        EXPECT_EQ(mia.client.del(task_path(gone)).status, 204);
        EXPECT_EQ(mia.client.send(support::put(pine + "/sensitive-data", {{"rule", "warn"}})).status, 200);
        const auto board =
            mia.client.send({"POST", "/api/v1" + pine + "/imports?source=trello", small_board(), {}}).text("/id");
        EXPECT_EQ(mia.client.finished_job(pine + "/imports/" + board).text("/state"), "done");
        EXPECT_EQ(max.client.post("/me/written-about/" + pine.substr(12)).status, 201);
        strike("Sten");
        database().write([&](store::Write& write) {
            store::upsert(
                write,
                work::TaskField{
                    .workspace_id = workspace_id(pine),
                    .task_id = TaskId(*parse_uuid(first.text("/id"))),
                    .name = "Estimate",
                    .value = "3 hours"}
            );
        });
    }

    static WorkspaceId workspace_id(std::string_view path) { return WorkspaceId(*parse_uuid(path.substr(12))); }

    void strike(const std::string& word)
    {
        const auto about = task(word + " was ill");
        const Json who{{"words", {word}}, {"password", support::password}};
        const auto found = mia.client.post(pine + "/subject-searches", who);
        ASSERT_EQ(found.status, 200) << found.body;
        auto wish = who;
        wish.as_object()["hits"] = boost::json::array{found.text("/items/0/id")};
        ASSERT_EQ(mia.client.post(pine + "/strikes", wish).status, 201);
    }

    std::string exported(support::Somebody& by, const std::string& workspace)
    {
        const auto job = by.client.post(workspace + "/exports", {{"password", support::password}});
        EXPECT_EQ(job.status, 202) << job.body;
        const auto file = by.client.get(workspace + "/exports/" + job.text("/id") + "/file");
        EXPECT_EQ(file.status, 200) << file.body;
        return file.body;
    }

    /// The job after it ended.
    Answer imported(support::Somebody& by, const std::string& bytes, const std::string& query = "")
    {
        const auto job =
            by.client.send({"POST", "/api/v1/workspaces/imports" + query, bytes, {{"Content-Type", "application/zip"}}}
            );
        EXPECT_EQ(job.status, 202) << job.body;
        return by.client.finished_job("/workspaces/imports/" + job.text("/id"));
    }

    void refused(const std::string& bytes, std::string_view problem, std::string_view place = {})
    {
        const auto job = imported(eve, bytes);
        EXPECT_EQ(job.text("/state"), "failed") << job.body;
        EXPECT_NE(job.text("/problem/type").find(problem), std::string::npos) << job.body;
        if (!place.empty()) EXPECT_EQ(job.text("/problem/errors/0/pointer"), place) << job.body;
    }

    /// Everything but the jobs that tell of it.
    std::map<std::string, std::string> contents_but_jobs()
    {
        auto all = contents();
        all.erase("jobs");
        return all;
    }
};

/// Ids by the order in which they first appear, times of leaving taken off: what two exports can differ in.
class Canonical {
public:
    std::string operator()(std::string line)
    {
        static const std::regex id("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        std::string text;
        std::smatch match;
        while (std::regex_search(line, match, id)) {
            const auto number = names_.emplace(match.str(), names_.size()).first->second;
            text += match.prefix().str() + "#" + std::to_string(number);
            line = match.suffix().str();
        }
        return text + line;
    }

private:
    std::map<std::string, std::size_t> names_;
};

Lines without_id(Lines lines, const std::string& id)
{
    std::erase_if(lines, [&](const std::string& line) { return line.find(id) != std::string::npos; });
    return lines;
}

TEST_F(Moved, ExportedImportedAndExportedAgainDiffersInNothingButIds)
{
    const auto first_bytes = exported(mia, pine);
    auto first = privacy::unzipped(first_bytes);
    for (const auto* name :
         {"memberships",     "imported_people", "invitations", "teams",           "projects",        "statuses",
          "labels",          "tasks",           "task_labels", "checklist_items", "links",           "task_fields",
          "comments",        "mentions",        "strikes",     "sensitive_texts", "workspace_rules", "subject_requests",
          "imported_things", "task_assignees",  "changes",     "attachments"})
        EXPECT_FALSE(first.at(std::string(name) + ".jsonl").empty()) << name << " must have rows to be compared";

    const auto job = imported(eve, first_bytes);
    ASSERT_EQ(job.text("/state"), "done") << job.body;
    EXPECT_EQ(job.at("/report/made_here"), Json(true));
    const std::string there = "/workspaces/" + job.text("/report/workspace_id");
    auto second = privacy::unzipped(exported(eve, there));

    Canonical before;
    Canonical after;
    const auto eve_id = to_text(eve.id);
    int compared = 0;
    for (const auto* table : store::all_tables()) {
        const auto name = std::string(table->name) + ".jsonl";
        if (!first.contains(name) || !stays_behind(*table).empty()) continue;
        auto was = lines_of(first.at(name));
        auto is = without_id(lines_of(second.at(name)), eve_id); // the new owner, and what their import did
        if (name == "memberships.jsonl") // rights are not moved: everybody has left, and can be invited
            for (auto* lines : {&was, &is})
                for (auto& line : *lines) line = std::regex_replace(line, std::regex(R"("ended_at":[^}]*)"), "");
        ASSERT_EQ(was.size(), is.size()) << name;
        for (std::size_t i = 0; i < was.size(); ++i) EXPECT_EQ(before(was[i]), after(is[i])) << name;
        ++compared;
    }
    EXPECT_GE(compared, 18);
    auto people_before = lines_of(first.at("people.jsonl"));
    auto people_after = without_id(lines_of(second.at("people.jsonl")), eve_id);
    ASSERT_EQ(people_before.size(), people_after.size());
    for (std::size_t i = 0; i < people_before.size(); ++i) EXPECT_EQ(before(people_before[i]), after(people_after[i]));
    const auto contents_of = [](const Files& files) {
        std::multimap<std::string, std::string> contents;
        for (const auto& [name, content] : files)
            if (name.starts_with("files/")) contents.emplace(name.substr(name.rfind('/') + 1), content);
        return contents;
    };
    ASSERT_EQ(contents_of(first).size(), 2U);
    EXPECT_EQ(contents_of(first), contents_of(second)) << "files with their names";
    EXPECT_EQ(first.at("tasks.csv"), second.at("tasks.csv"));
    EXPECT_EQ(first.at("comments.csv"), second.at("comments.csv")) << "mentions lead to the same people";
}

TEST_F(Moved, WorksInItsNewPlaceAndGivesNobodyRights)
{
    const auto job = imported(eve, exported(mia, pine), "?name=Moved%20house");
    ASSERT_EQ(job.text("/state"), "done") << job.body;
    const std::string there = "/workspaces/" + job.text("/report/workspace_id");
    EXPECT_EQ(eve.client.get(there).text("/name"), "Moved house");
    EXPECT_EQ(eve.client.get(there).text("/role"), "owner");
    EXPECT_EQ(eve.client.get(there + "/members").size("/items"), 1U);
    EXPECT_EQ(mia.client.get(there).status, 404) << "its owner of before is somebody else here";
    const auto board =
        eve.client.get(there + "/projects/" + eve.client.get(there + "/projects").text("/items/0/id") + "/board");
    EXPECT_NE(board.body.find("Paint"), std::string::npos);
    running.house.search.wait_for_last(workspace_id(there), std::chrono::seconds{5});
    EXPECT_EQ(eve.client.get(there + "/search?q=thickish").size("/items"), 1U);
    const auto people = eve.client.get(there + "/people").body;
    EXPECT_NE(people.find("Max Example"), std::string::npos);
    EXPECT_EQ(people.find(to_text(max.id)), std::string::npos);
    EXPECT_NE(job.body.find("invitations"), std::string::npos) << "what stays behind is said";
    EXPECT_EQ(
        eve.client
            .post(
                there + "/projects/" + eve.client.get(there + "/projects").text("/items/0/id") + "/tasks",
                {{"title", "Next"}}
            )
            .status,
        201
    );
    EXPECT_EQ(mia.client.get(pine + "/members").size("/items"), 4U) << "and the old place is as it was";
}

TEST_F(Moved, IsRefusedWhenAnyByteWasChanged)
{
    const auto bytes = exported(mia, pine);
    const auto key = crypto::public_key(database().keys().signing_key());
    const auto is_sealed = [&](std::string_view archive) {
        privacy::ArchiveSealCheck check(archive.size());
        check.feed(archive.substr(0, archive.size() / 3));
        check.feed(archive.substr(archive.size() / 3));
        return check.finish(key).has_value();
    };
    ASSERT_TRUE(is_sealed(bytes));
    for (std::size_t i = 0; i < bytes.size(); i += i + 700 < bytes.size() ? 13 : 1) {
        auto altered = bytes;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        EXPECT_FALSE(is_sealed(altered)) << "byte " << i;
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, bytes.size() / 2, bytes.size() - 1})
        EXPECT_FALSE(is_sealed(std::string_view(bytes).substr(0, length)));
    EXPECT_FALSE(is_sealed(bytes + "x"));

    const auto before = contents_but_jobs();
    auto altered = bytes;
    altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 1);
    refused(altered, "export-altered");
    refused(bytes.substr(0, bytes.size() - 10), "export-altered");
    refused("not a zip at all", "export-altered");
    EXPECT_EQ(contents_but_jobs(), before);
}

TEST_F(Moved, IsRefusedWhenItIsNoExportHoweverWellSealed)
{
    const auto bytes = exported(mia, pine);
    const auto before = contents_but_jobs();
    const auto with = [&](const std::function<void(Files&)>& change) { return changed_export(bytes, change); };
    const auto first_task = [](Files& files, std::string_view from, std::string_view to) {
        auto& tasks = files.at("tasks.jsonl");
        tasks = replaced(tasks, from, to);
    };
    ASSERT_EQ(imported(mia, with([](Files&) {})).text("/state"), "done") << "unchanged it is taken";
    const auto after_one = contents_but_jobs();
    ASSERT_NE(after_one, before);

    refused(
        with([](Files& files) {
            files["manifest.json"] = replaced(files["manifest.json"], "\"version\":1", "\"version\":2");
        }),
        "not-an-export",
        "manifest.json/version"
    );
    refused(
        with([](Files& files) {
            files["manifest.json"] = replaced(files["manifest.json"], "dialpine-workspace", "something");
        }),
        "not-an-export",
        "manifest.json/format"
    );
    refused(with([](Files& files) { files.erase("manifest.json"); }), "not-an-export", "manifest.json");
    refused(with([](Files& files) { files.erase("people.jsonl"); }), "not-an-export", "people.jsonl");
    refused(with([](Files& files) { files["../../etc/passwd"] = "x"; }), "not-an-export", "../../etc/passwd");
    refused(with([](Files& files) { files["surprise.jsonl"] = "{}\n"; }), "not-an-export", "surprise.jsonl");
    refused(
        with([](Files& files) { files["README.txt"] = std::string(100'000'000, ' '); }), "not-an-export", "README.txt"
    );
    refused(with([](Files& files) { files["labels.jsonl"] = "not json\n"; }), "not-an-export", "labels.jsonl:1");
    refused(
        with([](Files& files) { files["labels.jsonl"] += std::string(9'000'000, 'x'); }),
        "not-an-export",
        "labels.jsonl"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"number\":1,", "\"number\":1,\"bogus\":1,"); }),
        "not-an-export",
        "tasks.jsonl:1/bogus"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"number\":1,", "\"number\":\"1\","); }),
        "not-an-export",
        "tasks.jsonl:1/number"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"number\":1,", ""); }), "not-an-export", "tasks.jsonl:1/number"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"priority\":\"high\"", "\"priority\":\"asap\""); }),
        "not-an-export",
        "tasks.jsonl:1/priority"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"title\":\"Paint\"", "\"title\":\"\""); }),
        "not-an-export",
        "tasks.jsonl:1/title"
    );
    refused(
        with([&](Files& files) { first_task(files, "\"due_at\":\"2026", "\"due_at\":\"later 2026"); }),
        "not-an-export",
        "tasks.jsonl:1/due_at"
    );
    refused(
        with([](Files& files) {
            files["links.jsonl"] =
                replaced(files["links.jsonl"], "https://dialpine.example/\"}", "javascript:alert(1)\"}");
        }),
        "not-an-export",
        "links.jsonl:1/url"
    );
    refused(
        with([&](Files& files) { first_task(files, pine.substr(12), elsewhere.substr(12)); }),
        "not-an-export",
        "tasks.jsonl:1/workspace_id"
    );
    refused(
        with([](Files& files) {
            std::erase_if(files, [](const auto& file) { return file.first.starts_with("files/"); });
        }),
        "not-an-export",
        "attachments.jsonl"
    );
    refused(
        with([](Files& files) {
            for (auto& [name, content] : files)
                if (name.starts_with("files/")) content += "x";
        }),
        "not-an-export"
    );
    // These are seen only once rows were written: nothing of them may stay either.
    refused(with([](Files& files) { files["tasks.jsonl"] += files["tasks.jsonl"]; }), "not-an-export", "");
    refused(with([](Files& files) { files["statuses.jsonl"] = ""; }), "not-an-export", "tasks.jsonl");
    refused(with([](Files& files) { files["tasks.jsonl"] = ""; }), "not-an-export");
    EXPECT_EQ(contents_but_jobs(), after_one) << "nothing half done";
}

TEST_F(Moved, LeavesNothingWhenACrashCutsItOff)
{
    const auto before = contents_but_jobs();
    const auto workspace = WorkspaceId::make();
    const auto person = support::Given(database()).person("Iva Imported").id;
    database().write([&](store::Write& write) {
        store::insert(
            write,
            people::ImportedPerson{
                .workspace_id = workspace, .person_id = person, .source = "dialpine", .created_at = clock_now()}
        );
        store::insert(
            write,
            work::Team{
                .workspace_id = workspace,
                .id = TeamId::make(),
                .name = "Half",
                .created_at = clock_now(),
                .changed_at = clock_now()}
        );
        store::insert(
            write,
            store::Job{
                .id = JobId::make(),
                .kind = store::JobKind::import_,
                .scope = eve.id,
                .started_by = eve.id,
                .state = store::JobState::running,
                .report = unfinished_report(workspace),
                .created_at = clock_now(),
                .changed_at = clock_now()}
        );
        // One that ended before it could say so: its workspace is there and stays.
        store::insert(
            write,
            store::Job{
                .id = JobId::make(),
                .kind = store::JobKind::import_,
                .scope = mia.id,
                .started_by = mia.id,
                .state = store::JobState::running,
                .report = unfinished_report(workspace_id(pine)),
                .created_at = clock_now(),
                .changed_at = clock_now()}
        );
    });
    ASSERT_NE(contents_but_jobs(), before);
    discard_cut_off(database());
    EXPECT_EQ(contents_but_jobs(), before);
}

TEST_F(Moved, IsSeenByWhoStartedItOnly)
{
    const auto job = eve.client.send({"POST", "/api/v1/workspaces/imports", "nothing", {}});
    const auto path = "/workspaces/imports/" + job.text("/id");
    EXPECT_EQ(eve.client.finished_job(path).status, 200);
    EXPECT_EQ(mia.client.get(path).status, 404);
    EXPECT_EQ(stranger.get(path).status, 401);
    EXPECT_EQ(eve.client.send({"POST", "/api/v1/workspaces/imports", "", {}}).status, 422);
    EXPECT_EQ(eve.client.send({"POST", "/api/v1/workspaces/imports?name=", "x", {}}).status, 422);
    EXPECT_EQ(eve.client.send({"POST", "/api/v1/workspaces/imports?nam=x", "x", {}}).status, 422);
}

TEST(MovedColumns, KnowTheChoicesOfEveryTable)
{
    int choices = 0;
    for (const auto* table : store::all_tables()) {
        if (privacy::workspace_column(*table).empty() || !stays_behind(*table).empty()) continue;
        for (const auto& column : table->columns) {
            if (column.kind != store::Kind::choice) continue;
            ++choices;
            EXPECT_NE(wrong_value(*table, column, "no such choice"), "") << table->name << "." << column.name;
        }
    }
    EXPECT_GE(choices, 8);
}

TEST(MovedColumns, OfAMillionInstantsReadAsTheyDoElsewhere)
{
    for (std::int64_t i = 0; i < 20'000; ++i) {
        const Instant at{std::chrono::milliseconds{i * 86'399'123 - 500'000'000'000}};
        std::string text;
        privacy::append_text(text, at);
        ASSERT_EQ(text, to_text(at));
    }
}

} // namespace
} // namespace dialpine::links
