#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using Searching = support::Furnished;

TEST_F(Searching, FindsATaskByItsKey)
{
    const auto paint = task("Order paint");
    task("Order wood");
    const auto found = gus.client.get(pine + "/search?q=" + to_lower_ascii(paint.text("/key")));
    ASSERT_GE(found.size("/items"), 1U) << found.body;
    EXPECT_EQ(found.text("/items/0/id"), paint.text("/id"));
}

TEST_F(Searching, ShowsATaskOnceWhoseTextNamesItsOwnKey)
{
    const auto paint = task("Order paint");
    const auto key = paint.text("/key");
    const auto wood = task("Order wood, after " + key);
    ASSERT_EQ(mia.client.patch(task_path(paint), {{"description", "Known as " + key}}).status, 200);
    ASSERT_EQ(mia.client.post(task_path(paint) + "/comments", {{"body", "More of " + key}}).status, 201);
    const auto found = gus.client.get(pine + "/search?q=" + key);
    ASSERT_EQ(found.size("/items"), 3U) << found.body;
    EXPECT_EQ(found.text("/items/0/id"), paint.text("/id"));
    EXPECT_EQ(found.text("/items/1/id"), wood.text("/id"));
    EXPECT_EQ(found.text("/items/2/kind"), "comment");

    std::vector<std::string> ids;
    std::string cursor;
    do {
        const auto page = gus.client.get(pine + "/search?limit=1&q=" + key + cursor);
        for (std::size_t i = 0; i < page.size("/items"); ++i)
            ids.push_back(page.text("/items/" + std::to_string(i) + "/id"));
        cursor = page.text("/next").empty() ? "" : "&cursor=" + page.text("/next");
    } while (!cursor.empty());
    EXPECT_EQ(std::ranges::count(ids, paint.text("/id")), 1) << "on all pages";
    EXPECT_EQ(ids.size(), 3U);
}

TEST_F(Searching, SaysOfATaskInAnArchivedProjectThatItIsArchived)
{
    const auto paint = task("Order paint");
    ASSERT_EQ(mia.client.patch(web, {{"archived", true}}).status, 200);
    for (const auto& words : {paint.text("/key"), std::string("paint")})
        EXPECT_EQ(gus.client.get(pine + "/search?q=" + words).at("/items/0/archived"), support::Json(true)) << words;
}

TEST_F(Searching, FindsNothingByAKeyThatNoTaskHas)
{
    task("Order paint");
    EXPECT_EQ(gus.client.get(pine + "/search?q=WEB-4711").size("/items"), 0U);
}

TEST_F(Searching, IsNotForAnotherWorkspace)
{
    const auto paint = task("Order paint");
    EXPECT_EQ(eve.client.get(pine + "/search?q=" + paint.text("/key")).status, 404);
    EXPECT_EQ(eve.client.get(pine + "/search?q=paint").status, 404);
}

} // namespace
} // namespace dialpine::api
