#include "api/rights.hpp"
#include "egress/disclosures.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "privacy/export.hpp"

namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::Json;

TEST_F(Restriction, HidesThePersonOnEveryRouteThatOthersRead)
{
    const auto before = everything_read_by(ada.client);
    ASSERT_GE(before.size(), 15U);
    ASSERT_GE(paths_with(before, max.name).size(), 3U) << "members, people and the board name him";
    ASSERT_GE(paths_with(before, max.email).size(), 1U);

    ASSERT_EQ(restrict_max().status, 200);
    for (auto* reader : {&ada, &gus, &mia}) {
        const auto read = everything_read_by(reader->client);
        EXPECT_EQ(paths_with(read, max.name), std::vector<std::string>()) << reader->name;
        EXPECT_EQ(paths_with(read, max.email), std::vector<std::string>()) << reader->name;
        EXPECT_GE(paths_with(read, people::hidden_name).size(), 3U);
    }
    EXPECT_NE(ada.client.get(task_path(paint)).body.find("Paint"), std::string::npos) << "the team's work is there";

    ASSERT_EQ(restrict_max("none").status, 200);
    EXPECT_EQ(paths_with(everything_read_by(ada.client), max.name), paths_with(before, max.name));
}

TEST_F(Restriction, StandsInAnAdminsExportWithoutAName)
{
    ASSERT_EQ(restrict_max().status, 200);
    const auto file = folder / "pine.zip";
    const WorkspaceId workspace(*parse_uuid(pine.substr(pine.rfind('/') + 1)));
    database().read([&](store::Read& read) {
        EXPECT_EQ(people::name_for_others(read, max.id), people::hidden_name);
        privacy::export_workspace(read, workspace, file, [](double, std::string_view) {});
    });
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(Restriction, LeavesThePersonAllTheirOwnRights)
{
    ASSERT_EQ(restrict_max().status, 200);
    EXPECT_EQ(max.client.get("/me").text("/name"), max.name);
    EXPECT_EQ(max.client.get("/me/restriction").text("/state"), "restricted");
    EXPECT_NE(max.client.get("/me/data").body.find(max.email), std::string::npos);
    EXPECT_EQ(max.client.post("/me/exports", with_password()).status, 202);
    EXPECT_EQ(another_browser(max).get("/me").status, 200) << "they sign in again";
    EXPECT_EQ(restrict_max("none").text("/state"), "none");
}

TEST_F(Restriction, KeepsTasksAndTakesNoNewOnes)
{
    ASSERT_EQ(restrict_max().status, 200);
    const Json to_max{{"assignee_ids", {to_text(max.id)}}};
    EXPECT_EQ(mia.client.patch(task_path(paint), to_max).status, 200) << "it is his already";
    const auto other = task("Sweep");
    EXPECT_EQ(mia.client.patch(task_path(other), to_max).status, 422);
}

TEST_F(Restriction, IsToldToOpenPages)
{
    support::LiveSocket page(ada.client, pine + "/live");
    ASSERT_EQ(restrict_max().status, 200);
    const auto told = page.next(std::chrono::seconds{5});
    ASSERT_TRUE(told);
    EXPECT_NE(boost::json::serialize(*told).find("person.changed"), std::string::npos);
}

TEST_F(Restriction, HoldsMailBack)
{
    ASSERT_EQ(
        max.client.patch("/me", {{"email", "old@dialpine.example"}, {"current_password", support::password}}).status,
        200
    );
    ASSERT_NE(mia.client.get("/operator/outbox").body.find("old@dialpine.example"), std::string::npos);
    ASSERT_EQ(restrict_max().status, 200);
    EXPECT_EQ(mia.client.get("/operator/outbox").body.find("old@dialpine.example"), std::string::npos);
}

TEST_F(Restriction, IsTheOperatorsToSetForSomebodyWithoutAnAccount)
{
    const auto imported = support::Given(database()).person("Iva Imported");
    support::Given(database())
        .row(people::ImportedPerson{
            .workspace_id = WorkspaceId(*parse_uuid(things["workspace"])),
            .person_id = imported.id,
            .source = "trello",
            .created_at = clock_now(),
        });
    ASSERT_NE(ada.client.get(pine + "/people").body.find("Iva Imported"), std::string::npos);
    database().write([&](store::Write& write) {
        people::restrict_person(write, imported.id, people::RestrictedBy::the_operator);
    });
    EXPECT_EQ(ada.client.get(pine + "/people").body.find("Iva Imported"), std::string::npos);
    EXPECT_THROW(
        database().write([&](store::Write& write) {
            people::restrict_person(write, PersonId::make(), people::RestrictedBy::the_operator);
        }),
        Problem
    );
}

TEST_F(Objection, IsPossibleToEachUseThatRestsOnInterestOrConsent)
{
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!column.personal) continue;
            const bool can_be_objected =
                column.personal->basis == Basis::legitimate_interest || column.personal->basis == Basis::consent;
            if (!can_be_objected) continue;
            bool has_one = false;
            for (const Use use : column.personal->uses) {
                has_one = has_one || use == Use::show_to_team || use == Use::security || use == Use::send_mail ||
                          use == Use::import_once || use == Use::measure_use || use == Use::personalise ||
                          use == Use::mend_errors || use == Use::provide_service;
            }
            EXPECT_TRUE(has_one) << table->name << "." << column.name;
        }
    const auto list = max.client.get("/me/objections");
    EXPECT_EQ(list.size("/items"), 9U);
}

