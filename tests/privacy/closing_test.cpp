#include "privacy/closing.hpp"

#include "fixture.hpp"
#include "oracle.hpp"
#include "people/closing.hpp"
#include "privacy/erasure.hpp"
#include "store/parts.hpp"

namespace dialpine::privacy {
namespace {
using namespace std::chrono_literals;

class Closing : public House {
protected:
    void plan(WorkspaceId workspace, Instant at)
    {
        database.write([&](store::Write& write) { people::plan_closing(write, workspace, at); });
    }
    /// Rows that are part of something that is not there, by table. What names one of several by the same columns hangs
    /// when it is none of them.
    std::map<std::string, std::int64_t> orphans()
    {
        std::map<std::string, std::int64_t> hanging;
        for (const auto* table : store::all_tables()) {
            std::map<std::string, std::string> nowhere;
            for (const auto& part : store::wholes_of(*table)) {
                // The oracle names nothing that is there in a column that may hold the id of anything.
                const auto* last = table->find_column(part.columns[part.count - 1]);
                if (last->name == "scope" || last->name == "object_id") continue;
                std::string joined;
                std::string set;
                for (std::size_t i = 0; i < part.count; ++i) {
                    joined += fmt::format(" AND w.{} = t.{}", part.whole_columns[i], part.columns[i]);
                    set += fmt::format("t.{} IS NOT NULL AND ", part.columns[i]);
                }
                nowhere[set] += fmt::format("NOT EXISTS (SELECT 1 FROM {} w WHERE 1{}) AND ", part.whole, joined);
            }
            for (const auto& [set, is_nowhere] : nowhere)
                if (const auto count = rows(fmt::format("{} t", table->name), set + is_nowhere + "1"); count > 0)
                    hanging[fmt::format("{}, {}", table->name, set)] = count;
        }
        return hanging;
    }
    std::map<std::string, std::int64_t> rows_of(WorkspaceId workspace)
    {
        std::map<std::string, std::int64_t> counts;
        for (const auto* table : store::all_tables())
            if (table->is_in_workspace())
                counts[std::string(table->name)] = database.read([&](store::Read& read) {
                    const auto sql = fmt::format("SELECT count(*) FROM {} WHERE workspace_id = $1", table->name);
                    return *store::query_one<std::int64_t>(read, sql, workspace);
                });
        return counts;
    }
};

TEST_F(Closing, LeavesNothingHangingInAnyTable)
{
    Oracle acme("acme", clock_now());
    Oracle other("other", clock_now());
    acme.fill(database);
    other.fill(database);
    const auto before = rows_of(other.workspace());
    for (const auto& [table, count] : before) EXPECT_EQ(count, 1) << table;
    ASSERT_EQ(orphans(), (std::map<std::string, std::int64_t>{}));

    plan(acme.workspace(), clock_now());
    const auto expected = other.workspace(); // planned by the oracle, too, and due
    const auto closed = database.read([&](store::Read& read) { return people::due_closings(read, clock_now()); });
    ASSERT_EQ(closed.size(), 2U);
    database.write([&](store::Write& write) { store::remove<people::PlannedClosing>(write, expected); });
    EXPECT_EQ(close_due_workspaces(database, clock_now()), std::vector{acme.workspace()});
    EXPECT_EQ(orphans(), (std::map<std::string, std::int64_t>{}));
    for (const auto& [table, count] : rows_of(acme.workspace())) EXPECT_EQ(count, 0) << table;
    for (const auto& [table, count] : rows_of(other.workspace()))
        EXPECT_EQ(count, table == "planned_closings" ? 0 : 1) << table << " of another workspace";
    EXPECT_EQ(rows("workspaces"), 1);
}

TEST_F(Closing, OfALargeWorkspaceGoesInStepsAndCanBeCutOff)
{
    const auto acme = workspace("Acme");
    const auto web = project(acme, "WEB");
    const auto paint = task(web, "Order paint", {});
    const std::int64_t many = 2 * rows_in_a_step + 100;
    database.write([&](store::Write& write) {
        for (std::int64_t i = 0; i < many; ++i)
            store::insert(
                write,
                work::Comment{.workspace_id = acme, .id = CommentId::make(), .task_id = paint.id, .body = "Blue"}
            );
    });
    plan(acme, clock_now());
    const auto writes = database.figures().writes;
    close_due_workspaces(database, clock_now());
    EXPECT_GE(database.figures().writes - writes, 3U) << "others' writes come in between";
    EXPECT_EQ(rows("comments"), 0);
    EXPECT_EQ(rows("workspaces"), 0);
}

TEST_F(Closing, WaitsForItsWeek)
{
    const auto acme = workspace("Acme");
    const auto mia = person("Mia Example", "mia@dialpine.example");
    member(acme, mia);
    const Instant at = clock_now() + people::closing_notice;
    plan(acme, at);
    EXPECT_EQ(rows("outbox"), 1) << "Mia is told";
    EXPECT_TRUE(close_due_workspaces(database, at - 1ms).empty());
    EXPECT_EQ(rows("workspaces"), 1);
    EXPECT_EQ(close_due_workspaces(database, at).size(), 1U);
    EXPECT_EQ(rows("workspaces"), 0);
}

} // namespace
} // namespace dialpine::privacy
