#include "support/full_disk.hpp"
#include "support/house.hpp"
#include "store/statement.hpp"

#include <future>
#include <set>
#include <thread>

namespace dialpine::store {
namespace {

class DatabaseTest : public support::House {
protected:
    people::Workspace named(const std::string& name) { return {.id = WorkspaceId::make(), .name = name}; }

    /// Holds the writer until it is let go, so that what is written meanwhile becomes one group.
    class Gate {
    public:
        explicit Gate(Database& database)
        {
            database.submit(
                [this](Write&) { opened_.get_future().wait(); }, [this](std::exception_ptr) { passed_.set_value(); }
            );
        }
        void open()
        {
            opened_.set_value();
            passed_.get_future().wait();
        }

    private:
        std::promise<void> opened_, passed_;
    };

    /// What became of a submitted write: "" or what was thrown.
    std::future<std::string> submitted(std::function<void(Write&)> work)
    {
        auto outcome = std::make_shared<std::promise<std::string>>();
        database.submit(std::move(work), [outcome](std::exception_ptr failure) {
            try {
                if (failure) std::rethrow_exception(failure);
                outcome->set_value("");
            } catch (const std::exception& thrown) {
                outcome->set_value(thrown.what());
            }
        });
        return outcome->get_future();
    }
};

TEST_F(DatabaseTest, TakesBackOnlyTheWriteThatFailed)
{
    Gate gate(database);
    auto first = submitted([&](Write& write) { insert(write, named("first")); });
    auto failing = submitted([&](Write& write) {
        insert(write, named("half done"));
        throw std::runtime_error("changed its mind");
    });
    auto last = submitted([&](Write& write) { insert(write, named("last")); });
    gate.open();
    EXPECT_EQ(first.get(), "");
    EXPECT_EQ(failing.get(), "changed its mind");
    EXPECT_EQ(last.get(), "");
    EXPECT_EQ(rows("workspaces"), 2);
    EXPECT_EQ(rows("workspaces", "name = 'half done'"), 0);
}

TEST_F(DatabaseTest, TakesBackOnlyTheWriteThatATableRefused)
{
    const auto taken = given.workspace("taken");
    Gate gate(database);
    auto first = submitted([&](Write& write) { insert(write, named("first")); });
    auto refused = submitted([&](Write& write) {
        insert(write, named("half done"));
        insert(write, taken);
    });
    auto last = submitted([&](Write& write) { insert(write, named("last")); });
    gate.open();
    EXPECT_EQ(first.get(), "");
    EXPECT_NE(refused.get(), "");
    EXPECT_EQ(last.get(), "");
    EXPECT_EQ(rows("workspaces"), 3);
    EXPECT_EQ(rows("workspaces", "name = 'half done'"), 0);
}

TEST_F(DatabaseTest, GroupsWhatWaits)
{
    const auto before = database.figures();
    Gate gate(database);
    std::vector<std::future<std::string>> outcomes;
    for (int i = 0; i < 100; ++i)
        outcomes.push_back(submitted([&](Write& write) { insert(write, named("one of many")); }));
    gate.open();
    for (auto& outcome : outcomes) EXPECT_EQ(outcome.get(), "");
    const auto after = database.figures();
    EXPECT_EQ(after.writes - before.writes, 101U);
    EXPECT_LE(after.commits - before.commits, 2U);
}

TEST_F(DatabaseTest, NumbersChangesWithoutGaps)
{
    const auto one = given.workspace("one");
    const auto two = given.workspace("two");
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < 50; ++i) {
                const auto workspace = (i + writer) % 2 ? one.id : two.id;
                try {
                    database.write([&](Write& write) {
                        write.append({.workspace_id = workspace, .kind = ChangeKind::project_changed});
                        if (i % 5 == 0) throw std::runtime_error("leaves no gap");
                    });
                } catch (const std::runtime_error&) {
                }
            }
        });
    for (auto& writer : writers) writer.join();
    for (const auto workspace : {one.id, two.id}) {
        const auto changes = database.read([&](Read& read) {
            return select<Change>(read, "WHERE workspace_id = $1 ORDER BY number", workspace);
        });
        ASSERT_EQ(changes.size(), 80U);
        for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(changes[i].number, static_cast<std::int64_t>(i) + 1);
    }
}

TEST_F(DatabaseTest, TellsChangesBeforeTheirWriterGoesOn)
{
    std::vector<Change> told;
    database.on_changes([&](std::span<const Change> changes) {
        told.insert(told.end(), changes.begin(), changes.end());
    });
    const auto workspace = given.workspace();
    std::string order;
    database.write([&](Write& write) {
        write.append({.workspace_id = workspace.id, .kind = ChangeKind::workspace_changed});
        write.after_commit([&] { order += "after;"; });
    });
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].number, 1);
    EXPECT_EQ(told[0].workspace_id, workspace.id);
    EXPECT_EQ(order, "after;");
    EXPECT_THROW(
        database.write([&](Write& write) {
            write.append({.workspace_id = workspace.id, .kind = ChangeKind::workspace_changed});
            write.after_commit([&] { order += "never;"; });
            throw std::runtime_error("taken back");
        }),
        std::runtime_error
    );
    EXPECT_EQ(told.size(), 1U) << "of what was taken back nobody hears";
    EXPECT_EQ(order, "after;");
}

TEST_F(DatabaseTest, ShowsReadersOneMoment)
{
    given.workspace("before");
    database.read([&](Read& read) {
        const auto count = [&] { return *query_one<std::int64_t>(read, "SELECT count(*) FROM workspaces"); };
        EXPECT_EQ(count(), 1);
        given.workspace("meanwhile");
        EXPECT_EQ(count(), 1);
    });
    EXPECT_EQ(rows("workspaces"), 2);
}

