#include "insight/noticed.hpp"

#include "insight/searches.hpp"
#include "insight/usage.hpp"
#include "people/restriction.hpp"
#include "privacy/retention.hpp"

namespace dialpine::insight {
namespace {
using support::Answer;
using support::expect;
using support::Json;

/// How often the route stands in the person's own list of features.
std::int64_t times_used(const Answer& activity, std::string_view feature)
{
    const Json used = activity.at("/features");
    for (const auto& each : used.as_array())
        if (each.at("feature") == Json(feature)) return each.at("times").as_int64();
    return 0;
}

std::string sql_of(PersonId person)
{
    return fmt::format("x'{}'", to_hex({reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size()}));
}

// ---- P12 and P13: features and ids

TEST_F(Noticed, FeaturesAreCountedOnlyOfWhoAgreed)
{
    const auto paint = task("Paint");
    agrees(max, Purpose::usage_statistics);
    max.client.get(task_path(paint));
    max.client.get(task_path(paint));
    ada.client.get(task_path(paint));
    const auto mine = activity(max);
    EXPECT_EQ(times_used(mine, "find_task"), 2);
    EXPECT_EQ(activity(ada).size("/features"), 0U);
    EXPECT_EQ(rows("feature_uses", "person_id <> " + sql_of(max.id)), 0);
}

TEST_F(Noticed, WhatIsRefusedIsNoUse)
{
    agrees(max, Purpose::usage_statistics);
    EXPECT_EQ(max.client.get(pine + "/tasks/WEB-999").status, 404);
    EXPECT_EQ(times_used(activity(max), "find_task"), 0);
}

TEST_F(Noticed, WithdrawingRemovesWhatWasCountedAtOnce)
{
    agrees(max, Purpose::usage_statistics);
    max.client.get(web);
    settle();
    ASSERT_GT(rows("feature_uses"), 0);
    max.client.get(web); // still waits to be written when the switch is turned
    EXPECT_EQ(max.client.send(support::put("/me/consents/usage_statistics", {{"state", "withdrawn"}})).status, 200);
    EXPECT_EQ(rows("feature_uses") + rows("opened_things"), 0);
    settle();
    EXPECT_EQ(rows("feature_uses") + rows("opened_things"), 0) << "what waited is not written any more";
}

TEST_F(Noticed, ClicksAreIdsAndNeverTitlesOrTexts)
{
    agrees(max, Purpose::usage_statistics);
    agrees(max, Purpose::device_information);
    const auto canary = task(
        "Canary title",
        {{"description", "Canary text"}, {"links", {{{"url", "https://canary.dialpine.example/"}, {"title", "Canary link"}}}}}
    );
    const auto team = made(pine + "/teams", {{"name", "Canary team"}});
    max.client.get(pine + "/tasks/" + canary.text("/key"));
    max.client.get(web + "/board");
    max.client.get(pine + "/search?q=canary+query");
    comments(max, canary, "Canary comment");
    EXPECT_EQ(max.client.post("/me/clicks", {{"thing", "link"}, {"id", canary.text("/links/0/id")}}).status, 204);
    EXPECT_EQ(max.client.post("/me/clicks", {{"thing", "team"}, {"id", team.text("/id")}}).status, 204);
    settle();
    std::set<std::string> kinds;
    for (const auto& opened : database().read([](store::Read& read) { return store::select<OpenedThing>(read, ""); })) {
        kinds.emplace(json::name_of(opened.thing));
        const auto id = to_text(opened.thing_id);
        EXPECT_TRUE(
            id == canary.text("/id") || id == project.text("/id") || id == team.text("/id") ||
            id == canary.text("/links/0/id")
        ) << id;
    }
    EXPECT_EQ(kinds, (std::set<std::string>{"task", "project", "team", "link"}));
    for (const auto* table : {"feature_uses", "opened_things", "attached_kinds", "device_uses", "arrivals"})
        database().read([&](store::Read& read) {
            store::query(read, fmt::format("SELECT * FROM {}", table), [&](const store::Statement& row) {
                for (int i = 0; i < row.column_count(); ++i)
                    EXPECT_EQ(to_lower_ascii(row.blob(i)).find("canary"), std::string::npos) << table;
            });
        });
}

TEST_F(Noticed, AFilesTypeAndSizeAreCountedAndNeverItsName)
{
    agrees(max, Purpose::usage_statistics);
    running.house.insight.attached(max.id, "image/png", 1000);
    running.house.insight.attached(max.id, "image/png", 500);
    running.house.insight.attached(max.id, "Canary name.pdf", 7);
    running.house.insight.attached(ada.id, "image/png", 1);
    const auto mine = activity(max);
    EXPECT_EQ(mine.size("/attached"), 2U);
    EXPECT_EQ(mine.text("/attached/0/media_type"), "image/png");
    EXPECT_EQ(mine.number("/attached/0/bytes"), 1500);
    EXPECT_EQ(mine.text("/attached/1/media_type"), "application/octet-stream");
    EXPECT_EQ(rows("attached_kinds"), 2);
}

TEST_F(Noticed, AnUploadCountsByItsType)
{
    agrees(max, Purpose::usage_statistics);
    const auto path = "/api/v1" + task_path(task("Paint")) + "/attachments?name=canary.txt";
    for (auto* who : {&max, &ada})
        EXPECT_EQ(
            who->client.send({"POST", path, "plain words", {{"Content-Type", "application/octet-stream"}}}).status, 201
        );
    settle();
    EXPECT_EQ(rows("attached_kinds", "media_type LIKE 'text/%' AND files = 1 AND bytes = 11"), 1);
    EXPECT_EQ(rows("attached_kinds"), 1);
}

TEST_F(Noticed, UseIsKeptThirteenMonthsToTheDay)
{
    support::MovedClock clock;
    agrees(max, Purpose::usage_statistics);
    max.client.get(web);
    settle();
    const auto left_after = [&](std::chrono::milliseconds by) {
        clock.advance(by);
        database().write([](store::Write& write) { privacy::enforce_retention(write, clock_now()); });
        return rows("feature_uses");
    };
    const auto day_gone = clock_now() - day_start(clock_now());
    EXPECT_GT(left_after(thirteen_months - day_gone - std::chrono::minutes{1}), 0);
    EXPECT_EQ(left_after(std::chrono::minutes{2}), 0);
}

TEST_F(Noticed, NoRequestWaitsForAQueueThatIsFull)
{
    agrees(max, Purpose::usage_statistics);
    database().write([&](store::Write&) { // the writer is busy, so nothing leaves the queue
        for (std::size_t i = 0; i < Observer::most_waiting * 3; ++i)
            running.house.insight.clicked(max.id, Thing::task, TaskId::make());
    });
    EXPECT_GT(running.house.insight.dropped(), 0U);
    settle();
    EXPECT_LE(rows("opened_things"), static_cast<std::int64_t>(2 * Observer::most_waiting));
}

// ---- P15: searches

TEST_F(Noticed, SearchesAreOnesOwnAndCanBeReset)
{
    agrees(max, Purpose::search_history);
    for (const auto* q : {"paint", "brush", "paint"}) max.client.get(pine + "/search?q=" + std::string(q));
    ada.client.get(pine + "/search?q=varnish");
    const auto mine = activity(max);
    ASSERT_EQ(mine.size("/searches"), 2U) << mine.body;
    EXPECT_EQ(mine.text("/searches/0/term"), "paint");
    EXPECT_EQ(mine.number("/searches/0/times"), 2);
    EXPECT_EQ(max.client.get("/me/searches").text("/searches/0/term"), "paint");
    EXPECT_EQ(activity(ada).size("/searches"), 0U);
    EXPECT_EQ(ada.client.get("/me/searches").size("/searches"), 0U);

    EXPECT_EQ(max.client.del("/me/activity/searches").status, 204);
    EXPECT_EQ(activity(max).size("/searches"), 0U);
    EXPECT_EQ(max.client.get("/me/searches").size("/searches"), 0U);
    EXPECT_EQ(rows("search_terms"), 0);
}

TEST_F(Noticed, ASearchThatIsTypedIsOne)
{
    agrees(max, Purpose::search_history);
    for (const auto* q : {"p", "pa", "pai", "pain", "paint", "pain", "paint"})
        max.client.get(pine + "/search?q=" + std::string(q));
    const auto mine = activity(max);
    ASSERT_EQ(mine.size("/searches"), 1U) << mine.body;
    EXPECT_EQ(mine.text("/searches/0/term"), "paint");
    EXPECT_EQ(mine.number("/searches/0/times"), 1);
}

TEST_F(Noticed, SearchTermsStandNowhereOnDiskInTheClear)
{
    agrees(max, Purpose::search_history);
    max.client.get(pine + "/search?q=xylographcanary");
    settle();
    EXPECT_EQ(rows("search_terms"), 1);
    database().checkpoint();
    EXPECT_EQ(support::files_with(folder.path(), "xylographcanary"), std::vector<std::string>{});
}

TEST_F(Noticed, OnlySoManyTermsAreKept)
{
    agrees(max, Purpose::search_history);
    database().write([&](store::Write& write) {
        const auto consented = privacy::consented<Purpose::search_history>(write, max.id);
        for (int i = 0; i < most_terms + 20; ++i) note_search(write, *consented, fmt::format("term {}", i), clock_now());
        note_search(write, *consented, "x", clock_now());
        note_search(write, *consented, std::string(500, 'y'), clock_now());
    });
    EXPECT_EQ(rows("search_terms"), most_terms);
}

// ---- P16, P24, P35: with whom one works

TEST_F(Noticed, CoworkersAreSeenByTheirSubjectAloneAndGoWithTheSwitch)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id)}}});
    agrees(max, Purpose::collaboration_graph);
    comments(max, paint);
    comments(max, paint);
    const auto mine = activity(max);
    ASSERT_EQ(mine.size("/people"), 2U) << mine.body;
    EXPECT_EQ(mine.number("/people/0/times"), 2);
    EXPECT_EQ(activity(ada).size("/people"), 0U) << "she did not agree";
    EXPECT_EQ(activity(mia).body.find(max.name), std::string::npos);

    EXPECT_EQ(max.client.send(support::put("/me/consents/collaboration_graph", {{"state", "withdrawn"}})).status, 200);
    EXPECT_EQ(rows("coworkers"), 0) << "deleted";
    comments(max, paint);
    EXPECT_EQ(activity(max).size("/people"), 0U) << "and stopped";
}

