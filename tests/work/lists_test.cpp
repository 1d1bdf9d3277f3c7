#include "support/server.hpp"

#include <gtest/gtest.h>

/// Lists, boards and the change log hold the same, whole, in order.
namespace dialpine::work {
namespace {
using support::Answer;
using support::Json;

class Lists : public support::Furnished {
protected:
    /// Every item's member `name`, page by page.
    std::vector<std::string> walk(const std::string& path, std::string_view name, int limit, int most_pages = 500)
    {
        std::vector<std::string> found;
        std::string cursor;
        const std::string sign = path.find('?') == std::string::npos ? "?" : "&";
        for (int page = 0; page < most_pages; ++page) {
            const auto answer = mia.client.get(fmt::format("{}{}limit={}{}", path, sign, limit, cursor));
            EXPECT_EQ(answer.status, 200) << answer.body;
            EXPECT_LE(answer.size("/items"), static_cast<std::size_t>(limit));
            const Json items = answer.at("/items");
            for (const auto& each : items.as_array()) found.push_back(std::string(each.at(name).as_string()));
            if (answer.at("/next").is_null()) return found;
            EXPECT_EQ(answer.size("/items"), static_cast<std::size_t>(limit)) << "only the last page is short";
            cursor = "&cursor=" + answer.text("/next");
        }
        ADD_FAILURE() << path << " does not end";
        return found;
    }

    /// Forty tasks, many of them alike.
    void furnish()
    {
        const std::array columns{status("Backlog"), status("In progress"), status("Done")};
        const std::array priorities{"none", "low", "medium", "high", "urgent"};
        for (int i = 0; i < 40; ++i) {
            boost::json::object wish{
                {"status_id", columns[static_cast<std::size_t>(i % 3)]},
                {"priority", priorities[static_cast<std::size_t>(i % 5)]}
            };
            if (i % 4 != 0) wish["due_at"] = fmt::format("2026-12-{:02}T10:00:00Z", i % 7 + 1);
            task(fmt::format("Task {}", i % 6), wish);
        }
    }
};

TEST_F(Lists, ArePagedWithoutLossOrRepeat)
{
    furnish();
    const auto tasks = web + "/tasks";
    std::set<std::string> all;
    for (const auto& id : walk(tasks, "id", 500)) all.insert(id);
    ASSERT_EQ(all.size(), 40U);
    for (const std::string sort : {"position", "due", "created", "changed", "title", "priority"})
        for (const std::string way : {"", "-"})
            for (const int limit : {1, 7, 40, 41}) {
                SCOPED_TRACE(fmt::format("{}{} by {}", way, sort, limit));
                const auto found = walk(tasks + "?sort=" + way + sort, "id", limit);
                EXPECT_EQ(found.size(), 40U);
                EXPECT_EQ(std::set(found.begin(), found.end()), all);
            }
}

TEST_F(Lists, AreSortedAsAsked)
{
    furnish();
    const auto sorted = [&](const std::string& by, std::string_view member) {
        return walk(web + "/tasks?sort=" + by, member, 7);
    };
    for (const auto& [by, member] : std::map<std::string, std::string>{
             {"title", "title"}, {"created", "created_at"}, {"changed", "changed_at"}, {"position", "position"}
         }) {
        const auto up = sorted(by, member);
        EXPECT_TRUE(std::ranges::is_sorted(up)) << by;
        EXPECT_TRUE(std::ranges::is_sorted(sorted("-" + by, member), std::greater())) << by;
    }
    const std::array ranks{"urgent", "high", "medium", "low", "none"};
    const auto priorities = sorted("priority", "priority");
    EXPECT_TRUE(std::ranges::is_sorted(priorities, {}, [&](const auto& each) { return std::ranges::find(ranks, each); })
    );

    const Json due = mia.client.get(web + "/tasks?sort=due&limit=500").at("/items");
    std::vector<std::string> times;
    for (const auto& each : due.as_array())
        times.push_back(each.at("due_at").is_null() ? "9" : std::string(each.at("due_at").as_string()));
    EXPECT_TRUE(std::ranges::is_sorted(times)) << "the due first, those without a time last";
}

TEST_F(Lists, AreFiltered)
{
    const auto red = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    task("Plain");
    task("Labelled", {{"label_ids", boost::json::array{red}}});
    task("Assigned", {{"assignee_ids", boost::json::array{to_text(max.id)}}, {"priority", "high"}});
    task(
        "Both",
        {{"label_ids", boost::json::array{red}},
         {"assignee_ids", boost::json::array{to_text(max.id)}},
         {"status_id", status("Done")}}
    );
    const auto titles = [&](const std::string& filter) {
        return fmt::format("{}", fmt::join(walk(web + "/tasks?sort=title&" + filter, "title", 1), " "));
    };
    EXPECT_EQ(titles("label_id=" + red), "Both Labelled");
    EXPECT_EQ(titles("assignee_id=" + to_text(max.id)), "Assigned Both");
    EXPECT_EQ(titles("priority=high"), "Assigned");
    EXPECT_EQ(titles("status_id=" + status("Done")), "Both");
    EXPECT_EQ(titles("label_id=" + red + "&assignee_id=" + to_text(max.id)), "Both");
    EXPECT_EQ(titles("label_id=" + to_text(new_uuid())), "");
}

TEST_F(Lists, GoOnWhereTheLastItemStandsNow)
{
    for (int i = 0; i < 6; ++i) task(fmt::format("{}", i));
    const auto first = mia.client.get(web + "/tasks?limit=2");
    const auto last = first.text("/items/1/id");
    ASSERT_EQ(first.text("/next"), last);
    mia.client.del(pine + "/tasks/" + last);
    EXPECT_EQ(mia.client.get(web + "/tasks?limit=2&cursor=" + last).text("/items/0/title"), "2")
        << "even from the trash";
}

TEST_F(Lists, OfAllKindsArePaged)
{
    const auto paint = task("Paint");
    for (int i = 0; i < 3; ++i) {
        made("/workspaces", {{"name", "More"}});
        made(pine + "/teams", {{"name", "Team"}});
        made(pine + "/projects", {{"name", "Project"}});
        made(web + "/labels", {{"name", "Label"}, {"color", "red"}});
        made(task_path(paint) + "/comments", {{"body", "Comment"}});
        made(pine + "/invitations", {{"role", "guest"}});
        another_browser(mia);
        mia.client.del(task_path(task("Gone")));
        task("Mine", {{"assignee_ids", boost::json::array{to_text(mia.id)}}});
    }
    const std::vector<std::string> paths{
        "/workspaces",
        "/sessions",
        "/me/tasks",
        pine + "/members",
        pine + "/people",
        pine + "/invitations",
        pine + "/teams",
        pine + "/projects",
        pine + "/trash",
        pine + "/search?q=mine",
        web + "/statuses",
        web + "/labels",
        web + "/tasks",
        task_path(paint) + "/comments",
    };
    for (const auto& path : paths) {
        SCOPED_TRACE(path);
        const auto whole = walk(path, "id", 500);
        EXPECT_GE(whole.size(), 3U);
        EXPECT_EQ(walk(path, "id", 1), whole);
        EXPECT_EQ(walk(path, "id", 2), whole);
        EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), whole.size());
    }
}

