#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::expect;
using support::Json;
using support::Scenario;

Json with(Json body, std::string_view pointer, const Json& value)
{
    boost::system::error_code error;
    *body.find_pointer(pointer, error) = value;
    return body;
}

/// An instance that nobody has an account on yet.
class NewInstance : public ::testing::Test {
protected:
    explicit NewInstance(SignUp sign_up = SignUp::open) : running(folder.path(), sign_up) {}

    Json new_account(const std::string& name, const std::string& email)
    {
        return {
            {"name", name},
            {"email", email},
            {"password", support::password},
            {"birth_year", 1990},
            {"consent", {{"policy_version", running.house.policy().version}}},
        };
    }

    support::Folder folder;
    support::RunningHouse running;
    support::Client client{running.port()};
    Json mia = new_account("Mia Example", "mia@dialpine.example");
    int this_year = year_of(clock_now());
};

class ClosedInstance : public NewInstance {
protected:
    ClosedInstance() : NewInstance(SignUp::invited) {}
};

TEST_F(NewInstance, StoresNothingOfWhoIsRefused)
{
    auto without_consent = mia;
    without_consent.as_object().erase("consent");
    auto with_phone = mia;
    with_phone.as_object()["phone"] = "+49 30 000000";
    const auto before = running.contents();
    // clang-format off
    const std::vector<Scenario> lines{
        {"without consent", client, support::post("/accounts", without_consent), 422, {}, "/consent"},
        {"consent to nothing", client, support::post("/accounts", with(mia, "/consent", nullptr)), 422, {}, "/consent"},
        {"consent to another version", client, support::post("/accounts", with(mia, "/consent/policy_version", "0")), 422, {}, "/consent/policy_version"},
        {"15 years old", client, support::post("/accounts", with(mia, "/birth_year", this_year - 15)), 422, {}, "/birth_year"},
        {"16 this year, or not yet", client, support::post("/accounts", with(mia, "/birth_year", this_year - 16)), 422, {}, "/birth_year"},
        {"not born yet", client, support::post("/accounts", with(mia, "/birth_year", this_year + 1)), 422, {}, "/birth_year"},
        {"131 years old", client, support::post("/accounts", with(mia, "/birth_year", this_year - 131)), 422, {}, "/birth_year"},
        {"a year in two digits", client, support::post("/accounts", with(mia, "/birth_year", 90)), 422, {}, "/birth_year"},
        {"a password of 9 characters", client, support::post("/accounts", with(mia, "/password", "123456789")), 422, {}, "/password"},
        {"9 characters of many bytes", client, support::post("/accounts", with(mia, "/password", "ööööööööö")), 422, {}, "/password"},
        {"a password of 257 bytes", client, support::post("/accounts", with(mia, "/password", std::string(257, 'x').c_str())), 422, {}, "/password"},
        {"no address", client, support::post("/accounts", with(mia, "/email", "mia")), 422, {}, "/email"},
        {"an address with a line break", client, support::post("/accounts", with(mia, "/email", "mia@dialpine.example\nBcc: x")), 422, {}, "/email"},
        {"no name", client, support::post("/accounts", with(mia, "/name", "")), 422, {}, "/name"},
        {"what nobody declared", client, support::post("/accounts", with_phone), 422, {}, "/phone"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(running.contents(), before);
    EXPECT_TRUE(support::files_with(folder.path(), "mia@dialpine.example").empty());
    EXPECT_EQ(client.get("/instance").text("/sign_up"), "first");
}

/// Promise P1: what sign-up takes is what is declared, and what nobody declared is refused by its name.
TEST_F(NewInstance, TakesItsDeclaredFieldsAlone)
{
    std::set<std::string> members;
    boost::mp11::mp_for_each<json::Members<NewAccount>>([&](auto member) { members.emplace(member.name); });
    EXPECT_EQ(
        members, (std::set<std::string>{"name", "email", "password", "birth_year", "consent", "invitation"})
    ) << "each is in the policy, and stored in a declared column or not at all";

    const auto before = running.contents();
    for (const std::string undeclared :
         {"phone", "phone_number", "company", "job_title", "postal_address", "gender", "profession", "industry",
          "postal_code", "age", "card", "ip_address", "is_operator", "id", "Name", ""}) {
        auto wish = mia;
        wish.as_object()[undeclared] = "something";
        expect({undeclared, client, support::post("/accounts", wish), 422, {}, "/" + undeclared});
        auto inside = mia;
        inside.at("consent").as_object()[undeclared] = "something";
        expect({undeclared, client, support::post("/accounts", inside), 422, {}, "/consent/" + undeclared});
    }
    for (const auto& name : members) {
        if (name == "invitation") continue;
        auto wish = mia;
        wish.as_object().erase(name);
        expect({"without " + name, client, support::post("/accounts", wish), 422, {}, "/" + name});
        for (const Json& wrong : {Json(nullptr), Json(true), Json(boost::json::array()), Json(-1)})
            expect({"wrong " + name, client, support::post("/accounts", with(mia, "/" + name, wrong)), 422, {}, "/" + name});
    }
    EXPECT_EQ(running.contents(), before);
}

/// Promise P2: no account without the consent; with it, a record whose receipt anybody can check.
TEST_F(NewInstance, IsEnteredByAConsentWhoseReceiptVerifies)
{
    auto without = mia;
    without.as_object().erase("consent");
    expect({"without", client, support::post("/accounts", without), 422, {}, "/consent"});
    ASSERT_EQ(client.post("/accounts", mia).status, 201);
    const auto consents = client.get("/me/consents");
    ASSERT_EQ(consents.size("/history"), 1U) << "one for the account, and none that was not asked for";
    EXPECT_EQ(consents.text("/history/0/purpose"), "account");
    EXPECT_EQ(consents.text("/history/0/state"), "given");
    EXPECT_EQ(consents.text("/history/0/notice_version"), running.house.policy().version);
    const auto receipt = client.get("/me/consents/" + consents.text("/history/0/record_id") + "/receipt");
    ASSERT_EQ(receipt.status, 200) << receipt.body;
    support::Client anybody(running.port());
    const auto checked = anybody.post("/receipts/verifications", receipt.json());
    EXPECT_EQ(checked.at("/valid"), Json(true)) << checked.body;
    EXPECT_EQ(checked.at("/in_force"), Json(true)) << checked.body;
}

/// Promise P5: somebody reads, looks around, and goes without agreeing.
TEST_F(NewInstance, KeepsNoByteOfWhoDeclines)
{
    ASSERT_EQ(client.post("/accounts", mia).status, 201);
    running.house.database.checkpoint();
    const auto files = [&] {
        std::map<std::string, std::string> bytes;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
            if (entry.is_regular_file() && !entry.path().string().ends_with("-shm")) // which reader reads where
                bytes[entry.path().string()] = support::bytes_of(entry.path());
        return bytes;
    };
    const auto rows = running.contents();
    const auto before = files();
    support::Client eve(running.port());
    const auto wish = new_account("Eve Undecided", "undecided@dialpine.example");
    EXPECT_EQ(eve.get("/instance").status, 200);
    EXPECT_EQ(eve.get("/policy").status, 200);
    EXPECT_EQ(eve.post("/accounts", with(wish, "/consent/policy_version", "")).status, 422);
    EXPECT_EQ(eve.post("/accounts", with(wish, "/consent", nullptr)).status, 422);
    EXPECT_EQ(eve.post("/sessions", {{"email", "undecided@dialpine.example"}, {"password", support::password}}).status, 401);
    EXPECT_EQ(running.contents(), rows);
    EXPECT_TRUE(files() == before) << "a byte of some file has changed";
    EXPECT_EQ(support::files_with(folder.path(), "undecided"), std::vector<std::string>());
}

TEST_F(NewInstance, MakesItsFirstPersonTheOperator)
{
    const auto answer = client.post("/accounts", mia);
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_TRUE(answer.at("/person/is_operator").as_bool());
    EXPECT_TRUE(answer.at("/session/current").as_bool());
    EXPECT_EQ(answer.header("location"), "/api/v1/sessions/" + answer.text("/session/id"));
    EXPECT_EQ(client.get("/me").json(), answer.at("/person"));
    EXPECT_EQ(client.get("/instance").text("/sign_up"), "open");

    support::Client second(running.port());
    const auto max = second.post("/accounts", new_account("Max Example", "max@dialpine.example"));
    EXPECT_FALSE(max.at("/person/is_operator").as_bool());
    EXPECT_EQ(second.get("/operator/outbox").status, 403);
    EXPECT_EQ(client.get("/operator/outbox").status, 200);
}

TEST_F(NewInstance, GivesACookieThatOnlyItGets)
{
    const auto cookie = client.post("/accounts", mia).header("set-cookie");
    for (const std::string part : {"__Host-session=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"})
        EXPECT_NE(cookie.find(part), std::string::npos) << part;
    EXPECT_EQ(cookie.find("Domain"), std::string::npos);
}

TEST_F(NewInstance, KeepsTheConsentAndNotTheYear)
{
    ASSERT_EQ(client.post("/accounts", with(mia, "/birth_year", this_year - 17)).status, 201);
    const auto consents =
        running.house.database.read([](store::Read& read) { return store::select<Consent>(read, ""); });
    ASSERT_EQ(consents.size(), 1U);
    EXPECT_EQ(consents[0].policy_version, running.house.policy().version);
    EXPECT_EQ(consents[0].policy_sha256, running.house.policy().sha256);
    EXPECT_EQ(consents[0].state, ConsentState::given);
    EXPECT_EQ(client.get("/me/data").body.find(std::to_string(this_year - 17)), std::string::npos);
}

TEST_F(NewInstance, HoldsAnAddressOnceWhateverItsCase)
{
    ASSERT_EQ(client.post("/accounts", mia).status, 201);
    support::Client other(running.port());
    const auto before = running.contents();
    expect({"again", other, support::post("/accounts", new_account("Mia", "MIA@DialPine.Example")), 422, {}, "/email"});
    EXPECT_EQ(running.contents(), before);
    const Json credentials{{"email", "Mia@dialpine.EXAMPLE"}, {"password", support::password}};
    EXPECT_EQ(other.post("/sessions", credentials).text("/person/email"), "mia@dialpine.example");
}

TEST_F(NewInstance, StoresNothingThatCanBeReadWithoutItsKey)
{
    ASSERT_EQ(client.post("/accounts", with(mia, "/name", "Mia Unmistakable")).status, 201);
    running.house.database.checkpoint();
    for (const std::string secret : {"Mia Unmistakable", "mia@dialpine.example", "correct horse battery"})
        EXPECT_TRUE(support::files_with(folder.path(), secret).empty()) << secret;
    EXPECT_TRUE(support::files_with(folder.path(), client.token()).empty());
}

TEST_F(ClosedInstance, IsEnteredByTheFirstAndByInvitationOnly)
{
    ASSERT_EQ(client.post("/accounts", mia).status, 201);
    EXPECT_EQ(client.get("/instance").text("/sign_up"), "invited");
    support::Client other(running.port());
    auto max = new_account("Max Example", "max@dialpine.example");
    const auto workspace = client.post("/workspaces", {{"name", "Pine"}});
    const std::string pine = "/workspaces/" + workspace.text("/id");
    const auto link = client.post(pine + "/invitations", {{"role", "member"}}).text("/link");

    const auto before = running.contents();
    expect({"without", other, support::post("/accounts", max), 403, {}, {}, "sign-up-closed"});
    max.as_object()["invitation"] = "not a token";
    expect({"with a wrong one", other, support::post("/accounts", max), 404, {}, {}, "invitation-used"});
    EXPECT_EQ(running.contents(), before);

    max.as_object()["invitation"] = link.substr(link.find('#') + 1);
    expect({"with one", other, support::post("/accounts", max), 201});
    EXPECT_EQ(other.get(pine).text("/role"), "member");
    const auto eve = with(with(max, "/email", "eve@dialpine.example"), "/name", "Eve Example");
    support::Client third(running.port());
    expect({"with a used one", third, support::post("/accounts", eve), 404, {}, {}, "invitation-used"});
}

TEST_F(NewInstance, LimitsSignUpsFromOneAddress)
{
    // Refusals for what is wrong with the wish itself do not count: nothing was hashed or stored for them.
    for (int i = 0; i < 70; ++i) client.post("/accounts", with(mia, "/birth_year", this_year - 10));
    ASSERT_EQ(client.post("/accounts", mia).status, 201);
    for (int i = 0; i < 60; ++i) running.house.limits.count("sign-up", "127.0.0.1", sign_ups_for_address);
    const auto before = running.contents();
    const auto answer = client.post("/accounts", new_account("Max Example", "max@dialpine.example"));
    EXPECT_EQ(answer.status, 429);
    EXPECT_GT(std::stoi(answer.header("retry-after")), 0);
    EXPECT_EQ(running.contents(), before);
}

// ---- my account

class MyAccount : public support::Served {
protected:
    /// The token in the newest mail that waits in the outbox.
    std::string mailed_token()
    {
        const auto body = mia.client.get("/operator/outbox").text("/items/0/body");
        const auto start = body.find("/confirm-email#");
        EXPECT_NE(start, std::string::npos) << body;
        return body.substr(start + 15, body.find('\n', start) - start - 15);
    }
    support::Answer ask_for(const std::string& email)
    {
        return max.client.patch("/me", {{"email", email}, {"current_password", support::password}});
    }
    support::MovedClock clock;
};

TEST_F(MyAccount, ChangesItsNameEverywhere)
{
    const auto last = mia.client.get(pine + "/changes").number("/last");
    EXPECT_EQ(max.client.patch("/me", {{"name", "  Max Sample "}}).text("/name"), "Max Sample");
    EXPECT_NE(mia.client.get(pine + "/members").body.find("Max Sample"), std::string::npos);
    const auto changes = mia.client.get(pine + "/changes?after=" + std::to_string(last));
    EXPECT_EQ(changes.text("/items/0/kind"), "person.changed");
    EXPECT_EQ(changes.text("/items/0/object_id"), to_text(max.id));
}

TEST_F(MyAccount, TakesANewAddressWhenItsLinkWasOpened)
{
    auto answer = ask_for("sample@dialpine.example");
    EXPECT_EQ(answer.text("/email"), max.email);
    EXPECT_EQ(answer.text("/pending_email"), "sample@dialpine.example");
    const auto mail = mia.client.get("/operator/outbox");
    EXPECT_EQ(mail.text("/items/0/to"), "sample@dialpine.example");
    EXPECT_NE(mail.text("/items/0/body").find("https://pine.dialpine.example/confirm-email#"), std::string::npos);

    const Json token{{"token", mailed_token()}};
    expect({"somebody else", ada.client, support::post("/me/email-confirmations", token), 404});
    expect({"a guess", max.client, support::post("/me/email-confirmations", {{"token", "x"}}), 404});
    answer = max.client.post("/me/email-confirmations", token);
    EXPECT_EQ(answer.text("/email"), "sample@dialpine.example");
    EXPECT_TRUE(answer.at("/pending_email").is_null());
    expect({"twice", max.client, support::post("/me/email-confirmations", token), 404});
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 0U) << "a link that is used up is not kept";

    const Json old_address{{"email", max.email}, {"password", support::password}};
    EXPECT_EQ(stranger.post("/sessions", old_address).status, 401);
    const Json new_address{{"email", "sample@dialpine.example"}, {"password", support::password}};
    EXPECT_EQ(stranger.post("/sessions", new_address).status, 201);
}

TEST_F(MyAccount, ForgetsANewAddressAfterADay)
{
    ask_for("sample@dialpine.example");
    const Json token{{"token", mailed_token()}};
    clock.advance(std::chrono::hours{24});
    EXPECT_EQ(max.client.post("/me/email-confirmations", token).status, 404);
    EXPECT_EQ(max.client.get("/me").text("/email"), max.email);
}

TEST_F(MyAccount, TakesOnlyTheLastAddressThatWasAskedFor)
{
    ask_for("first@dialpine.example");
    const Json first{{"token", mailed_token()}};
    ask_for("second@dialpine.example");
    EXPECT_EQ(max.client.post("/me/email-confirmations", first).status, 404);
    EXPECT_EQ(
        max.client.post("/me/email-confirmations", {{"token", mailed_token()}}).text("/email"),
        "second@dialpine.example"
    );
}

TEST_F(MyAccount, IsChangedWithThePasswordOnly)
{
    const auto before = contents();
    const Json wrong_password{{"password", "another horse battery"}, {"current_password", "a wrong password"}};
    const Json short_password{{"password", "short"}, {"current_password", support::password}};
    const Json taken{{"email", "ADA@dialpine.example"}, {"current_password", support::password}};
    auto& c = max.client;
    // clang-format off
    const std::vector<Scenario> lines{
        {"no password for a new address", c, support::patch("/me", {{"email", "x@dialpine.example"}}), 403, {}, "/current_password"},
        {"no password for a new one", c, support::patch("/me", {{"password", "another horse battery"}}), 403, {}, "/current_password"},
        {"a wrong one", c, support::patch("/me", wrong_password), 422, {}, "/current_password"},
        {"a new one too short", c, support::patch("/me", short_password), 422, {}, "/password"},
        {"an address of somebody else", c, support::patch("/me", taken), 422, {}, "/email"},
        {"erasure with a wrong one", c, support::del("/me", Json{{"password", "a wrong password"}}), 422, {}, "/password"},
        {"an export with a wrong one", c, support::post("/me/exports", {{"password", "a wrong password"}}), 422, {}, "/password"},
        {"a name emptied", c, support::patch("/me", {{"name", nullptr}}), 422, {}, "/name"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), before);
}

TEST_F(MyAccount, EndsTheOtherSessionsWithANewPassword)
{
    auto other = another_browser(max);
    ASSERT_EQ(other.get("/me").status, 200);
    const Json change{{"password", "another horse battery"}, {"current_password", support::password}};
    ASSERT_EQ(max.client.patch("/me", change).status, 200);
    EXPECT_EQ(max.client.get("/me").status, 200);
    EXPECT_EQ(other.get("/me").status, 401);
    EXPECT_EQ(stranger.post("/sessions", {{"email", max.email}, {"password", support::password}}).status, 401);
    EXPECT_EQ(stranger.post("/sessions", {{"email", max.email}, {"password", "another horse battery"}}).status, 201);
}

TEST_F(MyAccount, IsNotGuessedByItsOwnSession)
{
    const Json wrong{{"password", "a wrong password"}};
    for (int i = 0; i < 10; ++i) EXPECT_EQ(max.client.post("/me/exports", wrong).status, 422);
    EXPECT_EQ(max.client.post("/me/exports", wrong).status, 429);
    EXPECT_EQ(max.client.post("/me/exports", {{"password", support::password}}).status, 429);
}

} // namespace
} // namespace dialpine::people
