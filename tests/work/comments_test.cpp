#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::work {
namespace {
using support::Answer;
using support::expect;
using support::Json;

class Comments : public support::Furnished {
protected:
    Answer by(support::Somebody& who, std::string_view body)
    {
        auto answer = who.client.post(path, {{"body", body}});
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    std::string of(const Answer& comment) const { return path + "/" + comment.text("/id"); }
    std::int64_t count() { return mia.client.get(task_path(paint)).number("/comment_count"); }

    Answer paint = task("Paint");
    std::string path = task_path(paint) + "/comments";
};

TEST_F(Comments, AreWrittenByGuestsToo)
{
    const auto comment = by(gus, "Looks **good**\r\nto me");
    EXPECT_EQ(comment.text("/author_id"), to_text(gus.id));
    EXPECT_EQ(comment.text("/body"), "Looks **good**\nto me");
    EXPECT_FALSE(comment.at("/edited").as_bool());
    EXPECT_EQ(mia.client.get(of(comment)).body, comment.body);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(mia.client.get(web + "/board").number("/tasks/0/comments"), 1);
}

TEST_F(Comments, AreChangedByTheirAuthorOnly)
{
    const auto comment = by(max, "One");
    const auto sent = support::patch(of(comment), {{"body", "Two"}});
    const auto before = contents();
    for (auto* who : {&gus, &ada, &mia}) expect({who->name, who->client, sent, 403});
    EXPECT_EQ(contents(), before);
    const auto changed = expect({"its author", max.client, sent, 200, "Two"});
    EXPECT_TRUE(changed.at("/edited").as_bool());
    expect({"to nothing", max.client, support::patch(of(comment), {{"body", "  "}}), 422, {}, "/body"});
    EXPECT_EQ(max.client.patch(of(comment), {{"body", "Two"}}).text("/changed_at"), changed.text("/changed_at"));
}

TEST_F(Comments, AreRemovedByTheirAuthorAndAdmins)
{
    const auto first = by(max, "One");
    const auto second = by(gus, "Two");
    const auto before = contents();
    expect({"a guest", gus.client, support::del(of(first)), 403});
    expect({"a member", max.client, support::del(of(second)), 403});
    EXPECT_EQ(contents(), before);
    expect({"its author", max.client, support::del(of(first)), 204});
    expect({"an admin", ada.client, support::del(of(second)), 204});
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(mia.client.get(path).size("/items"), 0U);
    expect({"which is gone", mia.client, support::get(of(first)), 404});
    expect({"changed then", max.client, support::patch(of(first), {{"body", "x"}}), 404});
}

TEST_F(Comments, AreTakenBackFromTheTrash)
{
    const auto comment = by(max, "One");
    ASSERT_EQ(max.client.del(of(comment)).status, 204);
    expect({"by a guest", gus.client, support::post(of(comment) + "/restoration", Json(boost::json::object())), 403});
    EXPECT_EQ(max.client.post(of(comment) + "/restoration").text("/body"), "One");
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(mia.client.get(path).size("/items"), 1U);
}

TEST_F(Comments, BelongToTheirTask)
{
    const auto comment = by(max, "One");
    const auto other = task("Other");
    const auto elsewhere_path = task_path(other) + "/comments/" + comment.text("/id");
    expect({"read", max.client, support::get(elsewhere_path), 404});
    expect({"changed", max.client, support::patch(elsewhere_path, {{"body", "Two"}}), 404});
    expect({"removed", max.client, support::del(elsewhere_path), 404});
    EXPECT_EQ(count(), 1);
}

TEST_F(Comments, OfManyLongTextsComeInShorterPages)
{
    constexpr std::size_t count = 80;
    for (std::size_t i = 0; i < count; ++i) by(max, std::string(20'000, 'x'));
    std::size_t seen = 0;
    int pages = 0;
    std::string cursor;
    do {
        const auto page = mia.client.get(path + "?limit=500" + cursor);
        ASSERT_EQ(page.status, 200) << page.body;
        EXPECT_LT(page.body.size(), 1'200'000U) << "nobody waits behind a longer one";
        seen += page.size("/items");
        cursor = page.at("/next").is_null() ? "" : "&cursor=" + page.text("/next");
        ++pages;
    } while (!cursor.empty());
    EXPECT_EQ(seen, count);
    EXPECT_EQ(pages, 2);
}

} // namespace
} // namespace dialpine::work