TEST_F(Noticed, TeamsAreCountedByTheProjectsOnWhichOneWorks)
{
    const auto team = made(pine + "/teams", {{"name", "Painters"}});
    EXPECT_EQ(mia.client.patch(web, {{"team_id", team.text("/id")}}).status, 200);
    agrees(max, Purpose::collaboration_graph);
    comments(max, task("Paint"));
    const auto mine = activity(max);
    EXPECT_EQ(mine.text("/teams/0/name"), "Painters");
    EXPECT_EQ(mine.number("/teams/0/times"), 1);
    EXPECT_EQ(max.client.del("/me/activity/coworkers").status, 204);
    EXPECT_EQ(activity(max).size("/teams"), 0U);
}

TEST_F(Noticed, WhoObjectsToProfilingIsInNoComputedList)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id), to_text(gus.id)}}});
    for (const auto purpose : {Purpose::collaboration_graph, Purpose::personalisation, Purpose::search_history}) {
        agrees(max, purpose);
        agrees(ada, purpose);
    }
    comments(max, paint);
    comments(ada, paint);
    ada.client.get(pine + "/search?q=paint");
    settle();
    const auto has_ada = [&] { return activity(max).at("/people").as_array().size() == 3; };
    ASSERT_TRUE(has_ada()) << activity(max).body;

    objects(ada, "profiling");
    EXPECT_FALSE(has_ada()) << "out of others'";
    const auto own = activity(ada);
    EXPECT_EQ(own.size("/people") + own.size("/searches"), 0U) << "and her own are gone";
    comments(max, paint);
    comments(ada, paint);
    ada.client.get(pine + "/search?q=paint");
    EXPECT_FALSE(has_ada()) << "and she comes into none again";
    EXPECT_EQ(rows("coworkers", fmt::format("other_id = {0} OR person_id = {0}", sql_of(ada.id))), 0);
    EXPECT_EQ(activity(ada).size("/searches"), 0U);
    EXPECT_EQ(activity(ada).size("/on"), 0U) << "what makes a profile is off";

    objects(ada, "profiling", false);
    comments(max, paint);
    EXPECT_TRUE(has_ada());
}

