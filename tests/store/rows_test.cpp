#include "store/parts.hpp"
#include "support/house.hpp"

namespace dialpine::store {
namespace {

class Rows : public support::House {
protected:
    /// Copies the bytes of a sealed column from one row to another behind the store's back.
    void copy(std::string_view into, PersonId to, std::string_view from_column, PersonId from)
    {
        database.write([&](Write& write) {
            execute(
                write,
                fmt::format(
                    "UPDATE people SET {} = (SELECT {} FROM people WHERE id = $1) WHERE id = $2", into, from_column
                ),
                from,
                to
            );
        });
    }
};

TEST_F(Rows, ComeBackAsTheyWere)
{
    const auto workspace = given.workspace();
    const auto project = given.project(workspace.id);
    work::Task task{.workspace_id = workspace.id, .id = TaskId::make(), .project_id = project.id};
    task.title = "Order paint";
    task.description = std::string("a\0b", 3) + "\nÿ";
    task.priority = work::Priority::urgent;
    task.start_on = parse_day("2026-11-24");
    task.due_at = parse_instant("2026-11-25T09:30:00.123Z");
    task.cover = work::Color::teal;
    task.number = -1;
    given.row(task);
    const auto back = found<work::Task>(workspace.id, task.id);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->title, task.title);
    EXPECT_EQ(back->description, task.description);
    EXPECT_EQ(back->priority, task.priority);
    EXPECT_EQ(back->start_on, task.start_on);
    EXPECT_EQ(back->due_at, task.due_at);
    EXPECT_EQ(back->cover, task.cover);
    EXPECT_EQ(back->number, -1);
    EXPECT_FALSE(back->archived_at);
    EXPECT_FALSE(back->created_by);
    EXPECT_FALSE(found<work::Task>(workspace.id, TaskId::make()));
    EXPECT_FALSE(found<work::Task>(WorkspaceId::make(), task.id)) << "of another workspace";
}

TEST_F(Rows, AreWrittenOverAndRemoved)
{
    auto workspace = given.workspace("First");
    workspace.name = "Second";
    database.write([&](Write& write) { update(write, workspace); });
    EXPECT_EQ(found<people::Workspace>(workspace.id)->name, "Second");
    EXPECT_TRUE(database.write([&](Write& write) { return remove<people::Workspace>(write, workspace.id); }));
    EXPECT_FALSE(database.write([&](Write& write) { return remove<people::Workspace>(write, workspace.id); }));
    EXPECT_EQ(rows("workspaces"), 0);
}

TEST_F(Rows, AreWrittenWhereTheyDiffer)
{
    const auto workspace = given.workspace();
    const auto project = given.project(workspace.id);
    const work::Task before{
        .workspace_id = workspace.id, .id = TaskId::make(), .project_id = project.id, .number = 7, .title = "Order paint"
    };
    given.row(before);
    auto other = before;
    other.id = TaskId::make();
    other.number = 8;
    given.row(other);
    database.write([&](Write& write) { execute(write, "UPDATE tasks SET priority = 'high'"); });
    auto now = before;
    now.title = "Order brushes";
    now.due_at = parse_instant("2026-11-25T09:30:00Z");
    database.write([&](Write& write) { update(write, before, now); });
    const auto back = found<work::Task>(workspace.id, before.id);
    EXPECT_EQ(back->title, "Order brushes");
    EXPECT_EQ(back->due_at, now.due_at);
    EXPECT_EQ(back->priority, work::Priority::high) << "did not differ, and was written all the same";
    EXPECT_EQ(found<work::Task>(workspace.id, other.id)->title, "Order paint");
    database.write([&](Write& write) {
        update(write, now, now);
        auto without = now;
        without.due_at.reset();
        update(write, now, without);
    });
    EXPECT_FALSE(found<work::Task>(workspace.id, before.id)->due_at);
}

TEST_F(Rows, AreSelectedInOrder)
{
    const auto workspace = given.workspace();
    for (const auto* key : {"CCC", "AAA", "BBB"}) given.project(workspace.id, key);
    const auto projects = database.read([&](Read& read) {
        return select<work::Project>(read, "WHERE workspace_id = $1 ORDER BY key", workspace.id);
    });
    ASSERT_EQ(projects.size(), 3U);
    EXPECT_EQ(projects[0].key, "AAA");
    EXPECT_EQ(projects[2].key, "CCC");
}

TEST_F(Rows, KeepSealedValuesUnreadable)
{
    const auto mia = given.person("Mia Example", "mia@dialpine.example");
    EXPECT_EQ(found<people::Person>(mia.id)->name.reveal(), "Mia Example");
    EXPECT_EQ(found<people::Person>(mia.id)->email->reveal(), "mia@dialpine.example");
    database.checkpoint();
    EXPECT_TRUE(support::files_with(folder.path(), "Mia Example").empty());
    EXPECT_TRUE(support::files_with(folder.path(), "mia@dialpine.example").empty());
}

TEST_F(Rows, BindASealedValueToItsPlace)
{
    const auto mia = given.person("Mia Example", "mia@dialpine.example");
    const auto sten = given.person("Sten Example", "sten@dialpine.example");
    copy("name", sten.id, "name", mia.id);
    EXPECT_THROW(found<people::Person>(sten.id), Failure) << "moved to another person's row";
    copy("name", mia.id, "email", mia.id);
    EXPECT_THROW(found<people::Person>(mia.id), Failure) << "moved to another column";
}

TEST_F(Rows, AreEmptyWhereTheKeyIsDestroyed)
{
    const auto mia = given.person("Mia Example", "mia@dialpine.example");
    database.keys().destroy(mia.id);
    const auto left = found<people::Person>(mia.id);
    ASSERT_TRUE(left);
    EXPECT_EQ(left->name.reveal(), "");
    EXPECT_EQ(left->email->reveal(), "");
}

TEST_F(Rows, AreNotSealedForAPersonWithoutKey)
{
    const people::Person nobody{.id = PersonId::make(), .name = Sealed<std::string>("Nobody"), .email = {}};
    EXPECT_THROW(given.row(nobody), std::logic_error);
    EXPECT_EQ(rows("people"), 0);
}

TEST_F(Rows, AreLookedUpByTheirSealedValue)
{
    const auto mia = given.person("Mia Example", "Mia@Dialpine.Example");
    given.person("Nameless One");
    const auto by_email = [&](std::string_view email) {
        return database.read([&](Read& read) { return find_sealed<people::Person>(read, "email", email); });
    };
    ASSERT_TRUE(by_email("mia@dialpine.example"));
    EXPECT_EQ(by_email("mia@dialpine.example")->id, mia.id);
    EXPECT_FALSE(by_email("sten@dialpine.example"));
}

TEST_F(Rows, HoldAUniqueSealedValueOnce)
{
    const auto mia = given.person("Mia Example", "mia@dialpine.example");
    EXPECT_THROW(given.person("Other Mia", "MIA@dialpine.example"), Failure);
    EXPECT_EQ(rows("people"), 1);
    // Two without an address are no pair.
    given.person("One");
    given.person("Two");
    EXPECT_EQ(rows("people"), 3);
    EXPECT_TRUE(found<people::Person>(mia.id));
}

TEST_F(Rows, TellWhatAQueryFinds)
{
    given.workspace("A");
    given.workspace("B");
    std::string names;
    database.read([&](Read& read) {
        query(read, "SELECT name FROM workspaces ORDER BY name", [&](const Statement& row) { names += row.text(0); });
        EXPECT_EQ(query_one<std::int64_t>(read, "SELECT count(*) FROM workspaces WHERE name = $1", "A"), 1);
        EXPECT_FALSE(query_one<std::string>(read, "SELECT name FROM workspaces WHERE name = $1", "C"));
        EXPECT_FALSE(query_one<std::string>(read, "SELECT max(name) FROM workspaces WHERE name = $1", "C"));
    });
    EXPECT_EQ(names, "AB");
}

} // namespace
} // namespace dialpine::store
