#pragma once
#include <boost/describe.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace dialpine::log {

enum class Level { debug, info, warn, error, off };

/// A line of the log in JSON is made of these fields and no others: what is not declared here does not compile. One
/// alone is of a person, and only of those who agreed to it: `who`, a pseudonym.
enum class Field : std::uint8_t {
    at,
    level,
    what,
    detail,
    route,
    status,
    took_us,
    body_us,
    queue_us,
    work_us,
    commit_us,
    who
};
BOOST_DESCRIBE_ENUM(Field, at, level, what, detail, route, status, took_us, body_us, queue_us, work_us, commit_us, who)
inline constexpr std::array all_fields{
    Field::at,
    Field::level,
    Field::what,
    Field::detail,
    Field::route,
    Field::status,
    Field::took_us,
    Field::body_us,
    Field::queue_us,
    Field::work_us,
    Field::commit_us,
    Field::who};
struct FieldText {
    std::string_view holds;
    std::string_view why_of_nobody; ///< empty for what is of a person
};
std::string_view name_of(Field);
FieldText text_of(Field);

/// Where and how: JSON lines, or pretty on a terminal. Always to standard error. A request that takes `slow_from` or
/// longer is a warning that says where its time went; 0: none is.
void start(Level level, bool is_json, std::chrono::milliseconds slow_from);

/// Where the time of a request went. What is left of it went into finding out who asks, and into the answer's bytes.
struct Spent {
    std::chrono::microseconds body{0};   ///< waiting for its body
    std::chrono::microseconds queue{0};  ///< waiting for the writer, or for a thread
    std::chrono::microseconds work{0};   ///< in its transaction, or in all of a route that is more than one
    std::chrono::microseconds commit{0}; ///< until what it wrote was durable, with what others wrote beside it
};

/// One served request: the route as declared (never the path, which may hold what people typed), status and time.
struct Served {
    std::string_view route;
    int status = 0;
    std::chrono::microseconds took{0};
    Spent spent;
    std::string_view who; ///< the pseudonym of somebody who agreed to it (promise P23); empty otherwise
};
void served(const Served&);

/// What happened to the program itself. `what` and `detail` are our own words and numbers; never text from people.
void say(Level level, std::string_view what, std::string_view detail = {});

} // namespace dialpine::log
