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
