#include "people/second_factor.hpp"

#include "store/transparency.hpp"
#include "support/program.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::Answer;
using support::Client;
using support::expect;
using support::Json;
using namespace std::chrono_literals;

/// Max, whose app knows the time, and who may have set it up.
class SecondFactorOf : public support::Served {
protected:
    /// What Max's app shows now.
    std::string code() const { return code_at(secret, clock_now()); }
    void set_up()
    {
        const auto begun = max.client.post("/me/second-factor", {{"password", support::password}});
        ASSERT_EQ(begun.status, 201) << begun.body;
        secret = begun.text("/secret");
        const auto confirmed = max.client.post("/me/second-factor/confirmation", {{"code", code()}});
        ASSERT_EQ(confirmed.status, 201) << confirmed.body;
        const auto codes = confirmed.at("/codes");
        for (const auto& each : codes.as_array()) recovery.emplace_back(each.as_string());
        clock.advance(30s);
    }
    Answer sign_in(std::optional<std::string> given, std::string_view password = support::password)
    {
        boost::json::object wish{{"email", max.email}, {"password", password}};
        if (given) wish["code"] = *given;
        return browser().post("/sessions", wish);
    }
    std::string state() { return max.client.get("/me/second-factor").text("/state"); }

    support::MovedClock clock;
    std::string secret;
    std::vector<std::string> recovery;
};

/// The test vectors of RFC 6238, appendix B, whose last six of eight digits are those of six.
TEST(SecondFactorCode, IsThatOfTheStandard)
{
    const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const std::pair<std::int64_t, std::string_view> vectors[]{
        {59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}
    };
    for (const auto& [at, code] : vectors) EXPECT_EQ(code_at(secret, Instant(std::chrono::seconds(at))), code) << at;
}

TEST_F(SecondFactorOf, IsAskedForAfterThePasswordAndOnlyThen)
{
    EXPECT_EQ(sign_in({}).status, 201);
    set_up();
    const auto before = contents();
    const auto asked = sign_in({});
    EXPECT_EQ(asked.status, 401);
    EXPECT_EQ(asked.text("/type"), "/problems/code-needed");
    EXPECT_EQ(asked.header("set-cookie"), "") << "half a sign-in is none";
    EXPECT_EQ(sign_in({}, "not the password").text("/type"), "/problems/wrong-credentials")
        << "whoever does not know the password learns nothing of the factor";
    EXPECT_EQ(sign_in(code(), "not the password").text("/type"), "/problems/wrong-credentials");
    EXPECT_EQ(sign_in("000000").text("/type"), "/problems/wrong-code");
    EXPECT_EQ(sign_in("").text("/type"), "/problems/wrong-code");
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(sign_in(code()).status, 201);
    EXPECT_EQ(browser().post("/sessions", {{"email", ada.email}, {"password", support::password}}).status, 201)
        << "nobody else is asked";
}

TEST_F(SecondFactorOf, TakesACodeOnce)
{
    set_up();
    const auto now = code();
    EXPECT_EQ(sign_in(now).status, 201);
    EXPECT_EQ(sign_in(now).text("/type"), "/problems/wrong-code") << "who looked over the shoulder has nothing";
    clock.advance(30s);
    const auto earlier = code();
    clock.advance(30s);
    EXPECT_EQ(sign_in(code()).status, 201);
    EXPECT_EQ(sign_in(earlier).status, 401) << "nor does one of before the last work";
}

TEST_F(SecondFactorOf, TakesACodeOfAClockThatIsHalfAMinuteOffAndNoMore)
{
    set_up();
    clock.advance(10min);
    EXPECT_EQ(sign_in(code_at(secret, clock_now() - 61s)).status, 401);
    EXPECT_EQ(sign_in(code_at(secret, clock_now() + 61s)).status, 401);
    EXPECT_EQ(sign_in(code_at(secret, clock_now() - 30s)).status, 201);
    clock.advance(5min);
    EXPECT_EQ(sign_in(code_at(secret, clock_now() + 30s)).status, 201);
}

TEST_F(SecondFactorOf, IsNotGuessed)
{
    set_up();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("not it").status, 401);
    EXPECT_EQ(sign_in("not it").status, 429);
    EXPECT_EQ(sign_in(code()).status, 429) << "not even with the right one";
    EXPECT_EQ(sign_in(recovery.at(0)).status, 429);
}

