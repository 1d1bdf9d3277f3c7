#include "privacy/replay.hpp"

#include "fixture.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "privacy/erasure.hpp"
#include "privacy/inactivity.hpp"

namespace dialpine::privacy {
namespace {

/// A backup of the database that is older than what people chose since.
class Replayed : public House {
protected:
    static ConsentOccasion occasion() { return {"2026-11-25", "", "test", "test"}; }
    void consent(PersonId who, people::ConsentState state)
    {
        database.write([&](store::Write& write) {
            record_consent(write, who, Purpose::product_mail, state, occasion());
        });
    }
    void object(PersonId who, bool objects)
    {
        database.write([&](store::Write& write) {
            people::set_objection(write, {.person = who}, {people::Objectable::profiling}, {.objected = objects});
        });
    }
    void restrict(PersonId who)
    {
        database.write([&](store::Write& write) {
            people::restrict_person(write, who, people::RestrictedBy::the_person);
        });
    }
    /// The database as it was at the backup, with the keys as they are now, at its first start.
    void put_back()
    {
        std::filesystem::copy(backup.path() / "database" / "dialpine.db", restored.path() / "dialpine.db");
        std::filesystem::copy(folder.path() / "keys", restored.path() / "keys");
        old = std::make_unique<store::Database>(store::Settings{.folder = restored.path(), .is_durable = false});
        replay_choices(*old, occasion());
    }
    template <class Ask>
    bool in_old(Ask ask)
    {
        return old->read([&](store::Read& read) { return ask(read); });
    }

    PersonId mia = person("Mia Example", "mia@dialpine.example");
    Folder backup;
    Folder restored;
    std::unique_ptr<store::Database> old;
};

TEST_F(Replayed, RefusalsOutliveAnOlderBackup)
{
    consent(mia, people::ConsentState::given);
    database.back_up_to(backup.path());
    restrict(mia);
    object(mia, true);
    consent(mia, people::ConsentState::withdrawn);
    database.write([&](store::Write& write) { record_gpc(write, mia, occasion()); });
    put_back();
    EXPECT_TRUE(in_old([&](store::Read& read) { return people::is_restricted(read, mia); }));
    EXPECT_TRUE(in_old([&](store::Read& read) { return people::has_objected(read, mia, people::Objectable::profiling); }
    ));
    EXPECT_FALSE(in_old([&](store::Read& read) { return may_process(read, mia, Purpose::product_mail); }));
    EXPECT_TRUE(in_old([&](store::Read& read) { return gpc_since(read, mia).has_value(); }));
    EXPECT_EQ(replay_choices(*old, occasion()), 0) << "the second start has nothing to tell";
}

TEST_F(Replayed, TheLastWordCounts)
{
    restrict(mia);
    object(mia, true);
    consent(mia, people::ConsentState::given);
    consent(mia, people::ConsentState::withdrawn);
    database.back_up_to(backup.path());
    database.write([&](store::Write& write) { people::lift_restriction(write, mia); });
    object(mia, false);
    consent(mia, people::ConsentState::given);
    put_back();
    EXPECT_FALSE(in_old([&](store::Read& read) { return people::is_restricted(read, mia); }));
    EXPECT_FALSE(in_old([&](store::Read& read) { return people::has_objected(read, mia, people::Objectable::profiling); }
    ));
    EXPECT_FALSE(in_old([&](store::Read& read) { return may_process(read, mia, Purpose::product_mail); }))
        << "an agreement that is lost is asked for again, never assumed";
}

TEST_F(Replayed, WhoWasAskedToComeBackIsNotAskedAgain)
{
    account(mia);
    consent(mia, people::ConsentState::given);
    const Instant now = clock_now();
    const auto warn = [](store::Database& in, Instant at) {
        return in.write([&](store::Write& write) {
            note_presence(write, at);
            return warn_inactive(write, {}, at);
        });
    };
    warn(database, now);
    database.back_up_to(backup.path());
    const Instant later = months_after(now, std::chrono::months{6});
    ASSERT_EQ(warn(database, later), 1);
    put_back();
    EXPECT_EQ(warn(*old, later), 0);
}

TEST_F(Replayed, AClosedWorkspaceStaysClosed)
{
    const auto acme = workspace("Acme");
    const auto other = workspace("Other");
    database.back_up_to(backup.path());
    database.write([&](store::Write& write) { people::remove_workspace(write, acme); });
    put_back();
    EXPECT_EQ(people::finish_closings(*old), 1);
    EXPECT_FALSE(in_old([&](store::Read& read) { return store::find<people::Workspace>(read, acme).has_value(); }));
    EXPECT_TRUE(in_old([&](store::Read& read) { return store::find<people::Workspace>(read, other).has_value(); }));
}

TEST_F(Replayed, OfWhoIsErasedNothingIsKept)
{
    restrict(mia);
    object(mia, true);
    ASSERT_EQ(database.keys().replays().all().size(), 2U);
    database.write([&](store::Write& write) { erase(write, mia); });
    EXPECT_TRUE(database.keys().replays().all().empty());
    const std::string_view id(reinterpret_cast<const char*>(mia.bytes.data()), mia.bytes.size());
    EXPECT_EQ(bytes_of(folder.path() / "keys" / "replay.db").find(id), std::string::npos);
}

TEST_F(Replayed, WhatWasChosenBeforeThereWasAListIsLearned)
{
    restrict(mia);
    database.back_up_to(backup.path());
    std::filesystem::remove(backup.path() / "keys" / "replay.db");
    std::filesystem::copy(backup.path() / "database" / "dialpine.db", restored.path() / "dialpine.db");
    std::filesystem::copy(backup.path() / "keys", restored.path() / "keys");
    store::Database upgraded(store::Settings{.folder = restored.path(), .is_durable = false});
    EXPECT_EQ(replay_choices(upgraded, occasion()), 0);
    ASSERT_EQ(upgraded.keys().replays().all().size(), 1U);
    EXPECT_EQ(upgraded.keys().replays().all().front().what, "restriction");
}

} // namespace
} // namespace dialpine::privacy
