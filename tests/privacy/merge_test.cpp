#include "fixture.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/erasure.hpp"
#include "privacy/merge.hpp"

namespace dialpine::privacy {
namespace {

class Merge : public House {
protected:
    void imported(WorkspaceId workspace, PersonId person)
    {
        add(people::ImportedPerson{.workspace_id = workspace, .person_id = person, .source = "trello"});
    }
    void merged()
    {
        database.write([&](store::Write& write) { merge_person(write, known_from_board, mia); });
    }

    const PersonId mia = person("Mia Example", "mia@dialpine.example");
    const PersonId known_from_board = person("mia (board)");
    const WorkspaceId acme = workspace("Acme");
    const work::Project web = project(acme, "WEB");
};

TEST_F(Merge, GivesWhatTheImportedPersonDidToTheAccount)
{
    imported(acme, known_from_board);
    const auto paint = task(web, "Order paint", known_from_board);
    assign(paint, known_from_board);
    const auto said = comment(paint, "Blue, please", known_from_board);
    merged();
    EXPECT_EQ(found<work::Task>(acme, paint.id)->created_by, mia);
    EXPECT_TRUE(found<work::TaskAssignee>(acme, paint.id, mia));
    EXPECT_EQ(found<work::Comment>(acme, said.id)->author_id, mia);
    EXPECT_TRUE(found<people::ImportedPerson>(acme, mia)) << "so that a newer export of the board finds them";
}

TEST_F(Merge, LeavesNothingThatRefersToTheImportedPerson)
{
    imported(acme, known_from_board);
    session(known_from_board); // sealed under a key that goes
    assign(task(web, "Order paint", known_from_board), known_from_board);
    merged();
    for (const auto* table : store::all_tables())
        for (const auto& subject : subject_columns(*table)) {
            const auto where = fmt::format(
                "{} = x'{}'", subject, to_hex({reinterpret_cast<const char*>(known_from_board.bytes.data()), 16})
            );
            EXPECT_EQ(rows(table->name, where), 0) << table->name << "." << subject;
        }
    EXPECT_FALSE(database.keys().find(known_from_board));
    EXPECT_EQ(finish_erasures(database), 0);
    EXPECT_EQ(found<people::Person>(mia)->name.reveal(), "Mia Example");
}

TEST_F(Merge, KeepsOneWhereBothStand)
{
    const auto both = task(web, "Order paint", std::nullopt);
    const auto one = task(web, "Order brushes", std::nullopt);
    assign(both, mia);
    assign(both, known_from_board);
    assign(one, known_from_board);
    member(acme, mia);
    member(acme, known_from_board);
    merged();
    EXPECT_EQ(rows("task_assignees"), 2);
    EXPECT_TRUE(found<work::TaskAssignee>(acme, both.id, mia));
    EXPECT_TRUE(found<work::TaskAssignee>(acme, one.id, mia));
    EXPECT_EQ(rows("memberships"), 1);
}

TEST_F(Merge, TakenBackLeavesBothAsTheyWere)
{
    const auto paint = task(web, "Order paint", known_from_board);
    const auto fails = [&](store::Write& write) {
        merge_person(write, known_from_board, mia);
        throw std::runtime_error("after the merge");
    };
    EXPECT_THROW(database.write(fails), std::runtime_error);
    EXPECT_EQ(found<work::Task>(acme, paint.id)->created_by, known_from_board);
    EXPECT_EQ(found<people::Person>(known_from_board)->name.reveal(), "mia (board)");
    EXPECT_EQ(finish_erasures(database), 0);
}

TEST_F(Merge, TellsTheWorkspacesThatKnewThem)
{
    const auto foreign = workspace("Foreign");
    imported(acme, known_from_board);
    merged();
    const auto of = [](WorkspaceId id) {
        return fmt::format(
            "workspace_id = x'{}' AND kind = 'person_changed'",
            to_hex({reinterpret_cast<const char*>(id.bytes.data()), 16})
        );
    };
    EXPECT_EQ(rows("changes", of(acme)), 2);
    EXPECT_EQ(rows("changes", of(foreign)), 0);
}

} // namespace
} // namespace dialpine::privacy
