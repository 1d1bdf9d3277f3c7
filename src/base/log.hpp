#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

namespace dialpine::log {

enum class Level { debug, info, warn, error, off };

/// Where and how: JSON lines, or pretty on a terminal. Always to standard error.
void start(Level level, bool is_json);

/// One served request: the route as declared (never the path, which may hold what people typed), status and time.
struct Served {
    std::string_view route;
    int status = 0;
    std::chrono::microseconds took{0};
};
void served(const Served&);

/// What happened to the program itself. `what` and `detail` are our own words and numbers; never text from people.
void say(Level level, std::string_view what, std::string_view detail = {});

} // namespace dialpine::log