TEST_F(SecondFactorOf, HasTenRecoveryCodesThatWorkOnceEach)
{
    set_up();
    ASSERT_EQ(recovery.size(), 10U);
    EXPECT_EQ(std::set<std::string>(recovery.begin(), recovery.end()).size(), 10U);
    std::string typed = recovery.at(0);
    std::ranges::replace(typed, '-', ' ');
    for (auto& c : typed) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(sign_in(typed).status, 201) << "as people type it";
    EXPECT_EQ(sign_in(recovery.at(0)).status, 401) << "once";
    EXPECT_EQ(max.client.get("/me/second-factor").number("/recovery_codes_left"), 9);

    const auto renewed = max.client.post("/me/second-factor/recovery-codes", {{"password", support::password}});
    ASSERT_EQ(renewed.status, 201);
    EXPECT_EQ(sign_in(recovery.at(1)).status, 401) << "the earlier ones stop working";
    EXPECT_EQ(sign_in(renewed.text("/codes/0")).status, 201);
}

TEST_F(SecondFactorOf, StoresNeitherSecretNorCodesReadably)
{
    set_up();
    database().checkpoint();
    EXPECT_EQ(support::files_with(folder.path(), secret), std::vector<std::string>());
    for (const auto& each : recovery) {
        std::string bare = each;
        std::erase(bare, '-');
        EXPECT_EQ(support::files_with(folder.path(), each), std::vector<std::string>());
        EXPECT_EQ(support::files_with(folder.path(), bare), std::vector<std::string>());
    }
    const auto held = max.client.get("/me/data").body;
    EXPECT_EQ(held.find(secret), std::string::npos) << "a secret is not given out a second time";
    EXPECT_NE(held.find("Second factor"), std::string::npos) << "that there is one is";
}

TEST_F(SecondFactorOf, CountsOnlyOnceItsFirstCodeWasGiven)
{
    EXPECT_EQ(state(), "none");
    expect({"before", max.client, support::post("/me/second-factor/confirmation", {{"code", "123456"}}), 409, {}, {}, "no-second-factor"});
    expect({"codes of none", max.client, support::post("/me/second-factor/recovery-codes", {{"password", support::password}}), 409, {}, {}, "no-second-factor"});
    const auto begun = max.client.post("/me/second-factor", {{"password", support::password}});
    EXPECT_EQ(begun.header("cache-control"), "no-store");
    EXPECT_EQ(
        begun.text("/uri"),
        "otpauth://totp/DialPine:max%40dialpine.example?secret=" + begun.text("/secret") +
            "&issuer=DialPine&algorithm=SHA1&digits=6&period=30"
    );
    EXPECT_EQ(state(), "pending");
    EXPECT_EQ(sign_in({}).status, 201) << "nobody locks themselves out by looking";
    expect({"a wrong code", max.client, support::post("/me/second-factor/confirmation", {{"code", "000000"}}), 422, {}, "/code"});
    EXPECT_EQ(state(), "pending");
    auto other = another_browser(max);
    set_up();
    EXPECT_EQ(state(), "active");
    EXPECT_EQ(other.get("/me").status, 401) << "other sessions began without it";
    expect({"again", max.client, support::post("/me/second-factor", {{"password", support::password}}), 409, {}, {}, "already-there"});
    EXPECT_EQ(mia.client.get("/operator/outbox").text("/items/0/subject"), "A second factor was added");
}

TEST_F(SecondFactorOf, IsSetUpAndRemovedWithThePassword)
{
    auto& c = max.client;
    // clang-format off
    const support::Scenario without[]{
        {"begun", c, support::post("/me/second-factor", Json(boost::json::object())), 403, {}, "/password", "password-needed"},
        {"begun with a wrong one", c, support::post("/me/second-factor", {{"password", "not this one"}}), 422, {}, "/password"},
        {"removed", c, support::del("/me/second-factor", Json(boost::json::object())), 403, {}, "/password", "password-needed"},
        {"codes", c, support::post("/me/second-factor/recovery-codes", Json(boost::json::object())), 403, {}, "/password", "password-needed"},
        {"an unknown member", c, support::post("/me/second-factor", {{"secret", "mine"}}), 422, {}, "/secret"},
        {"no code", c, support::post("/me/second-factor/confirmation", Json(boost::json::object())), 422, {}, "/code"},
    };
    // clang-format on
    for (const auto& each : without) expect(each);
    EXPECT_EQ(state(), "none");
    set_up();
    ASSERT_EQ(c.del("/me/second-factor", Json{{"password", support::password}}).status, 204);
    EXPECT_EQ(state(), "none");
    EXPECT_EQ(sign_in({}).status, 201);
    EXPECT_EQ(mia.client.get("/operator/outbox").text("/items/0/subject"), "Your second factor was removed");
}

