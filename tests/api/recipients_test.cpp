#include "privacy/authorities.hpp"
#include "privacy/disclosure.hpp"
#include "privacy/offers.hpp"
#include "support/program.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::expect;
using support::Json;

class Recipients : public support::Served {
protected:
    static boost::json::object wish(std::string_view name = "Counting")
    {
        return {
            {"name", name},
            {"purpose", "analytics"},
            {"fields", {"feature", "day"}},
            {"hosts", {"in.dialpine.example"}},
            {"endpoint", "https://in.dialpine.example/documents"},
            {"region", "European Union"},
            {"country", "DE"},
            {"agreement", "DPA 7"},
            {"agreement_until", "2099-01-01"},
            {"contact", "privacy@dialpine.example"},
        };
    }
    support::Answer added(std::string_view name = "Counting")
    {
        return mia.client.post("/operator/recipients", wish(name));
    }
};

TEST_F(Recipients, AreRegisteredAnnouncedAndEndedByTheOperator)
{
    const auto made = added();
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.text("/state"), "waiting");
    EXPECT_FALSE(made.at("/open").as_bool());
    EXPECT_EQ(mia.client.send({"GET", made.header("location"), {}, {}}).text("/name"), "Counting");
    const auto announced = mia.client.post("/operator/recipients/Counting/announcement");
    EXPECT_EQ(announced.status, 200) << announced.body;
    EXPECT_EQ(announced.text("/state"), "active");
    EXPECT_EQ(announced.number("/notices"), 5) << "every account of the house";
    EXPECT_TRUE(announced.at("/open").as_bool());
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 5U);
    EXPECT_EQ(mia.client.post("/operator/recipients/Counting/announcement").status, 409);
    EXPECT_EQ(mia.client.del("/operator/recipients/Counting").text("/state"), "ended");
    EXPECT_EQ(mia.client.del("/operator/recipients/Counting").status, 404) << "by its name only while it has not ended";
    EXPECT_EQ(added().status, 201) << "the name is free again";
}

TEST_F(Recipients, AreTheOperatorsAlone)
{
    for (auto* other : {&ada.client, &max.client, &gus.client, &eve.client}) {
        EXPECT_EQ(other->post("/operator/recipients", wish()).status, 403);
        EXPECT_EQ(other->get("/operator/recipients").status, 403);
        EXPECT_EQ(other->post("/operator/recipients/Counting/tries").status, 403);
    }
    EXPECT_EQ(stranger.post("/operator/recipients", wish()).status, 401);
    EXPECT_EQ(stranger.get("/subprocessors").size("/items"), 0U);
}

TEST_F(Recipients, ABadWishNamesItsMember)
{
    const auto with = [](std::string_view member, Json value) {
        auto made = wish();
        made[member] = std::move(value);
        return support::post("/operator/recipients", made);
    };
    auto& as = mia.client;
    expect(
        {.name = "a task's title",
         .as = as,
         .send = with("fields", {"feature", "title"}),
         .status = 422,
         .pointer = "/fields/1"}
    );
    expect(
        {.name = "another purpose's field",
         .as = as,
         .send = with("fields", {"email"}),
         .status = 422,
         .pointer = "/fields/0"}
    );
    expect({.name = "to sell", .as = as, .send = with("purpose", "sale"), .status = 422, .pointer = "/purpose"});
    expect({.name = "no region", .as = as, .send = with("region", ""), .status = 422, .pointer = "/region"});
    expect({.name = "no agreement", .as = as, .send = with("agreement", " "), .status = 422, .pointer = "/agreement"});
    expect(
        {.name = "an agreement that is over",
         .as = as,
         .send = with("agreement_until", "2020-01-01"),
         .status = 422,
         .pointer = "/agreement_until"}
    );
    expect(
        {.name = "without TLS",
         .as = as,
         .send = with("endpoint", "http://in.dialpine.example/"),
         .status = 422,
         .pointer = "/endpoint"}
    );
    expect({.name = "an undeclared member", .as = as, .send = with("title", "x"), .status = 422, .pointer = "/title"});
    EXPECT_EQ(stranger.get("/subprocessors").size("/items"), 0U) << "nothing is half done";
}

TEST_F(Recipients, ATryOfOneThatIsClosedIsRefusedAndSaysWhy)
{
    added();
    const auto refused = mia.client.post("/operator/recipients/Counting/tries");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.text("/detail"), "This recipient waits until every account was told of it.");
    EXPECT_EQ(mia.client.post("/operator/recipients/Nobody/tries").status, 404);
}

