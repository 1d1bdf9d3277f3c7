#include "egress/doors.hpp"
#include "privacy/retention.hpp"
#include "store/transparency.hpp"

/// Outside of `egress`, whose own Gate it would hide.
namespace dialpine::tests {
namespace {
using namespace egress;
using support::refusal_of;

class Gate : public support::Doors {
protected:
    NewRecipient counting() const { return wish_of("Counting", SharingPurpose::analytics, {"feature", "day"}); }
    bool sends() { return disclose({"Counting", {}}, mia, figures()); }
    std::string refused(const Destination& to = {"Counting", {}})
    {
        return refusal_of([&] { disclose(to, mia, figures()); });
    }
};

TEST_F(Gate, WhatIsRegisteredAnnouncedAgreedAndBoundLeaves)
{
    const auto recipient = open(counting());
    EXPECT_TRUE(sends());
    ASSERT_EQ(transport.letters.size(), 1U);
    const auto& letter = transport.letters.front();
    EXPECT_EQ(letter.host, "in.dialpine.example");
    EXPECT_NE(letter.body.find(R"("fields":{"feature":"board_opened"})"), std::string::npos) << letter.body;
    EXPECT_EQ(letter.body.find(to_text(mia)), std::string::npos) << "the recipient knows nobody by our id";
    const auto subject = database.read([&](store::Read& read) { return subject_for(read, recipient.id, mia); });
    EXPECT_NE(letter.body.find(subject), std::string::npos);
    EXPECT_EQ(rows("disclosures", "state = 'sent' AND answer = 200 AND fields = 'feature'"), 1);
}

TEST_F(Gate, TwoRecipientsKnowAPersonByDifferentNames)
{
    const auto one = added(counting());
    const auto other = added(wish_of("Other", SharingPurpose::analytics, {"feature"}));
    database.read([&](store::Read& read) {
        EXPECT_NE(subject_for(read, one.id, mia), subject_for(read, other.id, mia));
        EXPECT_EQ(subject_for(read, one.id, mia), subject_for(read, one.id, mia));
    });
}

TEST_F(Gate, WhoeverIsNotInTheRegisterGetsNothing)
{
    EXPECT_EQ(refused(), "Nobody of this name is in the register of recipients.");
    open(counting());
    EXPECT_EQ(
        refused({"Counting", "https://elsewhere.dialpine.example/"}), "This host is not registered for the recipient."
    );
    for (const char* trick :
         {"https://in.dialpine.example@elsewhere.dialpine.example/",
          "https://in.dialpine.example.elsewhere.dialpine.example/",
          "https://elsewhere.dialpine.example/in.dialpine.example",
          "https://elsewhere.dialpine.example\\@in.dialpine.example/",
          "ftp://in.dialpine.example/",
          "//in.dialpine.example/",
          "https://in.dialpine.example\r\nHost: elsewhere.dialpine.example"})
        EXPECT_FALSE(refused({"Counting", trick}).empty()) << trick;
    EXPECT_EQ(refused({"Counting", "http://in.dialpine.example/"}), "Nothing goes to another machine without TLS.");
    EXPECT_EQ(transport.letters.size(), 0U);
    EXPECT_EQ(rows("disclosures"), 0);
}

TEST_F(Gate, AFieldThatIsNotInTheListIsRefusedByItsName)
{
    open(counting());
    auto more = figures();
    more.with<Field::browser_family>(Word("Firefox"));
    EXPECT_EQ(
        refusal_of([&] {
            disclose({"Counting", {}}, mia, more);
        }),
        "This recipient may not receive browser_family."
    );
    EXPECT_EQ(transport.letters.size(), 0U);
}

TEST_F(Gate, ARecipientIsNotRegisteredForMoreThanItsPurposeHas)
{
    auto wish = wish_of("Counting", SharingPurpose::analytics, {"feature", "email", "task_title"});
    try {
        added(wish);
        ADD_FAILURE() << "it was registered";
    } catch (const Problem& problem) {
        ASSERT_EQ(problem.errors.size(), 2U);
        EXPECT_EQ(problem.errors[0].pointer, "/fields/1");
        EXPECT_NE(problem.errors[0].detail.find("email is not a field of analytics"), std::string::npos);
        EXPECT_EQ(problem.errors[1].pointer, "/fields/2");
    }
    EXPECT_EQ(rows("recipients"), 0);
}

TEST_F(Gate, WrongMembersAreNamed)
{
    const auto pointer_of = [&](auto change) -> std::string {
        auto wish = counting();
        change(wish);
        try {
            added(wish);
        } catch (const Problem& problem) {
            return problem.errors.empty() ? problem.name : problem.errors.front().pointer;
        }
        return {};
    };
    EXPECT_EQ(pointer_of([](auto& wish) { wish.country = "de"; }), "/country");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.hosts = {"In.Example"}; }), "/hosts/0");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.hosts = {"in.dialpine.example:8080"}; }), "/hosts/0");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.endpoint = "https://other.example/"; }), "/endpoint");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.endpoint = "http://in.dialpine.example/"; }), "/endpoint");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.fields.clear(); }), "/fields");
    EXPECT_EQ(pointer_of([](auto& wish) { wish.agreement_until = *parse_day("2020-01-01"); }), "/agreement_until");
    EXPECT_EQ(pointer_of([](auto&) {}), "");
    EXPECT_EQ(pointer_of([](auto&) {}), "name-taken");
}

