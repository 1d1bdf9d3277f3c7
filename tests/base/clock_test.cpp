#include "base/clock.hpp"
#include "base/clock_watch.hpp"

#include <gtest/gtest.h>

namespace dialpine {
namespace {
using namespace std::chrono_literals;

TEST(Clock, WritesInstantsAndDays)
{
    EXPECT_EQ(to_text(Instant{0ms}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_text(Instant{1795512600123ms}), "2026-11-24T09:30:00.123Z");
    EXPECT_EQ(to_text(Instant{-1ms}), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_text(Day{std::chrono::days{20781}}), "2026-11-24");
}

TEST(Clock, ReadsWhatItWrites)
{
    for (const auto* text : {"2026-11-24T09:30:00.123Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"}) {
        const auto instant = parse_instant(text);
        ASSERT_TRUE(instant) << text;
        EXPECT_EQ(to_text(*instant), text);
    }
    EXPECT_EQ(to_text(*parse_day("2024-02-29")), "2024-02-29");
}

TEST(Clock, ReadsOffsetsAndDecimals)
{
    EXPECT_EQ(parse_instant("2026-11-24T09:30:00+02:00"), parse_instant("2026-11-24T07:30:00Z"));
    EXPECT_EQ(parse_instant("2026-11-24T00:30:00-05:30"), parse_instant("2026-11-24T06:00:00Z"));
    EXPECT_EQ(parse_instant("2026-11-24T09:30:00.5Z"), parse_instant("2026-11-24T09:30:00.500Z"));
    EXPECT_EQ(parse_instant("2026-11-24T09:30:00.123456789Z"), parse_instant("2026-11-24T09:30:00.123Z"));
}

TEST(Clock, RefusesDaysThatDoNotExist)
{
    for (const auto* text :
         {"2026-02-30",
          "2026-02-29",
          "2026-04-31",
          "2026-13-01",
          "2026-00-10",
          "2026-01-00",
          "0000-01-01",
          "26-01-01",
          "2026-1-1",
          "2026-01-01 ",
          "2026/01/01",
          "",
          "2026-01",
          "-026-01-01"})
        EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Clock, RefusesTimesThatDoNotExist)
{
    for (const auto* text :
         {"2026-02-30T09:30:00Z",
          "2026-11-24T24:00:00Z",
          "2026-11-24T09:60:00Z",
          "2026-11-24T09:30:60Z",
          "2026-11-24T09:30Z",
          "2026-11-24T09:30:00",
          "2026-11-24 09:30:00Z",
          "2026-11-24T09:30:00.Z",
          "2026-11-24T09:30:00.1234567890Z",
          "2026-11-24T09:30:00+24:00",
          "2026-11-24T09:30:00+02",
          "2026-11-24T09:30:00ZZ",
          "2026-11-24",
          "0001-01-01T00:00:00+01:00",
          "9999-12-31T23:59:59-01:00"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Clock, IsMovedByTests)
{
    const auto before = clock_now();
    set_clock_ahead(24h);
    const auto moved = clock_now();
    set_clock_ahead(0ms);
    EXPECT_GE(moved - before, 24h);
    EXPECT_LT(moved - before, 24h + 1min);
    EXPECT_EQ(year_of(*parse_instant("2025-12-31T23:59:59Z")), 2025);
    EXPECT_EQ(year_of(*parse_instant("2026-01-01T00:30:00+01:00")), 2025);
}

TEST(ClockWatch, TrustsAClockUntilItIsSetByADay)
{
    const ClockWatch watch;
    EXPECT_TRUE(watch.is_trusted());
    for (const auto by : {23h, -23h}) {
        set_clock_ahead(by);
        EXPECT_TRUE(watch.is_trusted()) << by.count();
    }
    for (const auto by : {25h, -25h, 24h * 4000}) {
        set_clock_ahead(by);
        EXPECT_FALSE(watch.is_trusted()) << by.count();
        EXPECT_EQ(std::chrono::round<std::chrono::hours>(watch.set_by()), by);
    }
    set_clock_ahead(0ms);
    EXPECT_TRUE(watch.is_trusted()) << "when it is right again";
}

TEST(ClockWatch, TakesADayBeforeItTrustsAClockThatWasOddAtTheStart)
{
    using std::chrono::days;
    const auto now = clock_now();
    EXPECT_TRUE(ClockWatch(now).is_trusted());
    EXPECT_TRUE(ClockWatch(now - days{29}).is_trusted()) << "switched off meanwhile";
    EXPECT_TRUE(ClockWatch(now + 23h).is_trusted());
    for (const auto last : {now - days{31}, now - days{4000}, now + days{2}}) {
        const ClockWatch watch(last);
        EXPECT_FALSE(watch.is_trusted()) << to_text(last);
        EXPECT_NE(watch.why_not().find(to_text(last)), std::string::npos) << watch.why_not();
    }
}

} // namespace
} // namespace dialpine
