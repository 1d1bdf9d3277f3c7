#include "base/clock.hpp"

#include <fmt/format.h>

#include <atomic>

namespace dialpine {
using namespace std::chrono;

namespace {
std::atomic<milliseconds::rep> ahead_by{0};

/// Takes `count` digits off the front of `text`; absent when there are fewer.
std::optional<int> take_digits(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, char expected)
{
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text)
{
    const auto y = take_digits(text, 4);
    if (!y || *y == 0 || !take(text, '-')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

std::optional<milliseconds> take_time_of_day(std::string_view& text)
{
    const auto h = take_digits(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    if (!take(text, ':')) return std::nullopt;
    const auto s = take_digits(text, 2);
    if (!s || *s > 59) return std::nullopt;
    auto time = milliseconds{hours{*h} + minutes{*m} + seconds{*s}};
    if (take(text, '.')) {
        int scale = 100;
        std::size_t digits = 0;
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits, scale /= 10) {
            time += milliseconds{(text.front() - '0') * scale};
            text.remove_prefix(1);
        }
        if (digits == 0 || digits > 9) return std::nullopt;
    }
    return time;
}

std::optional<minutes> take_offset(std::string_view& text)
{
    if (take(text, 'Z')) return minutes{0};
    const bool is_behind = !text.empty() && text.front() == '-';
    if (!is_behind && (text.empty() || text.front() != '+')) return std::nullopt;
    text.remove_prefix(1);
    const auto h = take_digits(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    const minutes offset = hours{*h} + minutes{*m};
    return is_behind ? -offset : offset;
}
} // namespace

Instant clock_now()
{
    return floor<milliseconds>(system_clock::now()) + milliseconds{ahead_by.load(std::memory_order_relaxed)};
}

void set_clock_ahead(milliseconds by) { ahead_by = by.count(); }

std::string to_text(Day day)
{
    const year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

std::string to_text(Instant instant)
{
    const auto day = floor<days>(instant);
    const auto in_day = (instant - day).count();
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:03}Z",
        to_text(day),
        in_day / 3'600'000,
        in_day / 60'000 % 60,
        in_day / 1000 % 60,
        in_day % 1000
    );
}

std::optional<Day> parse_day(std::string_view text)
{
    const auto day = take_day(text);
    return text.empty() ? day : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text)
{
    const auto day = take_day(text);
    if (!day || !take(text, 'T')) return std::nullopt;
    const auto time = take_time_of_day(text);
    if (!time) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const Instant instant = *day + *time - *offset;
    // An offset must not push the first or last day out of the years that can be written.
    if (const int year = year_of(instant); year < 1 || year > 9999) return std::nullopt;
    return instant;
}

int year_of(Instant instant) { return static_cast<int>(year_month_day{floor<days>(instant)}.year()); }

} // namespace dialpine