TEST_F(Lists, OfTasksHoldWhatTheBoardShows)
{
    furnish();
    const auto red = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    const auto full = task(
        "Full",
        {{"label_ids", boost::json::array{red}},
         {"assignee_ids", boost::json::array{to_text(max.id)}},
         {"start_on", "2026-12-01"},
         {"cover", "teal"},
         {"checklist", {{{"text", "x"}, {"done", true}}, {{"text", "y"}}}},
         {"links", {{{"url", "https://dialpine.example/"}}}}}
    );
    made(task_path(full) + "/comments", {{"body", "One"}});
    const Json board = mia.client.get(web + "/board").json();
    const auto& cards = board.at("tasks").as_array();
    ASSERT_EQ(cards.size(), 41U);
    std::string last_place;
    for (const auto& card : cards) {
        const auto whole = mia.client.get(pine + "/tasks/" + std::string(card.at("id").as_string()));
        for (const auto* name : {"title", "number", "status_id", "position"})
            EXPECT_EQ(card.at(name), whole.at("/" + std::string(name)));
        const auto optional = [&](const char* name, const Json& blank) {
            const auto* found = card.as_object().if_contains(name);
            EXPECT_EQ(found ? *found : blank, whole.at("/" + std::string(name))) << name;
            if (found) EXPECT_NE(*found, blank) << "what says nothing is left out";
        };
        optional("priority", "none");
        optional("assignee_ids", boost::json::array());
        optional("label_ids", boost::json::array());
        for (const auto* name : {"start_on", "due_at", "completed_at", "cover"}) optional(name, nullptr);
        const std::string place =
            std::string(card.at("status_id").as_string()) + std::string(card.at("position").as_string());
        EXPECT_LT(last_place, place);
        last_place = place;
    }
    const auto& card =
        cards.back().at("title") == Json("Full")
            ? cards.back()
            : *std::ranges::find_if(cards, [](const auto& each) { return each.at("title") == Json("Full"); });
    EXPECT_EQ(card.at("checklist"), (Json{1, 2}));
    EXPECT_EQ(card.at("comments"), Json(1));
    EXPECT_EQ(card.at("links"), Json(1));
}

