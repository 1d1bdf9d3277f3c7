#include "base/json.hpp"

#include <gtest/gtest.h>

namespace dialpine::json {
namespace {

enum class Colour { red, green, false_ };
BOOST_DESCRIBE_ENUM(Colour, red, green, false_)

struct Item {
    Line<10> text;
    std::optional<bool> done;
};
BOOST_DESCRIBE_STRUCT(Item, (), (text, done))

struct Wish {
    Line<10> title;
    std::optional<Prose<20>> body;
    std::optional<Colour> colour;
    std::optional<std::int64_t> number;
    std::optional<std::vector<Item>> items;
    Change<std::optional<Day>> due;
    std::optional<Id<struct WishTag>> id;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (title, body, colour, number, items, due, id))

struct Card {
    std::string title;
    Sparse<std::int64_t> comments;
    Sparse<std::vector<std::string>> labels;
    std::optional<Instant> due_at;
    Colour colour{};
    double share = 0;
    bool is_open = true;
};
BOOST_DESCRIBE_STRUCT(Card, (), (title, comments, labels, due_at, colour, share, is_open))

/// `POINTER detail` of each error, in order.
std::vector<std::string> wrong_in(std::string_view text)
{
    try {
        from_json<Wish>(text);
    } catch (const Problem& problem) {
        std::vector<std::string> found;
        if (problem.errors.empty()) found.push_back(std::to_string(problem.status) + " " + problem.name);
        for (const auto& error : problem.errors) found.push_back(error.pointer + " " + error.detail);
        return found;
    }
    return {};
}

using Errors = std::vector<std::string>;

TEST(Json, WritesDescribedStructs)
{
    Card card{.title = "Say \"paint\"\n\x01 \\ ÿ", .comments = {}, .labels = {}};
    EXPECT_EQ(
        to_json(card), R"({"title":"Say \"paint\"\n\u0001 \\ ÿ","due_at":null,"colour":"red","share":0,"is_open":true})"
    );
    card.comments.value = 3;
    card.labels.value = {"a"};
    card.due_at = parse_instant("2026-11-24T09:30:00Z");
    card.colour = Colour::false_;
    card.share = 0.5;
    EXPECT_TRUE(to_json(card).ends_with(
        R"("comments":3,"labels":["a"],"due_at":"2026-11-24T09:30:00.000Z","colour":"false","share":0.5,"is_open":true})"
    )) << to_json(card);
}

TEST(Json, WritesNoInfinities) { EXPECT_EQ(to_json(std::vector<double>{1.0 / 0.0, 2}), "[null,2]"); }

TEST(Json, ReadsDescribedStructs)
{
    const auto wish = from_json<Wish>(
        R"( {"title":" Paint ","body":"a\r\nb","colour":"green","number":-7,"items":[{"text":"x","done":true},{"text":"y"}],"due":null} )"
    );
    EXPECT_EQ(wish.title, "Paint");
    EXPECT_EQ(*wish.body, "a\nb");
    EXPECT_EQ(wish.colour, Colour::green);
    EXPECT_EQ(wish.number, -7);
    ASSERT_EQ(wish.items->size(), 2U);
    EXPECT_EQ((*wish.items)[0].done, true);
    EXPECT_FALSE((*wish.items)[1].done);
    ASSERT_TRUE(wish.due) << "null empties, it is not absent";
    EXPECT_FALSE(*wish.due);
    EXPECT_FALSE(from_json<Wish>(R"({"title":"x"})").due);
}

TEST(Json, PointsAtEverythingThatIsWrong)
{
    EXPECT_EQ(
        wrong_in(
            R"({"title":7,"colour":"blue","number":1.5,"items":[{"text":"ok"},{"text":"","done":1}],"due":"2026-02-30","id":"x"})"
        ),
        (Errors{
            "/title must be a string",
            "/colour must be one of red, green, false",
            "/number must be a whole number",
            "/items/1/text must not be empty",
            "/items/1/done must be true or false",
            "/due is not a day that exists, such as 2026-11-24",
            "/id is not an id",
        })
    );
    EXPECT_EQ(wrong_in("{}"), Errors{"/title is required"});
    EXPECT_EQ(wrong_in("[]"), Errors{" must be an object"});
    EXPECT_EQ(wrong_in(R"({"title":"x","items":{}})"), Errors{"/items must be an array"});
    EXPECT_EQ(wrong_in(R"({"title":"x","number":9223372036854775808})"), Errors{"/number must be a whole number"});
    EXPECT_EQ(wrong_in(R"({"title":null})"), Errors{"/title must be a string"});
}