TEST_F(Recipients, StandInThePublicRegisterThePolicyAndTheRecords)
{
    EXPECT_EQ(stranger.get("/policy").size("/recipients"), 0U);
    added();
    added("Other");
    mia.client.del("/operator/recipients/Other");
    const auto listed = stranger.get("/subprocessors");
    ASSERT_EQ(listed.size("/items"), 2U);
    EXPECT_EQ(listed.text("/items/0/hosts/0"), "in.dialpine.example");
    EXPECT_EQ(listed.text("/items/0/fields_titles/0"), "which feature was used");
    EXPECT_EQ(listed.text("/items/1/state"), "ended");
    EXPECT_EQ(stranger.get("/policy").text("/recipients/0/name"), "Counting");
    const auto record = stranger.get("/records/processing");
    ASSERT_EQ(record.size("/recipients"), 1U) << "who ended receives nothing any more";
    EXPECT_EQ(record.text("/transfers/0"), "Counting: European Union (DE)");
    EXPECT_NE(stranger.get("/records/processing?format=csv").body.find("Counting"), std::string::npos);
}

TEST_F(Recipients, APersonReadsWhoReceivedWhatOfThem)
{
    EXPECT_EQ(mia.client.get("/me/disclosures").size("/items"), 0U);
    EXPECT_EQ(stranger.get("/me/disclosures").status, 401);
    added();
    mia.client.post("/operator/recipients/Counting/announcement");
    EXPECT_EQ(mia.client.send(support::put("/me/consents/usage_statistics", {{"state", "given"}})).status, 200);
    database().write([&](store::Write& write) {
        egress::Outgoing<egress::SharingPurpose::analytics> out;
        out.with<egress::Field::feature>(egress::Word("board_opened"));
        const auto yes = privacy::may_disclose<egress::SharingPurpose::analytics>(write, mia.id);
        ASSERT_TRUE(yes);
        egress::Gate::clear(write, {"Counting", {}}, out, *yes);
    });
    const auto mine = mia.client.get("/me/disclosures");
    ASSERT_EQ(mine.size("/items"), 1U) << mine.body;
    EXPECT_EQ(mine.text("/items/0/recipient"), "Counting");
    EXPECT_EQ(mine.text("/items/0/fields_titles/0"), "which feature was used");
    EXPECT_EQ(eve.client.get("/me/disclosures").size("/items"), 0U);
    database().write([&](store::Write& write) { egress::queue_notices(write, mia.id, egress::NoticeKind::correction); }
    );
    const auto notices = mia.client.get("/operator/recipient-notices");
    ASSERT_EQ(notices.size("/items"), 1U) << notices.body;
    EXPECT_EQ(notices.text("/items/0/kind"), "correction");
    EXPECT_EQ(notices.text("/items/0/contact"), "privacy@dialpine.example");
    EXPECT_EQ(notices.body.find(to_text(mia.id)), std::string::npos) << "by the name that the recipient knows";
    EXPECT_EQ(eve.client.get("/operator/recipient-notices").status, 403);
}

class Transfers : public Recipients {};

TEST_F(Transfers, EveryStoreAndEveryRecipientStandsInTheRegisterWithItsRegion)
{
    for (const char* name : {"Counting", "Third", "Second"}) added(name);
    mia.client.del("/operator/recipients/Third");
    const auto list = stranger.get("/transfers");
    std::set<std::string> who;
    std::size_t here = 0;
    for (std::size_t i = 0; i < list.size("/items"); ++i) {
        const auto at = fmt::format("/items/{}", i);
        EXPECT_FALSE(list.text(at + "/region").empty());
        EXPECT_FALSE(list.text(at + "/safeguard").empty());
        if (list.text(at + "/state") == "here")
            ++here;
        else
            who.insert(list.text(at + "/who"));
    }
    EXPECT_EQ(here, 3U) << "database, keys, backups";
    EXPECT_EQ(who, (std::set<std::string>{"Counting", "Second", "Third"}));
    const auto csv = stranger.get("/transfers?format=csv");
    EXPECT_EQ(csv.header("content-type"), "text/csv; charset=utf-8");
    EXPECT_EQ(std::ranges::count(csv.body, '\n'), static_cast<std::ptrdiff_t>(list.size("/items")) + 1);
    EXPECT_EQ(stranger.get("/transfers?format=xml").status, 422);
}

