#include "work/rank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace dialpine::work {
namespace {

bool is_rank(const std::string& rank)
{
    return !rank.empty() && rank.back() != '0' &&
           rank.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string::npos;
}

TEST(Rank, StandsBetweenItsNeighbours)
{
    const auto first = rank_between("", std::nullopt);
    const auto after = rank_between(first, std::nullopt);
    const auto before = rank_between("", first);
    const auto between = rank_between(first, after);
    EXPECT_LT(before, first);
    EXPECT_LT(first, between);
    EXPECT_LT(between, after);
    EXPECT_LT("a", rank_between("a", "a1"));
    EXPECT_LT(rank_between("a", "a1"), "a1");
    EXPECT_LT(rank_between("", "1"), "1");
    EXPECT_LT(rank_between("", "01"), "01");
    EXPECT_LT("z", rank_between("z", std::nullopt));
    EXPECT_LT("zzz", rank_between("zzz", std::nullopt));
    EXPECT_THROW(rank_between("b", "a"), std::invalid_argument);
    EXPECT_THROW(rank_between("a", "a"), std::invalid_argument);
}

TEST(Rank, KeepsAnyOrderOfInsertions)
{
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::vector<std::string> list;
    for (int i = 0; i < 5'000; ++i) {
        const auto at = std::uniform_int_distribution<std::size_t>(0, list.size())(random);
        const auto before = at == 0 ? std::string() : list[at - 1];
        const auto after = at == list.size() ? std::nullopt : std::optional<std::string_view>(list[at]);
        const auto rank = rank_between(before, after);
        ASSERT_TRUE(is_rank(rank)) << rank;
        ASSERT_LT(before, rank);
        if (after) ASSERT_LT(rank, *after);
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), rank);
    }
    EXPECT_TRUE(std::ranges::is_sorted(list));
    EXPECT_LT(std::ranges::max(list, {}, &std::string::size).size(), 20U);
}

TEST(Rank, GrowsSlowlyInOneGap)
{
    const auto grown = [](bool is_below) {
        std::string low = rank_at(0);
        std::string high = rank_at(1);
        std::size_t longest = 0;
        for (int i = 0; i < 500; ++i) {
            const auto rank = rank_between(low, high);
            longest = std::max(longest, rank.size());
            (is_below ? low : high) = rank;
        }
        return longest;
    };
    EXPECT_LE(grown(true), 6 + 500 / 2U);
    EXPECT_LE(grown(false), 6 + 500 / 2U);
}

TEST(Rank, StaysShortAtBothEnds)
{
    std::string first = rank_between("", std::nullopt);
    std::string last = first;
    for (int i = 0; i < 100'000; ++i) {
        const auto next = rank_between(last, std::nullopt);
        const auto previous = rank_between("", first);
        ASSERT_TRUE(is_rank(next) && is_rank(previous)) << next << " " << previous;
        ASSERT_LT(last, next);
        ASSERT_LT(previous, first);
        last = next;
        first = previous;
    }
    EXPECT_EQ(last.size(), 6U);
    EXPECT_EQ(first.size(), 6U);
}

TEST(Rank, GoesOnWhereTheNumbersOfAnEndAreUsedUp)
{
    std::string last = "zzzzy";
    for (int i = 0; i < 1'000; ++i) {
        const auto next = rank_between(last, std::nullopt);
        ASSERT_LT(last, next);
        last = next;
    }
    EXPECT_LE(last.size(), 11U);
    std::string first = "00002i";
    for (int i = 0; i < 100; ++i) {
        const auto previous = rank_between("", first);
        ASSERT_TRUE(is_rank(previous)) << previous;
        ASSERT_LT(previous, first);
        first = previous;
    }
}

TEST(Rank, GoesOnAfterOnesThatHaveGrownLong)
{
    const std::string long_after(100, 'z');
    const std::string long_before = std::string(100, '0') + "1";
    EXPECT_LT(long_after, rank_between(long_after, std::nullopt));
    EXPECT_LT(rank_between("", long_before), long_before);
    EXPECT_TRUE(is_rank(rank_between("", long_before)));
}

TEST(Rank, OfAListMadeAtOnceIsInOrder)
{
    std::string last;
    for (std::size_t i = 0; i < 20'000; ++i) {
        const auto rank = rank_at(i);
        ASSERT_TRUE(is_rank(rank));
        ASSERT_LT(last, rank);
        last = rank;
    }
    EXPECT_LT(last, rank_between(last, std::nullopt));
}

} // namespace
} // namespace dialpine::work
