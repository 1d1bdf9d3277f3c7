#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dialpine {

/// A point in time, UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A day of the calendar, without a time or a zone.
using Day = std::chrono::sys_days;

/// What time it is. Tests move it; everything in the program asks here.
Instant clock_now();

/// For tests: every later `clock_now` is ahead of the machine's clock by this much (negative: behind).
void set_clock_ahead(std::chrono::milliseconds);

/// `2026-11-24T09:30:00.123Z` (RFC 3339).
std::string to_text(Instant);
/// `2026-11-24`.
std::string to_text(Day);
/// RFC 3339 with any offset and up to nine decimals; days and times that do not exist are absent. Years 0001 to 9999.
std::optional<Instant> parse_instant(std::string_view);
/// `2026-11-24`; a day that does not exist (`2026-02-30`) is absent.
std::optional<Day> parse_day(std::string_view);

/// The calendar year of a point in time, UTC.
int year_of(Instant);

} // namespace dialpine
