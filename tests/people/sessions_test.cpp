#include "people/sessions.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::Answer;
using support::Client;
using support::expect;
using support::Json;

class Sessions : public support::Served {
protected:
    Answer sign_in(std::string_view email, std::string_view with = support::password)
    {
        return stranger.post("/sessions", {{"email", email}, {"password", with}});
    }
    /// How long it took, and what came.
    std::pair<std::chrono::steady_clock::duration, Answer> timed(std::string_view email, std::string_view with)
    {
        const auto start = std::chrono::steady_clock::now();
        auto answer = sign_in(email, with);
        return {std::chrono::steady_clock::now() - start, std::move(answer)};
    }
    support::MovedClock clock;
};

TEST_F(Sessions, BeginWithAddressAndPassword)
{
    const auto answer = sign_in(max.email);
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.text("/person/id"), to_text(max.id));
    EXPECT_EQ(stranger.get("/me").text("/email"), max.email);
}

TEST_F(Sessions, SayNothingOfWhichAddressesAreKnown)
{
    sign_in("warm@dialpine.example", "wrong password"); // the first one makes what all are compared with
    const auto [known, wrong_password] = timed(max.email, "wrong password");
    const auto [unknown, wrong_address] = timed("nobody@dialpine.example", "wrong password");
    EXPECT_EQ(wrong_password.status, 401);
    EXPECT_EQ(wrong_address.status, 401);
    EXPECT_EQ(wrong_address.body, wrong_password.body);
    EXPECT_EQ(wrong_address.headers.size(), wrong_password.headers.size());
    // A look-up alone takes a hundredth of this; the figures of a busy machine are not compared any closer.
    EXPECT_GT(unknown, known / 5);
}

TEST_F(Sessions, AreNotGuessed)
{
    for (const auto& email : {max.email, std::string("nobody@dialpine.example")}) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in(email, "wrong password").status, 401);
        const auto answer = expect(
            {"the eleventh",
             stranger,
             support::post("/sessions", {{"email", to_lower_ascii(email)}, {"password", support::password}}),
             429,
             {},
             {},
             "too-many"}
        );
        const int seconds = std::stoi(answer.header("retry-after"));
        EXPECT_GT(seconds, 0);
        EXPECT_LE(seconds, 30);
    }
    EXPECT_EQ(sign_in(ada.email).status, 201) << "others are not held up";
    EXPECT_EQ(max.client.get("/me").status, 200) << "nor is who is signed in";
}

TEST_F(Sessions, ForgetFailuresWithASuccess)
{
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 6; ++i) EXPECT_EQ(sign_in(max.email, "wrong password").status, 401);
        EXPECT_EQ(sign_in(max.email).status, 201);
    }
}

TEST_F(Sessions, AreListedWithoutTheirTokens)
{
    Client other = another_browser(max);
    const auto list = max.client.get("/sessions");
    ASSERT_EQ(list.size("/items"), 2U) << list.body;
    EXPECT_EQ(list.text("/items/0/client"), "Safari on macOS");
    EXPECT_EQ(list.text("/items/1/client"), "Firefox on Linux");
    EXPECT_EQ(list.text("/items/0/address"), "192.0.2.0/24");
    EXPECT_FALSE(list.at("/items/0/current").as_bool());
    EXPECT_TRUE(list.at("/items/1/current").as_bool());
    EXPECT_EQ(list.body.find(other.token()), std::string::npos);
    EXPECT_EQ(list.body.find("192.0.2.7"), std::string::npos);
}

TEST_F(Sessions, AreEndedOneByOneByTheirOwnPerson)
{
    Client other = another_browser(max);
    ASSERT_EQ(other.get("/me").status, 200);
    const auto id = max.client.get("/sessions").text("/items/0/id");
    expect({"not by somebody else", ada.client, support::del("/sessions/" + id), 404});
    EXPECT_EQ(other.get("/me").status, 200);
    expect({"by oneself", max.client, support::del("/sessions/" + id), 204});
    expect({"and only once", max.client, support::del("/sessions/" + id), 404});
    EXPECT_EQ(other.get("/me").status, 401);
    EXPECT_EQ(max.client.get("/me").status, 200);
}

TEST_F(Sessions, EndWithSigningOut)
{
    const http::Header bearer{"Authorization", "Bearer " + max.client.token()};
    const auto answer = max.client.del("/sessions/current");
    EXPECT_EQ(answer.status, 204);
    EXPECT_TRUE(answer.header("set-cookie").starts_with("__Host-session=;"));
    EXPECT_NE(answer.header("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(stranger.send(support::get("/me", {bearer})).status, 401) << "the token itself is dead";
}

TEST_F(Sessions, EndThirtyDaysAfterTheirLastUse)
{
    clock.advance(std::chrono::days{29});
    EXPECT_EQ(max.client.get("/me").status, 200);
    running.house.database.write([](store::Write&) {}); // the use is written by then
    clock.advance(std::chrono::days{29});
    EXPECT_EQ(max.client.get("/me").status, 200) << "a use puts the end off";
    running.house.database.write([](store::Write&) {});
    clock.advance(std::chrono::days{30} + std::chrono::seconds{1});
    EXPECT_EQ(max.client.get("/me").status, 401);
}

TEST(SessionClient, IsAFamilyAndASystem)
{
    EXPECT_EQ(describe_client("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130"), "Edge on Windows");
    EXPECT_EQ(describe_client("Mozilla/5.0 (Linux; Android 14) Chrome/130 Safari/537"), "Chrome on Android");
    EXPECT_EQ(describe_client("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604"), "Safari on iOS");
    EXPECT_EQ(describe_client("curl/8.0"), "Another client");
    EXPECT_EQ(describe_client(""), "A program");
}

TEST(SessionAddress, IsItsNetwork)
{
    EXPECT_EQ(truncated_address("192.0.2.7"), "192.0.2.0/24");
    EXPECT_EQ(truncated_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
    EXPECT_EQ(truncated_address("somewhere"), "");
}

} // namespace
} // namespace dialpine::people
