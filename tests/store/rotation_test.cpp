#include "store/keys.hpp"
#include "store/secret_file.hpp"
#include "store/statement.hpp"
#include "support/house.hpp"

#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace dialpine::store {
namespace {
const Keys::RotationProgress silent = [](RotationStep, double) {};

class Rotation : public ::testing::Test {
protected:
    Rotation() { crypto::initialise(); }
    ~Rotation() override { ::unsetenv("DIALPINE_MASTER_KEY"); }

    /// A key store with this many people and a workspace, and what their keys are.
    void fill(int people)
    {
        Keys keys(folder.path(), false);
        std::vector<PersonId> ids;
        for (int i = 0; i < people; ++i) ids.push_back(PersonId::make());
        keys.make(ids);
        keys.make(pine);
        remember(keys, ids);
    }
    void remember(Keys& keys, const std::vector<PersonId>& ids)
    {
        for (const auto id : ids) known[id] = keys.find(id)->bytes();
        workspace_key = keys.find(pine)->bytes();
        lookup = keys.lookup_key().bytes();
        signing = keys.signing_key().bytes();
    }
    void expect_the_same(Keys& keys)
    {
        for (const auto& [id, bytes] : known) ASSERT_EQ(keys.find(id)->bytes(), bytes);
        EXPECT_EQ(keys.find(pine)->bytes(), workspace_key);
        EXPECT_EQ(keys.lookup_key().bytes(), lookup);
        EXPECT_EQ(keys.signing_key().bytes(), signing);
    }
    std::string master() const { return support::bytes_of(folder / "master.key").substr(0, 64); }
    static crypto::Key from(const std::string& hex) { return *key_from_hex(hex); }

