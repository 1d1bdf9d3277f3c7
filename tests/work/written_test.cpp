#include "people/restriction.hpp"
#include "privacy/erasure.hpp"
#include "privacy/export.hpp"
#include "privacy/merge.hpp"
#include "privacy/my_data.hpp"
#include "support/server.hpp"
#include "work/mentions.hpp"

#include <gtest/gtest.h>

namespace dialpine::work {
namespace {
using support::Answer;
using support::Json;

class Mentions : public support::Furnished {
protected:
    static std::string mention(const support::Somebody& person) { return "@[" + to_text(person.id) + "]"; }
    std::int64_t mentions_of(PersonId person)
    {
        return database().read([&](store::Read& read) {
            return *store::query_one<std::int64_t>(read, "SELECT count(*) FROM mentions WHERE person_id = $1", person);
        });
    }
    Answer comment(const std::string& body) { return made(task_path(paint) + "/comments", {{"body", body}}); }
    std::string data_of(const support::Somebody& person)
    {
        return database().read([&](store::Read& read) {
            return json::to_json(privacy::my_data(read, person.id).categories);
        });
    }

    Answer paint = task("Paint");
    WorkspaceId workspace{*parse_uuid(pine.substr(pine.rfind('/') + 1))};
};

TEST_F(Mentions, AreFoundByTheMentionedWhoWroteNothing)
{
    EXPECT_EQ(data_of(max).find("Texts in which you are mentioned"), std::string::npos);
    comment("Ask " + mention(max) + " for the colour");
    mia.client.patch(task_path(paint), {{"description", mention(max) + " and " + mention(gus)}});
    EXPECT_EQ(mentions_of(max.id), 2);
    EXPECT_EQ(mentions_of(gus.id), 1);
    EXPECT_NE(data_of(max).find("Texts in which you are mentioned"), std::string::npos);
    const auto zip = database().read([&](store::Read& read) { return privacy::export_person(read, max.id); });
    EXPECT_GT(zip.size(), 0U);
}

TEST_F(Mentions, FollowTheTextThatIsWrittenOver)
{
    const auto said = comment("Ask " + mention(max));
    const auto path = task_path(paint) + "/comments/" + said.text("/id");
    mia.client.patch(path, {{"body", "Ask " + mention(gus) + " or " + mention(gus)}});
    EXPECT_EQ(mentions_of(max.id), 0);
    EXPECT_EQ(mentions_of(gus.id), 1);
    mia.client.patch(path, {{"body", "Never mind"}});
    EXPECT_EQ(mentions_of(gus.id), 0);
}

TEST_F(Mentions, OfNobodyHereAreText)
{
    const auto said = comment("@[" + to_text(eve.id) + "] @[" + to_text(PersonId::make()) + "] @[nobody] @[");
    EXPECT_EQ(mentions_of(eve.id), 0);
    EXPECT_NE(said.text("/body").find(to_text(eve.id)), std::string::npos);
}

TEST_F(Mentions, LoseTheNameWithTheErasedPersonEverywhereAtOnce)
{
    comment("Ask " + mention(max) + " for the colour of the bicycle shed");
    ASSERT_TRUE(running.house.search.wait_for_last(workspace, std::chrono::seconds{10}));
    const auto found = [&] { return mia.client.get(pine + "/search?q=bicycle").body; };
    EXPECT_NE(found().find("@Max Example"), std::string::npos) << found();
    EXPECT_EQ(support::files_with(folder.path(), "Max Example"), std::vector<std::string>()) << "no name on disk";
    ASSERT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    EXPECT_EQ(found().find("Max Example"), std::string::npos);
    EXPECT_NE(found().find("bicycle"), std::string::npos);
    EXPECT_EQ(mentions_of(max.id), 0);
    EXPECT_EQ(mia.client.get(pine + "/people").body.find("Max Example"), std::string::npos);
}

TEST_F(Mentions, AreHiddenWithARestrictedPerson)
{
    comment("Ask " + mention(max) + " for the bicycle");
    ASSERT_TRUE(running.house.search.wait_for_last(workspace, std::chrono::seconds{10}));
    database().write([&](store::Write& write) {
        people::restrict_person(write, max.id, people::RestrictedBy::the_person);
    });
    const auto body = mia.client.get(pine + "/search?q=bicycle").body;
    EXPECT_NE(body.find(people::hidden_name), std::string::npos) << body;
    EXPECT_EQ(body.find("Max Example"), std::string::npos);
}

TEST_F(Mentions, FollowAPersonWhoClaimsAnImportedOne)
{
    const auto imported = support::Given(database()).person("Iva Imported");
    support::Given(database())
        .row(people::ImportedPerson{
            .workspace_id = workspace,
            .person_id = imported.id,
            .source = "trello",
            .created_at = clock_now(),
        });
    const auto old = "@[" + to_text(imported.id) + "]";
    const auto said = comment("Ask " + old);
    mia.client.patch(task_path(paint), {{"description", "By " + old}});
    ASSERT_EQ(mentions_of(imported.id), 2);
    database().write([&](store::Write& write) { privacy::merge_person(write, imported.id, max.id); });
    EXPECT_EQ(mentions_of(max.id), 2);
    EXPECT_EQ(mia.client.get(task_path(paint)).text("/description"), "By " + mention(max));
    EXPECT_EQ(mia.client.get(task_path(paint) + "/comments/" + said.text("/id")).text("/body"), "Ask " + mention(max));
}

/// What a workspace does with a text that holds a documented test card.
class SensitiveTexts : public support::Furnished {
protected:
    static constexpr std::string_view card = "4111 1111 1111 1111";

