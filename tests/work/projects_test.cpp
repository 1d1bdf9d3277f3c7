#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::work {
namespace {
using support::Answer;
using support::expect;
using support::Json;
using support::Scenario;

class Projects : public support::Furnished {
protected:
    Answer project_named(std::string_view name) { return made(pine + "/projects", {{"name", name}}); }
    Answer archived(bool is_archived) { return mia.client.patch(web, {{"archived", is_archived}}); }
    /// The names of a list's items, in order.
    std::string names(const std::string& path)
    {
        std::string text;
        const Json items = mia.client.get(path).at("/items");
        for (const auto& each : items.as_array())
            text += (text.empty() ? "" : ", ") + std::string(each.at("name").as_string());
        return text;
    }
};

TEST_F(Projects, BeginWithAStatusOfEachGroup)
{
    const auto list = mia.client.get(web + "/statuses");
    ASSERT_EQ(list.size("/items"), 5U);
    const std::array groups{"backlog", "unstarted", "started", "completed", "cancelled"};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        EXPECT_EQ(list.text(fmt::format("/items/{}/group", i)), groups[i]);
        EXPECT_EQ(list.number(fmt::format("/items/{}/position", i)), static_cast<std::int64_t>(i));
    }
}

TEST_F(Projects, MakeTheirKeyOfTheirName)
{
    EXPECT_EQ(project_named("Shop").text("/key"), "SHOP");
    EXPECT_EQ(project_named("Shopping").text("/key"), "SHOP2");
    EXPECT_EQ(project_named("Été à Łódź").text("/key"), "ETEA");
    EXPECT_EQ(project_named("木").text("/key"), "PRJ");
    EXPECT_EQ(project_named("林").text("/key"), "PRJ2");
    EXPECT_EQ(project_named("2026 plan").text("/key"), "PLAN");
}

TEST_F(Projects, RenameTheirTasksWithTheirKey)
{
    const auto paint = task("Paint");
    EXPECT_EQ(paint.text("/key"), "WEB-1");
    EXPECT_EQ(mia.client.patch(web, {{"key", "SITE"}}).status, 200);
    EXPECT_EQ(mia.client.get(pine + "/tasks/SITE-1").text("/id"), paint.text("/id"));
    EXPECT_EQ(mia.client.get(pine + "/tasks/site-1").text("/key"), "SITE-1");
    EXPECT_EQ(mia.client.get(pine + "/tasks/WEB-1").status, 404);
}

TEST_F(Projects, LeaveListsButNotTheirAddressWhenArchived)
{
    project_named("Shop");
    ASSERT_EQ(archived(true).status, 200);
    EXPECT_EQ(names(pine + "/projects"), "Shop");
    EXPECT_EQ(names(pine + "/projects?archived=true"), "Website");
    EXPECT_EQ(names(pine + "/projects?archived=any"), "Website, Shop");
    EXPECT_FALSE(mia.client.get(web).text("/archived_at").empty());
    EXPECT_TRUE(mia.client.get(web + "/board").at("/project/archived").as_bool());
    EXPECT_TRUE(archived(false).at("/archived_at").is_null());
    EXPECT_EQ(names(pine + "/projects"), "Website, Shop");
}

