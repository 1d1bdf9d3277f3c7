#include "privacy/inactivity.hpp"

#include "fixture.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "privacy/consent.hpp"

namespace dialpine::privacy {
namespace {
using std::chrono::days;
using std::chrono::months;
using namespace std::chrono_literals;

class Inactivity : public House {
protected:
    PersonId somebody(const std::string& name)
    {
        const auto who = person(name, name + "@dialpine.example");
        account(who);
        return who;
    }
    /// What is queued at this time.
    int warned_at(Instant now)
    {
        return database.write([&](store::Write& write) {
            note_presence(write, now);
            return warn_inactive(write, rules, now);
        });
    }
    std::vector<PersonId> to_erase_at(Instant now)
    {
        return database.read([&](store::Read& read) { return inactive_to_erase(read, rules, now); });
    }
    void agree_to_news(PersonId who, people::ConsentState state)
    {
        database.write([&](store::Write& write) {
            record_consent(write, who, Purpose::product_mail, state, {"2026-11-25", "", "test", "test"});
        });
    }
    Instant last_seen(PersonId who) { return found<Presence>(who)->last_seen_at; }

    static constexpr Instant start{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 9h};
    InactivityRules rules;
};

TEST_F(Inactivity, CountsCalendarMonths)
{
    const auto after = [](int count) { return to_text(months_after(start, months{count})); };
    EXPECT_EQ(after(1), "2026-02-28T09:00:00.000Z") << "no 31 February";
    EXPECT_EQ(after(24), "2028-01-31T09:00:00.000Z");
    EXPECT_EQ(after(25), "2028-02-29T09:00:00.000Z");
}

TEST_F(Inactivity, IsWarnedOfTwiceAndEndsInErasureToTheMoment)
{
    const auto mia = somebody("mia");
    EXPECT_EQ(warned_at(start), 0);
    EXPECT_EQ(last_seen(mia), start) << "who is seen for the first time counts from now";
    const Instant over = months_after(start, rules.erase_after);
    EXPECT_EQ(warned_at(over - days{30} - 1ms), 0);
    EXPECT_EQ(warned_at(over - days{30}), 1);
    EXPECT_EQ(warned_at(over - days{30} + 1h), 0) << "once";
    EXPECT_EQ(warned_at(over - days{7} - 1ms), 0);
    EXPECT_EQ(warned_at(over - days{7}), 1);
    EXPECT_EQ(warned_at(over - 1ms), 0);
    EXPECT_TRUE(to_erase_at(over - 1ms).empty());
    EXPECT_EQ(to_erase_at(over), std::vector{mia});
    EXPECT_EQ(rows("outbox"), 2);
}

TEST_F(Inactivity, GivesTheWholeNoticeHoweverLateItBegins)
{
    const auto mia = somebody("mia");
    warned_at(start);
    const Instant late = months_after(start, months{40}); // the server slept
    EXPECT_EQ(warned_at(late), 1);
    EXPECT_TRUE(to_erase_at(late).empty());
    EXPECT_EQ(warned_at(late + days{23} - 1ms), 0);
    EXPECT_EQ(warned_at(late + days{23}), 1);
    EXPECT_TRUE(to_erase_at(late + days{30} - 1ms).empty());
    EXPECT_EQ(to_erase_at(late + days{30}), std::vector{mia});
}

TEST_F(Inactivity, EndsWithAnySignIn)
{
    const auto mia = somebody("mia");
    warned_at(start);
    const Instant over = months_after(start, rules.erase_after);
    warned_at(over - days{30});
    warned_at(over - days{7});
    auto back = found<people::Session>(session(mia));
    back->last_seen_at = over - days{1};
    database.write([&](store::Write& write) { store::update(write, *back); });
    EXPECT_EQ(warned_at(over), 0);
    EXPECT_TRUE(to_erase_at(over).empty());
    EXPECT_EQ(last_seen(mia), over - days{1});
    EXPECT_FALSE(found<Presence>(mia)->warned_at) << "the next time is warned of anew";
    EXPECT_EQ(warned_at(months_after(over - days{1}, rules.erase_after) - days{30}), 1);
}

TEST_F(Inactivity, SparesOperatorsAndWhereItIsOff)
{
    const auto mia = somebody("mia");
    const auto sten = somebody("sten");
    auto own = *found<people::Account>(mia);
    own.is_operator = true;
    database.write([&](store::Write& write) { store::update(write, own); });
    warned_at(start);
    rules.erase_after = months{0};
    const Instant late = months_after(start, months{60});
    EXPECT_EQ(warned_at(late), 0);
    rules.erase_after = months{24};
    EXPECT_EQ(warned_at(late), 1);
    warned_at(late + days{23});
    EXPECT_EQ(to_erase_at(late + days{30}), std::vector{sten});
}

TEST_F(Inactivity, AsksOnceToComeBackAndOnlyWhoAgreedToNews)
{
    const auto mia = somebody("mia");
    const auto sten = somebody("sten");
    agree_to_news(mia, people::ConsentState::given);
    warned_at(start);
    const Instant half_a_year = months_after(start, months{6});
    EXPECT_EQ(warned_at(half_a_year - 1ms), 0);
    EXPECT_EQ(warned_at(half_a_year), 1) << "Mia alone";
    EXPECT_EQ(rows("outbox", "person_id = (SELECT person_id FROM presences WHERE asked_back_at IS NOT NULL)"), 1);
    EXPECT_FALSE(found<Presence>(sten)->asked_back_at);
    EXPECT_EQ(warned_at(half_a_year + 1h), 0);

    // She comes, and goes for another half year: once is once.
    auto back = found<people::Session>(session(mia));
    back->last_seen_at = half_a_year + days{1};
    database.write([&](store::Write& write) { store::update(write, *back); });
    EXPECT_EQ(warned_at(months_after(half_a_year, months{7})), 0);
}

TEST_F(Inactivity, AsksNobodyBackWhoRefusedMail)
{
    const auto mia = somebody("mia");
    const auto sten = somebody("sten");
    const auto eve = somebody("eve");
    for (const auto who : {mia, sten, eve}) agree_to_news(who, people::ConsentState::given);
    warned_at(start);
    agree_to_news(mia, people::ConsentState::withdrawn);
    database.write([&](store::Write& write) {
        people::set_objection(write, {.person = sten}, {people::Objectable::send_mail}, {.objected = true});
        people::restrict_person(write, eve, people::RestrictedBy::the_person);
    });
    EXPECT_EQ(warned_at(months_after(start, months{6})), 0);
    EXPECT_EQ(rows("outbox"), 0);
}

} // namespace
} // namespace dialpine::privacy
