#include "base/log.hpp"

#include "base/clock.hpp"
#include "base/json_write.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

namespace dialpine::log {
namespace {
bool writes_json = false;
std::chrono::milliseconds slow_from{0};

spdlog::level::level_enum to_spdlog(Level level)
{
    switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: return spdlog::level::off;
    }
    return spdlog::level::info;
}

spdlog::logger& logger()
{
    static const auto logger = [] {
        auto made =
            std::make_shared<spdlog::logger>("dialpine", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        made->set_level(spdlog::level::warn);
        return made;
    }();
    return *logger;
}

std::string_view name_of(Level level)
{
    constexpr std::string_view names[] = {"debug", "info", "warn", "error", "off"};
    return names[static_cast<std::size_t>(level)];
}

/// A line in JSON, of declared fields.
class Line {
public:
    Line(Level level, std::string_view what) : out_(text_)
    {
        out_.begin_object();
        add(Field::at, clock_now());
        add(Field::level, name_of(level));
        add(Field::what, what);
    }
    template <class Value>
    void add(Field field, const Value& value)
    {
        out_.member(log::name_of(field), value);
    }
    const std::string& text()
    {
        out_.end_object();
        return text_;
    }

private:
    std::string text_;
    json::Writer out_;
};
} // namespace

std::string_view name_of(Field field) { return boost::describe::enum_to_string(field, ""); }

FieldText text_of(Field field)
{
    switch (field) {
    case Field::at: return {"when the line was written", "the time of an event of the program"};
    case Field::level: return {"how grave it is", "one of four words"};
    case Field::what: return {"what happened", "our own words"};
    case Field::detail: return {"more about it", "our own words, numbers, and messages of libraries"};
    case Field::route: return {"which route was served, as declared", "never the path, in which people's words can be"};
    case Field::status: return {"how it was answered", "a number"};
    case Field::took_us: return {"how long it took, in microseconds", "a number"};
    case Field::body_us: return {"how much of it went into waiting for the body", "a number"};
    case Field::queue_us: return {"how much of it went into waiting for the writer, or for a thread", "a number"};
    case Field::work_us: return {"how much of it went into the work itself", "a number"};
    case Field::commit_us: return {"how much of it went into making what was written durable", "a number"};
    case Field::who: return {"the pseudonym of whoever asked, of those who agreed to it", ""};
    }
    return {};
}

void start(Level level, bool is_json, std::chrono::milliseconds slow)
{
    writes_json = is_json;
    slow_from = slow;
    logger().set_level(to_spdlog(level));
    logger().set_pattern(is_json ? "%v" : "%H:%M:%S %^%-5l%$ %v");
    logger().flush_on(spdlog::level::info);
}

void served(const Served& request)
{
    const bool is_slow = slow_from.count() > 0 && request.took >= slow_from;
    const Level level = request.status >= 500 ? Level::error : is_slow ? Level::warn : Level::debug;
    if (!logger().should_log(to_spdlog(level))) return;
    const auto& [body, queue, work, commit] = request.spent;
    if (!writes_json) {
        const auto where = fmt::format(
            "(body {}, queue {}, work {}, commit {}) ", body.count(), queue.count(), work.count(), commit.count()
        );
        return logger().log(
            to_spdlog(level),
            "{} {} {} us {}{}",
            request.route,
            request.status,
            request.took.count(),
            is_slow ? where : "",
            request.who
        );
    }
    Line line(level, is_slow ? "served slowly" : "served");
    line.add(Field::route, request.route);
    line.add(Field::status, request.status);
    line.add(Field::took_us, request.took.count());
    if (is_slow) {
        line.add(Field::body_us, body.count());
        line.add(Field::queue_us, queue.count());
        line.add(Field::work_us, work.count());
        line.add(Field::commit_us, commit.count());
    }
    if (!request.who.empty()) line.add(Field::who, request.who);
    logger().log(to_spdlog(level), line.text());
}

void say(Level level, std::string_view what, std::string_view detail)
{
    if (!logger().should_log(to_spdlog(level))) return;
    if (!writes_json) return logger().log(to_spdlog(level), "{}{}{}", what, detail.empty() ? "" : ": ", detail);
    Line line(level, what);
    if (!detail.empty()) line.add(Field::detail, detail);
    logger().log(to_spdlog(level), line.text());
}

} // namespace dialpine::log
