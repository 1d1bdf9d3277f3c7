#include "insight/noticed.hpp"

#include "insight/devices.hpp"
#include "insight/statistics.hpp"
#include "insight/usage.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "privacy/erasure.hpp"
#include "support/house.hpp"

namespace dialpine::insight {
namespace {
using people::ConsentState;
using std::chrono::days;

class Statistics : public support::House {
protected:
    std::vector<PersonId> people(int count, std::initializer_list<Purpose> purposes)
    {
        std::vector<PersonId> made;
        for (int i = 0; i < count; ++i) {
            made.push_back(given.person(fmt::format("Person {} Example", i)).id);
            for (const auto purpose : purposes) say(made.back(), purpose, ConsentState::given);
        }
        return made;
    }
    void say(PersonId person, Purpose purpose, ConsentState state)
    {
        database.write([&](store::Write& write) {
            privacy::record_consent(
                write,
                person,
                purpose,
                state,
                {.policy_version = "2026-11-25", .policy_sha256 = "0", .method = "test", .controller = "test"}
            );
        });
    }
    void uses(PersonId person, std::string_view feature)
    {
        database.write([&](store::Write& write) {
            if (const auto consented = privacy::consented<Purpose::usage_statistics>(write, person))
                count_feature(write, *consented, feature, clock_now());
        });
    }
    void browses(PersonId person, const std::string& browser)
    {
        database.write([&](store::Write& write) {
            if (const auto consented = privacy::consented<Purpose::device_information>(write, person))
                note_device(write, *consented, {random_device(), browser, "Linux", "IPv4"}, clock_now());
        });
    }
    void next_day()
    {
        clock.advance(days{1});
        database.write([](store::Write& write) { close_days(write, clock_now()); });
    }
    std::vector<PublishedCount> published(std::optional<Day> from = {}, std::optional<Day> to = {})
    {
        return database.read([&](store::Read& read) { return find_statistics(read, {from, to}).counts; });
    }
    /// The figure of a cell on the day before; absent when it is not shown.
    std::optional<std::int64_t> shown(Measure measure, std::string_view value = {})
    {
        const auto day = day_text(clock_now() - days{1});
        for (const auto& count : published())
            if (count.day == day && count.measure == measure && count.value == value) return count.people;
        return std::nullopt;
    }

