#include "egress/doors.hpp"
#include "privacy/erasure.hpp"
#include "privacy/my_data.hpp"

namespace dialpine::tests {
namespace {
using namespace egress;

class Ledger : public support::Doors {
protected:
    Ledger() { open(wish_of("Counting", SharingPurpose::analytics, {"feature", "day"})); }

    privacy::DisclosureList mine(PersonId person)
    {
        return database.read([&](store::Read& read) { return privacy::list_my_disclosures(read, {.person = person}); });
    }
};

TEST_F(Ledger, TellsAPersonWhoReceivedWhatOfThem)
{
    EXPECT_TRUE(mine(mia).items.empty());
    disclose({"Counting", {}}, mia, figures());
    ASSERT_EQ(mine(mia).items.size(), 1U);
    const auto item = mine(mia).items.front();
    EXPECT_EQ(item.recipient, "Counting");
    EXPECT_EQ(item.fields, std::vector<std::string>{"feature"});
    EXPECT_EQ(item.state, DisclosureState::sent);
    const auto max = agreeing("Max Example", "max@dialpine.example");
    EXPECT_TRUE(mine(max).items.empty()) << "only their own";
    const auto held =
        database.read([&](store::Read& read) { return json::to_json(privacy::my_data(read, mia).categories); });
    EXPECT_NE(held.find("Counting"), std::string::npos) << "it is part of what is held of them";
}

TEST_F(Ledger, AConsentNamesWhoReceivesWhatItAllows)
{
    const auto naming = [&](privacy::Purpose purpose) {
        set_consent(mia, purpose, people::ConsentState::given);
        return rows("consents", fmt::format("purpose = '{}' AND recipients = 'Counting'", json::name_of(purpose)));
    };
    EXPECT_EQ(rows("consents", "recipients <> 'none'"), 0) << "agreed to before anybody was registered";
    EXPECT_EQ(naming(privacy::Purpose::usage_statistics), 1);
    EXPECT_EQ(naming(privacy::Purpose::search_history), 0);
    database.write([&](store::Write& write) { privacy::end_recipient(write, people::SignedIn{}, {"Counting"}); });
    EXPECT_EQ(naming(privacy::Purpose::usage_statistics), 1) << "who ended receives nothing any more";
}

TEST_F(Ledger, StaysAsProofWithoutTheErasedPersonAndTellsTheRecipient)
{
    disclose({"Counting", {}}, mia, figures());
    const auto recipient = *database.read([](store::Read& read) { return find_recipient(read, "Counting"); });
    const auto subject = database.read([&](store::Read& read) { return subject_for(read, recipient.id, mia); });
    const auto certificate = database.write([&](store::Write& write) { return privacy::erase(write, mia); });
    EXPECT_EQ(certificate.recipients_told, std::vector<std::string>{"Counting"});
    EXPECT_EQ(rows("disclosures", "person_id IS NULL AND recipient = 'Counting' AND fields = 'feature'"), 1);
    const auto notices = database.read([](store::Read& read) { return store::select<RecipientNotice>(read, ""); });
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices.front().kind, NoticeKind::erasure);
    EXPECT_EQ(notices.front().subject, subject);
    EXPECT_FALSE(notices.front().person_id);
    EXPECT_TRUE(mine(mia).items.empty());
}

TEST_F(Ledger, WhoNeverGaveAnythingAwayTellsNobody)
{
    const auto certificate = database.write([&](store::Write& write) { return privacy::erase(write, mia); });
    EXPECT_TRUE(certificate.recipients_told.empty());
    EXPECT_EQ(rows("recipient_notices"), 0);
}

TEST_F(Ledger, ACorrectionIsToldToWhoeverReceivedSomething)
{
    disclose({"Counting", {}}, mia, figures());
    database.write([&](store::Write& write) { queue_notices(write, mia, NoticeKind::correction); });
    EXPECT_EQ(rows("recipient_notices", "kind = 'correction' AND person_id IS NOT NULL"), 1);
    database.write([&](store::Write& write) { privacy::erase(write, mia); });
    EXPECT_EQ(rows("recipient_notices", "person_id IS NOT NULL"), 0);
}

} // namespace
} // namespace dialpine::tests
