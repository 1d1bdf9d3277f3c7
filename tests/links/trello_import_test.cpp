#include "links/import_house.hpp"

namespace dialpine::links {
namespace {
using work::Color;
using work::StatusGroup;
using SmallBoard = ImportHouse;

Instant at(std::string_view text) { return parse_instant(text).value(); }

std::map<std::string, std::string> fields_of(const std::vector<work::TaskField>& rows)
{
    std::map<std::string, std::string> fields;
    for (const auto& row : rows) fields[row.name] = row.value;
    return fields;
}

TEST_F(SmallBoard, ReportsWhatCame)
{
    const auto report = import_text(small_board());
    EXPECT_EQ(report.created.projects, 1);
    EXPECT_EQ(report.created.statuses, 5);
    EXPECT_EQ(report.created.labels, 4);
    EXPECT_EQ(report.created.people, 4);
    EXPECT_EQ(report.created.tasks, 9);
    EXPECT_EQ(report.created.checklist_items, 3);
    EXPECT_EQ(report.created.comments, 4);
    EXPECT_EQ(report.created.attachments, 2);
    EXPECT_EQ(report.updated.tasks, 0);
    expect_true_counters();
}

TEST_F(SmallBoard, ReportsWhatDidNotCome)
{
    const auto report = import_text(small_board());
    EXPECT_EQ(skipped(report, "files"), 1);
    EXPECT_EQ(skipped(report, "votes"), 1);
    EXPECT_EQ(skipped(report, "stickers"), 1);
    EXPECT_EQ(skipped(report, "power-up values"), 2);
    EXPECT_EQ(skipped(report, "places"), 1);
    EXPECT_EQ(skipped(report, "cover pictures"), 1);
    EXPECT_EQ(skipped(report, "attachments"), 1) << "a script is not a link";
    EXPECT_EQ(skipped(report, "assignments"), 1) << "nobody knows the name";
    EXPECT_EQ(skipped(report, "checklist items"), 1);
    EXPECT_EQ(skipped(report, "checklist dates"), 1);
    EXPECT_EQ(skipped(report, "comments"), 2) << "one of a missing card, one without text";
    EXPECT_EQ(skipped(report, "dates"), 2) << "30 February, and a start after its due date";
}

TEST_F(SmallBoard, MakesTheProject)
{
    const auto report = import_text(small_board());
    const auto projects = rows<work::Project>("");
    ASSERT_EQ(projects.size(), 1U);
    EXPECT_EQ(projects[0].id, report.project_id);
    EXPECT_EQ(projects[0].name, "House & Garden");
    EXPECT_EQ(projects[0].key, "HOUS");
    EXPECT_EQ(projects[0].description, "Everything about the house.\nΚαλημέρα");
    EXPECT_EQ(projects[0].created_by, actor_.person);
}

TEST_F(SmallBoard, MakesColumnsInOrderAndGuessesWhatTheyMean)
{
    import_text(small_board());
    const auto statuses = rows<work::Status>("ORDER BY position");
    std::vector<std::pair<std::string, StatusGroup>> found;
    for (const auto& status : statuses) found.emplace_back(status.name, status.status_group);
    const std::vector<std::pair<std::string, StatusGroup>> expected{
        {"To Do", StatusGroup::unstarted},
        {"In Bearbeitung", StatusGroup::started},
        {"Gotowe", StatusGroup::completed},
        {"Old things", StatusGroup::unstarted},
        {"Ideen 💡", StatusGroup::backlog},
    };
    EXPECT_EQ(found, expected);
}

TEST_F(SmallBoard, MakesLabels)
{
    import_text(small_board());
    std::map<std::string, Color> labels;
    for (const auto& label : rows<work::Label>("")) labels[label.name] = label.color;
    const std::map<std::string, Color> expected{
        {"Garden", Color::green}, {"Yellow", Color::amber}, {"No colour", Color::gray}, {"紧急", Color::red}
    };
    EXPECT_EQ(labels, expected);
}

TEST_F(SmallBoard, MakesATaskOfACard)
{
    import_text(small_board());
    const auto fence = task("Paint the fence");
    EXPECT_EQ(fence.description, "Two coats.\nLet it **dry**.");
    EXPECT_EQ(fence.number, 1);
    EXPECT_EQ(fence.start_on, parse_day("2024-02-20"));
    EXPECT_EQ(fence.due_at, at("2024-03-01T12:00:00Z"));
    EXPECT_EQ(fence.cover, Color::violet);
    EXPECT_EQ(fence.created_at, Instant{std::chrono::seconds{0x65a00000}});
    EXPECT_EQ(fence.changed_at, at("2024-02-01T10:00:00Z"));
    EXPECT_EQ(name_of(fence.created_by.value()), "Mia Example");
    EXPECT_FALSE(fence.completed_at);
    EXPECT_FALSE(fence.archived_at);
    EXPECT_EQ(status_of(fence).name, "To Do");
    EXPECT_EQ(rows<work::TaskAssignee>("WHERE task_id = $1", fence.id).size(), 2U);
    EXPECT_EQ(rows<work::TaskLabel>("WHERE task_id = $1", fence.id).size(), 2U);
}

TEST_F(SmallBoard, KeepsCustomFieldsAsText)
{
    import_text(small_board());
    const std::map<std::string, std::string> expected{
        {"Note", "From the shop"},
        {"Note (2)", "Second of its name"},
        {"Hours", "12.5"},
        {"Delivery", "2024-03-05T09:00:00.000Z"},
        {"Paid", "yes"},
        {"Size", "Large"},
    };
    EXPECT_EQ(fields_of(rows<work::TaskField>("WHERE task_id = $1", task("Paint the fence").id)), expected);
}

TEST_F(SmallBoard, KeepsOtherWritingSystems)
{
    import_text(small_board());
    EXPECT_EQ(task("צבע את הגדר 🎨").description, "مرحبا بالعالم");
    EXPECT_EQ(name_of(rows<work::TaskAssignee>("WHERE task_id = $1", task("粉刷栅栏").id).at(0).person_id), "李示例");
}

TEST_F(SmallBoard, CompletesWhatIsTickedOffOrInAFinishedColumn)
{
    import_text(small_board());
    EXPECT_EQ(task("粉刷栅栏").completed_at, at("2024-01-19T12:00:00Z"));
    EXPECT_EQ(task("Finished card").completed_at, at("2024-02-01T10:00:00Z"));
}

TEST_F(SmallBoard, ArchivesClosedCardsAndThoseOfClosedLists)
{
    import_text(small_board());
    EXPECT_EQ(task("Archived card").archived_at, at("2024-02-02T10:00:00Z"));
    EXPECT_EQ(status_of(task("Archived card")).name, "In Bearbeitung");
    EXPECT_EQ(task("In a closed list").archived_at, at("2024-02-01T10:00:00Z"));
    EXPECT_EQ(status_of(task("In a closed list")).name, "Old things");
    EXPECT_EQ(rows<work::Task>("WHERE archived_at IS NOT NULL").size(), 2U);
}

TEST_F(SmallBoard, KeepsTheOrderOfCards)
{
    import_text(small_board());
    EXPECT_LT(task("צבע את הגדר 🎨").position, task("Paint the fence").position);
    EXPECT_LT(task("Untitled").position, task("Line one line two   end").position);
}

TEST_F(SmallBoard, BringsForeignTextIntoOurForm)
{
    import_text(small_board());
    const auto lengthy = task("Long " + std::string(495, 'x'));
    EXPECT_EQ(lengthy.description, std::string(105, 'x') + "\n\nAnd more.");
    EXPECT_EQ(task("Untitled").description, "nulbell stays");
    EXPECT_EQ(task("Line one line two   end").number, 10) << "7 was taken";
    EXPECT_FALSE(task("Line one line two   end").start_on) << "it is after the due date";
}

TEST_F(SmallBoard, KeepsChecklistsInOrder)
{
    import_text(small_board());
    std::vector<std::string> found;
    for (const auto& item :
         rows<work::ChecklistItem>("WHERE task_id = $1 ORDER BY position", task("Paint the fence").id))
        found.push_back(fmt::format("{}/{}/{}/{}", item.position, item.list, item.text, item.is_done));
    const std::vector<std::string> expected{
        "0/Before/Sand the wood/true", "1/Before/Buy paint/false", "2/Afterwards/Clean the brushes/false"
    };
    EXPECT_EQ(found, expected);
}

TEST_F(SmallBoard, KeepsCommentsInOrderWithTheirAuthors)
{
    import_text(small_board());
    const auto comments = rows<work::Comment>("WHERE task_id = $1 ORDER BY id", task("Paint the fence").id);
    ASSERT_EQ(comments.size(), 3U);
    EXPECT_EQ(comments[0].body, "Copied with its card");
    EXPECT_EQ(name_of(comments[0].author_id.value()), "Sten Beispiel") << "who wrote the first one";
    EXPECT_EQ(comments[1].body, "By one who left");
    EXPECT_EQ(name_of(comments[1].author_id.value()), "Ghost Author");
    EXPECT_EQ(comments[1].created_at, at("2024-02-08T10:00:00Z"));
    EXPECT_EQ(comments[1].edited_at, at("2024-02-08T12:00:00Z"));
    EXPECT_EQ(comments[2].body, "Newest: done 🎉");
    EXPECT_EQ(rows<work::Comment>("WHERE task_id = $1", task("粉刷栅栏").id).at(0).body, "你好，世界\nsecond line");
}

TEST_F(SmallBoard, MakesLinksOfAttachments)
{
    import_text(small_board());
    const auto links = rows<work::Link>("WHERE task_id = $1 ORDER BY id", task("Paint the fence").id);
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].title, "fence.jpg");
    EXPECT_EQ(links[1].url, "https://example.org/colours");
}

TEST_F(SmallBoard, TellsTheChangeLogOfEveryTask)
{
    const auto report = import_text(small_board());
    std::map<store::ChangeKind, int> kinds;
    for (const auto& change : rows<store::Change>("WHERE project_id = $1", report.project_id)) ++kinds[change.kind];
    EXPECT_EQ(kinds[store::ChangeKind::project_created], 1);
    EXPECT_EQ(kinds[store::ChangeKind::task_created], 9);
    EXPECT_EQ(kinds[store::ChangeKind::comment_created], 4);
    EXPECT_GE(kinds[store::ChangeKind::import_done], 1);
}

TEST_F(SmallBoard, TellsItsProgressUpwardsToTheEnd)
{
    TextSource source(small_board());
    std::vector<double> told;
    import_trello(*database_, actor_, source, [&](double progress, std::string_view) { told.push_back(progress); });
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_EQ(told.back(), 1.0);
}
} // namespace
} // namespace dialpine::links
