#include "links/board_maker.hpp"
#include "links/import_house.hpp"
#include "links/trello_places.hpp"
#include "store/parts.hpp"

#include <thread>

namespace dialpine::links {
namespace {
using BoardAgain = ImportHouse;

bool is_nothing(const ImportCounts& counts)
{
    return counts.projects + counts.statuses + counts.tasks + counts.comments + counts.checklist_items + counts.labels +
               counts.people + counts.attachments ==
           0;
}

TEST_F(BoardAgain, AddsAndChangesNothing)
{
    const auto first = import_text(small_board());
    const auto changes = count("changes");
    const auto second = import_text(small_board());
    EXPECT_EQ(second.project_id, first.project_id);
    EXPECT_TRUE(is_nothing(second.created));
    EXPECT_TRUE(is_nothing(second.updated));
    EXPECT_EQ(count("changes"), changes);
    EXPECT_EQ(count("tasks"), 9);
    EXPECT_EQ(count("people"), 5);
    expect_true_counters();
}

TEST_F(BoardAgain, BringsWhatIsNewAndOverwritesWhatChangedThere)
{
    import_text(small_board());
    auto newer = replaced(small_board(), "\"Two coats.\\r\\n", "\"Three coats.\\r\\n");
    newer = replaced(newer, "Sand the wood", "Sand the wood well");
    newer = replaced(newer, "\"Gotowe\"", "\"Zrobione\"");
    newer = replaced(newer, "\"Garden\"", "\"Yard\"");
    newer = replaced(
        newer,
        "\"cards\": [",
        R"("cards": [{"id":"65b000000000000000000c99","name":"Brand new","idList":"65a0000100000000000000a0","pos":150,"desc":""},)"
    );
    newer = replaced(
        newer,
        "\"actions\": [",
        R"("actions": [{"id":"65b000000000000000000999","type":"commentCard","date":"2024-03-09T10:00:00.000Z","idMemberCreator":"659ffc1800000000000000e0","data":{"text":"Fresh","card":{"id":"65b000000000000000000c99"}}},)"
    );
    const auto report = import_text(newer);
    EXPECT_EQ(report.created.tasks, 1);
    EXPECT_EQ(report.created.comments, 1);
    EXPECT_EQ(report.updated.tasks, 1);
    EXPECT_EQ(report.updated.checklist_items, 1);
    EXPECT_EQ(report.updated.statuses, 1);
    EXPECT_EQ(report.updated.labels, 1);
    EXPECT_EQ(task("Paint the fence").description, "Three coats.\nLet it **dry**.");
    EXPECT_EQ(rows<work::Comment>("WHERE task_id = $1", task("Brand new").id).size(), 1U);
    EXPECT_LT(task("צבע את הגדר 🎨").position, task("Brand new").position);
    EXPECT_LT(task("Brand new").position, task("Paint the fence").position);
    expect_true_counters();
}

TEST_F(BoardAgain, KeepsWhatPeopleDidHereUnlessTheBoardSaysOtherwise)
{
    import_text(small_board());
    auto fence = task("Paint the fence");
    fence.title = "Paint it blue";
    fence.position = "zz";
    database_->write([&](store::Write& write) { store::update(write, fence); });
    import_text(small_board());
    EXPECT_EQ(task("Paint it blue").position, "zz");

    import_text(replaced(small_board(), "\"Two coats.", "\"Three coats."));
    EXPECT_EQ(task("Paint the fence").position, "zz") << "only the text changed on the board";
}

TEST_F(BoardAgain, FollowsACardThatMovedOnTheBoard)
{
    import_text(small_board());
    auto board = replaced(small_board(), "\"name\": \"粉刷栅栏\",", "\"name\": \"粉刷栅栏\", \"dueComplete\": false,");
    board = replaced(
        small_board(),
        "\"idList\": \"65a0000100000000000000a0\",\n   \"pos\": 200",
        "\"idList\": \"65a0000100000000000000a2\",\n   \"pos\": 50"
    );
    const auto report = import_text(board);
    EXPECT_EQ(report.updated.tasks, 1);
    EXPECT_EQ(status_of(task("Paint the fence")).name, "Gotowe");
    EXPECT_LT(task("Paint the fence").position, task("Finished card").position);
    EXPECT_TRUE(task("Paint the fence").completed_at);
}

TEST_F(BoardAgain, LeavesDeletedWhatWasDeletedHere)
{
    import_text(small_board());
    const auto fence = task("Paint the fence");
    const auto item = rows<work::ChecklistItem>("WHERE text = 'Buy paint'").at(0);
    database_->write([&](store::Write& write) {
        auto trashed = task("粉刷栅栏");
        trashed.deleted_at = clock_now();
        store::update(write, trashed);
        store::execute(write, "DELETE FROM tasks WHERE title = 'Finished card'");
        store::remove<work::ChecklistItem>(write, fence.workspace_id, fence.id, item.id);
        store::execute(write, "DELETE FROM links WHERE title = 'fence.jpg'");
        store::execute(write, "DELETE FROM labels WHERE name = 'Garden'");
        store::execute(write, "DELETE FROM task_labels");
    });
    auto newer = replaced(small_board(), "Buy paint", "Buy more paint");
    newer = replaced(newer, "\"Garden\"", "\"Yard\"");
    newer = replaced(newer, "\"name\": \"粉刷栅栏\"", "\"name\": \"粉刷栅栏!\"");
    const auto report = import_text(newer);
    EXPECT_TRUE(is_nothing(report.created));
    EXPECT_EQ(skipped(report, "cards"), 2);
    EXPECT_EQ(count("links"), 1);
    EXPECT_EQ(count("labels"), 3);
    EXPECT_EQ(rows<work::ChecklistItem>("WHERE task_id = $1", fence.id).size(), 2U);
    EXPECT_TRUE(task("粉刷栅栏").deleted_at);
}

TEST_F(BoardAgain, ComesAnewWhenTheProjectWasDeleted)
{
    const auto first = import_text(small_board());
    database_->write([&](store::Write& write) {
        store::remove_with_parts(write, *store::table_of<work::Project>, actor_.workspace, first.project_id);
    });
    const auto second = import_text(small_board());
    EXPECT_NE(second.project_id, first.project_id);
    EXPECT_EQ(second.created.tasks, 9);
    EXPECT_EQ(second.created.people, 0) << "they are still known";
    expect_true_counters();
}

TEST_F(BoardAgain, RefusesAnArchivedProject)
{
    const auto report = import_text(small_board());
    database_->write([&](store::Write& write) {
        store::execute(write, "UPDATE projects SET archived_at = 1 WHERE id = $1", report.project_id);
    });
    try {
        import_text(small_board());
        FAIL() << "was taken";
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.status, 409);
    }
}

TEST_F(BoardAgain, ComesToAnotherWorkspaceAsAnotherProject)
{
    import_text(small_board());
    actor_.workspace = WorkspaceId::make();
    const auto other = import_text(small_board());
    EXPECT_EQ(other.created.tasks, 9);
    EXPECT_EQ(other.created.people, 4);
    EXPECT_EQ(count("projects"), 2);
}

TEST_F(BoardAgain, TwoImportsAtOnceMakeEveryTaskOnce)
{
    const auto board = made_board({.cards = 600});
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) threads.emplace_back([&] { import_text(board); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count("projects"), 1);
    EXPECT_EQ(count("tasks"), 600);
    EXPECT_EQ(count("comments"), 400);
    EXPECT_EQ(count("people"), 9);
    expect_true_counters();
}

TEST(SpreadRanks, AreInOrderBetweenTheirNeighboursAndShort)
{
    for (const auto& [low, high] : std::vector<std::pair<std::string, std::optional<std::string>>>{
             {"", std::nullopt},
             {"00300i", std::nullopt},
             {"", "00001i"},
             {"00001i", "00002i"},
             {"zzz", std::nullopt},
             {"a", "a1"}
         }) {
        const auto ranks = spread_ranks(low, high, 10'000);
        EXPECT_LT(low, ranks.front());
        EXPECT_TRUE(!high || ranks.back() < *high);
        EXPECT_EQ(std::ranges::adjacent_find(ranks, std::greater_equal<>()), ranks.end());
        EXPECT_LE(std::ranges::max(ranks, {}, &std::string::size).size(), 20U);
    }
}
} // namespace
} // namespace dialpine::links
