#include "privacy/fixture.hpp"
#include "privacy/oracle.hpp"
#include "store/parts.hpp"

namespace dialpine::store {
namespace {

class Parts : public privacy::House {
protected:
    template <class Row, class... Key>
    RemovedRows removed(const Key&... key)
    {
        return database.write([&](Write& write) { return remove_with_parts(write, *table_of<Row>, key...); });
    }

    work::Task full_task(const work::Project& project)
    {
        const auto made = task(project, "Order paint", std::nullopt);
        const auto workspace = made.workspace_id;
        const auto label = add(work::Label{.workspace_id = workspace, .id = LabelId::make(), .project_id = project.id});
        const auto item =
            add(work::ChecklistItem{.workspace_id = workspace, .task_id = made.id, .id = ChecklistItemId::make()});
        assign(made, PersonId::make());
        add(work::TaskLabel{.workspace_id = workspace, .task_id = made.id, .label_id = label.id});
        add(work::Link{.workspace_id = workspace, .task_id = made.id, .id = LinkId::make()});
        add(work::TaskField{.workspace_id = workspace, .task_id = made.id, .name = "Size"});
        comment(made, "Blue, please", std::nullopt);
        add(work::ImportedThing{
            .workspace_id = workspace, .source = "trello", .source_id = to_text(made.id), .object_id = made.id
        });
        add(work::ImportedThing{
            .workspace_id = workspace, .source = "trello", .source_id = to_text(item.id), .object_id = item.id
        });
        return made;
    }
};

TEST(PartDeclarations, NameTablesAndColumnsThatExist)
{
    for (const Table* table : all_tables())
        for (const auto& part : wholes_of(*table)) {
            const Table* whole = find_table(part.whole);
            ASSERT_TRUE(whole) << table->name << " is part of " << part.whole;
            for (std::size_t i = 0; i < part.count; ++i) {
                const auto* column = whole->find_column(part.whole_columns[i]);
                ASSERT_TRUE(column) << part.whole << "." << part.whole_columns[i];
                EXPECT_EQ(column->kind, table->find_column(part.columns[i])->kind);
            }
        }
}

TEST(PartDeclarations, LetNoTableWithATaskOutOfTheTask)
{
    for (const Table* table : all_tables()) {
        if (!table->find_column("task_id") || table == table_of<Change>) continue;
        EXPECT_TRUE(std::ranges::any_of(table->part_of, [](const Part& part) { return part.whole == "tasks"; }))
            << table->name;
    }
}

TEST_F(Parts, GoWithATaskAndLeaveItsNeighbour)
{
    const auto web = project(workspace("Acme"), "WEB");
    const auto gone = full_task(web);
    const auto stays = full_task(web);
    const RemovedRows expected{
        {"tasks", 1},
        {"task_assignees", 1},
        {"task_labels", 1},
        {"checklist_items", 1},
        {"links", 1},
        {"task_fields", 1},
        {"comments", 1},
        {"imported_things", 2},
    };
    EXPECT_EQ(removed<work::Task>(gone.workspace_id, gone.id), expected);
    EXPECT_EQ(removed<work::Task>(stays.workspace_id, stays.id), expected);
}

TEST_F(Parts, GoWithAProjectAndLeaveTheOther)
{
    const auto acme = workspace("Acme");
    const auto web = project(acme, "WEB");
    const auto shop = project(acme, "SHOP");
    full_task(web);
    full_task(web);
    full_task(shop);
    const auto gone = removed<work::Project>(acme, web.id);
    EXPECT_EQ(gone.at("projects"), 1);
    EXPECT_EQ(gone.at("tasks"), 2);
    EXPECT_EQ(gone.at("labels"), 2);
    EXPECT_EQ(gone.at("comments"), 2);
    EXPECT_EQ(rows("tasks"), 1);
    EXPECT_EQ(rows("checklist_items"), 1);
}

TEST_F(Parts, GoWithAWorkspaceWhateverTheyAre)
{
    privacy::Oracle mia("mia", clock_now());
    privacy::Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    const auto gone = removed<people::Workspace>(mia.workspace());
    for (const Table* table : all_tables())
        if (table->is_in_workspace() || table->name == "workspaces") {
            EXPECT_EQ(rows(table->name), 1) << table->name << ": the other's";
            EXPECT_EQ(gone.at(std::string(table->name)), 1) << table->name;
        }
    EXPECT_EQ(rows("people"), 2);
}

TEST_F(Parts, OfAnUnknownRowAreNone) { EXPECT_TRUE(removed<work::Task>(WorkspaceId::make(), TaskId::make()).empty()); }

} // namespace
} // namespace dialpine::store
