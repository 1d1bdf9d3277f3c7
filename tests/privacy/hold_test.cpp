#include "privacy/hold.hpp"

#include "fixture.hpp"
#include "oracle.hpp"
#include "privacy/closing.hpp"
#include "privacy/retention.hpp"

namespace dialpine::privacy {
namespace {
using std::chrono::days;
using namespace std::chrono_literals;

class Holds : public House {
protected:
    ~Holds() override { set_clock_ahead(0ms); }

    HoldView hold(NewHold wish)
    {
        wish.reason = Line<300>("Tax audit");
        return database.write([&](store::Write& write) { return add_hold(write, {}, wish); });
    }
    HoldView hold_person(PersonId person, days length)
    {
        return hold({.person = person, .workspace = {}, .reason = {}, .until = today() + length});
    }
    HoldView hold_workspace(WorkspaceId workspace, days length)
    {
        return hold({.person = {}, .workspace = workspace, .reason = {}, .until = today() + length});
    }
    static Day today() { return std::chrono::floor<days>(clock_now()); }

    store::RemovedRows enforced()
    {
        return database.write([](store::Write& write) {
            release_holds(write, clock_now());
            return enforce_retention(write, clock_now());
        });
    }
    static std::set<std::string> tables_with_periods()
    {
        std::set<std::string> tables;
        for (const auto* table : store::all_tables())
            for (const auto& column : table->columns)
                if (column.personal && column.personal->keep.period > days{0}) tables.insert(std::string(table->name));
        tables.erase("legal_holds"); // the holds of this test lie there themselves
        return tables;
    }
};

TEST_F(Holds, KeepWhatTheyCoverUntilTheMomentTheyExpire)
{
    Oracle mia("mia", clock_now());
    Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    const auto until = hold_person(mia.person(), days{4 * 365}).expires_at;
    const auto tables = tables_with_periods();
    ASSERT_GT(tables.size(), 5U);

    set_clock_ahead(until - 1s - clock_now()); // every period is over long ago
    const auto removed = enforced();
    for (const auto& table : tables) {
        EXPECT_EQ(rows(table), 1) << table << " of whom the hold covers";
        EXPECT_EQ(removed.at(table), 1) << table << " of whom it does not";
    }
    set_clock_ahead(0ms);
    set_clock_ahead(until - clock_now());
    enforced();
    for (const auto& table : tables) EXPECT_EQ(rows(table), 0) << table << " once it has expired";
    EXPECT_EQ(rows("legal_holds", fmt::format("ended_at = {}", until.time_since_epoch().count())), 1);
}

TEST_F(Holds, OnAWorkspaceKeepWhatIsInIt)
{
    const auto acme = workspace("Acme");
    const auto other = workspace("Other");
    std::vector<work::Task> tasks{task(project(acme, "A"), "Kept", {}), task(project(other, "B"), "Goes", {})};
    for (auto& each : tasks) {
        each.deleted_at = clock_now();
        database.write([&](store::Write& write) { store::update(write, each); });
    }
    hold_workspace(acme, days{90});
    set_clock_ahead(days{60});
    EXPECT_EQ(enforced(), (store::RemovedRows{{"tasks", 1}}));
    EXPECT_TRUE(found<work::Task>(acme, tasks[0].id));
    set_clock_ahead(days{91});
    EXPECT_EQ(enforced(), (store::RemovedRows{{"tasks", 1}}));
}

TEST_F(Holds, KeepTheWholeOfWhichTheyCoverAPart)
{
    const auto mia = person("Mia Example");
    const auto sten = person("Sten Example");
    const auto web = project(workspace("Acme"), "WEB");
    for (const auto& author : {mia, sten}) {
        auto gone = task(web, "Order paint", std::nullopt);
        gone.deleted_at = clock_now();
        database.write([&](store::Write& write) { store::update(write, gone); });
        comment(gone, "Blue, please", author);
    }
    hold_person(mia, days{365});
    set_clock_ahead(days{31});
    EXPECT_EQ(enforced(), (store::RemovedRows{{"comments", 1}, {"tasks", 1}}));
    EXPECT_EQ(rows("comments"), 1) << "Mia's, with the task that it stands under";
    EXPECT_EQ(rows("tasks"), 1);
}

TEST_F(Holds, OnAWorkspaceAreThoseOfWhoIsKnownInIt)
{
    const auto mia = person("Mia Example");
    const auto sten = person("Sten Example");
    const auto acme = workspace("Acme");
    member(acme, mia);
    const auto made = hold_workspace(acme, days{10});
    const auto on = [&](PersonId who) {
        return database.read([&](store::Read& read) { return holds_on(read, who).size(); });
    };
    EXPECT_EQ(on(mia), 1U);
    EXPECT_EQ(on(sten), 0U);
    database.write([&](store::Write& write) { end_hold(write, {}, made.id); });
    EXPECT_EQ(on(mia), 0U) << "the operator ended it";
    EXPECT_THROW(database.write([&](store::Write& write) { end_hold(write, {}, made.id); }), Problem);
}

TEST_F(Holds, HaveAnEndAndSomebodyWhomTheyAreOn)
{
    const auto mia = person("Mia Example");
    const auto refused = [&](NewHold wish) -> std::string {
        try {
            hold(wish);
            return {};
        } catch (const Problem& problem) {
            return problem.errors.empty() ? problem.name : problem.errors.front().pointer;
        }
    };
    const auto later = today() + days{10};
    EXPECT_EQ(refused({.person = {}, .workspace = {}, .reason = {}, .until = later}), "/person");
    EXPECT_EQ(refused({.person = mia, .workspace = workspace("Acme"), .reason = {}, .until = later}), "/person");
    EXPECT_EQ(refused({.person = PersonId::make(), .workspace = {}, .reason = {}, .until = later}), "/person");
    EXPECT_EQ(refused({.person = {}, .workspace = WorkspaceId::make(), .reason = {}, .until = later}), "/workspace");
    EXPECT_EQ(refused({.person = mia, .workspace = {}, .reason = {}, .until = today()}), "/until");
    EXPECT_EQ(refused({.person = mia, .workspace = {}, .reason = {}, .until = today() + days{3700}}), "/until");
    EXPECT_EQ(rows("legal_holds"), 0);
    EXPECT_EQ(refused({.person = mia, .workspace = {}, .reason = {}, .until = later}), "");
}

} // namespace
} // namespace dialpine::privacy