TEST_F(SecondFactorOf, IsNeededByOperatorsWhereTheRuleSaysSo)
{
    ASSERT_EQ(mia.client.get("/operator/outbox").status, 200);
    set_second_factor_rule(SecondFactorRule::operators);
    expect({"an operator without", mia.client, support::get("/operator/outbox"), 403, {}, {}, "second-factor-required"});
    EXPECT_EQ(mia.client.get("/me").status, 200) << "all that is not the operator's still works";
    EXPECT_TRUE(mia.client.get("/me/second-factor").at("/required").as_bool());
    EXPECT_FALSE(max.client.get("/me/second-factor").at("/required").as_bool());
    const auto begun = mia.client.post("/me/second-factor", {{"password", support::password}});
    const auto code = code_at(begun.text("/secret"), clock_now());
    EXPECT_EQ(mia.client.get("/operator/outbox").status, 403) << "begun is not done";
    ASSERT_EQ(mia.client.post("/me/second-factor/confirmation", {{"code", code}}).status, 201);
    EXPECT_EQ(mia.client.get("/operator/outbox").status, 200);
    set_second_factor_rule(SecondFactorRule::nobody);
}

TEST_F(SecondFactorOf, GoesWithThePerson)
{
    set_up();
    ASSERT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    const auto rows = database().read([](store::Read& read) {
        return store::query_one<std::int64_t>(
            read, "SELECT (SELECT count(*) FROM second_factors) + (SELECT count(*) FROM recovery_codes)"
        );
    });
    EXPECT_EQ(rows, 0);
}

/// What the operator reads or does of persons, on the command line and by the API.
class StaffLog : public SecondFactorOf {
protected:
    std::vector<std::string> public_entries()
    {
        return database().read([](store::Read& read) {
            std::vector<std::string> found;
            store::query(
                read,
                "SELECT statement FROM log_entries WHERE kind = 'staff_read' AND statement IS NOT NULL ORDER BY number",
                [&](const store::Statement& row) { found.emplace_back(row.text(0)); }
            );
            return found;
        });
    }
};

TEST_F(StaffLog, HasEachReadingOfTheOutbox)
{
    const auto before = public_entries().size();
    ASSERT_EQ(mia.client.get("/operator/outbox").status, 200);
    ASSERT_EQ(mia.client.get("/operator/outbox").status, 200);
    EXPECT_EQ(public_entries().size(), before + 2);
    EXPECT_EQ(max.client.get("/operator/outbox").status, 403);
    EXPECT_EQ(public_entries().size(), before + 2) << "who read nothing is not in it";
}

class StaffLogOfCommands : public ::testing::Test {
protected:
    support::Ended dialpine(support::Words arguments)
    {
        arguments.insert(arguments.begin(), {"--data", (folder / "data").string()});
        return support::run(arguments, folder.path());
    }
    int entries(std::string_view what)
    {
        crypto::initialise();
        store::Database database(store::Settings{.folder = folder / "data", .is_durable = false});
        return database.read([&](store::Read& read) {
            int found = 0;
            for (const auto& secret : store::select<store::LogSecret>(read, ""))
                found += secret.statement.reveal().find(what) != std::string::npos ? 1 : 0;
            found += static_cast<int>(*store::query_one<std::int64_t>(
                read, "SELECT count(*) FROM log_entries WHERE statement LIKE $1", "%" + std::string(what) + "%"
            ));
            return found;
        });
    }
    support::Folder folder;
};

TEST_F(StaffLogOfCommands, HasEachListExportAndHelp)
{
    ASSERT_EQ(dialpine({"user", "add", "mia@dialpine.example", "--name", "Mia Example"}).code, 0);
    EXPECT_EQ(dialpine({"user", "list"}).code, 0);
    EXPECT_EQ(dialpine({"export", "person", "mia@dialpine.example", "--out", (folder / "mia.zip").string()}).code, 0);
    EXPECT_EQ(dialpine({"user", "reset-password", "mia@dialpine.example"}).code, 0);
    EXPECT_EQ(dialpine({"user", "remove-second-factor", "mia@dialpine.example"}).code, 0);
    EXPECT_EQ(dialpine({"user", "remove-second-factor", "nobody@dialpine.example"}).code, 1);
    EXPECT_EQ(entries(R"("what":"accounts")"), 1);
    EXPECT_EQ(entries("export by the operator"), 1);
    EXPECT_EQ(entries("password set by the operator"), 1);
    EXPECT_EQ(entries("second factor removed by the operator"), 1);
}

} // namespace
} // namespace dialpine::people
