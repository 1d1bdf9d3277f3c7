#include "base/problem.hpp"
#include "privacy/publication.hpp"
#include "store/transparency.hpp"
#include "support/house.hpp"
#include "support/program.hpp"

namespace dialpine::privacy {
namespace {

/// The two versions of the policy that the program has: the second cannot be compared, so it is significant.
class PublicationOf : public support::House {
protected:
    PublicationOf()
    {
        for (const auto& [name, email] :
             {std::pair{"Mia Example", "mia@dialpine.example"}, {"Max Example", "max@dialpine.example"}}) {
            const auto person = given.person(name, email);
            given.row(people::Account{
                .person_id = person.id, .password_hash = "none", .created_at = clock_now(), .changed_at = clock_now()
            });
        }
        given.person("Gus Named", ""); // on an imported board, without an account
    }

    void settle(std::vector<const DocumentVersion*> versions)
    {
        database.write([&](store::Write& write) { settle_publication(write, versions); });
    }
    std::string version_in_force()
    {
        return database.read([](store::Read& read) { return in_force(read, "privacy")->version; });
    }
    std::optional<WaitingVersion> waiting()
    {
        return database.read([](store::Read& read) { return waiting_version(read, "privacy"); });
    }

    const DocumentVersion& old = *versions_of("privacy").front();
    const DocumentVersion& newest = *versions_of("privacy").back();
};

TEST_F(PublicationOf, TheFirstVersionIsInForceAtOnce)
{
    settle({&old, &newest});
    EXPECT_EQ(version_in_force(), newest.version);
    EXPECT_FALSE(waiting());
    EXPECT_EQ(rows("outbox"), 0);
}

TEST_F(PublicationOf, ASignificantVersionIsBlockedUntilNoticesAreQueued)
{
    settle({&old});
    ASSERT_EQ(version_in_force(), old.version);
    settle({&old, &newest});
    settle({&old, &newest}); // another start changes nothing
    EXPECT_EQ(version_in_force(), old.version) << "the old one stays in force";
    ASSERT_TRUE(waiting());
    EXPECT_EQ(waiting()->version, newest.version);
    EXPECT_FALSE(waiting()->reasons.empty());
    EXPECT_EQ(rows("outbox"), 0);

    const auto published = database.write([&](store::Write& write) { return publish(write, newest); });
    EXPECT_EQ(published.notices, 2) << "one for each account, none for those without";
    EXPECT_EQ(rows("outbox"), 2);
    EXPECT_EQ(version_in_force(), newest.version);
    EXPECT_FALSE(waiting());
    EXPECT_EQ(rows("log_entries", "kind = 'policy_version'"), 2) << "each publication once";
}

TEST_F(PublicationOf, NothingIsInForceOfAPublicationThatFails)
{
    settle({&old});
    settle({&old, &newest});
    const auto fails = [&] {
        database.write([&](store::Write& write) {
            publish(write, newest);
            throw std::runtime_error("the machine stops");
        });
    };
    EXPECT_THROW(fails(), std::runtime_error);
    EXPECT_EQ(version_in_force(), old.version);
    EXPECT_EQ(rows("outbox"), 0);
}

TEST_F(PublicationOf, AMinorVersionIsInForceAtOnce)
{
    settle({&newest});
    auto minor = newest;
    minor.version = "2026-11-26"; // no snapshot of its own: nothing about data is said anew
    settle({&newest, &minor});
    EXPECT_EQ(rows("publications", "state = 'published' AND version = '2026-11-26'"), 1);
}

TEST_F(PublicationOf, WhatPeopleAgreedToUnderAnOlderProgramCounts)
{
    const auto mia = given.person("Ada Example", "ada@dialpine.example");
    given.row(people::Consent{
        .id = ConsentId::make(),
        .person_id = mia.id,
        .purpose = "account",
        .policy_version = old.version,
        .at = clock_now()
    });
    settle({&old, &newest});
    EXPECT_EQ(version_in_force(), old.version);
    EXPECT_TRUE(waiting());
}

TEST_F(PublicationOf, OnlyWhatWaitsIsPublished)
{
    const auto publish_newest = [&] { database.write([&](store::Write& write) { publish(write, newest); }); };
    try {
        publish_newest();
        FAIL() << "published what was never settled";
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.status, 404);
    }
    settle({&newest});
    try {
        publish_newest();
        FAIL() << "published twice";
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.status, 409);
    }
    EXPECT_EQ(rows("outbox"), 0);
}

TEST(PublicationCommand, SaysWhatIsInForce)
{
    const support::Folder folder;
    const auto on_data = [&](support::Words words) {
        words.insert(words.begin(), {"--data", (folder / "data").string()});
        return support::run(words, folder.path());
    };
    const auto status = on_data({"policy", "status"});
    EXPECT_EQ(status.code, 0) << status.err;
    EXPECT_NE(status.out.find("privacy"), std::string::npos) << status.out;
    EXPECT_EQ(status.out.find("waiting"), std::string::npos) << "a new instance has nobody to tell";
    EXPECT_EQ(on_data({"policy", "publish", "2020-01-01"}).code, 1);
    EXPECT_EQ(on_data({"policy", "publish", versions_of("privacy").back()->version}).code, 1) << "is in force";
    EXPECT_EQ(on_data({"policy", "publish"}).code, 2);
}

} // namespace
} // namespace dialpine::privacy
