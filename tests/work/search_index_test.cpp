#include "base/problem.hpp"
#include "support/house.hpp"
#include "work/search_index.hpp"

#include <set>
#include <thread>

namespace dialpine::work {
namespace {

using namespace std::chrono_literals;
using store::ChangeKind;
using Titles = std::vector<std::string>;

class Search : public support::House {
protected:
    Search()
    {
        database.on_changes([this](std::span<const store::Change> changes) {
            if (index) index->notify(changes);
        });
        start();
    }

    void start() { index.emplace(database); }
    void end() { index.reset(); }

    SearchPage
    ask(WorkspaceId in,
        const std::string& q,
        std::optional<std::int64_t> limit = {},
        std::optional<std::int64_t> cursor = {})
    {
        EXPECT_TRUE(index->wait_for_last(in, 10s));
        return database.read([&](store::Read& read) {
            return index->search(read, in, {.q = Prose<1000>(q), .limit = limit, .cursor = cursor});
        });
    }
    SearchPage ask(const std::string& q) { return ask(workspace.id, q); }

    Titles titles(const std::string& q)
    {
        Titles all;
        for (const auto& hit : ask(q).items) all.push_back(hit.title);
        return all;
    }

    void change(Task task, ChangeKind kind)
    {
        database.write([&](store::Write& write) {
            store::update(write, task);
            write.append(support::Given::change_of(task, kind));
        });
    }