TEST_F(Objection, TakesEffectAtOnceAndIsTakenBack)
{
    EXPECT_EQ(object(max.client, "profiling").status, 200);
    const auto may_profile = [&] {
        return database().read([&](store::Read& read) {
            return people::may_be_used(read, max.id, people::Objectable::profiling);
        });
    };
    EXPECT_FALSE(may_profile());
    EXPECT_EQ(max.client.get("/me/objections/profiling").at("/objected"), Json(true));
    EXPECT_EQ(object(max.client, "profiling").status, 200) << "twice is once";
    EXPECT_EQ(object(max.client, "profiling", false).status, 200);
    EXPECT_TRUE(may_profile());
}

TEST_F(Objection, ToBeingShownHidesTheNameFromTheTeam)
{
    ASSERT_EQ(object(max.client, "show_to_team").status, 200);
    const auto read = everything_read_by(ada.client);
    EXPECT_EQ(paths_with(read, max.name), std::vector<std::string>());
    EXPECT_EQ(paths_with(read, max.email), std::vector<std::string>());
    ASSERT_EQ(object(max.client, "show_to_team", false).status, 200);
    EXPECT_NE(ada.client.get(pine + "/people").body.find(max.name), std::string::npos);
}

TEST_F(Objection, ToSecurityTracesLeavesThemOffNewSessions)
{
    auto signed_in = [&] {
        Client client = browser();
        auto sent = support::post("/sessions", {{"email", max.email}, {"password", support::password}});
        sent.headers.push_back({"User-Agent", "Firefox/140.0 (X11; Linux)"});
        return client.send(sent);
    };
    ASSERT_EQ(signed_in().text("/session/client"), "Firefox on Linux");
    ASSERT_EQ(object(max.client, "security").status, 200);
    const auto session = signed_in();
    EXPECT_EQ(session.text("/session/client"), "A browser");
    EXPECT_TRUE(session.at("/session/address").is_null());
}

/// Promise P44: Max opts out of one thing after another, and everything else goes on.
class OptOut : public Rights {
protected:
    /// A day's work, with how each step of it was answered.
    std::vector<std::string> a_days_work()
    {
        std::vector<std::string> steps;
        auto& c = max.client;
        const auto step = [&](std::string_view name, const Answer& answer) {
            steps.push_back(fmt::format("{}: {}", name, answer.status));
            return answer;
        };
        const auto made = step("new task", c.post(web + "/tasks", {{"title", "Sand the door"}}));
        const auto path = task_path(made);
        step("change", c.patch(path, {{"title", "Sand the blue door"}, {"priority", "high"}}));
        step("move", c.patch(path, {{"move", {{"status_id", status("Done")}}}}));
        step("describe", c.patch(path, {{"description", "With @[" + to_text(mia.id) + "]"}}));
        const auto line = step("check list", c.post(path + "/checklist", {{"text", "fine grain"}}));
        const auto said = step("comment", c.post(path + "/comments", {{"body", "Two coats"}}));
        step("change comment", c.patch(path + "/comments/" + said.text("/id"), {{"body", "Three coats"}}));
        const std::pair<std::string_view, std::string> reads[]{
            {"board", web + "/board"},
            {"task", path},
            {"comments", path + "/comments"},
            {"list", web + "/tasks"},
            {"people", pine + "/people"},
            {"members", pine + "/members"},
            {"search", pine + "/search?q=door"},
            {"changes", pine + "/changes"},
            {"me", "/me"},
            {"my tasks", "/me/tasks"},
            {"my data", "/me/data"},
            {"my consents", "/me/consents"},
            {"my objections", "/me/objections"},
            {"my profile", "/me/profile"},
            {"my log", "/me/log"},
            {"my sessions", "/sessions"},
            {"my workspaces", "/workspaces"},
        };
        for (const auto& [name, read] : reads) step(name, c.get(read));
        step("profile", c.patch("/me/profile", {{"job_title", "Painter"}}));
        step("export", c.post("/me/exports", with_password()));
        step("sign in", browser().post("/sessions", {{"email", max.email}, {"password", support::password}}));
        step("delete", c.del(path));
        return steps;
    }
    void consent(std::string_view purpose, std::string_view state)
    {
        ASSERT_EQ(
            max.client.send(support::put("/me/consents/" + std::string(purpose), {{"state", state}})).status, 200
        ) << purpose;
    }
};