class Authorities : public support::Served {
protected:
    privacy::AuthorityRequest noted(privacy::AuthorityKind kind, const char* day)
    {
        return database().write([&](store::Write& write) {
            return privacy::add_authority_request(
                write, {.kind = kind, .authority = "District court of Example", .received_on = *parse_day(day)}
            );
        });
    }
    void answered(const privacy::AuthorityRequest& request, privacy::AuthorityOutcome outcome, std::int64_t persons)
    {
        database().write([&](store::Write& write) {
            privacy::answer_authority_request(
                write,
                request.id,
                {.outcome = outcome,
                 .answered_on = *parse_day("2026-11-20"),
                 .persons = persons,
                 .records = persons * 3}
            );
        });
    }
};

TEST_F(Authorities, CountsEqualTheLogAndATamperedRegisterDoesNot)
{
    using privacy::AuthorityKind;
    using privacy::AuthorityOutcome;
    EXPECT_TRUE(stranger.get("/transparency-report").at("/equals_log").as_bool()) << "nothing asked, nothing logged";
    const auto warrant = noted(AuthorityKind::warrant, "2026-11-01");
    const auto subpoena = noted(AuthorityKind::subpoena, "2026-11-02");
    noted(AuthorityKind::warrant, "2026-11-03");
    answered(warrant, AuthorityOutcome::refused, 0);
    answered(subpoena, AuthorityOutcome::partly, 2);
    const auto report = stranger.get("/transparency-report");
    EXPECT_EQ(report.number("/requests"), 3);
    EXPECT_EQ(report.number("/persons"), 2);
    EXPECT_EQ(report.number("/records"), 6);
    EXPECT_EQ(report.text("/kinds/1/kind"), "warrant");
    EXPECT_EQ(report.number("/kinds/1/requests"), 2);
    EXPECT_EQ(report.number("/kinds/1/refused"), 1);
    EXPECT_EQ(report.number("/kinds/1/pending"), 1);
    EXPECT_EQ(report.number("/log_entries"), 5);
    EXPECT_TRUE(report.at("/equals_log").as_bool()) << report.body;

    const auto differences_after = [&](const char* tampering) {
        const auto before = database().read([](store::Read& read) { return privacy::list_authority_requests(read); });
        database().write([&](store::Write& write) { store::execute(write, tampering); });
        const auto now = stranger.get("/transparency-report");
        EXPECT_FALSE(now.at("/equals_log").as_bool()) << tampering;
        database().write([&](store::Write& write) {
            store::execute(write, "DELETE FROM authority_requests");
            for (const auto& each : before) store::insert(write, each);
        });
        return now.size("/differences");
    };
    EXPECT_EQ(differences_after("DELETE FROM authority_requests WHERE kind = 'subpoena'"), 2U);
    EXPECT_EQ(differences_after("UPDATE authority_requests SET persons = 1 WHERE persons = 2"), 2U);
    EXPECT_EQ(differences_after("UPDATE authority_requests SET kind = 'other' WHERE outcome = 'pending'"), 2U);
    EXPECT_TRUE(stranger.get("/transparency-report").at("/equals_log").as_bool()) << "put back";
}

TEST_F(Authorities, WhatCannotBeIsRefused)
{
    const auto request = noted(privacy::AuthorityKind::warrant, "2026-11-01");
    const auto pointer_of = [&](const privacy::AuthorityAnswer& answer) -> std::string {
        try {
            database().write([&](store::Write& write) { privacy::answer_authority_request(write, request.id, answer); }
            );
        } catch (const Problem& problem) {
            return problem.errors.empty() ? problem.name : problem.errors.front().pointer;
        }
        return {};
    };
    using enum privacy::AuthorityOutcome;
    const auto day = *parse_day("2026-11-02");
    EXPECT_EQ(pointer_of({.outcome = pending, .answered_on = day}), "/outcome");
    EXPECT_EQ(pointer_of({.outcome = refused, .answered_on = day, .persons = 1}), "/outcome");
    EXPECT_EQ(pointer_of({.outcome = complied, .answered_on = day, .persons = -1}), "/persons");
    EXPECT_EQ(pointer_of({.outcome = complied, .answered_on = *parse_day("2026-10-31")}), "/answered_on");
    EXPECT_EQ(pointer_of({.outcome = complied, .answered_on = *parse_day("2999-10-31")}), "/answered_on");
    EXPECT_EQ(pointer_of({.outcome = complied, .answered_on = day, .persons = 1}), "");
    EXPECT_EQ(pointer_of({.outcome = complied, .answered_on = day}), "done-before");
}

