#include "insight/noticed.hpp"
#include "insight/pseudonyms.hpp"
#include "privacy/retention.hpp"
#include "support/program.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace dialpine::insight {
namespace {
using support::Json;

/// Sends a request from this loopback address, so that it can be told from the server's own.
void ask_from(const std::string& address, std::uint16_t port, const std::string& line, const std::string& body = {})
{
    const auto request = fmt::format(
        "{}\r\nHost: pine.example\r\nConnection: close\r\nX-Forwarded-For: 192.0.2.77\r\nForwarded: for=192.0.2.78\r\n"
        "X-Real-IP: 192.0.2.79\r\nContent-Length: {}\r\n\r\n{}",
        line,
        body.size(),
        body
    );
    namespace asio = boost::asio;
    asio::io_context context;
    asio::ip::tcp::socket socket(context, asio::ip::tcp::endpoint(asio::ip::make_address(address), 0));
    socket.connect({asio::ip::make_address("127.0.0.1"), port});
    asio::write(socket, asio::buffer(request));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 ")) << answer.substr(0, 80);
}

class LogOf : public ::testing::Test {
protected:
    struct Said {
        std::string text;
        std::vector<Json> lines;
    };
    Said stop()
    {
        Said said{serving.stop().err, {}};
        std::istringstream lines(said.text);
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with('{')) said.lines.push_back(support::parsed(line));
        return said;
    }
    support::Client signed_up()
    {
        support::Client mia(serving.port());
        const auto account = mia.post(
            "/accounts",
            {{"name", "Mia Canary"},
             {"email", "mia-canary@dialpine.example"},
             {"password", "correct horse battery"},
             {"birth_year", 1990},
             {"consent", {{"policy_version", mia.get("/policy").text("/version")}}}}
        );
        EXPECT_EQ(account.status, 201) << account.body;
        return mia;
    }
    static void link(support::Client& client, std::string_view state)
    {
        EXPECT_EQ(client.send(support::put("/me/consents/log_linking", {{"state", state}})).status, 200);
    }
    /// Which pseudonyms stand beside lines of this route.
    static std::set<std::string> who_in(const Said& said, std::string_view route)
    {
        std::set<std::string> who;
        for (const auto& line : said.lines)
            if (const auto* of = line.as_object().if_contains("route"); of && *of == Json(route))
                if (const auto* named = line.as_object().if_contains("who")) who.emplace(named->as_string());
        return who;
    }

    support::Folder folder;
    support::Serving serving{folder / "data", folder.path(), {"--log-format", "json", "--log-level", "debug"}};
};

TEST_F(LogOf, RequestsHoldsNoNetworkAddress)
{
    for (const auto* path : {"/", "/api/v1/me", "/api/v1/nothing/127.7.8.9", "/healthz?from=127.7.8.9", "/x.js"})
        ask_from("127.7.8.9", serving.port(), fmt::format("GET {} HTTP/1.1", path));
    ask_from("127.7.8.9", serving.port(), "POST /api/v1/sessions HTTP/1.1", "{");
    ask_from("127.7.8.9", serving.port(), "POST /api/v1/accounts HTTP/1.1", R"({"name": "Canary"})");
    auto mia = signed_up();
    mia.get("/me");
    const auto said = stop();
    ASSERT_GT(said.lines.size(), 8U);
    for (const auto* canary : {"127.7.8", "127.0.0.1", "192.0.2.", "Mia", "Canary", "canary", "correct horse"})
        EXPECT_EQ(said.text.find(canary), std::string::npos) << canary;
}

TEST_F(LogOf, NobodyIsLinkedWithoutConsent)
{
    auto mia = signed_up();
    const auto id = mia.get("/me").text("/id");
    mia.get("/workspaces");
    link(mia, "given");
    std::string pseudonym; // made a moment after the first request that wants one
    ASSERT_TRUE(support::eventually([&] {
        mia.get("/me/data");
        pseudonym = mia.get("/me/activity").text("/pseudonyms/0/pseudonym");
        return !pseudonym.empty();
    }));
    ASSERT_EQ(pseudonym.size(), 16U);
    mia.get("/sessions");
    link(mia, "withdrawn");
    mia.get("/cookies");
    EXPECT_EQ(mia.post("/operator/log-links", {{"pseudonym", pseudonym}}).status, 404) << "nothing leads back";
    const auto said = stop();
    EXPECT_EQ(who_in(said, "list_workspaces"), std::set<std::string>{}) << "before she agreed";
    EXPECT_EQ(who_in(said, "list_sessions"), std::set<std::string>{pseudonym});
    EXPECT_EQ(who_in(said, "list_cookies"), std::set<std::string>{}) << "after she withdrew";
    EXPECT_EQ(said.text.find(id), std::string::npos) << "the log never says who it is";
}

class LogLink : public Noticed {
protected:
    std::string pseudonym()
    {
        max.client.get("/me");
        return activity(max).text("/pseudonyms/0/pseudonym");
    }
    support::Answer join(const std::string& pseudonym)
    {
        return mia.client.post("/operator/log-links", {{"pseudonym", pseudonym}});
    }
};

TEST_F(LogLink, IsDeniedUnlessThePersonAgreesNow)
{
    EXPECT_EQ(pseudonym(), "");
    EXPECT_EQ(rows("log_pseudonyms"), 0);
    agrees(max, Purpose::log_linking);
    const auto mine = pseudonym();
    ASSERT_EQ(mine.size(), 16U);
    const auto before = max.client.get("/me/log").size("/items");
    const auto joined = join(mine);
    EXPECT_EQ(joined.status, 200);
    EXPECT_EQ(joined.text("/person_id"), to_text(max.id));
    EXPECT_EQ(max.client.get("/me/log").size("/items"), before + 1) << "that staff looked is in the person's log";
    EXPECT_EQ(ada.client.post("/operator/log-links", {{"pseudonym", mine}}).status, 403);
    EXPECT_EQ(join("0000000000000000").status, 404);

    // Even if the row were still there: the consent is asked for by itself.
    const auto row = *database().read([&](store::Read& read) { return store::find<LogPseudonym>(read, mine); });
    withdraws(max, Purpose::log_linking);
    EXPECT_EQ(rows("log_pseudonyms"), 0);
    database().write([&](store::Write& write) { store::insert(write, row); });
    EXPECT_EQ(join(mine).status, 404);
}

TEST_F(LogLink, IsForThirtyDaysAndThePseudonymForAWeek)
{
    support::MovedClock clock;
    agrees(max, Purpose::log_linking);
    const auto first = pseudonym();
    clock.advance(pseudonym_life - std::chrono::minutes{1});
    EXPECT_EQ(pseudonym(), first);
    clock.advance(std::chrono::minutes{2});
    running.house.sessions.forget(max.id);
    const auto second = pseudonym();
    EXPECT_NE(second, first);
    EXPECT_EQ(rows("log_pseudonyms"), 2);
    const auto keep = [&] {
        database().write([](store::Write& write) { privacy::enforce_retention(write, clock_now()); });
        return rows("log_pseudonyms");
    };
    clock.advance(std::chrono::days{23} - std::chrono::minutes{2});
    EXPECT_EQ(keep(), 2);
    clock.advance(std::chrono::minutes{2});
    EXPECT_EQ(keep(), 1) << "nobody can link the first week's lines any more";
}

} // namespace
} // namespace dialpine::insight