    support::MovedClock clock;
};

TEST_F(Statistics, ShowNoGroupOfFewerThanTen)
{
    const auto all = people(31, {Purpose::usage_statistics});
    for (std::size_t size = 0; size <= all.size(); ++size) {
        for (std::size_t i = 0; i < size; ++i) uses(all[i], "find_board");
        next_day();
        const auto count = shown(Measure::feature, "find_board");
        if (size < 10)
            EXPECT_EQ(count, std::nullopt) << size;
        else
            EXPECT_EQ(count, static_cast<std::int64_t>(size / 10 * 10)) << size;
    }
    EXPECT_EQ(rows("published_counts", "people < 10 AND measure <> 'closed'"), 0) << "nor is it stored";
}

TEST_F(Statistics, CountPersonsAndNotHowOftenOneDoesSomething)
{
    const auto all = people(10, {Purpose::usage_statistics});
    for (int i = 0; i < 50; ++i) uses(all[0], "find_task");
    next_day();
    EXPECT_EQ(shown(Measure::feature, "find_task"), std::nullopt);
}

TEST_F(Statistics, CountTodayOnlyWhenItIsOver)
{
    for (const auto person : people(12, {Purpose::usage_statistics})) uses(person, "find_board");
    EXPECT_EQ(database.write([](store::Write& write) { return close_days(write, clock_now()); }), 0);
    EXPECT_TRUE(published().empty());
    next_day();
    EXPECT_EQ(shown(Measure::active), 10);
}

/// Whoever knows all figures tries everything that can be asked and computes with what comes.
TEST_F(Statistics, GiveNoGroupOfOneToNineAwayByDifference)
{
    const std::vector<std::string> features{"find_board", "find_task", "create_task", "list_people", "search_workspace"};
    const std::vector<std::string> browsers{"Firefox", "Chrome", "Safari"};
    const auto all = people(
        43, {Purpose::usage_statistics, Purpose::device_information, Purpose::internal_linking}
    );
    const Day first = std::chrono::floor<days>(clock_now());
    constexpr int most_days = 14;
    std::vector<std::vector<PublishedCount>> answers;
    for (int day = 0; day < most_days; ++day) {
        for (std::size_t person = 0; person < all.size(); ++person) {
            // Groups of all sizes about the border, some all but a few of another.
            if (person % (static_cast<std::size_t>(day) + 2) == 0 && day > 6) continue;
            for (std::size_t feature = 0; feature < features.size(); ++feature)
                if (person >= feature * static_cast<std::size_t>(day % 5)) uses(all[person], features[feature]);
            browses(all[person], browsers[person % 17 == 0 ? 2 : person % 2]);
        }
        next_day();
        // In between somebody leaves, withdraws, objects or is restricted, and everything is asked again.
        answers.push_back(published(first, first + days{most_days}));
        const auto who = all[static_cast<std::size_t>(day)];
        if (day % 4 == 0) say(who, Purpose::usage_statistics, ConsentState::withdrawn);
        if (day % 4 == 1) database.write([&](store::Write& write) { privacy::erase(write, who); });
        if (day % 4 == 2)
            database.write([&](store::Write& write) {
                people::restrict_person(write, who, people::RestrictedBy::the_person);
            });
        if (day % 4 == 3)
            database.write([&](store::Write& write) {
                people::set_objection(write, {.person = who}, {people::Objectable::measure_use}, {true});
            });
        database.write([](store::Write& write) { close_days(write, clock_now()); });
        answers.push_back(published(first, first + days{most_days}));
    }
    for (int from = 0; from < most_days; ++from)
        for (int to = from; to < most_days; ++to) answers.push_back(published(first + days{from}, first + days{to}));

    std::map<std::tuple<std::string, Measure, std::string>, std::int64_t> figures;
    std::set<std::int64_t> values;
    for (const auto& answer : answers)
        for (const auto& count : answer) {
            const auto [known, is_new] = figures.try_emplace({count.day, count.measure, count.value}, count.people);
            EXPECT_EQ(known->second, count.people) << "the same cell gives the same figure, whenever and however asked";
            values.insert(count.people);
        }
    ASSERT_GT(figures.size(), 60U) << "the attack needs something to attack";
    // Sums of any two of one side less any one of the other: the attacker's arithmetic.
    for (const auto a : values)
        for (const auto b : values)
            for (const auto c : values) {
                const auto left = std::abs(a - b);
                const auto remainder = std::abs(a + b - c);
                EXPECT_TRUE(left == 0 || left >= 10) << a << " " << b;
                EXPECT_TRUE(remainder == 0 || remainder >= 10) << a << " " << b << " " << c;
            }
}

TEST_F(Statistics, OfADayStayWhenSomebodyIsErased)
{
    const auto all = people(10, {Purpose::usage_statistics});
    for (const auto person : all) uses(person, "find_board");
    next_day();
    ASSERT_EQ(shown(Measure::feature, "find_board"), 10);
    database.write([&](store::Write& write) { privacy::erase(write, all[3]); });
    database.write([](store::Write& write) { close_days(write, clock_now()); });
    EXPECT_EQ(shown(Measure::feature, "find_board"), 10);
}

TEST_F(Statistics, CountNobodyWhoWithdrewOrIsRestrictedByThen)
{
    const auto all = people(10, {Purpose::usage_statistics});
    for (const auto person : all) uses(person, "find_board");
    database.write([&](store::Write& write) {
        people::restrict_person(write, all[0], people::RestrictedBy::the_person);
    });
    next_day();
    EXPECT_EQ(shown(Measure::feature, "find_board"), std::nullopt);
}

// ---- P60

TEST_F(Statistics, JoinWhatPurposesHoldOnlyOfWhoAgreesToThat)
{
    const auto all = people(12, {Purpose::usage_statistics, Purpose::device_information});
    const auto all_use = [&] {
        for (const auto person : all) {
            uses(person, "find_board");
            browses(person, "Firefox");
        }
        next_day();
    };
    all_use();
    EXPECT_EQ(shown(Measure::feature, "find_board"), 10);
    EXPECT_EQ(shown(Measure::browser, "Firefox"), 10);
    EXPECT_EQ(shown(Measure::feature_by_browser, "find_board / Firefox"), std::nullopt);

    for (std::size_t i = 0; i < 9; ++i) say(all[i], Purpose::internal_linking, ConsentState::given);
    all_use();
    EXPECT_EQ(shown(Measure::feature_by_browser, "find_board / Firefox"), std::nullopt) << "nine are too few";
    say(all[9], Purpose::internal_linking, ConsentState::given);
    all_use();
    EXPECT_EQ(shown(Measure::feature_by_browser, "find_board / Firefox"), 10);
    say(all[9], Purpose::internal_linking, ConsentState::withdrawn);
    all_use();
    EXPECT_EQ(shown(Measure::feature_by_browser, "find_board / Firefox"), std::nullopt);
    EXPECT_EQ(shown(Measure::feature, "find_board"), 10) << "each on its own goes on";
}

class StatisticsServed : public Noticed {};

TEST_F(StatisticsServed, AreTheOperatorsAndSayWhatTheyCover)
{
    const auto answer = mia.client.get("/operator/statistics?from=2026-01-01&to=2026-01-31");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.number("/least_group"), 10);
    EXPECT_EQ(answer.number("/counted_days"), 0);
    EXPECT_EQ(answer.size("/counts"), 0U);
    EXPECT_EQ(answer.text("/from"), "2026-01-01");
}

} // namespace
} // namespace dialpine::insight
