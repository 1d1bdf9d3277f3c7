#pragma once
#include "insight/kept.hpp"

#include <map>

/// Statistics of use for the operator (promise P52), made so that nothing about few people can be read or computed:
///
/// - A figure counts different persons in one cell of a fixed table: a measure, one of its values, one day. There are
///   no other filters, no sums over days and no totals, so that no two figures are of freely chosen groups.
/// - A cell of fewer than ten is not published. A figure is rounded down to tens, so that the difference of any two is
///   none or at least ten.
/// - A day is counted once, after it is over, and stays as it was: a figure that is asked for again after somebody
///   left, withdrew or was erased is the same, so that the difference shows nobody. What is stored is the figures alone.
///
/// `docs/statistics.md` says why, and what this does not stop.
namespace dialpine::insight {

inline constexpr std::int64_t least_group = 10;
/// Between the two values of a cell that joins two.
inline constexpr std::string_view value_joint = " / ";

enum class Measure : std::uint8_t {
    closed, ///< the mark of a day that was counted; never shown
    active,
    feature,
    attached_type,
    browser,
    system,
    connection,
    referring_site,
    feature_by_browser, ///< joins two purposes, so counts only those who agreed to linking (P60)
};
BOOST_DESCRIBE_ENUM(
    Measure,
    closed,
    active,
    feature,
    attached_type,
    browser,
    system,
    connection,
    referring_site,
    feature_by_browser
)

struct PublishedCount {
    std::string day;
    Measure measure{};
    std::string value;
    std::int64_t people = 0; ///< a multiple of ten, never fewer than ten
};
BOOST_DESCRIBE_STRUCT(PublishedCount, (), (day, measure, value, people))

namespace declared {
inline constexpr NotPersonal aggregate{"counts ten people or more, rounded down to tens"};
inline constexpr auto published_counts = store::table<PublishedCount>(
    "published_counts",
    primary_key<&PublishedCount::day, &PublishedCount::measure, &PublishedCount::value>,
    column<&PublishedCount::day>(aggregate),
    column<&PublishedCount::measure>(aggregate),
    column<&PublishedCount::value>(aggregate),
    column<&PublishedCount::people>(aggregate)
);
inline constexpr store::Table published_counts_table = published_counts.plain();
} // namespace declared

struct StatisticsQuery {
    std::optional<Day> from;
    std::optional<Day> to;
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(StatisticsQuery, (), (from, to))

struct StatisticsView {
    Day from{};
    Day to{};
    std::int64_t least_group = 0;
    std::int64_t counted_days = 0; ///< of these days, however few people there were
    std::vector<PublishedCount> counts;
    std::map<std::string, std::string> titles; ///< of features; filled in by whoever knows the routes
};
BOOST_DESCRIBE_STRUCT(StatisticsView, (), (from, to, least_group, counted_days, counts, titles))

/// Counts every day that is over and was not counted yet. Gives how many.
int close_days(store::Write&, Instant now);
/// The last 30 days, or those asked for. Throws Problem 422 for more than 400 days, or days the wrong way round.
StatisticsView find_statistics(store::Read&, StatisticsQuery);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::PublishedCount> = &insight::declared::published_counts_table;
} // namespace dialpine::store