TEST(Json, RefusesUnknownMembers)
{
    EXPECT_EQ(wrong_in(R"({"title":"x","titel":1})"), Errors{"/titel is not a known member"});
    EXPECT_EQ(wrong_in(R"({"title":"x","a/b~c":1})"), Errors{"/a~1b~0c is not a known member"});
    EXPECT_EQ(wrong_in(R"({"title":"x","items":[{"text":"y","z":1}]})"), Errors{"/items/0/z is not a known member"});
    const auto long_name = wrong_in(R"({"title":"x",")" + std::string(500, 'n') + R"(":1})");
    ASSERT_EQ(long_name.size(), 1U);
    EXPECT_LT(long_name[0].size(), 120U);
}

TEST(Json, TakesTheLastOfSeveralMembersWithOneName)
{
    EXPECT_EQ(from_json<Wish>(R"({"title":"first","title":"last"})").title, "last");
    EXPECT_EQ(wrong_in(R"({"title":"x","title":7})"), Errors{"/title must be a string"});
}

TEST(Json, RefusesWhatIsNotJson)
{
    const Errors not_json{"400 not-json"};
    for (const std::string text :
         {"",
          "{",
          "nul",
          "{\"title\":\"x\",}",
          "{'title':'x'}",
          "{\"title\":\"x\"} {}",
          "\xff",
          "{\"title\":\"\xc3\"}",
          "{\"title\":\"\\ud800\"}",
          "{\"title\":\"line\nend\"}",
          "\xef\xbb\xbf{}",
          "{\"number\":01}",
          "{\"number\":NaN}"})
        EXPECT_EQ(wrong_in(text), not_json) << text;
}

TEST(Json, RefusesWhatIsTooDeep)
{
    const auto deep = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    EXPECT_NO_THROW(Document{deep(32)});
    EXPECT_THROW(Document{deep(33)}, Problem);
    EXPECT_THROW(Document{deep(100'000)}, Problem);
}

TEST(Json, RefusesTooManyElements)
{
    std::string many = R"({"title":"x","items":[{"text":"a"})";
    for (int i = 0; i < 1000; ++i) many += R"(,{"text":"a"})";
    EXPECT_EQ(wrong_in(many + "]}"), Errors{"/items has more than 1000 elements"});
}

TEST(Json, RefusesControlCharactersInTexts)
{
    EXPECT_EQ(wrong_in(R"({"title":"a\u0000b"})"), Errors{"/title must be one line without control characters"});
    EXPECT_EQ(wrong_in(R"({"title":"x","body":"\u0007"})"), Errors{"/body has control characters"});
    EXPECT_EQ(wrong_in(R"({"title":"12345678901"})"), Errors{"/title is too long"});
}

TEST(Json, TellsProblemsByRfc9457)
{
    auto problem = Problem::invalid({{"/title", "must not be empty"}, {"", "must be an object"}});
    EXPECT_EQ(
        problem.to_json(),
        R"({"type":"/problems/invalid","title":"Some members are wrong","status":422,)"
        R"("detail":"/title must not be empty. The body must be an object.",)"
        R"("errors":[{"pointer":"/title","detail":"must not be empty"},{"pointer":"","detail":"must be an object"}]})"
    );
    auto last_owner = Problem::conflict("last-owner", "Name a successor.");
    last_owner.extra = R"("workspaces":[])";
    EXPECT_TRUE(last_owner.to_json().ends_with(R"("detail":"Name a successor.","workspaces":[]})"));
}

TEST(Json, ExplainsEveryProblemThatItMakes)
{
    for (const auto& problem :
         {Problem::not_json(""),
          Problem::unauthorized(),
          Problem::forbidden(""),
          Problem::not_found(),
          Problem::changed_meanwhile(),
          Problem::too_large(""),
          Problem::invalid("", ""),
          Problem::too_many(std::chrono::seconds{1}),
          Problem::unavailable("")})
        EXPECT_FALSE(explain_problem(problem.name).empty()) << problem.name;
    EXPECT_TRUE(explain_problem("no-such-problem").empty());
}

} // namespace
} // namespace dialpine::json
