#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::work {
namespace {
using support::Answer;
using support::expect;
using support::Json;

class Tasks : public support::Furnished {
protected:
    Answer change(const Answer& task, const Json& to) { return mia.client.patch(task_path(task), to); }
    Answer read(const Answer& task) { return mia.client.get(task_path(task)); }
};

TEST_F(Tasks, AreMadeWithEverythingThatWasAskedFor)
{
    const auto red = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    const Json wish{
        {"title", "  Order paint "},
        {"description", "Line 1\r\n\r\n* **red**"},
        {"status_id", status("In progress")},
        {"assignee_ids", {to_text(max.id), to_text(max.id)}},
        {"label_ids", boost::json::array{red}},
        {"priority", "urgent"},
        {"start_on", "2028-02-29"},
        {"due_at", "2028-03-01T10:00:00+02:00"},
        {"cover", "teal"},
        {"checklist", {{{"text", "red"}, {"done", true}}, {{"text", "blue"}, {"list", "Colours"}}}},
        {"links",
         {{{"url", "https://dialpine.example/a?b=c#d"}}, {{"title", "Write"}, {"url", "mailto:mia@dialpine.example"}}}},
    };
    const auto paint = made(web + "/tasks", wish);
    EXPECT_EQ(paint.text("/title"), "Order paint");
    EXPECT_EQ(paint.text("/description"), "Line 1\n\n* **red**");
    EXPECT_EQ(paint.text("/status_id"), status("In progress"));
    EXPECT_EQ(paint.size("/assignee_ids"), 1U) << "twice the same person is once";
    EXPECT_EQ(paint.text("/label_ids/0"), red);
    EXPECT_EQ(paint.text("/priority"), "urgent");
    EXPECT_EQ(paint.text("/start_on"), "2028-02-29");
    EXPECT_EQ(paint.text("/due_at"), "2028-03-01T08:00:00.000Z");
    EXPECT_EQ(paint.text("/cover"), "teal");
    EXPECT_TRUE(paint.at("/checklist/0/done").as_bool());
    EXPECT_EQ(paint.text("/checklist/1/list"), "Colours");
    EXPECT_EQ(paint.text("/links/0/title"), "https://dialpine.example/a?b=c#d");
    EXPECT_EQ(paint.text("/links/1/title"), "Write");
    EXPECT_EQ(paint.text("/created_by"), to_text(mia.id));
    EXPECT_EQ(paint.header("location"), "/api/v1" + task_path(paint));
    EXPECT_EQ(read(paint).body, paint.body);
}

TEST_F(Tasks, BeginUnstartedAtTheEndOfTheirColumn)
{
    const auto first = task("First");
    const auto second = task("Second");
    EXPECT_EQ(first.text("/status_id"), status("To do"));
    EXPECT_LT(first.text("/position"), second.text("/position"));
    EXPECT_EQ(first.number("/number") + 1, second.number("/number"));
}

TEST_F(Tasks, ChangeWhatIsNamedAndEmptyWhatIsNull)
{
    const auto paint = task("Paint", {{"description", "Red"}, {"due_at", "2026-12-01T10:00:00Z"}, {"cover", "red"}});
    const auto changed =
        ada.client.patch(task_path(paint), {{"title", "Print"}, {"due_at", nullptr}, {"cover", nullptr}});
    EXPECT_EQ(changed.text("/title"), "Print");
    EXPECT_EQ(changed.text("/description"), "Red");
    EXPECT_TRUE(changed.at("/due_at").is_null());
    EXPECT_TRUE(changed.at("/cover").is_null());
    EXPECT_EQ(changed.text("/created_by"), to_text(mia.id));
    EXPECT_EQ(changed.text("/changed_by"), to_text(ada.id));
    const auto described = mia.client.send(
        {"PATCH",
         "/api/v1" + task_path(paint),
         R"({"title":"Merged"})",
         {{"Content-Type", "application/merge-patch+json"}}}
    );
    EXPECT_EQ(described.text("/title"), "Merged");
}

TEST_F(Tasks, AreCompletedByTheGroupOfTheirStatus)
{
    const auto paint = task("Paint");
    EXPECT_TRUE(paint.at("/completed_at").is_null());
    const auto done = change(paint, {{"status_id", status("Done")}});
    EXPECT_FALSE(done.text("/completed_at").empty());
    EXPECT_EQ(change(paint, {{"title", "Print"}}).text("/completed_at"), done.text("/completed_at"));
    const auto other = made(web + "/statuses", {{"name", "Shipped"}, {"color", "green"}, {"group", "completed"}});
    EXPECT_EQ(
        change(paint, {{"move", {{"status_id", other.text("/id")}}}}).text("/completed_at"), done.text("/completed_at")
    ) << "from completed to completed it stays when it was";
    EXPECT_TRUE(change(paint, {{"move", {{"status_id", status("Cancelled")}}}}).at("/completed_at").is_null());
    EXPECT_FALSE(task("Made", {{"status_id", status("Done")}}).text("/completed_at").empty());
}

TEST_F(Tasks, ChangeTogetherOrNotAtAll)
{
    const auto first = task("First");
    const auto second = task("Second");
    const auto ids = [](std::initializer_list<std::string> each) {
        return boost::json::array(each.begin(), each.end());
    };
    const auto both = ids({second.text("/id"), first.text("/id")});
    const Json change_both{{"ids", both}, {"change", {{"priority", "high"}, {"status_id", status("Done")}}}};
    const auto changed = max.client.patch(pine + "/tasks", change_both);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.size("/items"), 2U);
    EXPECT_EQ(changed.text("/items/0/title"), "Second");
    EXPECT_EQ(changed.text("/items/1/priority"), "high");
    EXPECT_LT(changed.text("/items/0/position"), changed.text("/items/1/position")) << "in the order that was named";

