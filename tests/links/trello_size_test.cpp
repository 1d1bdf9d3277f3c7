#include "links/board_maker.hpp"
#include "links/import_house.hpp"
#include "support/sanitized.hpp"

#include <fstream>

namespace dialpine::links {
namespace {

/// A line of /proc/self/status, in kilobytes.
std::int64_t memory_line(std::string_view name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name)) return std::atoll(line.c_str() + name.size() + 1);
    return 0;
}

using LargeBoard = ImportHouse;

TEST_F(LargeBoard, OfAHundredMegabytesNeedsUnderTwoHundredOfMemory)
{
    if (support::is_sanitized()) GTEST_SKIP() << "a sanitizer needs memory of its own";
    const auto path = folder_ / "board.json";
    {
        std::ofstream file(path, std::ios::binary);
        BoardMaker({.cards = 28'000, .comments = 1'000, .description_bytes = 2'800}, [&](std::string_view piece) {
            file << piece;
        }).make();
    }
    ASSERT_GT(std::filesystem::file_size(path), 100'000'000U);
    std::ofstream("/proc/self/clear_refs") << "5"; // the highest use so far is forgotten
    const auto before = memory_line("VmRSS:");
    FileSource source(path);
    const auto report = import(source);
    const auto grown = (memory_line("VmHWM:") - before) / 1024;
    RecordProperty("megabytes", static_cast<int>(grown));
    EXPECT_EQ(report.created.tasks, 28'000);
    EXPECT_LT(grown, 200);
}

TEST_F(LargeBoard, ComesWholeWhereverItsActionsStand)
{
    for (const bool has_actions_first : {true, false}) {
        actor_.workspace = WorkspaceId::make();
        const auto report = import_text(made_board({.cards = 1'200, .has_actions_first = has_actions_first}));
        EXPECT_EQ(report.created.tasks, 1'200);
        EXPECT_EQ(report.created.checklist_items, 1'200);
        EXPECT_EQ(report.created.comments, 400);
    }
    expect_true_counters();
}

TEST_F(LargeBoard, SaysThatOlderCommentsAreNotInTheFile)
{
    const auto report = import_text(made_board({.cards = 50, .comments = 1'000}));
    EXPECT_EQ(report.created.comments, 1'000);
    EXPECT_EQ(std::ranges::count(report.skipped, "comments", &Skipped::what), 1);
}

/// With everything on the disk, as an operator has it; how long it takes is printed, and measured by the bench.
class DurableBoard : public ImportHouse {
protected:
    DurableBoard() : ImportHouse(true) {}
};

TEST_F(DurableBoard, OfTenThousandCardsComesWhole)
{
    const auto board = made_board({.cards = 10'000, .members = 20, .comments = 1'000});
    const auto started = std::chrono::steady_clock::now();
    const auto report = import_text(board);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    RecordProperty("milliseconds", static_cast<int>(took.count()));
    EXPECT_EQ(report.created.tasks, 10'000);
    EXPECT_EQ(report.created.checklist_items, 10'000);
    EXPECT_EQ(count("task_labels"), 20'000);
    const auto again = import_text(board);
    EXPECT_EQ(again.created.tasks + again.updated.tasks, 0);
}
} // namespace
} // namespace dialpine::links