TEST_F(Noticed, WhoIsRestrictedIsKeptAndShownInNoList)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id)}}});
    agrees(max, Purpose::collaboration_graph);
    agrees(ada, Purpose::usage_statistics);
    comments(max, paint);
    ada.client.get(web);
    settle();
    const auto before = rows("feature_uses");
    ASSERT_GT(before, 0);
    database().write([&](store::Write& write) {
        people::restrict_person(write, ada.id, people::RestrictedBy::the_person);
    });
    EXPECT_EQ(activity(max).size("/people"), 1U) << "Mia alone";
    ada.client.get(web);
    settle();
    EXPECT_EQ(rows("feature_uses"), before) << "kept, and nothing added";
}

TEST_F(Noticed, PersonalisationOffGivesEverybodyTheSameBytes)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(gus.id)}}});
    const auto people = pine + "/people";
    const auto plain = max.client.get(people).body;
    for (auto* who : {&mia, &ada, &gus}) EXPECT_EQ(who->client.get(people).body, plain) << who->name;

    agrees(max, Purpose::collaboration_graph);
    for (int i = 0; i < 3; ++i) comments(max, paint);
    settle();
    EXPECT_EQ(max.client.get(people).body, plain) << "counted, and not served by it";
    for (const auto& path : {web + "/board", web + "/tasks", pine + "/search?q=paint", task_path(paint)})
        EXPECT_EQ(max.client.get(path).body, gus.client.get(path).body) << path;

    agrees(max, Purpose::personalisation);
    const auto ordered = max.client.get(people);
    EXPECT_NE(ordered.body, plain);
    const std::set<std::string> first{ordered.text("/items/0/id"), ordered.text("/items/1/id")};
    EXPECT_EQ(first, (std::set<std::string>{to_text(gus.id), to_text(mia.id)})) << ordered.body;
    EXPECT_EQ(ordered.size("/items"), support::parsed(plain).at("items").as_array().size());
    EXPECT_EQ(ada.client.get(people).body, plain) << "and nobody else's order changed";

    withdraws(max, Purpose::personalisation);
    EXPECT_EQ(max.client.get(people).body, plain);
}