TEST_F(OptOut, OfAnyOneThingSaysWhatStopsAndLeavesTheRestWorking)
{
    std::vector<std::string> purposes;
    const auto all = max.client.get("/me/consents").at("/purposes");
    for (const auto& each : all.as_array()) {
        EXPECT_GT(each.at("when_off").as_string().size(), 10U) << each.at("id") << " says what stops";
        if (each.at("id") != "account") purposes.emplace_back(each.at("id").as_string());
    }
    ASSERT_GE(purposes.size(), 10U);
    const auto nothing_agreed = a_days_work();
    for (const auto& step : nothing_agreed) EXPECT_TRUE(step.find(": 2") != std::string::npos) << step;
    for (const auto& purpose : purposes) consent(purpose, "given");
    EXPECT_EQ(a_days_work(), nothing_agreed) << "agreeing to all changes no answer's status either";
    for (const auto& purpose : purposes) {
        consent(purpose, "withdrawn");
        EXPECT_EQ(a_days_work(), nothing_agreed) << "without " << purpose;
        consent(purpose, "given");
    }
    const auto objections = max.client.get("/me/objections").at("/items");
    for (const auto& each : objections.as_array()) {
        const std::string use(each.at("use").as_string());
        EXPECT_GT(each.at("consequence").as_string().size(), 10U) << use << " says what stops";
        ASSERT_EQ(object(max.client, use).status, 200);
        EXPECT_EQ(a_days_work(), nothing_agreed) << "with an objection to " << use;
        ASSERT_EQ(object(max.client, use, false).status, 200);
    }
    ASSERT_EQ(restrict_max().status, 200);
    EXPECT_EQ(a_days_work(), nothing_agreed) << "restricted";
}

/// Promise P81: every GET route that answers the same twice answers the same with the header.
using DoNotTrack = Rights;
TEST_F(DoNotTrack, ChangesNoByteOfAnyAnswer)
{
    const auto without_date = [](Answer answer) {
        std::erase_if(answer.headers, [](const http::Header& header) { return header.first == "date"; });
        return answer;
    };
    int compared = 0;
    for (auto* client : {&mia.client, &max.client, &stranger})
        for (const auto& route : all_routes()) {
            if (route.verb != http::Verb::get || route.path.ends_with("/live")) continue;
            const auto path = filled(route.path);
            const auto plain = without_date(client->get(path));
            const auto asked = without_date(client->send(support::get(path, {{"DNT", "1"}})));
            const auto refused = without_date(client->send(support::get(path, {{"DNT", "0"}})));
            const auto again = without_date(client->get(path));
            if (plain.body != again.body) continue; // an answer that counts or tells the time
            for (const auto* other : {&asked, &refused}) {
                EXPECT_EQ(other->status, plain.status) << path;
                EXPECT_EQ(other->headers, plain.headers) << path;
                EXPECT_EQ(other->body, plain.body) << path;
            }
            ++compared;
        }
    EXPECT_GT(compared, 60);
}

using Correction = Rights;

