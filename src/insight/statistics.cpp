#include "insight/statistics.hpp"

#include "store/rows.hpp"

#include <set>

namespace dialpine::insight {
namespace {
using std::chrono::days;

constexpr days usual_span{30};
constexpr days longest_span{400};

/// Who stands in which cell of one day. Only persons whose consent was asked for get in: `P` are all purposes whose
/// data the cell is made of.
using Cells = std::map<std::pair<Measure, std::string>, std::set<PersonId>>;

template <Purpose... P>
bool may_count(const store::Read& read, PersonId person)
{
    return (privacy::consented<P>(read, person).has_value() && ...);
}

/// Adds the rows `(person, value)` of a query about one day.
template <Purpose... P>
void add(Cells& cells, const store::Read& read, Measure measure, std::string_view sql, const std::string& day)
{
    std::vector<std::pair<PersonId, std::string>> rows;
    store::query(
        read,
        sql,
        [&](const store::Statement& row) {
            rows.emplace_back(store::value_at<PersonId>(row, 0), std::string(row.text(1)));
        },
        day
    );
    std::map<PersonId, bool> may;
    for (const auto& [person, value] : rows) {
        const auto known = may.try_emplace(person, false);
        if (known.second) known.first->second = may_count<P...>(read, person);
        if (known.first->second) cells[{measure, value}].insert(person);
    }
}

Cells cells_of(const store::Read& read, const std::string& day)
{
    constexpr auto usage = Purpose::usage_statistics;
    constexpr auto device = Purpose::device_information;
    constexpr auto linking = Purpose::internal_linking;
    Cells cells;
    add<usage>(cells, read, Measure::active, "SELECT DISTINCT person_id, '' FROM feature_uses WHERE day = $1", day);
    add<usage>(cells, read, Measure::feature, "SELECT person_id, feature FROM feature_uses WHERE day = $1", day);
    add<usage>(
        cells, read, Measure::attached_type, "SELECT person_id, media_type FROM attached_kinds WHERE day = $1", day
    );
    add<device>(cells, read, Measure::browser, "SELECT person_id, browser FROM device_uses WHERE day = $1", day);
    add<device>(cells, read, Measure::system, "SELECT person_id, system FROM device_uses WHERE day = $1", day);
    add<device>(cells, read, Measure::connection, "SELECT person_id, connection FROM device_uses WHERE day = $1", day);
    add<device>(cells, read, Measure::referring_site, "SELECT person_id, site FROM arrivals WHERE day = $1", day);
    add<usage, device, linking>(
        cells,
        read,
        Measure::feature_by_browser,
        "SELECT feature_uses.person_id, feature || ' / ' || browser FROM feature_uses JOIN device_uses "
        "ON device_uses.person_id = feature_uses.person_id AND device_uses.day = feature_uses.day "
        "WHERE feature_uses.day = $1",
        day
    );
    return cells;
}

/// Zero for a group that is too small to be shown.
std::int64_t shown(std::size_t people)
{
    const auto count = static_cast<std::int64_t>(people);
    return count < least_group ? 0 : count - count % least_group;
}

void close_day(store::Write& write, Day day)
{
    const auto text = to_text(day);
    for (const auto& [cell, people] : cells_of(write, text))
        if (const auto count = shown(people.size()); count > 0)
            store::upsert(write, PublishedCount{text, cell.first, cell.second, count});
    store::upsert(write, PublishedCount{text, Measure::closed, {}, 0});
}

/// The first day that anything was noticed on and that was not counted yet.
std::optional<Day> first_open_day(const store::Read& read)
{
    const auto counted =
        store::query_one<std::string>(read, "SELECT max(day) FROM published_counts WHERE measure = 'closed'");
    if (counted) return *parse_day(*counted) + days{1};
    const auto first = store::query_one<std::string>(
        read,
        "SELECT min(day) FROM (SELECT min(day) AS day FROM feature_uses UNION ALL "
        "SELECT min(day) FROM arrivals UNION ALL SELECT min(day) FROM device_uses)"
    );
    return first ? parse_day(*first) : std::nullopt;
}
} // namespace

int close_days(store::Write& write, Instant now)
{
    const auto today = std::chrono::floor<days>(now);
    auto day = first_open_day(write);
    int closed = 0;
    for (; day && *day < today; *day += days{1}, ++closed) close_day(write, *day);
    return closed;
}

StatisticsView find_statistics(store::Read& read, StatisticsQuery query)
{
    const Day yesterday = std::chrono::floor<days>(clock_now()) - days{1};
    StatisticsView view{.least_group = least_group};
    view.to = query.to.value_or(query.from ? *query.from + usual_span : yesterday);
    view.from = query.from.value_or(view.to - usual_span + days{1});
    if (view.from > view.to) throw Problem::invalid("?to", "is before the first day");
    if (view.to - view.from > longest_span) throw Problem::invalid("?from", "is more than 400 days before the last day");
    for (auto& count : store::select<PublishedCount>(
             read, "WHERE day >= $1 AND day <= $2 ORDER BY day, measure, people DESC, value", view.from, view.to
         )) {
        if (count.measure == Measure::closed)
            ++view.counted_days;
        else
            view.counts.push_back(std::move(count));
    }
    return view;
}

} // namespace dialpine::insight