    /// In a process of its own, which is killed at the `at`th step it tells of; false when it had no so many.
    bool killed_at(int at) const
    {
        const pid_t child = ::fork();
        if (child == 0) {
            Keys keys(folder.path(), false);
            int step = 0;
            keys.rotate(crypto::Key::random(), [&](RotationStep, double) {
                if (++step == at) ::raise(SIGKILL);
            });
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        return WIFSIGNALED(status);
    }
    std::int64_t rows(const std::string& table) const
    {
        Connection look((folder / "keys.db").string(), Connection::Mode::read);
        return look.integer("SELECT count(*) FROM " + table);
    }
    std::string refusal() const
    {
        try {
            Keys keys(folder.path(), false);
        } catch (const std::runtime_error& failure) {
            return failure.what();
        }
        return {};
    }

    support::Folder folder;
    WorkspaceId pine = WorkspaceId::make();
    std::map<PersonId, std::string> known;
    std::string workspace_key;
    std::string lookup;
    std::string signing;
};

TEST_F(Rotation, WrapsEveryKeyByAnotherMasterKey)
{
    fill(1'200);
    const auto before = master();
    {
        Keys keys(folder.path(), false);
        const auto old_fingerprint = keys.fingerprint();
        keys.rotate(crypto::Key::random(), silent);
        EXPECT_NE(keys.fingerprint(), old_fingerprint);
        expect_the_same(keys);
    }
    EXPECT_NE(master(), before);
    EXPECT_EQ(
        std::filesystem::status(folder / "master.key").permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    EXPECT_TRUE(support::files_with(folder.path(), before).empty()) << "the old one is nowhere any more";
    EXPECT_TRUE(support::files_with(folder.path(), std::string(from(before).bytes())).empty());
    Keys keys(folder.path(), false);
    expect_the_same(keys);

    // Not one of them opens with the old one.
    Connection look((folder / "keys.db").string(), Connection::Mode::read);
    auto& all = look.prepare("SELECT person_id, wrapped FROM person_keys");
    const Using using_all(all);
    int opened = 0;
    while (all.step()) {
        const auto context = "dialpine key|" + to_text(value_at<PersonId>(all, 0));
        EXPECT_TRUE(crypto::open(from(master()), all.blob(1), context));
        opened += crypto::open(from(before), all.blob(1), context) ? 1 : 0;
    }
    EXPECT_EQ(opened, 0);
}

TEST_F(Rotation, IsFinishedByTheNextStartWhereverItIsKilled)
{
    int at = 1;
    for (bool was_killed = true; was_killed; ++at) {
        SCOPED_TRACE(at);
        known.clear();
        std::filesystem::remove_all(folder.path());
        std::filesystem::create_directories(folder.path());
        fill(1'200);
        const auto before = master();
        was_killed = killed_at(at);
        {
            Keys keys(folder.path(), false);
            expect_the_same(keys);
            const auto sten = PersonId::make();
            keys.make(sten);
            known[sten] = keys.find(sten)->bytes();
        }
        EXPECT_NE(master(), before) << "what was begun is finished";
        EXPECT_EQ(rows("rotation"), 0);
        EXPECT_TRUE(support::files_with(folder.path(), before).empty());
        Keys keys(folder.path(), false);
        expect_the_same(keys);
    }
    EXPECT_GT(at, 8) << "it was cut at each step, and between the steps of wrapping";
}

TEST_F(Rotation, LeavesHalfAFileAlone)
{
    fill(3);
    std::ofstream(folder / "master.key.part") << "4f";
    Keys keys(folder.path(), false);
    expect_the_same(keys);
    EXPECT_FALSE(std::filesystem::exists(folder / "master.key.part"));
}

TEST_F(Rotation, GoesOnWhileKeysAreMadeAndReadAndBackedUp)
{
    fill(5'000);
    support::Folder backup;
    {
        Keys keys(folder.path(), false);
        std::atomic<bool> is_over = false;
        std::mutex mutex;
        const std::map<PersonId, std::string> old = known;
        std::vector<std::thread> threads;
        std::atomic<int> made = 0;
        std::atomic<int> read = 0;
        for (int i = 0; i < 2; ++i)
            threads.emplace_back([&] {
                while (!is_over) {
                    const auto id = PersonId::make();
                    keys.make(id);
                    ++made;
                    const std::lock_guard lock(mutex);
                    known[id] = keys.find(id)->bytes();
                }
            });
        threads.emplace_back([&] {
            while (!is_over)
                for (const auto& [id, bytes] : old) {
                    if (keys.find(id)->bytes() != bytes) ADD_FAILURE() << "another key";
                    ++read;
                    if (is_over) break;
                }
        });
        bool is_backed_up = false;
        for (int i = 0; i < 3; ++i)
            keys.rotate(crypto::Key::random(), [&](RotationStep step, double part) {
                if (step != RotationStep::wrapping || part < 0.4 || std::exchange(is_backed_up, true)) return;
                keys.back_up_to(backup.path());
            });
        is_over = true;
        for (auto& thread : threads) thread.join();
        EXPECT_GT(made, 0);
        EXPECT_GT(read, 0);
        EXPECT_TRUE(is_backed_up);
    }
    Keys keys(folder.path(), false);
    expect_the_same(keys);
    Keys restored(backup.path(), false); // a copy from the middle of a rotation finishes it for itself
    for (const auto& [id, bytes] : known)
        if (const auto key = restored.find(id)) ASSERT_EQ(key->bytes(), bytes);
    EXPECT_EQ(restored.lookup_key().bytes(), lookup);
}

TEST_F(Rotation, OfAMasterKeyFromTheEnvironmentIsSetThereAfterwards)
{
    const std::string first(64, 'b');
    const std::string second(64, 'c');
    ::setenv("DIALPINE_MASTER_KEY", first.c_str(), 1);
    fill(700);
    {
        Keys keys(folder.path(), false);
        keys.rotate(from(second), silent);
        expect_the_same(keys);
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "master.key"));
    EXPECT_NE(refusal().find("DIALPINE_MASTER_KEY is"), std::string::npos) << refusal();
    ::setenv("DIALPINE_MASTER_KEY", second.c_str(), 1);
    Keys keys(folder.path(), false);
    expect_the_same(keys);
}

TEST_F(Rotation, OfTheEnvironmentIsTakenUpWithEitherOfTheTwo)
{
    for (const char given : {'b', 'c'}) {
        std::filesystem::remove_all(folder.path());
        std::filesystem::create_directories(folder.path());
        known.clear();
        ::setenv("DIALPINE_MASTER_KEY", std::string(64, 'b').c_str(), 1);
        fill(700);
        const pid_t child = ::fork();
        if (child == 0) {
            Keys keys(folder.path(), false);
            keys.rotate(from(std::string(64, 'c')), [](RotationStep step, double) {
                if (step == RotationStep::wrapping) ::raise(SIGKILL);
            });
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        ::setenv("DIALPINE_MASTER_KEY", std::string(64, 'd').c_str(), 1);
        EXPECT_NE(refusal().find("rotation was cut off"), std::string::npos) << refusal();
        ::setenv("DIALPINE_MASTER_KEY", std::string(64, given).c_str(), 1);
        {
            Keys keys(folder.path(), false);
            expect_the_same(keys);
        }
        ::setenv("DIALPINE_MASTER_KEY", std::string(64, 'c').c_str(), 1);
        Keys keys(folder.path(), false);
        expect_the_same(keys);
    }
}

TEST_F(Rotation, RefusesTheKeyThatIsInUse)
{
    fill(1);
    Keys keys(folder.path(), false);
    EXPECT_THROW(keys.rotate(from(master()), silent), std::runtime_error);
    expect_the_same(keys);
    EXPECT_EQ(rows("rotation"), 0);
}

TEST_F(Rotation, OfAFileThatCannotBeWrittenIsTriedAgain)
{
    fill(3);
    {
        Keys keys(folder.path(), false);
        std::filesystem::create_directories(folder / "master.key.part"); // in its place nothing can be written
        std::ofstream(folder / "master.key.part" / "x") << "x";
        EXPECT_THROW(keys.rotate(crypto::Key::random(), silent), std::runtime_error);
        expect_the_same(keys);
        std::filesystem::remove_all(folder / "master.key.part");
        keys.rotate(crypto::Key::random(), silent);
        expect_the_same(keys);
    }
    Keys keys(folder.path(), false);
    expect_the_same(keys);
    EXPECT_EQ(rows("rotation"), 0);
}

class WorkspaceKeys : public support::House {};

TEST_F(WorkspaceKeys, AreMadeWhenFirstAskedForAndNeverAfterClosing)
{
    auto& keys = database.keys();
    const auto pine = WorkspaceId::make();
    EXPECT_FALSE(keys.find(pine));
    const auto key = keys.of(pine);
    EXPECT_EQ(keys.of(pine).bytes(), key.bytes());
    keys.destroy(pine);
    EXPECT_FALSE(keys.find(pine));
    EXPECT_THROW((void)keys.of(pine), std::runtime_error);
    EXPECT_EQ(keys.closed_workspaces(), std::vector{pine});
    EXPECT_TRUE(support::files_with(folder / "keys", std::string(key.bytes())).empty());
}

TEST_F(WorkspaceKeys, AreNotThoseOfAPersonOfTheSameId)
{
    const auto id = new_uuid();
    database.keys().make(WorkspaceId(id));
    Connection store((folder / "keys" / "keys.db").string(), Connection::Mode::write);
    store.execute("INSERT INTO person_keys SELECT workspace_id, wrapped FROM workspace_keys");
    Keys keys(folder / "keys", false);
    EXPECT_THROW((void)keys.find(PersonId(id)), std::runtime_error);
}

class ForeignKeys : public ::testing::Test {
protected:
    ForeignKeys() { crypto::initialise(); }
    static void fill(const std::filesystem::path& data)
    {
        Database database({.folder = data, .is_durable = false});
        support::Given(database).person("Mia Example", "mia@dialpine.example");
    }
    static std::string refusal(const std::filesystem::path& data)
    {
        try {
            Database database({.folder = data, .is_durable = false});
        } catch (const std::exception& failure) {
            return failure.what();
        }
        return {};
    }
    support::Folder here;
    support::Folder there;
};

TEST_F(ForeignKeys, AreRefusedAtTheStart)
{
    fill(here.path());
    fill(there.path());
    std::filesystem::rename(here / "keys", here / "own");
    const auto missing = refusal(here.path());
    EXPECT_NE(missing.find("Put the keys folder back from its backup"), std::string::npos) << missing;
    EXPECT_FALSE(std::filesystem::exists(here / "keys")) << "no new ones, which would hide the loss";

    std::filesystem::copy(there / "keys", here / "keys");
    const auto foreign = refusal(here.path());
    EXPECT_NE(foreign.find("The keys are not those of this database"), std::string::npos) << foreign;
    EXPECT_NE(foreign.find("that was backed up together with this database"), std::string::npos);

    std::filesystem::remove_all(here / "keys");
    std::filesystem::rename(here / "own", here / "keys");
    std::filesystem::copy_file(
        there / "keys/master.key", here / "keys/master.key", std::filesystem::copy_options::overwrite_existing
    );
    const auto other_master = refusal(here.path());
    EXPECT_NE(other_master.find("does not belong to the key store"), std::string::npos) << other_master;
}

TEST_F(ForeignKeys, OfAnOlderBackupLackTheLastPeople)
{
    {
        Database database({.folder = here.path(), .is_durable = false});
        support::Given given(database);
        for (int i = 0; i < 500; ++i) given.person(fmt::format("Person {}", i));
        database.keys().back_up_to(there / "keys");
        given.person("Late Example");
    }
    EXPECT_EQ(refusal(here.path()), "");
    std::filesystem::remove_all(here / "keys");
    std::filesystem::copy(there / "keys", here / "keys");
    EXPECT_NE(refusal(here.path()).find("1 have no key"), std::string::npos) << refusal(here.path());
}

} // namespace
} // namespace dialpine::store