TEST_F(Gate, ExpiryClosesTheWayOutToTheSecond)
{
    support::MovedClock clock;
    open(counting());
    const Instant until = counting().agreement_until;
    clock.advance(until - clock_now() - std::chrono::seconds{1});
    EXPECT_TRUE(sends());
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(refused(), "The agreement with this recipient is over.");
    EXPECT_EQ(transport.letters.size(), 1U);
}

TEST_F(Gate, NothingGoesToARecipientBeforeTheNoticesAreQueued)
{
    added(counting());
    EXPECT_EQ(refused(), "This recipient waits until every account was told of it.");
    EXPECT_EQ(rows("outbox"), 0);
    database.write([&](store::Write& write) {
        EXPECT_EQ(privacy::announce_recipient(write, people::SignedIn{}, {"Counting"}).notices, 1);
    });
    EXPECT_EQ(rows("outbox"), 1);
    EXPECT_TRUE(sends());
}

TEST_F(Gate, AnAffiliatePassesTheSameGate)
{
    support::MovedClock clock;
    const auto ways = [&](bool is_affiliate) {
        auto wish = counting();
        wish.name = is_affiliate ? "Affiliate" : "Contractor";
        wish.affiliate = is_affiliate;
        const Destination to{wish.name, {}};
        std::vector<std::string> answers;
        const auto note = [&] {
            bool left = false;
            const auto why = refusal_of([&] { left = disclose(to, mia, figures()); });
            answers.push_back(left ? "left" : why);
        };
        note();
        added(wish);
        note();
        database.write([&](store::Write& write) {
            privacy::announce_recipient(write, people::SignedIn{}, {std::string(wish.name)});
        });
        note();
        answers.push_back(refusal_of([&] { disclose({wish.name, "https://elsewhere.example/"}, mia, figures()); }));
        auto more = figures();
        more.with<Field::browser_family>(Word("Firefox"));
        answers.push_back(refusal_of([&] { disclose(to, mia, more); }));
        set_consent(mia, privacy::Purpose::usage_statistics, people::ConsentState::withdrawn);
        note();
        set_consent(mia, privacy::Purpose::usage_statistics, people::ConsentState::given);
        clock.advance(std::chrono::days{91});
        note();
        return answers;
    };
    const auto contractor = ways(false);
    EXPECT_EQ(ways(true), contractor);
    EXPECT_EQ(std::ranges::count(contractor, "left"), 1);
}

TEST_F(Gate, AnotherPurposeIsRefused)
{
    open(counting());
    Outgoing<SharingPurpose::error_tracking> report;
    report.with<Field::error_kind>(Word("out_of_memory"));
    EXPECT_EQ(
        refusal_of([&] {
            disclose({"Counting", {}}, mia, report);
        }),
        "This recipient is registered for another purpose."
    );
}