TEST_F(Projects, StayAsTheyAreWhileArchived)
{
    const auto paint =
        task("Paint", {{"checklist", {{{"text", "red"}}}}, {"links", {{{"url", "https://dialpine.example/"}}}}});
    const auto path = task_path(paint);
    const auto comment = made(path + "/comments", {{"body", "By Mia"}}).text("/id");
    const auto red = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    const auto gone = task("Gone");
    ASSERT_EQ(mia.client.del(task_path(gone)).status, 204);
    ASSERT_EQ(archived(true).status, 200);
    const auto before = contents();
    const auto item = path + "/checklist/" + paint.text("/checklist/0/id");
    const Json ids = boost::json::array{paint.text("/id")};
    auto& c = mia.client;
    // clang-format off
    const std::vector<support::Sent> sent{
        support::post(web + "/tasks", {{"title", "New"}}),
        support::patch(path, {{"title", "New"}}),
        support::patch(path, {{"move", {{"status_id", status("Done")}}}}),
        support::patch(pine + "/tasks", {{"ids", ids}, {"change", {{"priority", "high"}}}}),
        support::del(path),
        support::post(task_path(gone) + "/restoration", Json(boost::json::object())),
        support::post(path + "/checklist", {{"text", "blue"}}),
        support::patch(item, {{"done", true}}),
        support::del(item),
        support::post(path + "/links", {{"url", "https://dialpine.example/2"}}),
        support::del(path + "/links/" + paint.text("/links/0/id")),
        support::post(path + "/comments", {{"body", "New"}}),
        support::post(web + "/statuses", {{"name", "New"}, {"color", "red"}, {"group", "started"}}),
        support::patch(web + "/statuses/" + status("Done"), {{"name", "New"}}),
        support::del(web + "/statuses/" + status("Cancelled")),
        support::post(web + "/labels", {{"name", "New"}, {"color", "red"}}),
        support::patch(web + "/labels/" + red, {{"name", "New"}}),
        support::del(web + "/labels/" + red),
    };
    // clang-format on
    for (const auto& each : sent) expect({"archived", c, each, 409, {}, {}, "project-archived"});
    EXPECT_EQ(contents(), before);
    expect(
        {"one's own words may be mended", c, support::patch(path + "/comments/" + comment, {{"body", "Mended"}}), 200}
    );
    expect({"and withdrawn", c, support::del(path + "/comments/" + comment), 204});
    ASSERT_EQ(archived(false).status, 200);
    expect({"afterwards", c, support::patch(path, {{"title", "New"}}), 200});
}

TEST_F(Projects, CountTheirTasks)
{
    task("Open");
    task("Done", {{"status_id", status("Done")}});
    task("Cancelled", {{"status_id", status("Cancelled")}});
    const auto archived_task = task("Archived");
    mia.client.patch(task_path(archived_task), {{"archived", true}});
    mia.client.del(task_path(task("Deleted")));
    const auto read = mia.client.get(web);
    EXPECT_EQ(read.number("/task_count"), 3);
    EXPECT_EQ(read.number("/open_count"), 1);
}

TEST_F(Projects, AreDeletedWithEverythingInThem)
{
    const auto paint = task("Paint");
    made(task_path(paint) + "/comments", {{"body", "By Mia"}});
    expect({"by a member", max.client, support::del(web), 403});
    expect({"by an admin", ada.client, support::del(web), 204});
    expect({"the project", mia.client, support::get(web), 404});
    expect({"its board", mia.client, support::get(web + "/board"), 404});
    expect({"its tasks", mia.client, support::get(task_path(paint)), 404});
    expect({"their comments", mia.client, support::get(task_path(paint) + "/comments"), 404});
    for (const std::string table : {"projects", "statuses", "labels", "tasks", "comments"})
        EXPECT_EQ(contents()[table].substr(0, 6), "0 rows") << table;
}

// ---- teams

TEST_F(Projects, AreOfATeamUntilItGoes)
{
    const auto team = made(pine + "/teams", {{"name", "Painters"}}).text("/id");
    EXPECT_EQ(mia.client.patch(web, {{"team_id", team}}).text("/team_id"), team);
    EXPECT_EQ(mia.client.patch(pine + "/teams/" + team, {{"name", "Printers"}}).text("/name"), "Printers");
    EXPECT_EQ(mia.client.get(web).text("/team_id"), team);
    EXPECT_EQ(mia.client.del(pine + "/teams/" + team).status, 204);
    EXPECT_TRUE(mia.client.get(web).at("/team_id").is_null());
    EXPECT_EQ(mia.client.get(pine + "/teams").size("/items"), 0U);
    const auto other = made(pine + "/teams", {{"name", "Others"}}).text("/id");
    mia.client.patch(web, {{"team_id", other}});
    EXPECT_TRUE(mia.client.patch(web, {{"team_id", nullptr}}).at("/team_id").is_null());
}

// ---- statuses

