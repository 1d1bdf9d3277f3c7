#include "fixture.hpp"
#include "oracle.hpp"
#include "privacy/retention.hpp"

namespace dialpine::privacy {
namespace {
using std::chrono::days;
using namespace std::chrono_literals;

class Retention : public House {
protected:
    store::RemovedRows enforced_at(Instant now)
    {
        return database.write([&](store::Write& write) { return enforce_retention(write, now); });
    }
    static constexpr Instant start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
};

TEST_F(Retention, KeepsEachRowForItsPeriodAndNotAMomentLonger)
{
    Oracle mia("mia", start);
    mia.fill(database);
    std::map<days, std::set<std::string>> tables_by_period;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal && column.personal->keep.period > days{0})
                tables_by_period[column.personal->keep.period].insert(std::string(table->name));
    ASSERT_FALSE(tables_by_period.empty());
    for (const auto& [period, tables] : tables_by_period) {
        enforced_at(start + period - 1ms);
        for (const auto& table : tables) EXPECT_EQ(rows(table), 1) << table << " a moment before";
        const auto removed = enforced_at(start + period);
        for (const auto& table : tables) {
            EXPECT_EQ(rows(table), 0) << table << " at its end";
            EXPECT_EQ(removed.at(table), 1) << table;
        }
    }
    EXPECT_EQ(rows("people"), 1);
    EXPECT_EQ(rows("accounts"), 1);
}

/// The job as it runs each night, and what is left the next morning.
TEST_F(Retention, KeepsEveryDeclaredPeriodToTheDayThroughThreeYears)
{
    Oracle mia("mia", start);
    mia.fill(database);
    std::map<std::string, days> periods;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal && column.personal->keep.period > days{0}) {
                auto& shortest = periods.try_emplace(std::string(table->name), column.personal->keep.period).first->second;
                shortest = std::min(shortest, column.personal->keep.period);
            }
    ASSERT_GT(periods.size(), 5U);
    std::set<std::string> seen_gone;
    for (days day{1}; day <= days{3 * 365 + 1}; ++day) {
        const bool is_border = std::ranges::any_of(periods, [&](const auto& each) { return each.second == day; });
        if (is_border) {
            enforced_at(start + day - 1ms);
            for (const auto& [table, period] : periods)
                EXPECT_EQ(rows(table), period >= day ? 1 : 0) << table << " the moment before day " << day.count();
        }
        const auto removed = enforced_at(start + day);
        for (const auto& [table, period] : periods)
            if (period == day) {
                EXPECT_EQ(rows(table), 0) << table << " on day " << day.count();
                seen_gone.insert(table);
            } else if (is_border)
                EXPECT_EQ(rows(table), period > day ? 1 : 0) << table << " on day " << day.count();
        if (!is_border) EXPECT_TRUE(removed.empty()) << "nothing goes on day " << day.count();
    }
    for (const auto& [table, period] : periods)
        EXPECT_EQ(seen_gone.contains(table), period <= days{3 * 365 + 1}) << table;
}

TEST_F(Retention, DoesNotCountWhatHasNotBegun)
{
    const auto acme = workspace("Acme");
    task(project(acme, "WEB"), "Order paint", std::nullopt);
    EXPECT_TRUE(enforced_at(clock_now() + days{3650}).empty());
    EXPECT_EQ(rows("tasks"), 1);
}

TEST_F(Retention, TakesAllThatIsPartOfATaskInTheTrash)
{
    const auto mia = person("Mia Example");
    const auto web = project(workspace("Acme"), "WEB");
    auto gone = task(web, "Order paint", mia);
    gone.deleted_at = start;
    database.write([&](store::Write& write) { store::update(write, gone); });
    const auto stays = task(web, "Order brushes", mia);
    for (const auto& each : {gone, stays}) {
        assign(each, mia);
        comment(each, "Blue, please", mia);
    }
    const auto removed = enforced_at(start + days{30});
    EXPECT_EQ(removed, (store::RemovedRows{{"tasks", 1}, {"task_assignees", 1}, {"comments", 1}}));
    EXPECT_TRUE(found<work::Task>(stays.workspace_id, stays.id));
    EXPECT_EQ(rows("comments"), 1);
}

} // namespace
} // namespace dialpine::privacy
