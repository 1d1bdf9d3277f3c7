#include "privacy/retention.hpp"

#include <set>

namespace dialpine::privacy {

store::RemovedRows enforce_retention(store::Write& write, Instant now)
{
    store::RemovedRows removed;
    for (const store::Table* table : store::all_tables()) {
        std::set<std::pair<std::string_view, std::chrono::days>> periods;
        for (const auto& column : table->columns)
            if (column.personal && column.personal->keep.period.count() > 0)
                periods.emplace(column.personal->keep.since, column.personal->keep.period);
        for (const auto& [since, period] : periods) {
            const Instant last = now - period;
            const auto bind = [&](store::Statement& statement) { store::bind_value(statement, 1, last); };
            for (const auto& [name, rows] : store::remove_where(write, *table, fmt::format("{} <= $1", since), bind))
                removed[name] += rows;
        }
    }
    return removed;
}

} // namespace dialpine::privacy