TEST_F(Projects, KeepTheirColumnsInOrder)
{
    const auto statuses = web + "/statuses";
    const auto review = made(statuses, {{"name", "Review"}, {"color", "pink"}, {"group", "started"}, {"position", 3}});
    EXPECT_EQ(names(statuses), "Backlog, To do, In progress, Review, Done, Cancelled");
    const auto last = made(statuses, {{"name", "Later"}, {"color", "gray"}, {"group", "backlog"}});
    EXPECT_EQ(last.number("/position"), 6);
    EXPECT_EQ(mia.client.patch(statuses + "/" + last.text("/id"), {{"position", 0}}).number("/position"), 0);
    EXPECT_EQ(names(statuses), "Later, Backlog, To do, In progress, Review, Done, Cancelled");
    EXPECT_EQ(mia.client.patch(statuses + "/" + last.text("/id"), {{"position", 99}}).number("/position"), 6);
    EXPECT_EQ(mia.client.del(statuses + "/" + review.text("/id")).status, 204);
    EXPECT_EQ(names(statuses), "Backlog, To do, In progress, Done, Cancelled, Later");
    const auto list = mia.client.get(statuses);
    for (std::size_t i = 0; i < list.size("/items"); ++i)
        EXPECT_EQ(list.number(fmt::format("/items/{}/position", i)), static_cast<std::int64_t>(i));
}

TEST_F(Projects, KeepOneStatusAtLeast)
{
    for (const auto* name : {"Backlog", "To do", "In progress", "Done"})
        EXPECT_EQ(mia.client.del(web + "/statuses/" + status(name)).status, 204);
    expect(
        {"the last", mia.client, support::del(web + "/statuses/" + status("Cancelled")), 409, {}, {}, "status-in-use"}
    );
}

TEST_F(Projects, MoveTheTasksOfAStatusThatGoes)
{
    const auto done = status("Done");
    const auto doing = status("In progress");
    task("Was done", {{"status_id", done}});
    const auto first = task("First", {{"status_id", doing}});
    const auto second = task("Second", {{"status_id", doing}});
    const auto path = web + "/statuses/" + doing;
    expect({"not said where to", mia.client, support::del(path), 409, {}, {}, "status-in-use"});
    expect({"to itself", mia.client, support::del(path + "?move_to=" + doing), 422, {}, "?move_to"});
    expect({"to another", mia.client, support::del(path + "?move_to=" + done), 204});
    const auto list = mia.client.get(web + "/tasks?sort=position&status_id=" + done);
    EXPECT_EQ(list.text("/items/0/title"), "Was done");
    EXPECT_EQ(list.text("/items/1/title"), "First");
    EXPECT_EQ(list.text("/items/2/title"), "Second");
    EXPECT_FALSE(list.text("/items/1/completed_at").empty()) << "what is done is completed";
    mia.client.patch(task_path(second), {{"move", {{"after_id", list.text("/items/0/id")}}}});
    EXPECT_EQ(mia.client.get(web + "/tasks?status_id=" + done).text("/items/1/title"), "Second");
    EXPECT_EQ(mia.client.get(task_path(first)).text("/status_id"), done);
}

TEST_F(Projects, CompleteTheirTasksWithTheStatusThatChangesItsMeaning)
{
    const auto doing = status("In progress");
    const auto paint = task("Paint", {{"status_id", doing}});
    EXPECT_TRUE(paint.at("/completed_at").is_null());
    const auto completed_at = [&] { return mia.client.get(task_path(paint)).text("/completed_at"); };
    mia.client.patch(web + "/statuses/" + doing, {{"group", "completed"}});
    const auto since = completed_at();
    EXPECT_FALSE(since.empty());
    mia.client.patch(web + "/statuses/" + doing, {{"group", "completed"}, {"name", "Ready"}});
    EXPECT_EQ(completed_at(), since);
    mia.client.patch(web + "/statuses/" + doing, {{"group", "started"}});
    EXPECT_EQ(completed_at(), "");
}

// ---- labels

TEST_F(Projects, TakeALabelOffItsTasksWhenItGoes)
{
    const auto red = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    const auto blue = made(web + "/labels", {{"name", "Blue"}, {"color", "blue"}}).text("/id");
    const auto paint = task("Paint", {{"label_ids", {red, blue}}});
    EXPECT_EQ(mia.client.patch(web + "/labels/" + red, {{"color", "orange"}}).text("/color"), "orange");
    EXPECT_EQ(mia.client.del(web + "/labels/" + red).status, 204);
    const auto read = mia.client.get(task_path(paint));
    EXPECT_EQ(read.size("/label_ids"), 1U);
    EXPECT_EQ(read.text("/label_ids/0"), blue);
    EXPECT_EQ(mia.client.get(web + "/board").size("/labels"), 1U);
}

} // namespace
} // namespace dialpine::work
