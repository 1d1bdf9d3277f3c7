#include "base/log.hpp"

#include "base/clock.hpp"
#include "base/json_write.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

namespace dialpine::log {
namespace {
bool writes_json = false;

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
} // namespace

void start(Level level, bool is_json)
{
    writes_json = is_json;
    logger().set_level(to_spdlog(level));
    logger().set_pattern(is_json ? "%v" : "%H:%M:%S %^%-5l%$ %v");
    logger().flush_on(spdlog::level::info);
}

void served(const Served& request)
{
    const Level level = request.status >= 500 ? Level::error : Level::debug;
    if (!logger().should_log(to_spdlog(level))) return;
    if (!writes_json)
        return logger().log(to_spdlog(level), "{} {} {} us", request.route, request.status, request.took.count());
    std::string line;
    json::Writer out(line);
    out.begin_object();
    out.member("at", clock_now());
    out.member("level", name_of(level));
    out.member("what", "served");
    out.member("route", request.route);
    out.member("status", request.status);
    out.member("took_us", request.took.count());
    out.end_object();
    logger().log(to_spdlog(level), line);
}

void say(Level level, std::string_view what, std::string_view detail)
{
    if (!logger().should_log(to_spdlog(level))) return;
    if (!writes_json) return logger().log(to_spdlog(level), "{}{}{}", what, detail.empty() ? "" : ": ", detail);
    std::string line;
    json::Writer out(line);
    out.begin_object();
    out.member("at", clock_now());
    out.member("level", name_of(level));
    out.member("what", what);
    if (!detail.empty()) out.member("detail", detail);
    out.end_object();
    logger().log(to_spdlog(level), line);
}

} // namespace dialpine::log