TEST_F(DatabaseTest, ServesManyReadersAtOnce)
{
    given.workspace();
    std::vector<std::thread> readers;
    for (int i = 0; i < 12; ++i)
        readers.emplace_back([&] {
            for (int round = 0; round < 50; ++round) EXPECT_EQ(rows("workspaces"), 1);
        });
    for (auto& reader : readers) reader.join();
}

TEST_F(DatabaseTest, IsOpenOnlyOnce)
{
    try {
        Database second({.folder = folder.path(), .is_durable = false});
        FAIL() << "opened twice";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("Another dialpine has the data folder"), std::string::npos);
    }
    EXPECT_EQ(rows("workspaces"), 0) << "the first goes on";
}

TEST_F(DatabaseTest, IsForItsOwnerOnly)
{
    using std::filesystem::perms;
    const auto mode = std::filesystem::status(folder.path()).permissions();
    EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none);
}

TEST_F(DatabaseTest, BacksUpWhileItServes)
{
    const auto mia = given.person("Mia Example", "mia@dialpine.example");
    support::Folder copy;
    database.back_up_to(copy.path());
    given.person("Too Late");
    EXPECT_TRUE(std::filesystem::exists(copy / "database/dialpine.db"));
    EXPECT_TRUE(std::filesystem::exists(copy / "keys/keys.db"));

    support::Folder restored;
    std::filesystem::copy(copy / "database/dialpine.db", restored / "dialpine.db");
    std::filesystem::copy(copy / "keys", restored / "keys");
    Database again({.folder = restored.path(), .is_durable = false});
    const auto persons = again.read([](Read& read) { return select<people::Person>(read, ""); });
    ASSERT_EQ(persons.size(), 1U);
    EXPECT_EQ(persons[0].id, mia.id);
    EXPECT_EQ(persons[0].name.reveal(), "Mia Example");
}

TEST_F(DatabaseTest, LeavesNothingOfRemovedRows)
{
    const auto workspace = given.workspace("Xylophone makers");
    ASSERT_FALSE(support::files_with(folder.path(), "Xylophone").empty());
    database.write([&](Write& write) { remove<people::Workspace>(write, workspace.id); });
    database.checkpoint();
    EXPECT_TRUE(support::files_with(folder.path(), "Xylophone").empty());
}

/// A disk that failed is tried twice a second.
constexpr std::chrono::seconds patience{10};

TEST_F(DatabaseTest, GoesOnByItselfAfterTheDiskFailed)
{
    const auto before = given.workspace("before");
    std::promise<void> reopened;
    database.on_reopened([&] { reopened.set_value(); });
    {
        const support::FullDisk full(0);
        try {
            database.write([&](Write& write) { insert(write, named("refused")); });
            FAIL() << "it cannot be written";
        } catch (const Failure& failure) {
            EXPECT_TRUE(failure.is_device);
            const auto problem = to_problem(failure);
            EXPECT_EQ(problem.status, 503);
            EXPECT_GT(problem.retry_after.count(), 0);
        }
        EXPECT_TRUE(database.trouble());
        EXPECT_FALSE(database.checkpoint());
        EXPECT_EQ(rows("workspaces"), 1) << "reads go on";
    }
    ASSERT_EQ(reopened.get_future().wait_for(patience), std::future_status::ready) << "it does not go on by itself";
    database.write([&](Write& write) {
        write.append({.workspace_id = before.id, .kind = ChangeKind::project_changed});
    });
    EXPECT_FALSE(database.trouble());
    EXPECT_EQ(rows("workspaces"), 1);
    EXPECT_EQ(rows("changes"), 1);
    EXPECT_TRUE(database.checkpoint());
}

TEST_F(DatabaseTest, DoesLaterWhatTheDiskRefusedAfterACommit)
{
    int tries = 0;
    std::promise<void> done;
    database.write([&](Write& write) {
        insert(write, named("durable"));
        write.after_commit([&] {
            if (++tries == 1) throw device_failure("A test", ENOSPC);
            done.set_value();
        });
    });
    EXPECT_EQ(rows("workspaces", "name = 'durable'"), 1) << "what is durable was answered so";
    ASSERT_EQ(done.get_future().wait_for(patience), std::future_status::ready);
    database.write([&](Write& write) { insert(write, named("next")); });
    EXPECT_EQ(tries, 2);
}

TEST(Failure, SaysWhatTheOperatorHasToMend)
{
    EXPECT_NE(why(device_failure("A test", ENOSPC)).find("full"), std::string_view::npos);
    EXPECT_NE(why(device_failure("A test", EDQUOT)).find("quota"), std::string_view::npos);
    EXPECT_NE(why(device_failure("A test", EROFS)).find("read-only"), std::string_view::npos);
    EXPECT_NE(why(device_failure("A test", EIO)).find("fails"), std::string_view::npos);
    Failure damaged("a page is not what it was");
    damaged.is_damaged = true;
    EXPECT_EQ(to_problem(damaged).status, 500);
}

TEST_F(DatabaseTest, FinishesWhatWaitsWhenItEnds)
{
    std::vector<std::future<std::string>> outcomes;
    {
        support::Folder other;
        Database ending({.folder = other.path(), .is_durable = false});
        for (int i = 0; i < 20; ++i) {
            auto outcome = std::make_shared<std::promise<std::string>>();
            outcomes.push_back(outcome->get_future());
            ending.submit(
                [&](Write& write) { insert(write, people::Workspace{.id = WorkspaceId::make(), .name = "waits"}); },
                [outcome](std::exception_ptr failure) { outcome->set_value(failure ? "failed" : ""); }
            );
        }
    }
    for (auto& outcome : outcomes) EXPECT_EQ(outcome.get(), "");
}

} // namespace
} // namespace dialpine::store
