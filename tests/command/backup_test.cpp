#include "people/accounts.hpp"
#include "people/restriction.hpp"
#include "store/backup.hpp"
#include "store/restore.hpp"
#include "store/statement.hpp"
#include "support/program.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace dialpine::command {
namespace {
using support::Ended;
using support::Words;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// The real program, with two people, a backup, and one of them erased since.
class Backup : public ::testing::Test {
protected:
    ~Backup() override { set_clock_ahead(0ms); }

    Ended on_data(Words words, const Words& settings = {}) const
    {
        words.insert(words.begin(), {"--data", data.string()});
        return support::run(words, folder.path(), settings);
    }
    void add(const std::string& email) const { EXPECT_EQ(on_data({"user", "add", email, "--name", email}).code, 0); }
    void back_up(const std::string& name) const
    {
        const auto ended = on_data({"backup", "--out", (folder / name).string()});
        EXPECT_EQ(ended.code, 0) << ended.err;
    }
    std::string users() const { return on_data({"user", "list"}).out; }
    /// The calls to the disk before which a program is killed, one after the other, until it comes to its end.
    template <class Check>
    int cut_everywhere(const Words& words, const fs::path& start, Check check)
    {
        int at = 1;
        for (;; ++at) {
            fs::remove_all(data);
            fs::copy(start, data, fs::copy_options::recursive);
            const auto ended = on_data(words, {"LD_PRELOAD=" DIALPINE_CUT_OFF, fmt::format("CUT_AT={}", at)});
            SCOPED_TRACE(fmt::format("cut before call {}: {}", at, ended.err));
            check(ended.code != -SIGKILL);
            if (ended.code != -SIGKILL) {
                EXPECT_EQ(ended.code, 0) << ended.err;
                return at;
            }
            if (at > 3000 || HasFailure()) {
                ADD_FAILURE() << "it does not come to an end";
                return at;
            }
        }
    }