    std::optional<SearchIndex> index;
    people::Workspace workspace = given.workspace();
    Project project = given.project(workspace.id);
};

TEST_F(Search, FindsWhatWasJustWritten)
{
    const auto task = given.task(project, "Order paint", "Two litres of blue");
    const auto page = ask("paint");
    ASSERT_EQ(page.items.size(), 1U);
    const auto& hit = page.items[0];
    EXPECT_EQ(hit.kind, SearchKind::task);
    EXPECT_EQ(hit.id, task.id);
    EXPECT_EQ(hit.task_id, task.id);
    EXPECT_EQ(hit.key, "WEB-1");
    EXPECT_EQ(hit.title, "Order paint");
    EXPECT_EQ(hit.snippet, "Order <mark>paint</mark>");
    EXPECT_EQ(hit.project_name, "Project WEB");
    EXPECT_FALSE(hit.archived);
    EXPECT_FALSE(page.next);
    EXPECT_EQ(index->lag(), 0);
}

TEST_F(Search, FoldsCaseAndAccents)
{
    given.task(project, "Crème brûlée für ŁÓDŹ");
    EXPECT_EQ(titles("creme").size(), 1U);
    EXPECT_EQ(titles("BRÛLÉE FUR").size(), 1U);
    EXPECT_EQ(titles("lodz").size(), 1U);
}

TEST_F(Search, FindsWordsByTheirBeginning)
{
    given.task(project, "Refrigerator", "needs a new handle");
    EXPECT_EQ(titles("refri").size(), 1U);
    EXPECT_EQ(titles("refri han").size(), 1U);
    EXPECT_EQ(titles("han refri").size(), 1U);
    EXPECT_TRUE(titles("frigerator").empty());
}

TEST_F(Search, WantsAllWordsInOneDocument)
{
    given.task(project, "Blue door");
    given.task(project, "Blue window");
    EXPECT_EQ(titles("blue door"), Titles{"Blue door"});
    EXPECT_TRUE(titles("door window").empty());
}

TEST_F(Search, FindsChineseJapaneseAndThai)
{
    given.task(project, "我们在北京开会");
    given.task(project, "東京タワーに行く");
    given.task(project, "ประชุมที่กรุงเทพ");
    EXPECT_EQ(titles("北京"), Titles{"我们在北京开会"});
    EXPECT_EQ(titles("京").size(), 2U);
    EXPECT_EQ(titles("会"), Titles{"我们在北京开会"});
    EXPECT_EQ(titles("タワー"), Titles{"東京タワーに行く"});
    EXPECT_EQ(titles("กรุงเทพ"), Titles{"ประชุมที่กรุงเทพ"});
    EXPECT_TRUE(titles("京北").empty());
    // Pairs that all stand there, but not in a row.
    given.task(project, "東京の京都");
    EXPECT_TRUE(titles("東京都").empty());
}

TEST_F(Search, PutsTitlesBeforeDescriptions)
{
    given.task(project, "A long story", "somewhere in it stands paint once");
    given.task(project, "Paint");
    EXPECT_EQ(titles("paint"), (Titles{"Paint", "A long story"}));
}

TEST_F(Search, PutsAWholeWordBeforeThoseThatBeginWithIt)
{
    for (int number = 10; number < 50; ++number) given.task(project, fmt::format("Pump p{}", number));
    given.task(project, "Pump p1");
    EXPECT_EQ(titles("pump p1").at(0), "Pump p1");
}

TEST_F(Search, FindsCommentsAndChecklists)
{
    const auto task = given.task(project, "Kitchen");
    const auto comment = given.comment(task, "The <plumber> comes on Monday");
    given.checklist_item(task, "Measure the sink");
    const auto item = given.checklist_item(task, "Buy a tap");

    const auto by_comment = ask("plumber");
    ASSERT_EQ(by_comment.items.size(), 1U);
    EXPECT_EQ(by_comment.items[0].kind, SearchKind::comment);
    EXPECT_EQ(by_comment.items[0].id, comment.id);
    EXPECT_EQ(by_comment.items[0].snippet, "The &lt;<mark>plumber</mark>&gt; comes on Monday");

    const auto by_item = ask("tap");
    ASSERT_EQ(by_item.items.size(), 1U);
    EXPECT_EQ(by_item.items[0].kind, SearchKind::checklist);
    EXPECT_EQ(by_item.items[0].id, item.id);
    EXPECT_EQ(by_item.items[0].task_id, task.id);
    EXPECT_EQ(by_item.items[0].snippet, "Buy a <mark>tap</mark>");
}

TEST_F(Search, FollowsChanges)
{
    auto task = given.task(project, "Order paint");
    const auto comment = given.comment(task, "sandpaper");
    task.title = "Order varnish";
    task.comment_count = 1;
    change(task, ChangeKind::task_changed);
    EXPECT_TRUE(titles("paint").empty());
    EXPECT_EQ(titles("varnish").size(), 1U);

    task.deleted_at = clock_now();
    change(task, ChangeKind::task_deleted);
    EXPECT_TRUE(titles("varnish").empty());
    EXPECT_TRUE(titles("sandpaper").empty()) << "a comment of a deleted task";

    task.deleted_at.reset();
    change(task, ChangeKind::task_created);
    EXPECT_EQ(titles("varnish").size(), 1U);
    EXPECT_EQ(titles("sandpaper").size(), 1U);

    auto edited = comment;
    edited.deleted_at = clock_now();
    database.write([&](store::Write& write) {
        store::update(write, edited);
        auto told = support::Given::change_of(task, ChangeKind::comment_deleted);
        told.object_id = edited.id;
        write.append(told);
    });
    EXPECT_TRUE(titles("sandpaper").empty());
}

TEST_F(Search, SaysWhatIsArchived)
{
    auto task = given.task(project, "Old paint");
    task.archived_at = clock_now();
    change(task, ChangeKind::task_changed);
    ASSERT_EQ(ask("paint").items.size(), 1U);
    EXPECT_TRUE(ask("paint").items[0].archived);
}

TEST_F(Search, NeverFindsAnotherWorkspace)
{
    const auto other = given.workspace("Other");
    given.task(given.project(other.id, "OTH"), "Secret paint");
    EXPECT_TRUE(titles("paint").empty());
    EXPECT_TRUE(titles("secret").empty());
    EXPECT_EQ(ask(other.id, "secret").items.size(), 1U);
    std::string scope = to_text(other.id);
    std::erase(scope, '-');
    EXPECT_TRUE(titles("scope:" + scope).empty());
}

TEST_F(Search, TakesNothingInTheQuestionAsSyntax)
{
    given.task(project, "Paint the wall");
    for (const std::string q :
         {"\"paint", "paint*", "(paint", "paint)", "-paint", "title:paint", "^paint", "paint + wall"})
        EXPECT_LE(titles(q).size(), 1U) << q;
    EXPECT_EQ(titles("\"paint*\" (").size(), 1U);
    EXPECT_TRUE(titles("paint NOT wall").empty()) << "NOT is a word like others";
    EXPECT_TRUE(titles("x OR wall").empty());
    EXPECT_TRUE(titles("NEAR(paint wall)").empty());
}

TEST_F(Search, HasNoHitsForNoWords)
{
    given.task(project, "Paint");
    EXPECT_TRUE(titles("").empty());
    EXPECT_TRUE(titles("   ").empty());
    EXPECT_TRUE(titles("!?… *").empty());
}

TEST_F(Search, GoesOnWhereAPageEnds)
{
    for (int i = 0; i < 25; ++i) given.task(project, "Paint wall " + std::to_string(i));
    std::set<std::string> all;
    std::optional<std::int64_t> cursor;
    int pages = 0;
    do {
        const auto page = ask(workspace.id, "paint", 10, cursor);
        for (const auto& hit : page.items) EXPECT_TRUE(all.insert(hit.title).second) << hit.title;
        cursor = page.next ? std::optional(std::stoll(*page.next)) : std::nullopt;
        ++pages;
    } while (cursor);
    EXPECT_EQ(all.size(), 25U);
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(ask(workspace.id, "paint").items.size(), 20U);
    EXPECT_EQ(ask(workspace.id, "paint", 1000).items.size(), 25U);
    EXPECT_THROW(ask(workspace.id, "paint", 10, -1), Problem);
}

TEST_F(Search, DropsADeletedProject)
{
    const auto task = given.task(project, "Paint");
    given.comment(task, "Brush");
    database.write([&](store::Write& write) {
        for (const auto* sql :
             {"DELETE FROM tasks WHERE workspace_id = $1",
              "DELETE FROM comments WHERE workspace_id = $1",
              "DELETE FROM projects WHERE workspace_id = $1"})
            store::execute(write, sql, workspace.id);
        write.append(
            {.workspace_id = workspace.id,
             .kind = ChangeKind::project_deleted,
             .object_id = project.id,
             .project_id = project.id}
        );
    });
    EXPECT_TRUE(titles("paint").empty());
    EXPECT_TRUE(titles("brush").empty());
}

TEST_F(Search, IndexesAnImportedProject)
{
    given.task(project, "The first one, so that the workspace is followed");
    ASSERT_EQ(titles("first").size(), 1U);
    database.write([&](store::Write& write) {
        for (int i = 0; i < 450; ++i) {
            Task task{.workspace_id = workspace.id, .id = TaskId::make(), .project_id = project.id, .number = 100 + i};
            task.position = "i";
            task.title = "Imported card " + std::to_string(i);
            store::insert(write, task);
        }
        write.append(
            {.workspace_id = workspace.id,
             .kind = ChangeKind::import_done,
             .object_id = project.id,
             .project_id = project.id}
        );
    });
    EXPECT_EQ(titles("card 449"), Titles{"Imported card 449"});
}

TEST_F(Search, CatchesUpAtStart)
{
    given.task(project, "Before");
    ASSERT_EQ(titles("before").size(), 1U);
    end();
    given.task(project, "Meanwhile");
    start();
    EXPECT_EQ(titles("meanwhile").size(), 1U);
    EXPECT_EQ(titles("before").size(), 1U);
}

TEST_F(Search, IsMadeAgainWhenItsFileIsGoneOrDamaged)
{
    given.task(project, "Paint");
    ASSERT_EQ(titles("paint").size(), 1U);
    const auto file = folder / "search.db";

    end();
    std::filesystem::remove(file);
    std::filesystem::remove(folder / "search.db-wal");
    start();
    EXPECT_EQ(titles("paint").size(), 1U);

    end();
    std::ofstream(file, std::ios::binary) << std::string(8192, 'x');
    start();
    EXPECT_EQ(titles("paint").size(), 1U);

    end();
    {
        store::Connection other(file.string(), store::Connection::Mode::write);
        other.execute("PRAGMA user_version = 999");
    }
    start();
    EXPECT_EQ(titles("paint").size(), 1U);
}

TEST_F(Search, IsMadeAgainWhenItIsAheadOfTheDatabase)
{
    given.task(project, "Paint");
    ASSERT_EQ(titles("paint").size(), 1U);
    end();
    // As after a backup was put back.
    database.write([&](store::Write& write) {
        store::execute(write, "DELETE FROM tasks WHERE workspace_id = $1", workspace.id);
        store::execute(write, "DELETE FROM changes WHERE workspace_id = $1", workspace.id);
    });
    start();
    EXPECT_TRUE(titles("paint").empty());
    EXPECT_TRUE(index->scrub(10s));
    EXPECT_TRUE(support::files_with(folder.path(), "paint").empty());
}

TEST_F(Search, LeavesNoByteOfAClosedWorkspace)
{
    const auto other = given.workspace("Other");
    const auto others = given.project(other.id, "OTH");
    for (int i = 0; i < 50; ++i) given.task(others, "Xylophone lesson " + std::to_string(i));
    given.task(project, "Stays here");
    ASSERT_EQ(ask(other.id, "xylophone").items.size(), 20U);

    database.write([&](store::Write& write) {
        for (const auto* table : {"tasks", "projects", "changes"})
            store::execute(write, fmt::format("DELETE FROM {} WHERE workspace_id = $1", table), other.id);
        store::execute(write, "DELETE FROM workspaces WHERE id = $1", other.id);
    });
    database.checkpoint();
    EXPECT_TRUE(index->scrub(10s));
    EXPECT_TRUE(support::files_with(folder.path(), "xylophone").empty());
    EXPECT_EQ(titles("stays").size(), 1U);
}

TEST_F(Search, LeavesNoByteOfAnEditedText)
{
    auto task = given.task(project, "Xylophone");
    given.task(project, "Another");
    ASSERT_EQ(titles("xylophone").size(), 1U);
    task.title = "Drum";
    change(task, ChangeKind::task_changed);
    ASSERT_EQ(titles("drum").size(), 1U);
    EXPECT_TRUE(index->scrub(10s));
    EXPECT_TRUE(support::files_with(folder.path(), "xylophone").empty());
}

TEST_F(Search, AnswersWhileOthersWrite)
{
    given.task(project, "Paint");
    ASSERT_EQ(titles("paint").size(), 1U);
    std::thread writer([&] {
        for (int i = 0; i < 100; ++i) given.task(project, "Wall " + std::to_string(i));
    });
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            for (int round = 0; round < 30; ++round) {
                const auto page = database.read([&](store::Read& read) {
                    return index->search(read, workspace.id, {.q = Prose<1000>("paint"), .limit = {}, .cursor = {}});
                });
                EXPECT_EQ(page.items.size(), 1U);
            }
        });
    writer.join();
    for (auto& reader : readers) reader.join();
    EXPECT_EQ(ask(workspace.id, "wall", 100).items.size(), 100U);
}

} // namespace
} // namespace dialpine::work
