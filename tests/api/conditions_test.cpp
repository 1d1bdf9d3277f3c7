#include "support/server.hpp"

#include <gtest/gtest.h>

#include <thread>

/// Requests that depend on what is there: ETags, repetitions, and where a change comes from.
namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::expect;
using support::Json;

class Conditions : public support::Furnished {
protected:
    std::int64_t rows(std::string_view table)
    {
        return database().read([&](store::Read& read) {
            return store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {}", table)).value_or(-1);
        });
    }

    struct Thing {
        std::string path;
        Json change;
    };
    Answer paint = task("Paint");
    /// One of each thing that can be read and changed.
    std::vector<Thing> things{
        {"/me", {{"name", "Mia Sample"}}},
        {pine, {{"name", "Spruce"}}},
        {web, {{"name", "Site"}}},
        {pine + "/teams/" + made(pine + "/teams", {{"name", "Painters"}}).text("/id"), {{"name", "Printers"}}},
        {web + "/statuses/" + status("Done"), {{"name", "Ready"}}},
        {web + "/labels/" + made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id"), {{"name", "Rot"}}},
        {task_path(paint), {{"title", "Print"}}},
        {task_path(paint) + "/comments/" + made(task_path(paint) + "/comments", {{"body", "One"}}).text("/id"),
         {{"body", "Two"}}},
    };
};

TEST_F(Conditions, AChangeOfWhatIsStillTheSameIsMade)
{
    for (const auto& [path, change] : things) {
        SCOPED_TRACE(path);
        const auto before = mia.client.get(path);
        ASSERT_EQ(before.status, 200) << before.body;
        const auto changed = mia.client.send(support::patch(path, change, {{"If-Match", before.header("etag")}}));
        EXPECT_EQ(changed.status, 200) << changed.body;
        const auto now = mia.client.get(path);
        EXPECT_EQ(now.header("etag"), changed.header("etag"));
        EXPECT_EQ(now.body, changed.body);
        EXPECT_NE(now.header("etag"), before.header("etag"));
        EXPECT_EQ(mia.client.send(support::patch(path, change, {{"If-Match", "*"}})).status, 200);
    }
}

TEST_F(Conditions, AChangeOfWhatHasChangedIsRefusedWithWhatItIsNow)
{
    const auto before = contents();
    for (const auto& [path, change] : things) {
        const auto now = mia.client.get(path);
        const auto answer = expect(
            {path,
             mia.client,
             support::patch(path, change, {{"If-Match", "\"0123\""}}),
             412,
             {},
             {},
             "changed-meanwhile"}
        );
        EXPECT_EQ(answer.at("/current"), now.json());
    }
    expect({"removal", mia.client, support::del(task_path(paint), {}, {{"If-Match", "\"0123\""}}), 412});
    EXPECT_EQ(contents(), before);
}

TEST_F(Conditions, OfTwoWhoChangeTheSameThingAtOnceOneLearnsOfTheOther)
{
    const auto path = task_path(paint);
    Client other = another_browser(mia);
    for (int round = 0; round < 20; ++round) {
        const auto etag = mia.client.get(path).header("etag");
        int first = 0;
        int second = 0;
        const auto rename = [&](Client& client, const std::string& title) {
            return client.send(support::patch(path, {{"title", title}}, {{"If-Match", etag}})).status;
        };
        std::thread thread([&] { first = rename(other, fmt::format("Other {}", round)); });
        second = rename(mia.client, fmt::format("Mine {}", round));
        thread.join();
        EXPECT_EQ(std::min(first, second), 200);
        EXPECT_EQ(std::max(first, second), 412);
    }
}

TEST_F(Conditions, WhatOneHasAlreadyIsNotSentAgain)
{
    auto paths = std::vector<std::string>{
        web + "/board", web + "/tasks", pine + "/projects", web + "/statuses", pine + "/people"
    };
    for (const auto& thing : things) paths.push_back(thing.path);
    for (const auto& path : paths) {
        SCOPED_TRACE(path);
        const auto etag = mia.client.get(path).header("etag");
        ASSERT_FALSE(etag.empty());
        for (const auto& sent : {etag, "W/" + etag, "\"0123\", " + etag, std::string("*")}) {
            const auto answer = mia.client.send(support::get(path, {{"If-None-Match", sent}}));
            EXPECT_EQ(answer.status, 304) << sent;
            EXPECT_TRUE(answer.body.empty());
            EXPECT_EQ(answer.header("etag"), etag);
        }
        EXPECT_EQ(mia.client.send(support::get(path, {{"If-None-Match", "\"0123\""}})).status, 200);
    }
}

TEST_F(Conditions, HeadIsGetWithoutABody)
{
    for (const std::string target : {"/api/v1/me", "/api/v1/policy", "/healthz"}) {
        const auto whole = mia.client.send({"GET", target, {}, {}});
        const auto head = mia.client.send({"HEAD", target, {}, {}});
        EXPECT_EQ(head.status, whole.status);
        EXPECT_TRUE(head.body.empty());
        EXPECT_EQ(head.header("etag"), whole.header("etag"));
        EXPECT_EQ(head.header("content-type"), whole.header("content-type"));
    }
    EXPECT_EQ(stranger.send({"HEAD", "/api/v1/me", {}, {}}).status, 401);
}

// ---- repetitions

TEST_F(Conditions, ARepeatedCreationGetsTheFirstAnswer)
{
    struct Line {
        std::string path;
        Json wish;
        std::string table;
    };
    const std::vector<Line> lines{
        {"/workspaces", {{"name", "Spruce"}}, "workspaces"},
        {pine + "/projects", {{"name", "Shop"}}, "projects"},
        {pine + "/teams", {{"name", "Printers"}}, "teams"},
        {web + "/statuses", {{"name", "Test"}, {"color", "red"}, {"group", "started"}}, "statuses"},
        {web + "/labels", {{"name", "Blue"}, {"color", "blue"}}, "labels"},
        {web + "/tasks", {{"title", "Order paint"}}, "tasks"},
        {task_path(paint) + "/comments", {{"body", "Two"}}, "comments"},
        {pine + "/invitations", {{"role", "guest"}}, "invitations"},
    };
    for (const auto& [path, wish, table] : lines) {
        SCOPED_TRACE(path);
        const auto sent = support::post(path, wish, {{"Idempotency-Key", "the same"}});
        const auto first = mia.client.send(sent);
        const auto count = rows(table);
        const auto again = mia.client.send(sent);
        EXPECT_EQ(first.status, 201) << first.body;
        EXPECT_EQ(again.status, 201);
        EXPECT_EQ(again.body, first.body);
        EXPECT_EQ(again.header("location"), first.header("location"));
        EXPECT_EQ(rows(table), count);
    }
}

TEST_F(Conditions, AKeyBelongsToOneRequestOfOnePersonForADay)
{
    support::MovedClock clock;
    const auto with_key = [&](std::string key, const Json& wish) {
        return support::post(web + "/tasks", wish, {{"Idempotency-Key", std::move(key)}});
    };
    const Json wish{{"title", "Order paint"}};
    const auto first = mia.client.send(with_key("k", wish));
    expect({"another body", mia.client, with_key("k", {{"title", "Order ink"}}), 409, {}, {}, "idempotency-key-reused"}
    );
    expect({"too long", mia.client, with_key(std::string(201, 'k'), wish), 400});
    EXPECT_NE(ada.client.send(with_key("k", wish)).text("/id"), first.text("/id")) << "the key of another person";
    EXPECT_NE(mia.client.send(with_key("l", wish)).text("/id"), first.text("/id")) << "another key";
    expect({"a refused one", mia.client, with_key("m", {{"title", ""}}), 422});
    expect({"which is not kept", mia.client, with_key("m", wish), 201});

    clock.advance(std::chrono::hours{24} - std::chrono::seconds{30});
    EXPECT_EQ(mia.client.send(with_key("k", wish)).text("/id"), first.text("/id"));
    clock.advance(std::chrono::minutes{1});
    EXPECT_NE(mia.client.send(with_key("k", wish)).text("/id"), first.text("/id"));
}

TEST_F(Conditions, ACreationThatIsSentTwiceAtOnceIsMadeOnce)
{
    Client other = another_browser(mia);
    const auto before = rows("tasks");
    for (int round = 0; round < 20; ++round) {
        const auto sent =
            support::post(web + "/tasks", {{"title", "Order paint"}}, {{"Idempotency-Key", std::to_string(round)}});
        Answer first;
        std::thread thread([&] { first = other.send(sent); });
        const auto second = mia.client.send(sent);
        thread.join();
        EXPECT_EQ(first.status, 201);
        EXPECT_EQ(first.body, second.body);
    }
    EXPECT_EQ(rows("tasks"), before + 20);
}

// ---- where a change comes from

TEST_F(Conditions, AChangeByCookieComesFromOurOwnPages)
{
    const std::string own = "127.0.0.1:" + std::to_string(running.port());
    struct Line {
        http::Header header;
        int status;
    };
    const std::vector<Line> lines{
        {{"Origin", "http://" + own}, 200},
        {{"Origin", "https://elsewhere.example"}, 403},
        {{"Origin", "http://127.0.0.1"}, 403},
        {{"Origin", "http://" + own + ".elsewhere.example"}, 403},
        {{"Origin", "null"}, 403},
        {{"Sec-Fetch-Site", "same-origin"}, 200},
        {{"Sec-Fetch-Site", "none"}, 200},
        {{"Sec-Fetch-Site", "same-site"}, 403},
        {{"Sec-Fetch-Site", "cross-site"}, 403},
    };
    const http::Header bearer{"Authorization", "Bearer " + mia.client.token()};
    for (const auto& [header, status] : lines) {
        const auto name = header.first + " " + header.second;
        const auto before = contents();
        expect({name, mia.client, support::patch("/me", {{"name", "Mia Example"}}, {header}), status});
        expect(
            {name + ", removing", mia.client, support::del(web + "/labels/x", {}, {header}), status == 200 ? 404 : 403}
        );
        EXPECT_EQ(contents(), before);
        expect({name + ", reading", mia.client, support::get("/me", {header}), 200});
        expect({name + ", by bearer", stranger, support::patch("/me", {{"name", "Mia Example"}}, {header, bearer}), 200}
        );
    }
}

TEST_F(Conditions, NobodyIsSignedInOrUpFromAnotherSite)
{
    const auto before = contents();
    const http::Header elsewhere_header{"Origin", "https://elsewhere.example"};
    const Json credentials{{"email", mia.email}, {"password", support::password}};
    expect({"in", stranger, support::post("/sessions", credentials, {elsewhere_header}), 403, {}, {}, "cross-site"});
    expect(
        {"up",
         stranger,
         support::post("/accounts", Json(boost::json::object()), {elsewhere_header}),
         403,
         {},
         {},
         "cross-site"}
    );
    EXPECT_EQ(contents(), before);
}

} // namespace
} // namespace dialpine::api