    support::Folder folder;
    fs::path data = folder / "data";
};

TEST_F(Backup, OfADamagedFileIsRefusedAndChangesNothing)
{
    add("mia@dialpine.example");
    back_up("backup");
    add("sten@dialpine.example");
    const auto before = users();
    const auto refused = [&](std::string_view why) {
        const auto ended = on_data({"restore", (folder / "backup").string()});
        EXPECT_EQ(ended.code, 1) << why;
        EXPECT_NE(ended.err.find(why), std::string::npos) << ended.err;
        EXPECT_EQ(users(), before) << "after: " << why;
        EXPECT_FALSE(fs::exists(data / "restore"));
    };
    for (const fs::path file : {"database/dialpine.db", "keys/keys.db"}) {
        const auto path = folder / "backup" / file;
        const auto whole = support::bytes_of(path);
        auto damaged = whole;
        damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
        std::ofstream(path, std::ios::binary) << damaged;
        refused("damaged");
        std::ofstream(path, std::ios::binary) << whole.substr(0, whole.size() - 1);
        refused("damaged");
        fs::remove(path);
        refused("no whole backup");
        std::ofstream(path, std::ios::binary) << whole;
    }
    fs::rename(folder / "backup" / "keys" / "replay.db", folder / "replay.db");
    refused("missing");
    fs::rename(folder / "replay.db", folder / "backup" / "keys" / "replay.db");
    std::ofstream(folder / "backup" / "keys" / "manifest.json") << "{";
    refused("damaged");
}

TEST_F(Backup, OfKeysServesForThirtyDaysAndIsThenRefused)
{
    add("mia@dialpine.example");
    back_up("backup");
    const auto made = store::read_manifest(folder / "backup" / "keys")->made_at;
    const auto expires = made + store::key_backup_life;
    EXPECT_EQ(store::check_backup(folder / "backup", expires - 1ms), "");
    const auto wrong = store::check_backup(folder / "backup", expires);
    EXPECT_NE(wrong.find("expired"), std::string::npos) << wrong;
    EXPECT_NE(wrong.find("newer backup"), std::string::npos) << "it says the way out: " << wrong;

    // A database may be older than that: it opens with newer keys, which know who was erased since.
    back_up("newer");
    fs::remove_all(folder / "backup" / "keys");
    fs::copy(folder / "newer" / "keys", folder / "backup" / "keys");
    EXPECT_EQ(store::check_backup(folder / "backup", expires), "");
}

TEST_F(Backup, OfKeysIsRemovedWhereItLiesOnceItHasExpired)
{
    add("mia@dialpine.example");
    back_up("first");
    back_up("second");
    std::ofstream(folder / "first" / "keys" / "operators-own.txt") << "stays";
    const auto made = store::read_manifest(folder / "first" / "keys")->made_at;
    EXPECT_TRUE(store::remove_expired_key_backups(data, made + store::key_backup_life - 1ms).empty());
    EXPECT_TRUE(fs::exists(folder / "first" / "keys" / "keys.db"));
    EXPECT_EQ(store::remove_expired_key_backups(data, made + store::key_backup_life + 1h).size(), 2U);
    for (const auto* name : {"keys.db", "master.key", "replay.db", "manifest.json"})
        EXPECT_FALSE(fs::exists(folder / "first" / "keys" / name)) << name;
    EXPECT_TRUE(fs::exists(folder / "first" / "keys" / "operators-own.txt"));
    EXPECT_TRUE(fs::exists(folder / "first" / "database" / "dialpine.db")) << "which is unreadable without them";
}

TEST_F(Backup, PutBackKnowsWhatPeopleRefusedSince)
{
    add("mia@dialpine.example");
    add("sten@dialpine.example");
    back_up("backup");
    EXPECT_EQ(on_data({"person", "restrict", "sten@dialpine.example"}).code, 0);
    EXPECT_NE(users().find("Restricted person"), std::string::npos);
    const auto restored = on_data({"restore", (folder / "backup").string()});
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_NE(users().find("Restricted person"), std::string::npos) << users();
}

TEST_F(Backup, LeavesWhatWasThereForAWeekOrUntilTheNextErasure)
{
    add("mia@dialpine.example");
    add("sten@dialpine.example");
    back_up("backup");
    ASSERT_EQ(on_data({"restore", (folder / "backup").string()}).code, 0);
    const auto left = [&] {
        return std::ranges::count_if(fs::directory_iterator(data), [](const auto& entry) {
            return entry.path().filename().string().starts_with("before-restore-");
        });
    };
    EXPECT_EQ(left(), 1);
    EXPECT_EQ(store::remove_before_restore(data, clock_now() - store::before_restore_life), 0);
    EXPECT_EQ(left(), 1);
    EXPECT_EQ(on_data({"erase", "person", "sten@dialpine.example"}).code, 0);
    EXPECT_EQ(left(), 0) << "it held Sten, with the key";
    ASSERT_EQ(on_data({"restore", (folder / "backup").string()}).code, 0);
    EXPECT_EQ(users().find("sten"), std::string::npos);
    EXPECT_EQ(store::remove_before_restore(data, clock_now() + store::before_restore_life), 1);
}

TEST_F(Backup, CutOffAnywhereWhileItIsPutBackLeavesAllOfTheOldOrAllOfTheNew)
{
    add("mia@dialpine.example");
    add("erna@dialpine.example");
    back_up("backup");
    add("late@dialpine.example");
    ASSERT_EQ(on_data({"erase", "person", "erna@dialpine.example"}).code, 0);
    const auto start = folder / "start";
    fs::copy(data, start, fs::copy_options::recursive);
    const std::string old_users = users();
    int as_before = 0;
    int as_new = 0;
    const int calls = cut_everywhere({"restore", (folder / "backup").string()}, start, [&](bool) {
        const auto now = users(); // which starts the program on what is there
        const bool is_old = now == old_users;
        const bool is_new = now == "mia@dialpine.example  mia@dialpine.example  (operator)\n";
        EXPECT_TRUE(is_old || is_new) << now;
        (is_old ? as_before : as_new)++;
        EXPECT_FALSE(fs::exists(data / "restore")) << "done or undone";
    });
    EXPECT_GT(calls, 30);
    EXPECT_GT(as_before, 10);
    EXPECT_GT(as_new, 3);
}

TEST_F(Backup, AnErasureCutOffAnywhereIsDoneOrNotBegun)
{
    add("mia@dialpine.example");
    add("erna@dialpine.example");
    const auto start = folder / "start";
    fs::copy(data, start, fs::copy_options::recursive);
    int is_there = 0;
    int is_gone = 0;
    const int calls = cut_everywhere({"erase", "person", "erna@dialpine.example"}, start, [&](bool) {
        const auto now = users(); // which starts the program and lets it finish
        const bool knows = now.find("erna@") != std::string::npos;
        (knows ? is_there : is_gone)++;
        store::Connection keys((data / "keys" / "keys.db").string(), store::Connection::Mode::read);
        EXPECT_EQ(keys.integer("SELECT count(*) FROM person_keys"), knows ? 2 : 1) << "key and row go together";
        store::Connection database((data / "dialpine.db").string(), store::Connection::Mode::read);
        EXPECT_EQ(database.integer("SELECT count(*) FROM people"), knows ? 2 : 1);
        EXPECT_EQ(database.integer("SELECT count(*) FROM accounts"), knows ? 2 : 1);
    });
    EXPECT_GT(calls, 20);
    EXPECT_GT(is_there, 0);
    EXPECT_GT(is_gone, 3);
}

} // namespace
} // namespace dialpine::command
