#include "api/answer_cache.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Json;

class KeptAnswers : public testing::Test {
protected:
    /// What the cache gives; `text` where it has nothing.
    std::string ask(const AnswerPlace& place, const std::string& text)
    {
        return *cache.find(place, [&] { return std::make_shared<const KeptAnswer>(text, 1); })->plain();
    }
    void tell(std::optional<ProjectId> project, std::optional<TaskId> task)
    {
        const store::Change change{.workspace_id = pine, .project_id = project, .task_id = task};
        cache.forget({&change, 1});
    }

    AnswerCache cache;
    WorkspaceId pine = WorkspaceId::make();
    ProjectId web = ProjectId::make();
    TaskId paint = TaskId::make();
    AnswerPlace of_paint{.workspace = pine, .task = paint, .project = {}, .what = {}};
    AnswerPlace of_other_task{.workspace = pine, .task = TaskId::make(), .project = {}, .what = {}};
    AnswerPlace of_board{.workspace = pine, .task = {}, .project = web, .what = "board"};
    AnswerPlace of_other_board{.workspace = pine, .task = {}, .project = ProjectId::make(), .what = "board"};
};

TEST_F(KeptAnswers, StayUntilTheyAreTouched)
{
    EXPECT_EQ(cache.peek(of_paint), nullptr);
    EXPECT_EQ(ask(of_paint, "1"), "1");
    EXPECT_EQ(ask(of_paint, "2"), "1");
    EXPECT_EQ(ask(of_other_task, "other"), "other");
    EXPECT_EQ(ask(of_board, "board"), "board");
    auto of_list = of_board;
    of_list.what = "sort=title of list_tasks";
    EXPECT_EQ(ask(of_list, "list"), "list") << "things of one project are told apart";
}

TEST_F(KeptAnswers, OfATaskGoWithItsChangeAndTakeTheProjectsAlong)
{
    for (const auto& place : {of_paint, of_other_task, of_board, of_other_board}) ask(place, "old");
    tell(web, paint);
    EXPECT_EQ(ask(of_paint, "new"), "new");
    EXPECT_EQ(ask(of_board, "new"), "new");
    EXPECT_EQ(ask(of_other_task, "new"), "old");
    EXPECT_EQ(ask(of_other_board, "new"), "old");
}

TEST_F(KeptAnswers, OfEveryTaskGoWithAChangeOfAProject)
{
    for (const auto& place : {of_paint, of_board, of_other_board}) ask(place, "old");
    tell(web, {}); // a label, say, which may stand on any of its tasks
    EXPECT_EQ(ask(of_paint, "new"), "new");
    EXPECT_EQ(ask(of_board, "new"), "new");
    EXPECT_EQ(ask(of_other_board, "new"), "old");
}

TEST_F(KeptAnswers, GoWithAChangeOfPeople)
{
    auto elsewhere = of_paint;
    elsewhere.workspace = WorkspaceId::make();
    for (const auto& place : {of_paint, of_board, elsewhere}) ask(place, "old");
    tell({}, {});
    EXPECT_EQ(ask(of_paint, "new"), "new");
    EXPECT_EQ(ask(of_board, "new"), "new");
    EXPECT_EQ(ask(elsewhere, "new"), "old");
}

TEST_F(KeptAnswers, AreNotKeptWhenAChangeCameWhileTheyWereMade)
{
    const auto made = cache.find(of_paint, [&] {
        tell(web, paint);
        return std::make_shared<const KeptAnswer>("of before", 1);
    });
    EXPECT_EQ(*made->plain(), "of before");
    EXPECT_EQ(cache.peek(of_paint), nullptr);
}

TEST_F(KeptAnswers, BelongToTheirWorkspace)
{
    ask(of_paint, "secret");
    auto elsewhere = of_paint;
    elsewhere.workspace = WorkspaceId::make();
    EXPECT_EQ(cache.peek(elsewhere), nullptr);
}

TEST_F(KeptAnswers, TakeNoMoreMemoryThanTheyMay)
{
    const std::string megabyte(std::size_t{1024} * 1024, 'x');
    ask(of_paint, "small");
    for (int i = 0; i < 70; ++i) {
        auto place = of_board;
        place.what = std::to_string(i);
        ask(place, megabyte);
    }
    EXPECT_EQ(cache.peek(of_paint), nullptr);
}

TEST(KeptAnswer, SaysWhenTheAskerHasIt)
{
    const KeptAnswer answer(R"({"title":"Paint"})", 1);
    http::Request request;
    EXPECT_EQ(answer.to_response(request).status, 200);
    request.headers = {{"if-none-match", answer.etag()}};
    const auto response = answer.to_response(request);
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.shared_body, nullptr);
}

TEST(KeptAnswer, IsCompressedForThoseWhoTakeIt)
{
    const KeptAnswer large(std::string(5000, 'x'), 1);
    const KeptAnswer small("{}", 1);
    http::Request request;
    EXPECT_EQ(large.to_response(request).shared_body, large.plain());
    request.headers = {{"accept-encoding", "gzip"}};
    const auto response = large.to_response(request);
    EXPECT_EQ(response.shared_body, large.gzip());
    EXPECT_LT(response.shared_body->size(), large.plain()->size());
    EXPECT_EQ(small.to_response(request).shared_body, small.plain());
}

class KeptTasks : public support::Furnished {};

TEST_F(KeptTasks, AreReadAnewAfterAnyChangeOfTheirParts)
{
    const auto label = made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id");
    const auto paint = task("Paint");
    const auto path = task_path(paint);
    const auto now = [&] { return mia.client.get(path); };
    auto expect_new = [&, last = now().body](std::string_view what) mutable {
        const auto answer = now();
        EXPECT_NE(answer.body, last) << what;
        EXPECT_EQ(now().body, answer.body);
        last = answer.body;
    };
    mia.client.patch(path, Json{{"title", "Print"}, {"label_ids", {label}}});
    expect_new("title and label");
    mia.client.post(path + "/comments", Json{{"body", "Soon"}});
    expect_new("the number of comments");
    mia.client.post(path + "/checklist", Json{{"text", "Buy some"}});
    expect_new("the checklist");
    mia.client.post(path + "/links", Json{{"url", "https://dialpine.example/colours"}});
    expect_new("a link");
    mia.client.patch(web, Json{{"key", "NET"}});
    expect_new("the project's key");
    mia.client.del(web + "/labels/" + label);
    expect_new("a label that is gone");
    mia.client.del(path);
    EXPECT_EQ(now().status, 404);
}

TEST_F(KeptTasks, AreForNobodyElse)
{
    const auto path = task_path(task("Paint"));
    const auto list = web + "/tasks?sort=title";
    for (const auto& each : {path, list}) {
        EXPECT_EQ(mia.client.get(each).status, 200);
        EXPECT_EQ(stranger.get(each).status, 401) << each;
        EXPECT_EQ(eve.client.get(each).status, 404) << each;
        EXPECT_EQ(eve.client.get(elsewhere + each.substr(pine.size())).status, 404) << each;
    }
}

TEST_F(KeptTasks, AreListedAsTheyAreNow)
{
    const auto list = web + "/tasks?sort=title";
    EXPECT_EQ(mia.client.get(list).size("/items"), 0U);
    const auto paint = task("Paint");
    EXPECT_EQ(mia.client.get(list).size("/items"), 1U);
    mia.client.patch(task_path(paint), Json{{"title", "Print"}});
    EXPECT_EQ(mia.client.get(list).text("/items/0/title"), "Print");
    EXPECT_EQ(mia.client.get(web + "/tasks?sort=unknown").status, 422);
}
} // namespace
} // namespace dialpine::api