    const auto before = contents();
    const auto with_a_stranger = ids({first.text("/id"), to_text(new_uuid())});
    const Json half{{"ids", with_a_stranger}, {"change", {{"priority", "low"}}}};
    expect({"one of nothing", max.client, support::patch(pine + "/tasks", half), 404});
    const Json bad{{"ids", both}, {"change", {{"priority", "low"}, {"status_id", to_text(new_uuid())}}}};
    expect({"a status of nothing", max.client, support::patch(pine + "/tasks", bad), 422});
    EXPECT_EQ(contents(), before);
}

TEST_F(Tasks, HaveAChecklist)
{
    const auto paint = task("Paint");
    const auto path = task_path(paint) + "/checklist";
    const auto first = made(path, {{"text", "red"}});
    const auto second = made(path, {{"text", "blue"}, {"done", true}});
    EXPECT_EQ(second.size("/checklist"), 2U);
    const auto item = path + "/" + second.text("/checklist/0/id");
    EXPECT_TRUE(mia.client.patch(item, {{"done", true}}).at("/checklist/0/done").as_bool());
    EXPECT_EQ(mia.client.patch(item, {{"text", "dark red"}}).text("/checklist/0/text"), "dark red");
    const auto card = [&] { return mia.client.get(web + "/board").at("/tasks/0"); };
    EXPECT_EQ(card().at("checklist"), (Json{2, 2}));

    const Json whole{
        {"checklist",
         {{{"text", "green"}}, {{"id", second.text("/checklist/1/id")}, {"text", "light blue"}, {"done", false}}}}
    };
    const auto replaced = change(paint, whole);
    EXPECT_EQ(replaced.size("/checklist"), 2U);
    EXPECT_EQ(replaced.text("/checklist/0/text"), "green");
    EXPECT_EQ(replaced.text("/checklist/1/id"), second.text("/checklist/1/id"));
    EXPECT_EQ(card().at("checklist"), (Json{0, 2}));
    EXPECT_EQ(mia.client.del(path + "/" + replaced.text("/checklist/0/id")).size("/checklist"), 1U);
    expect({"twice", mia.client, support::del(path + "/" + replaced.text("/checklist/0/id")), 404});
    EXPECT_EQ(change(paint, {{"checklist", boost::json::array()}}).size("/checklist"), 0U);
    EXPECT_FALSE(card().as_object().contains("checklist"));
}

TEST_F(Tasks, HaveLinksThatNoPageRuns)
{
    const auto paint = task("Paint");
    const auto path = task_path(paint) + "/links";
    const auto before = contents();
    for (const std::string url :
         {"javascript:alert(1)",
          "JAVASCRIPT:alert(1)",
          "java\tscript:alert(1)",
          "vbscript:x",
          "data:text/html,<script>alert(1)</script>",
          "file:///etc/passwd",
          "//dialpine.example",
          "/relative",
          "dialpine.example",
          "",
          "https:/dialpine.example"})
        expect({url, mia.client, support::post(path, {{"url", url}}), 422, {}, "/url"});
    expect(
        {"too long",
         mia.client,
         support::post(path, {{"url", "https://dialpine.example/" + std::string(2000, 'x')}}),
         422,
         {},
         "/url"}
    );
    EXPECT_EQ(contents(), before);
    const auto linked = made(path, {{"url", " HTTPS://dialpine.example/ "}});
    EXPECT_EQ(linked.text("/links/0/url"), "HTTPS://dialpine.example/");
    EXPECT_EQ(mia.client.del(path + "/" + linked.text("/links/0/id")).size("/links"), 0U);
}