TEST_F(Lists, OfABoardAreSentAgainOnlyWhenSomethingChanged)
{
    const auto paint = task("Paint");
    const auto etag = [&] { return mia.client.get(web + "/board").header("etag"); };
    const auto same = [&](const std::string& tag) {
        return mia.client.send(support::get(web + "/board", {{"If-None-Match", tag}})).status == 304;
    };
    std::string tag = etag();
    EXPECT_TRUE(same(tag));
    const auto changes_it = [&](const std::string& what) {
        EXPECT_FALSE(same(tag)) << what;
        tag = etag();
        EXPECT_TRUE(same(tag)) << what;
    };
    mia.client.patch(task_path(paint), {{"title", "Print"}});
    changes_it("a title");
    mia.client.post(task_path(paint) + "/comments", {{"body", "One"}});
    changes_it("a comment");
    mia.client.patch(web + "/statuses/" + status("Done"), {{"name", "Ready"}});
    changes_it("a status");
    made(web + "/labels", {{"name", "Red"}, {"color", "red"}});
    changes_it("a label");
    mia.client.patch(web, {{"name", "Site"}});
    changes_it("the project");
    max.client.patch("/me", {{"name", "Max Sample"}});
    changes_it("a person's name");
    mia.client.del(pine + "/members/" + to_text(gus.id));
    changes_it("a member");
    mia.client.del(task_path(paint));
    changes_it("a removal");
    for (int i = 0; i < 10; ++i) task(fmt::format("A board of this many bytes is worth compressing {}", i));
    const auto gzip = mia.client.send(support::get(web + "/board", {{"Accept-Encoding", "gzip"}}));
    EXPECT_EQ(gzip.header("content-encoding"), "gzip");
    EXPECT_EQ(gzip.header("vary"), "Accept-Encoding");
}

TEST_F(Lists, OfChangesHaveNoGaps)
{
    const auto paint = task("Paint");
    mia.client.patch(task_path(paint), {{"title", ""}}); // refused: no line of it
    max.client.post(task_path(paint) + "/comments", {{"body", "One"}});
    ada.client.patch(web, {{"name", "Site"}});
    mia.client.del(task_path(paint));
    std::int64_t next = 1;
    std::int64_t last = 0;
    for (std::int64_t after = 0; after < 100; after = next - 1) {
        const auto page = mia.client.get(fmt::format("{}/changes?limit=2&after={}", pine, after));
        last = page.number("/last");
        for (std::size_t i = 0; i < page.size("/items"); ++i)
            EXPECT_EQ(page.number(fmt::format("/items/{}/number", i)), next++);
        if (page.at("/next").is_null()) break;
        EXPECT_EQ(page.text("/next"), std::to_string(next - 1));
    }
    EXPECT_EQ(last, next - 1);
    const auto newest = mia.client.get(fmt::format("{}/changes?after={}", pine, last - 1));
    EXPECT_EQ(newest.text("/items/0/kind"), "task.deleted");
    EXPECT_EQ(newest.text("/items/0/task_id"), paint.text("/id"));
    EXPECT_EQ(newest.text("/items/0/project_id"), project.text("/id"));
    EXPECT_EQ(newest.text("/items/0/actor_id"), to_text(mia.id));
    EXPECT_EQ(newest.body.find("Paint"), std::string::npos) << "ids only";
}

TEST_F(Lists, OfManyLongTextsComeInShorterPages)
{
    constexpr std::size_t count = 15;
    for (std::size_t i = 0; i < count; ++i) task("Long", {{"description", std::string(90'000, 'x')}});
    const auto first = mia.client.get(web + "/tasks?limit=500");
    EXPECT_LT(first.body.size(), 1'300'000U) << "nobody waits behind a longer one";
    const auto second = mia.client.get(web + "/tasks?limit=500&cursor=" + first.text("/next"));
    EXPECT_EQ(first.size("/items") + second.size("/items"), count);
    EXPECT_TRUE(second.at("/next").is_null());
}

} // namespace
} // namespace dialpine::work