    void choose(std::string_view rule)
    {
        ASSERT_EQ(ada.client.send(support::put(pine + "/sensitive-data", {{"rule", rule}})).status, 200);
    }
    Answer create(boost::json::object wish) { return max.client.post(web + "/tasks", std::move(wish)); }
    static Json with_card(std::string_view member, bool keeps = false)
    {
        boost::json::object wish{{member, "Pay with " + std::string(card)}};
        if (keeps) wish["keep_sensitive"] = true;
        return wish;
    }
    std::int64_t kept() { return ada.client.get(pine + "/sensitive-data").number("/kept_texts"); }

    Answer paint = task("Paint", {{"checklist", {{{"text", "red"}}}}});
};

TEST_F(SensitiveTexts, NeedExplicitConsentWhereverTheyAreWritten)
{
    auto& c = max.client;
    const auto path = task_path(paint);
    const auto line = path + "/checklist/" + paint.text("/checklist/0/id");
    const auto said = c.post(path + "/comments", {{"body", "fine"}});
    const auto comment = path + "/comments/" + said.text("/id");
    const Json listed{{"title", "x"}, {"checklist", {{{"text", std::string(card)}}}}};
    // clang-format off
    const support::Scenario refused[]{
        {"title", c, support::post(web + "/tasks", with_card("title")), 422, {}, "/title", "sensitive-data"},
        {"description", c, support::patch(path, with_card("description")), 422, {}, "/description", "sensitive-data"},
        {"title of several", c, support::patch(pine + "/tasks", {{"ids", {paint.text("/id")}}, {"change", with_card("title")}}), 422, {}, "/title", "sensitive-data"},
        {"whole checklist", c, support::post(web + "/tasks", listed), 422, {}, "/checklist", "sensitive-data"},
        {"new line", c, support::post(path + "/checklist", with_card("text")), 422, {}, "/text", "sensitive-data"},
        {"changed line", c, support::patch(line, with_card("text")), 422, {}, "/text", "sensitive-data"},
        {"comment", c, support::post(path + "/comments", with_card("body")), 422, {}, "/body", "sensitive-data"},
        {"changed comment", c, support::patch(comment, with_card("body")), 422, {}, "/body", "sensitive-data"},
    };
    // clang-format on
    const auto before = contents();
    for (const auto& scenario : refused) {
        const auto answer = support::expect(scenario);
        EXPECT_EQ(answer.body.find("1111"), std::string::npos) << "the value is not said again";
        EXPECT_NE(answer.body.find("payment card"), std::string::npos);
    }
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(support::files_with(folder.path(), card), std::vector<std::string>()) << "nor is it in any log or file";

    EXPECT_EQ(c.post(web + "/tasks", with_card("title", true)).status, 201);
    EXPECT_EQ(c.patch(path, with_card("description", true)).status, 200);
    EXPECT_EQ(c.post(path + "/checklist", with_card("text", true)).status, 201);
    EXPECT_EQ(c.post(path + "/comments", with_card("body", true)).status, 201);
    EXPECT_EQ(kept(), 4) << "each is written down";
}

TEST_F(SensitiveTexts, ThatWereKeptAreNotAskedForAgainUntilTheyGo)
{
    const auto path = task_path(paint);
    ASSERT_EQ(max.client.patch(path, with_card("description", true)).status, 200);
    const auto more = "Pay with " + std::string(card) + " tomorrow";
    EXPECT_EQ(max.client.patch(path, {{"description", more}}).status, 200);
    EXPECT_EQ(kept(), 1);
    EXPECT_EQ(max.client.patch(path, {{"description", more + " or 5555 5555 5555 4444"}}).status, 422);
    EXPECT_EQ(max.client.patch(path, {{"description", "Paid"}}).status, 200);
    EXPECT_EQ(kept(), 0);
}

TEST_F(SensitiveTexts, AreNeverTakenWhereTheyAreBlocked)
{
    choose("block");
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title", true)).status, 422);
    choose("off");
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title")).status, 201);
}

TEST_F(SensitiveTexts, OfIllnessCountBesideAMemberOfTheWorkspace)
{
    EXPECT_EQ(create({{"title", "Card for Gus: diabetes again"}}).status, 422);
    EXPECT_EQ(create({{"title", "A page on diabetes"}}).status, 201);
    EXPECT_EQ(create({{"title", "Card for Zoltan: diabetes again"}}).status, 201) << "nobody here is called so";
}

TEST_F(SensitiveTexts, AreLookedForWhileSomebodyTypesAndNothingIsKept)
{
    const auto before = contents();
    const auto check = [&](support::Client& client) {
        return client.post(pine + "/sensitive-checks", {{"text", "SSN 078-05-1120, card " + std::string(card)}});
    };
    const auto answer = check(gus.client);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.text("/rule"), "warn");
    EXPECT_EQ(answer.size("/found"), 2U);
    EXPECT_EQ(answer.body.find("1120"), std::string::npos);
    EXPECT_EQ(check(eve.client).status, 404);
    EXPECT_EQ(check(stranger).status, 401);
    EXPECT_EQ(contents(), before);
}

/// Promise P92, with a number of the form and range that were in use.
TEST_F(SensitiveTexts, WithASocialSecurityNumberAreKeptOnlyKnowingly)
{
    const boost::json::object wish{{"title", "Forms"}, {"description", "Her SSN is 219-09-9999"}};
    const auto before = contents();
    const auto warned = create(wish);
    EXPECT_EQ(warned.status, 422);
    EXPECT_EQ(warned.text("/type"), "/problems/sensitive-data");
    EXPECT_EQ(warned.text("/errors/0/pointer"), "/description");
    EXPECT_NE(warned.text("/errors/0/detail").find("social-security"), std::string::npos);
    EXPECT_EQ(warned.body.find("219-09"), std::string::npos);
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(support::files_with(folder.path(), "219-09-9999"), std::vector<std::string>());
    auto knowingly = wish;
    knowingly["keep_sensitive"] = true;
    EXPECT_EQ(create(knowingly).status, 201);
    EXPECT_EQ(kept(), 1);
}

/// Promise P36: a person limits the use of sensitive data about them.
class SensitiveLimit : public SensitiveTexts {
protected:
    void limit(support::Client& client, bool limits = true)
    {
        ASSERT_EQ(client.send(support::put("/me/objections/sensitive", {{"objected", limits}})).status, 200);
    }
    void consent(std::string_view state)
    {
        ASSERT_EQ(max.client.send(support::put("/me/consents/sensitive_data", {{"state", state}})).status, 200);
    }
};

TEST_F(SensitiveLimit, TakesNothingFromWhoSetIt)
{
    limit(max.client);
    for (const auto* rule : {"warn", "off", "block"}) {
        choose(rule);
        EXPECT_EQ(max.client.post(web + "/tasks", with_card("title", true)).status, 422) << rule;
    }
    choose("warn");
    EXPECT_EQ(mia.client.post(web + "/tasks", with_card("title", true)).status, 201) << "others decide for themselves";
    EXPECT_EQ(create({{"title", "Paint"}}).status, 201);
    limit(max.client, false);
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title", true)).status, 201);
}

TEST_F(SensitiveLimit, TakesNoIllnessOfWhoSetItFromAnybody)
{
    const std::string by_mention = "Card for @[" + to_text(gus.id) + "]: diabetes again";
    const auto write = [&](const std::string& text) {
        return create({{"title", "Card"}, {"description", text}, {"keep_sensitive", true}});
    };
    EXPECT_EQ(write("Card for Gus: diabetes again").status, 201) << "meant, and nobody limited it";
    EXPECT_EQ(write(by_mention).status, 201);
    limit(gus.client);
    for (const auto* rule : {"warn", "off"}) {
        choose(rule);
        for (const auto& text : {std::string("Card for Gus: diabetes again"), by_mention}) {
            const auto refused = write(text);
            EXPECT_EQ(refused.status, 422) << rule << text;
            EXPECT_EQ(refused.text("/rule"), "block");
            EXPECT_EQ(refused.body.find("Gus"), std::string::npos) << "who limited it is not said";
        }
    }
    choose("warn");
    EXPECT_EQ(write("Card for Ada: diabetes again").status, 201) << "of others it is their own to limit";
    EXPECT_EQ(write("Gus paints").status, 201);
    const auto checked = max.client.post(pine + "/sensitive-checks", {{"text", "Gus has diabetes"}});
    EXPECT_EQ(checked.text("/rule"), "block");
    limit(gus.client, false);
    EXPECT_EQ(write("Card for Gus: diabetes again").status, 201);
}

TEST_F(SensitiveLimit, IsTheOtherSideOfAConsentThatStands)
{
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title")).status, 422);
    consent("given");
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title")).status, 201) << "said once for all";
    EXPECT_EQ(kept(), 1) << "and written down all the same";
    EXPECT_EQ(mia.client.post(web + "/tasks", with_card("title")).status, 422) << "for Max alone";
    limit(max.client);
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title")).status, 422) << "the limit is the stronger word";
    limit(max.client, false);
    consent("withdrawn");
    EXPECT_EQ(max.client.post(web + "/tasks", with_card("title")).status, 422);
}

TEST_F(SensitiveTexts, AreRuledByAdminsAlone)
{
    const auto put = [&](support::Client& client, const Json& body) {
        return client.send(support::put(pine + "/sensitive-data", body)).status;
    };
    EXPECT_EQ(put(max.client, {{"rule", "off"}}), 403);
    EXPECT_EQ(put(eve.client, {{"rule", "off"}}), 404);
    EXPECT_EQ(put(ada.client, {{"rule", "sometimes"}}), 422);
    EXPECT_EQ(ada.client.get(pine + "/sensitive-data").text("/rule"), "warn");
}

} // namespace
} // namespace dialpine::work