TEST_F(Tasks, AreArchivedAndBroughtBack)
{
    const auto paint = task("Paint");
    EXPECT_FALSE(change(paint, {{"archived", true}}).text("/archived_at").empty());
    EXPECT_EQ(mia.client.get(web + "/board").size("/tasks"), 0U);
    EXPECT_EQ(mia.client.get(web + "/tasks").size("/items"), 0U);
    EXPECT_EQ(mia.client.get(web + "/tasks?archived=true").size("/items"), 1U);
    EXPECT_EQ(mia.client.get(web + "/tasks?archived=any").size("/items"), 1U);
    EXPECT_TRUE(change(paint, {{"archived", false}}).at("/archived_at").is_null());
    EXPECT_EQ(mia.client.get(web + "/board").size("/tasks"), 1U);
}

TEST_F(Tasks, WaitInTheTrash)
{
    const auto paint = task("Paint", {{"checklist", {{{"text", "red"}}}}});
    const auto path = task_path(paint);
    EXPECT_EQ(mia.client.del(path).status, 204);
    expect({"read", mia.client, support::get(path), 404});
    expect({"by its key", mia.client, support::get(pine + "/tasks/WEB-1"), 404});
    expect({"changed", mia.client, support::patch(path, {{"title", "x"}}), 404});
    expect({"its comments", mia.client, support::get(path + "/comments"), 404});
    expect({"deleted again", mia.client, support::del(path), 404});
    EXPECT_EQ(mia.client.get(web + "/board").size("/tasks"), 0U);
    EXPECT_EQ(mia.client.get(web + "/tasks?archived=any").size("/items"), 0U);
    const auto trash = mia.client.get(pine + "/trash");
    EXPECT_EQ(trash.text("/items/0/key"), "WEB-1");
    EXPECT_EQ(trash.text("/items/0/title"), "Paint");

    const auto back = mia.client.post(path + "/restoration");
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.text("/checklist/0/text"), "red");
    EXPECT_EQ(mia.client.post(path + "/restoration").status, 200) << "what is there already is there";
    EXPECT_EQ(mia.client.get(web + "/board").size("/tasks"), 1U);
    EXPECT_EQ(mia.client.get(pine + "/trash").size("/items"), 0U);
}

TEST_F(Tasks, OfMineAreTheOpenOnesTheDueFirst)
{
    const Json me = boost::json::array{to_text(max.id)};
    task("Some day", {{"assignee_ids", me}});
    task("Later", {{"assignee_ids", me}, {"due_at", "2027-02-01T10:00:00Z"}});
    task("Soon", {{"assignee_ids", me}, {"due_at", "2027-01-01T10:00:00Z"}});
    task("Done", {{"assignee_ids", me}, {"status_id", status("Done")}});
    task("Of others", {{"assignee_ids", boost::json::array{to_text(mia.id)}}});
    mia.client.patch(task_path(task("Archived", {{"assignee_ids", me}})), {{"archived", true}});
    mia.client.del(task_path(task("Deleted", {{"assignee_ids", me}})));
    const auto list = max.client.get("/me/tasks");
    ASSERT_EQ(list.size("/items"), 3U) << list.body;
    EXPECT_EQ(list.text("/items/0/title"), "Soon");
    EXPECT_EQ(list.text("/items/1/title"), "Later");
    EXPECT_EQ(list.text("/items/2/title"), "Some day");
    EXPECT_EQ(list.text("/items/0/project_name"), "Website");
    EXPECT_EQ(list.text("/items/0/workspace_name"), "Pine");
}

TEST_F(Tasks, CountUpWhenManyMakeThemAtOnce)
{
    std::vector<std::thread> threads;
    for (auto* who : {&mia, &ada, &max})
        threads.emplace_back([this, who] {
            for (int i = 0; i < 20; ++i) EXPECT_EQ(who->client.post(web + "/tasks", {{"title", "Paint"}}).status, 201);
        });
    for (auto& thread : threads) thread.join();
    std::set<std::int64_t> numbers;
    std::set<std::string> positions;
    const Json board = mia.client.get(web + "/board").json();
    for (const auto& card : board.at("tasks").as_array()) {
        numbers.insert(card.at("number").as_int64());
        positions.insert(std::string(card.at("position").as_string()));
    }
    EXPECT_EQ(numbers.size(), 60U);
    EXPECT_EQ(*numbers.rbegin(), 60);
    EXPECT_EQ(positions.size(), 60U);
}

} // namespace
} // namespace dialpine::work
