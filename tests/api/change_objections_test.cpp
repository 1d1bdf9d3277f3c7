#include "privacy/change_objections.hpp"
#include "privacy/documents.hpp"
#include "privacy/retention.hpp"
#include "store/rows.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Json;
using namespace std::chrono_literals;

Instant at(std::string_view text) { return *parse_instant(text); }

TEST(ChangeObjectionIsDue, OnTheSameDayOfTheNextMonthOrItsLast)
{
    EXPECT_EQ(privacy::answer_due_at(at("2026-11-25T10:00:00Z")), at("2026-12-25T10:00:00Z"));
    EXPECT_EQ(privacy::answer_due_at(at("2026-12-31T23:59:59Z")), at("2027-01-31T23:59:59Z"));
    EXPECT_EQ(privacy::answer_due_at(at("2027-01-31T08:00:00Z")), at("2027-02-28T08:00:00Z"));
    EXPECT_EQ(privacy::answer_due_at(at("2028-01-30T08:00:00Z")), at("2028-02-29T08:00:00Z"));
}

/// Mia is the instance's operator.
class ChangeObjections : public support::Furnished {
protected:
    static constexpr auto own = "/me/change-objections";
    static constexpr auto all = "/operator/change-objections";

    Answer objects(support::Somebody& who, Json reason = "I do not want this")
    {
        return who.client.post(own, {{"document", "privacy"}, {"version", newest}, {"reason", std::move(reason)}});
    }
    static std::string answer_to(const Answer& objection)
    {
        return std::string(all) + "/" + objection.text("/id") + "/answer";
    }
    std::int64_t rows()
    {
        return database().read([](store::Read& read) {
            return *store::query_one<std::int64_t>(read, "SELECT count(*) FROM change_objections");
        });
    }

    support::MovedClock clock;
    const std::string newest = privacy::versions_of("privacy").back()->version;
};

TEST_F(ChangeObjections, AreRequestsThatTheOperatorAnswersWithinAMonth)
{
    const auto made = objects(ada);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.text("/state"), "open");
    EXPECT_EQ(made.text("/title"), "Privacy policy");
    EXPECT_EQ(at(made.text("/due_at")), privacy::answer_due_at(at(made.text("/created_at"))));
    EXPECT_EQ(made.at("/answer"), Json(nullptr));
    clock.advance(1h);
    ASSERT_EQ(objects(max, nullptr).status, 201) << "words of one's own are optional";

    const auto asked = mia.client.get(all);
    ASSERT_EQ(asked.size("/items"), 2U) << asked.body;
    EXPECT_EQ(asked.text("/items/0/person_name"), "Ada Example") << "due soonest first";
    EXPECT_EQ(asked.text("/items/0/reason"), "I do not want this");
    EXPECT_EQ(asked.at("/items/1/reason"), Json(nullptr));

    const auto answered = mia.client.post(answer_to(made), {{"answer", "We take it out again.\nThank you."}});
    ASSERT_EQ(answered.status, 200) << answered.body;
    EXPECT_EQ(answered.text("/state"), "answered");
    const auto mine = ada.client.get(own);
    ASSERT_EQ(mine.size("/items"), 1U);
    EXPECT_EQ(mine.text("/items/0/state"), "answered");
    EXPECT_EQ(mine.text("/items/0/answer"), "We take it out again.\nThank you.");
    EXPECT_EQ(max.client.get(own).text("/items/0/state"), "open") << "that of somebody else is as it was";
    EXPECT_EQ(mia.client.get(all).text("/items/0/person_name"), "Max Example") << "what waits comes first";
    const auto mails = mia.client.get("/operator/outbox");
    ASSERT_EQ(mails.size("/items"), 1U) << "Ada is told, and nobody else";
    EXPECT_NE(mails.text("/items/0/body").find("We take it out again."), std::string::npos);
}

TEST_F(ChangeObjections, AreTheirAuthorsAndTheOperatorsBusinessAlone)
{
    const auto made = objects(ada);
    using support::expect;
    const Json words{{"answer", "No"}};
    expect({"a stranger does not object", stranger, support::post(own, words), 401});
    expect({"nor reads", stranger, support::get(own), 401});
    expect({"nor the list", stranger, support::get(all), 401});
    expect({"nor answers", stranger, support::post(answer_to(made), words), 401});
    expect({"another person does not read the list", max.client, support::get(all), 403});
    expect({"nor answers", max.client, support::post(answer_to(made), words), 403});
    expect({"not even one's own", ada.client, support::post(answer_to(made), words), 403});
    EXPECT_EQ(max.client.get(own).size("/items"), 0U);
    EXPECT_EQ(ada.client.get(own).text("/items/0/state"), "open");
}

TEST_F(ChangeObjections, RefuseWhatIsNoneAndWhatWasSaidBefore)
{
    using support::expect;
    const auto wish = [](std::string_view document, std::string_view version) {
        return support::post(own, Json{{"document", document}, {"version", version}});
    };
    const auto& first = *privacy::versions_of("privacy").front();
    expect({"no document", ada.client, wish("none", newest), 422, {}, "/document"});
    expect({"no version", ada.client, wish("privacy", "1999-01-01"), 422, {}, "/version"});
    expect({"the first version", ada.client, wish("privacy", first.version), 422, {}, "/version"});
    expect(
        {"no words that are a number",
         ada.client,
         support::post(own, Json{{"document", "privacy"}, {"version", newest}, {"reason", 7}}),
         422,
         "/reason"}
    );
    EXPECT_EQ(rows(), 0);
    const auto made = objects(ada);
    expect({"twice", ada.client, wish("privacy", newest), 409, {}, {}, "already-objected"});
    EXPECT_EQ(rows(), 1);
    const auto nobody = std::string(all) + "/" + to_text(ChangeObjectionId::make()) + "/answer";
    expect({"none such", mia.client, support::post(nobody, Json{{"answer", "No"}}), 404});
    expect({"without words", mia.client, support::post(answer_to(made), Json{{"answer", " \n"}}), 422, {}, "/answer"});
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 0U);
    EXPECT_EQ(mia.client.post(answer_to(made), {{"answer", "No"}}).status, 200);
    expect(
        {"twice", mia.client, support::post(answer_to(made), Json{{"answer", "Yes"}}), 409, {}, {}, "already-answered"}
    );
    EXPECT_EQ(ada.client.get(own).text("/items/0/answer"), "No");
}

TEST_F(ChangeObjections, LeaveATraceWhereTheOperatorReadsThem)
{
    objects(ada);
    const auto reads = [&] {
        return database().read([](store::Read& read) {
            return *store::query_one<std::int64_t>(read, "SELECT count(*) FROM log_entries WHERE kind = 'staff_read'");
        });
    };
    const auto before = reads();
    mia.client.get(all);
    EXPECT_EQ(reads(), before + 1);
}

TEST_F(ChangeObjections, AreKeptForTwoYearsAndGoWithTheirAuthor)
{
    objects(ada);
    objects(max);
    EXPECT_NE(ada.client.get("/me/data").body.find("I do not want this"), std::string::npos);
    EXPECT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    EXPECT_EQ(rows(), 1);
    const auto keep = [&] {
        database().write([](store::Write& write) { privacy::enforce_retention(write, clock_now()); });
        return rows();
    };
    clock.advance(std::chrono::days{730} - 1min);
    EXPECT_EQ(keep(), 1);
    clock.advance(2min);
    EXPECT_EQ(keep(), 0);
}

} // namespace
} // namespace dialpine::api