TEST_F(Gate, WhoWithdrewObjectedOrIsRestrictedIsNotDisclosed)
{
    open(counting());
    set_consent(mia, privacy::Purpose::usage_statistics, people::ConsentState::withdrawn);
    EXPECT_FALSE(sends());
    set_consent(mia, privacy::Purpose::usage_statistics, people::ConsentState::given);
    EXPECT_TRUE(sends());
    database.write([&](store::Write& write) {
        people::set_objection(write, {.person = mia}, {people::Objectable::measure_use}, {.objected = true});
    });
    EXPECT_FALSE(sends());
    database.write([&](store::Write& write) {
        people::set_objection(write, {.person = mia}, {people::Objectable::measure_use}, {.objected = false});
        people::restrict_person(write, mia, people::RestrictedBy::the_person);
    });
    EXPECT_FALSE(sends());
    database.write([&](store::Write& write) { people::lift_restriction(write, mia); });
    EXPECT_TRUE(sends());
    EXPECT_EQ(transport.letters.size(), 2U);
    EXPECT_EQ(rows("disclosures"), 2);
}

TEST_F(Gate, TheEntryIsDurableBeforeTheFirstByte)
{
    open(counting());
    transport.before = [&](const Departure& departure) {
        const auto row = found<Disclosure>(departure.id());
        ASSERT_TRUE(row);
        EXPECT_EQ(row->state, DisclosureState::sending);
        EXPECT_EQ(row->person_id, mia);
        EXPECT_EQ(rows("log_entries", "kind = 'disclosure'"), 1);
    };
    EXPECT_TRUE(sends());
    EXPECT_EQ(transport.letters.size(), 1U);
}

TEST_F(Gate, WhatWasNotCommittedDoesNotLeave)
{
    open(counting());
    std::optional<Departure> kept;
    EXPECT_THROW(
        database.write([&](store::Write& write) {
            const auto yes = privacy::may_disclose<SharingPurpose::analytics>(write, mia);
            kept = egress::Gate::clear(write, {"Counting", {}}, figures(), *yes);
            throw std::runtime_error("the transaction fails");
        }),
        std::runtime_error
    );
    ASSERT_TRUE(kept);
    EXPECT_THROW(Outbound(database, transport).send(std::move(*kept)), std::logic_error);
    EXPECT_EQ(transport.letters.size(), 0U);
}

TEST_F(Gate, WhatIsOnItsWayStopsWhenTheRecipientEnds)
{
    open(counting());
    auto departure = database.write([&](store::Write& write) {
        const auto yes = privacy::may_disclose<SharingPurpose::analytics>(write, mia);
        return egress::Gate::clear(write, {"Counting", {}}, figures(), *yes);
    });
    database.write([&](store::Write& write) { privacy::end_recipient(write, people::SignedIn{}, {"Counting"}); });
    EXPECT_EQ(
        refusal_of([&] { Outbound(database, transport).send(std::move(departure)); }), "This recipient has ended."
    );
    EXPECT_EQ(transport.letters.size(), 0U);
    EXPECT_EQ(rows("disclosures", "state = 'failed'"), 1);
}

TEST_F(Gate, EachDisclosureIsInTheLogOfItsPerson)
{
    open(counting());
    sends();
    const auto secrets = database.read([&](store::Read& read) {
        return store::select<store::LogSecret>(
            read, "WHERE person_id = $1 AND number IN (SELECT number FROM log_entries WHERE kind = 'disclosure')", mia
        );
    });
    ASSERT_EQ(secrets.size(), 1U);
    EXPECT_NE(secrets.front().statement.reveal().find(R"("fields":"feature")"), std::string::npos);
    EXPECT_EQ(database.read([](store::Read& read) { return store::verify_log(read, {}); }), std::vector<std::string>());
}

TEST_F(Gate, TheLedgerIsKeptForTwoYears)
{
    support::MovedClock clock;
    open(counting());
    sends();
    const auto enforce = [&] {
        database.write([](store::Write& write) { privacy::enforce_retention(write, clock_now()); });
    };
    clock.advance(std::chrono::days{731} - std::chrono::seconds{5});
    enforce();
    EXPECT_EQ(rows("disclosures"), 1);
    clock.advance(std::chrono::seconds{10});
    enforce();
    EXPECT_EQ(rows("disclosures"), 0);
}

} // namespace
} // namespace dialpine::tests
