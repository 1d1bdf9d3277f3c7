#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/ids.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace dialpine {
namespace {

TEST(Ids, SortByTheTimeTheyWereMade)
{
    auto last = new_uuid();
    for (int i = 0; i < 10'000; ++i) {
        const auto next = new_uuid();
        ASSERT_LT(last, next);
        ASSERT_LT(to_text(last), to_text(next));
        last = next;
    }
}

TEST(Ids, GoOnWhenTheClockIsSetBack)
{
    const auto before = new_uuid();
    set_clock_ahead(-std::chrono::hours{24});
    const auto after = new_uuid();
    set_clock_ahead(std::chrono::milliseconds{0});
    EXPECT_LT(before, after);
}

TEST(Ids, AreUuidsOfVersion7)
{
    const auto uuid = new_uuid();
    const auto text = to_text(uuid);
    EXPECT_EQ(text.size(), 36U);
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    std::uint64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | uuid.bytes[i];
    const auto now = static_cast<std::uint64_t>(clock_now().time_since_epoch().count());
    // Never behind the clock; ahead of it where an earlier test had moved the clock forward.
    EXPECT_GE(milliseconds + 1'000U, now);
}

TEST(Ids, AreDifferentOnAllThreads)
{
    std::vector<std::vector<Uuid>> made(4);
    std::vector<std::thread> threads;
    for (auto& list : made)
        threads.emplace_back([&list] {
            for (int i = 0; i < 2'000; ++i) list.push_back(new_uuid());
        });
    for (auto& thread : threads) thread.join();
    std::set<Uuid> all;
    for (const auto& list : made) all.insert(list.begin(), list.end());
    EXPECT_EQ(all.size(), 8'000U);
}

TEST(Ids, AreReadAsTheyAreWritten)
{
    const auto uuid = new_uuid();
    EXPECT_EQ(parse_uuid(to_text(uuid)), uuid);
    EXPECT_EQ(parse_uuid("018F3C5E-7B2A-7C3D-8E4F-0123456789AB"), parse_uuid("018f3c5e-7b2a-7c3d-8e4f-0123456789ab"));
    EXPECT_TRUE(parse_uuid("00000000-0000-0000-0000-000000000000")->is_nil());
}

TEST(Ids, RefuseWhatIsNoWholeId)
{
    for (const auto* text :
         {"",
          "018f3c5e",
          "018f3c5e-7b2a-7c3d-8e4f-0123456789a",
          "018f3c5e-7b2a-7c3d-8e4f-0123456789abc",
          "018f3c5e7b2a-7c3d-8e4f-0123456789ab--",
          "018f3c5e-7b2a-7c3d-8e4f-0123456789ag",
          "018f3c5e_7b2a_7c3d_8e4f_0123456789ab",
          " 018f3c5e-7b2a-7c3d-8e4f-0123456789a"})
        EXPECT_FALSE(parse_uuid(text)) << text;
}

} // namespace
} // namespace dialpine
