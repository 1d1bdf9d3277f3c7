#pragma once
#include <cstdint>
#include <string>

/// Figures of this process that are taken where they arise and told by `/metrics`. From any thread.
namespace dialpine::measures {

/// What happens again and again.
enum class Count : std::uint8_t {
    answers_kept, ///< an answer that was asked for was there already
    answers_made, ///< it had to be made
};
void count(Count);

/// A request that was refused by its head alone, before any route was found.
void count_refused_head(int status);

/// What is now so much, and now so much.
enum class Spread : std::uint8_t {
    group_writes,  ///< writes that were made durable together
    fsync_seconds, ///< the last step of making them durable: writing the log to the disk
};
void observe(Spread, double value);

/// All of them, in Prometheus' text format.
std::string to_text();

} // namespace dialpine::measures