TEST_F(Correction, OfANameReachesEveryPlaceAndLeavesNothingOfTheOldOne)
{
    const std::string old_name = "Maximilian Muster";
    const std::string old_email = "maximilian@dialpine.example";
    support::Somebody person = somebody(old_name, old_email);
    join(person, pine, people::Role::member);
    things["person"] = to_text(person.id);
    ASSERT_EQ(person.client.post(task_path(paint) + "/comments", {{"body", "Three coats"}}).status, 201);
    ASSERT_GE(paths_with(everything_read_by(ada.client), old_name).size(), 3U);

    support::LiveSocket page(ada.client, pine + "/live");
    ASSERT_EQ(person.client.patch("/me", {{"name", "Moritz Muster"}}).status, 200);
    const auto told = page.next(std::chrono::seconds{5});
    ASSERT_TRUE(told);
    EXPECT_NE(boost::json::serialize(*told).find("person.changed"), std::string::npos) << "open pages learn it";

    const auto mail =
        person.client.patch("/me", {{"email", "moritz@dialpine.example"}, {"current_password", support::password}});
    ASSERT_EQ(mail.status, 200);
    const auto body = mia.client.get("/operator/outbox").text("/items/0/body");
    const auto at = body.find("confirm-email#") + 14;
    ASSERT_EQ(
        person.client.post("/me/email-confirmations", {{"token", body.substr(at, body.find('\n', at) - at)}}).status,
        200
    );

    for (auto* reader : {&ada.client, &person.client}) {
        const auto read = everything_read_by(*reader);
        EXPECT_EQ(paths_with(read, old_name), std::vector<std::string>());
        EXPECT_EQ(paths_with(read, old_email), std::vector<std::string>());
        EXPECT_GE(paths_with(read, "Moritz Muster").size(), 3U);
    }
    EXPECT_EQ(ada.client.get(pine + "/members").body.find("moritz@") == std::string::npos, false);
    EXPECT_EQ(browser().post("/sessions", {{"email", old_email}, {"password", support::password}}).status, 401);
    EXPECT_EQ(
        browser().post("/sessions", {{"email", "moritz@dialpine.example"}, {"password", support::password}}).status, 201
    );
    for (const auto* word : {"Maximilian", "maximilian@", "Moritz", "moritz@"})
        EXPECT_EQ(support::files_with(folder.path(), word), std::vector<std::string>()) << "sealed before and after";
}

TEST_F(Correction, OfOnesOwnWordsReachesIndexBoardAndOpenPages)
{
    const auto written =
        max.client.post(web + "/tasks", {{"title", "Wrongword first"}, {"description", "Wrongword again"}});
    ASSERT_EQ(written.status, 201);
    const auto comment = max.client.post(task_path(written) + "/comments", {{"body", "Wrongword said"}});
    ASSERT_EQ(comment.status, 201);
    const WorkspaceId workspace(*parse_uuid(pine.substr(12)));
    running.house.search.wait_for_last(workspace, std::chrono::seconds{5});
    ASSERT_EQ(ada.client.get(pine + "/search?q=Wrongword").size("/items"), 2U);
    ASSERT_NE(ada.client.get(web + "/board").body.find("Wrongword"), std::string::npos);

    support::LiveSocket page(ada.client, pine + "/live");
    ASSERT_EQ(
        max.client.patch(task_path(written), {{"title", "Right first"}, {"description", "Right again"}}).status, 200
    );
    ASSERT_EQ(
        max.client.patch(task_path(written) + "/comments/" + comment.text("/id"), {{"body", "Right said"}}).status, 200
    );
    EXPECT_TRUE(page.next(std::chrono::seconds{5})) << "open pages learn it";
    running.house.search.wait_for_last(workspace, std::chrono::seconds{5});
    EXPECT_EQ(ada.client.get(pine + "/search?q=Wrongword").size("/items"), 0U);
    EXPECT_EQ(ada.client.get(pine + "/search?q=Right").size("/items"), 2U);
    EXPECT_EQ(paths_with(everything_read_by(ada.client), "Wrongword"), std::vector<std::string>());
    EXPECT_EQ(max.client.get("/me/data").body.find("Wrongword"), std::string::npos);
    running.house.forget_traces();
    EXPECT_EQ(support::files_with(folder.path(), "Wrongword"), std::vector<std::string>())
        << "no copy of the old words";
}

TEST_F(Correction, IsToldToWhoeverReceivedSomethingOfThePerson)
{
    const auto received_by = [&](PersonId person) {
        support::Given(database())
            .row(egress::Disclosure{
                .id = DisclosureId::make(),
                .person_id = person,
                .recipient_id = RecipientId::make(),
                .recipient = "Counting",
                .fields = "feature",
                .host = "counting.invalid",
                .at = clock_now(),
            });
    };
    const auto told = [&](PersonId person) {
        return database().read([&](store::Read& read) {
            return store::query_one<std::int64_t>(
                       read,
                       "SELECT count(*) FROM recipient_notices WHERE person_id = $1 AND kind = 'correction'",
                       person
            )
                .value_or(0);
        });
    };
    received_by(max.id);
    ASSERT_EQ(max.client.patch("/me", {{"name", max.name}}).status, 200);
    EXPECT_EQ(told(max.id), 0) << "nothing was corrected";
    ASSERT_EQ(max.client.patch("/me", {{"name", "Maximilian Muster"}}).status, 200);
    EXPECT_EQ(told(max.id), 1);
    ASSERT_EQ(ada.client.patch("/me", {{"name", "Adele Muster"}}).status, 200);
    EXPECT_EQ(told(ada.id), 0) << "of her nobody received anything";
}

} // namespace
} // namespace dialpine::api