/// The program as an operator starts it, with word of their own on one page.
class Offers : public ::testing::Test {
protected:
    support::Folder folder;
    support::Serving server{
        folder / "data",
        folder.path(),
        {"--offer", "settings: Ask us for a workshop", "--offer", "home: Read our news"}};

    support::Client signed_up(const std::string& name, const std::string& email)
    {
        support::Client client(server.port());
        const auto answer = client.post(
            "/accounts",
            {{"name", name},
             {"email", email},
             {"password", support::password},
             {"birth_year", 1990},
             {"consent", {{"policy_version", client.get("/policy").text("/version")}}}}
        );
        EXPECT_EQ(answer.status, 201) << answer.body;
        return client;
    }
};

TEST_F(Offers, DependOnThePageAndAreTheSameBytesForEverybody)
{
    auto mia = signed_up("Mia Example", "mia@dialpine.example");
    auto max = signed_up("Max Example", "max@dialpine.example");
    support::Client stranger(server.port());
    const auto seen = [](support::Client& as, const char* page, std::vector<http::Header> headers = {}) {
        const auto answer = as.send(support::get(fmt::format("/offers?page={}", page), std::move(headers)));
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_TRUE(answer.header("set-cookie").empty());
        return answer.body;
    };
    EXPECT_EQ(seen(stranger, "settings"), R"({"text":"Ask us for a workshop"})");
    EXPECT_EQ(seen(stranger, "home"), R"({"text":"Read our news"})");
    EXPECT_EQ(seen(stranger, "search"), R"({"text":null})") << "nothing where nothing is configured";
    for (const char* page : {"home", "search", "settings", "privacy"}) {
        const auto plain = seen(stranger, page);
        EXPECT_EQ(seen(mia, page), plain);
        EXPECT_EQ(seen(max, page), plain);
        EXPECT_EQ(seen(mia, page, {{"Accept-Language", "de"}, {"User-Agent", "Another"}}), plain);
        EXPECT_EQ(seen(max, page, {{"Referer", "https://elsewhere.dialpine.example/"}}), plain);
    }
    EXPECT_EQ(stranger.get("/offers?page=elsewhere").status, 422);
    EXPECT_EQ(stranger.get("/offers?page=home&person=1").status, 422) << "there is no way to say who asks";
}

TEST(OffersInCode, KnowNoPersonSessionOrStore)
{
    for (const char* file : {"offers.hpp", "offers.cpp"}) {
        std::ifstream source(std::filesystem::path(DIALPINE_SOURCE_DIR) / "src/privacy" / file);
        std::string line;
        int includes = 0;
        while (std::getline(source, line)) {
            if (!line.starts_with("#include \"")) continue;
            ++includes;
            EXPECT_TRUE(line.starts_with("#include \"base/") || line == "#include \"privacy/offers.hpp\"") << line;
        }
        EXPECT_GT(includes, 0) << file;
    }
    const std::vector<privacy::Offer> offers{{privacy::OfferPage::settings, "a"}, {privacy::OfferPage::settings, "b"}};
    EXPECT_EQ(privacy::choose_offer(offers, privacy::OfferPage::settings)->text, "a");
    EXPECT_FALSE(privacy::choose_offer(offers, privacy::OfferPage::home));
    EXPECT_FALSE(privacy::choose_offer({}, privacy::OfferPage::settings)) << "by default nothing is shown";
    EXPECT_FALSE(privacy::parse_offer("person 7: buy"));
    EXPECT_FALSE(privacy::parse_offer("home"));
    EXPECT_FALSE(privacy::parse_offer("home: "));
    EXPECT_EQ(privacy::parse_offer(" home : Buy ")->text, "Buy");
}

class LinksElsewhere : public Offers {};

TEST_F(LinksElsewhere, NoAnswerLetsABrowserSayWhereItCameFrom)
{
    support::Client stranger(server.port());
    for (const char* target : {"/", "/sign-in", "/api/v1/policy", "/api/v1/me", "/api/v1/nothing", "/healthz"})
        EXPECT_EQ(stranger.send({"GET", target, {}, {}}).header("referrer-policy"), "no-referrer") << target;
}

} // namespace
} // namespace dialpine::api
