#include "privacy/retention.hpp"

#include "privacy/hold.hpp"

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
        if (periods.empty()) continue;
        const auto held = unless_held(write, *table);
        for (const auto& [since, period] : periods) {
            const Instant last = now - period;
            const auto where = fmt::format("{} <= $1{}", since, held);
            const auto bind = [&](store::Statement& statement) { store::bind_value(statement, 1, last); };
            for (const auto& [name, rows] : store::remove_where(write, *table, where, bind))
                removed[name] += rows;
        }
    }
    return removed;
}

} // namespace dialpine::privacy