// ---- what is asked of the routes

TEST_F(Noticed, ActivityIsResetKindByKind)
{
    agrees(max, Purpose::usage_statistics);
    agrees(max, Purpose::search_history);
    agrees(max, Purpose::log_linking);
    max.client.get(pine + "/search?q=paint");
    max.client.get(web);
    settle();
    EXPECT_EQ(max.client.del("/me/activity/features").status, 204);
    EXPECT_EQ(rows("feature_uses", "feature = 'search_workspace'"), 0);
    EXPECT_EQ(rows("search_terms"), 1) << "the other kinds stay";
    EXPECT_EQ(rows("log_pseudonyms"), 1);
    for (const auto* kind : {"searches", "coworkers", "devices", "crashes", "pseudonyms"})
        EXPECT_EQ(max.client.del(std::string("/me/activity/") + kind).status, 204) << kind;
    settle();
    EXPECT_EQ(rows("search_terms"), 0);
    EXPECT_EQ(max.client.del("/me/activity/everything").status, 404);
}

TEST_F(Noticed, WrongWordsAreRefusedByTheirField)
{
    // clang-format off
    const std::vector<support::Scenario> lines{
        {"no id", max.client, support::post("/me/clicks", {{"thing", "link"}, {"id", "nothing"}}), 422, {}, "/id"},
        {"no thing", max.client, support::post("/me/clicks", {{"thing", "person"}, {"id", to_text(new_uuid())}}), 422, {}, "/thing"},
        {"no kind of error", max.client, support::post("/crash-reports", {{"message", ""}, {"stack", ""}}), 422, {}, "/kind"},
        {"no country", max.client, support::patch("/me/place", {{"chosen_country", "Holland"}}), 422, {}, "/chosen_country"},
        {"no time zone", max.client, support::patch("/me/place", {{"time_zone", "Europe Amsterdam"}}), 422, {}, "/time_zone"},
        {"no language", max.client, support::patch("/me/place", {{"language", "-"}}), 422, {}, "/language"},
        {"no day", mia.client, support::get("/operator/statistics?from=yesterday"), 422, {}, "?from"},
        {"days the wrong way round", mia.client, support::get("/operator/statistics?from=2026-02-02&to=2026-02-01"), 422, {}, "?to"},
        {"too many days", mia.client, support::get("/operator/statistics?from=2020-02-02&to=2026-02-01"), 422, {}, "?from"},
        {"the operator's, by another", ada.client, support::get("/operator/statistics"), 403},
        {"errors, by another", ada.client, support::get("/operator/crashes"), 403},
        {"a stranger", stranger, support::get("/me/activity"), 401},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
}

} // namespace
} // namespace dialpine::insight
