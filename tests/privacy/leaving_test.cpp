#include "privacy/erasure.hpp"
#include "privacy/leaving.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Json;

/// Max alone, Max with others, and others alone.
class LeavingPerson : public support::Furnished {
protected:
    Answer by_max(std::string_view path, const Json& wish)
    {
        auto answer = max.client.post(path, wish);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }

    static std::pair<std::int64_t, std::int64_t> line(const Answer& view, std::string_view table)
    {
        for (std::size_t i = 0; i < view.size("/items"); ++i)
            if (view.text(fmt::format("/items/{}/table", i)) == table)
                return {view.number(fmt::format("/items/{}/goes", i)), view.number(fmt::format("/items/{}/stays", i))};
        return {0, 0};
    }

    bool is_there(const Answer& made_task) { return mia.client.get(task_path(made_task)).status == 200; }

    Answer erase_max(std::string_view content)
    {
        Json wish{{"password", support::password}};
        if (!content.empty()) wish.as_object()["content"] = content;
        return max.client.del("/me", wish);
    }

    Answer alone = by_max(web + "/tasks", {{"title", "Max alone"}, {"checklist", {{{"text", "red"}}}}});
    Answer own_words = by_max(task_path(alone) + "/comments", {{"body", "Only mine"}});
    Answer talked = by_max(web + "/tasks", {{"title", "Talked about"}});
    Answer words_of_mia = made(task_path(talked) + "/comments", {{"body", "Mia says yes"}});
    Answer words_of_max = by_max(task_path(talked) + "/comments", {{"body", "Max says no"}});
    Answer changed = by_max(web + "/tasks", {{"title", "Changed by another"}});
    Answer of_mia = task("Of Mia");
    Answer on_mias = by_max(task_path(of_mia) + "/comments", {{"body", "Max on another's"}});

    struct ChangedByMia {
        explicit ChangedByMia(LeavingPerson& at)
        {
            EXPECT_EQ(at.mia.client.patch(at.task_path(at.changed), {{"description", "More"}}).status, 200);
        }
    } changed_by_mia{*this};
};

TEST_F(LeavingPerson, IsToldBeforeWhatWouldGoAndWhatOthersWroteOn)
{
    const auto view = max.client.get("/me/leaving");
    ASSERT_EQ(view.status, 200) << view.body;
    EXPECT_EQ(line(view, "tasks"), std::pair(std::int64_t{1}, std::int64_t{2}));
    EXPECT_EQ(line(view, "comments"), std::pair(std::int64_t{3}, std::int64_t{0}));
    EXPECT_NE(view.text("/stays_because"), "");
    EXPECT_EQ(view.body.find("Max alone"), std::string::npos) << "counts only";
    EXPECT_EQ(gus.client.get("/me/leaving").size("/items"), 0U);
}

TEST_F(LeavingPerson, TakesAlongWhatTheyAloneWroteAndNothingOfOthers)
{
    const auto answer = erase_max("take");
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_NE(answer.body.find("you chose that it goes with you"), std::string::npos);
    EXPECT_FALSE(is_there(alone));
    EXPECT_TRUE(is_there(talked));
    EXPECT_TRUE(is_there(changed));
    EXPECT_TRUE(is_there(of_mia));
    const auto talk = mia.client.get(task_path(talked) + "/comments");
    ASSERT_EQ(talk.size("/items"), 1U) << talk.body;
    EXPECT_EQ(talk.text("/items/0/body"), "Mia says yes");
    EXPECT_EQ(mia.client.get(task_path(talked)).number("/comment_count"), 1);
    EXPECT_EQ(mia.client.get(task_path(of_mia)).number("/comment_count"), 0);
    EXPECT_TRUE(mia.client.get(task_path(talked)).at("/created_by").is_null());
    EXPECT_EQ(mia.client.get(web + "/board").body.find("Max alone"), std::string::npos);
    EXPECT_EQ(mia.client.get(pine + "/trash").body.find("Max alone"), std::string::npos);
    running.house.search.wait_for_last(WorkspaceId(*parse_uuid(pine.substr(12))), std::chrono::seconds{5});
    EXPECT_EQ(mia.client.get(pine + "/search?q=alone").size("/items"), 0U);
    EXPECT_EQ(mia.client.get(pine + "/search?q=another").size("/items"), 1U) << "the task that Mia changed";
    for (const auto* word : {"Max alone", "Only mine", "Max says no", "Max on another"})
        EXPECT_EQ(support::files_with(folder.path(), word), std::vector<std::string>()) << word;
}

TEST_F(LeavingPerson, LeavesEverythingToTheTeamUnlessAsked)
{
    ASSERT_EQ(erase_max("").status, 202);
    for (const auto* made_task : {&alone, &talked, &changed, &of_mia}) EXPECT_TRUE(is_there(*made_task));
    EXPECT_EQ(mia.client.get(task_path(talked) + "/comments").size("/items"), 2U);
    EXPECT_TRUE(mia.client.get(task_path(alone)).at("/created_by").is_null());
}

TEST_F(LeavingPerson, ChoosesBetweenTwoThingsOnly)
{
    const auto before = contents();
    support::expect(
        {"a third",
         max.client,
         support::del("/me", Json{{"password", support::password}, {"content", "burn"}}),
         422,
         "leave, take",
         "/content"}
    );
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(stranger.get("/me/leaving").status, 401);
}

} // namespace
} // namespace dialpine::api
