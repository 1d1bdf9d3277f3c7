#include "insight/noticed.hpp"

#include "base/assets.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/place.hpp"
#include "insight/scrub.hpp"

#include <bit>

namespace dialpine::insight {
namespace {
using support::Answer;
using support::Json;
using support::Sent;

constexpr std::string_view firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

// ---- P17: device, connection, referring site

TEST(Site, IsAHostWithoutPathQueryPortOrUser)
{
    EXPECT_EQ(site_of("https://Search.dialpine.example/find?q=secret#x", "pine"), "search.dialpine.example");
    EXPECT_EQ(site_of("http://mia:secret@news.dialpine.example:8080/a", "pine"), "news.dialpine.example");
    EXPECT_EQ(site_of("https://a.example\\secret", "pine"), "a.example");
    EXPECT_EQ(site_of("https://a.example?secret=1", "pine"), "a.example");
    EXPECT_EQ(site_of("https://pine.example/w/1", "pine.example:8080"), "") << "ourselves";
    for (const auto* none : {"", "secret", "file:///home/secret", "data:text/plain,secret", "https://", "https:///x",
                             "javascript://secret", "https://a b/", "https://secret\xC3\xA9/", "https://@/", "//x/y"})
        EXPECT_EQ(site_of(none, "pine"), "") << none;
}

TEST(DeviceFacts, AreFamiliesAlone)
{
    const auto device = describe_device(random_device(), firefox, "192.0.2.77");
    EXPECT_EQ(device.browser, "Firefox");
    EXPECT_EQ(device.system, "Linux");
    EXPECT_EQ(device.connection, "IPv4");
    EXPECT_EQ(describe_device(random_device(), "", "2001:db8::1").connection, "IPv6");
    EXPECT_EQ(describe_device(random_device(), "curl/8.0 secret", "::1").browser, "Another client");
    EXPECT_NE(random_device(), random_device());
}

class Browsing : public Noticed {
protected:
    Answer start(support::Client& client, std::vector<http::Header> headers = {})
    {
        headers.emplace_back("User-Agent", firefox);
        return client.send(support::get("/me", std::move(headers)));
    }
    static Sent page(std::string referrer) { return {"GET", "/", {}, {{"Referer", std::move(referrer)}}}; }
    std::string with_device(const support::Somebody& who, const std::string& device)
    {
        return "__Host-session=" + who.client.token() + "; __Host-device=" + device;
    }
};

TEST_F(Browsing, IsMinimisedAtTheDoor)
{
    agrees(max, Purpose::device_information);
    start(max.client);
    max.client.send(page("https://mia:word@search.dialpine.example:444/path-canary?q=query-canary#hash-canary"));
    max.client.send(page("https://pine.dialpine.example/query-canary"));
    const auto mine = activity(max);
    ASSERT_EQ(mine.size("/devices"), 1U);
    EXPECT_EQ(mine.text("/devices/0/browser"), "Firefox");
    EXPECT_EQ(mine.text("/devices/0/system"), "Linux");
    std::set<std::string> sites;
    const Json arrived = mine.at("/sites");
    for (const auto& each : arrived.as_array()) sites.emplace(each.at("site").as_string());
    EXPECT_TRUE(sites.contains("search.dialpine.example")) << mine.body;
    database().checkpoint();
    for (const auto* canary : {"path-canary", "query-canary", "hash-canary", "mia:word", "rv:128.0", "20100101"})
        EXPECT_EQ(support::files_with(folder.path(), canary), std::vector<std::string>{}) << canary;
}

TEST_F(Browsing, GetsACookieForItsDeviceOnlyWithConsentAndLosesItWithIt)
{
    EXPECT_EQ(start(max.client).header("set-cookie"), "");
    agrees(max, Purpose::device_information);
    const auto cookie = start(max.client).header("set-cookie");
    ASSERT_TRUE(cookie.starts_with("__Host-device=")) << cookie;
    const auto device = cookie.substr(14, 36);
    EXPECT_TRUE(parse_uuid(device)) << device;
    auto again = browser();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(
            again.send(support::get("/me", {{"Cookie", with_device(max, device)}, {"User-Agent", std::string(firefox)}}))
                .header("set-cookie"),
            ""
        );
    settle();
    EXPECT_EQ(rows("device_uses"), 1);
    withdraws(max, Purpose::device_information);
    EXPECT_EQ(rows("device_uses"), 0);
    const auto taken = again.send(support::get("/me", {{"Cookie", with_device(max, device)}})).header("set-cookie");
    EXPECT_TRUE(taken.starts_with("__Host-device=;") && taken.find("Max-Age=0") != std::string::npos) << taken;
}

TEST_F(Browsing, AProgramIsNoDevice)
{
    agrees(max, Purpose::device_information);
    const auto answer = stranger.send(support::get("/me", {{"Authorization", "Bearer " + max.client.token()}}));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("set-cookie"), "");
    settle();
    EXPECT_EQ(rows("device_uses"), 0);
}

// ---- P18: errors

TEST(Scrubbed, MessagesKeepOnlyWordsOfEngines)
{
    EXPECT_EQ(
        scrubbed_message("Cannot read properties of undefined (reading 'Mia Example')"),
        "Cannot read properties of undefined reading –"
    );
    EXPECT_EQ(scrubbed_message("Unexpected token 'P', \"Paint the \"... is not valid JSON"), "Unexpected token – the – is not – JSON");
    EXPECT_EQ(scrubbed_message("mia@dialpine.example"), "–");
    EXPECT_EQ(scrubbed_message("https://pine.example/w/1?token=abc failed"), "– failed");
    EXPECT_EQ(scrubbed_message("x\nsecret\tvalue"), "– value");
    EXPECT_EQ(scrubbed_message(""), "");
    EXPECT_EQ(scrubbed_kind("TypeError"), "TypeError");
    EXPECT_EQ(scrubbed_kind("MiaError"), "Error");
}

TEST(Scrubbed, StacksKeepOnlyOurOwnFiles)
{
    EXPECT_EQ(scrubbed_stack("at secret (https://evil.example/assets/secret.js:1:2)"), "");
    EXPECT_EQ(scrubbed_stack("at https://pine.example/assets/../../etc/passwd.js:1:2"), "");
    EXPECT_EQ(scrubbed_stack(std::string(50'000, '\n')), "");
    std::string own;
    for (const auto& asset : assets())
        if (asset.path.starts_with("web/assets/") && asset.path.ends_with(".js")) own = asset.path.substr(11);
    if (own.empty()) GTEST_SKIP() << "built without its page";
    EXPECT_EQ(
        scrubbed_stack(
            "TypeError: Mia\n    at secretName (https://pine.example/assets/" + own + "?t=token:12:345)\n    at mia@https:/" +
            "/pine.example/assets/" + own + ":12:345\n"
        ),
        own + ":12:345"
    );
}

class Crashing : public Noticed {
protected:
    Answer crash(support::Client& client, const std::string& message, const std::string& stack = "at x")
    {
        return client.post("/crash-reports", {{"kind", "TypeError"}, {"message", message}, {"stack", stack}});
    }
};

TEST_F(Crashing, LeavesNoSecretBehind)
{
    agrees(max, Purpose::crash_reports);
    const std::vector<std::string> secrets{
        "Mia Canary", "mia-canary@dialpine.example", "canary-token-0123456789abcdef", "192.0.2.199", "4111111111111111",
        "Bearer canarybearer", "q=canaryquery", "/home/canary/file.js", "Canaryname",
    };
    for (const auto& secret : secrets) {
        EXPECT_EQ(crash(max.client, "Cannot read " + secret + " of null", "at " + secret + " (https://x/assets/" + secret + ".js:1:1)").status, 204);
        running.house.insight.crashed(max.id, scrubbed(std::runtime_error("UNIQUE constraint failed: " + secret), "create_task"));
    }
    settle();
    EXPECT_EQ(rows("crash_reports"), static_cast<std::int64_t>(2 * secrets.size()));
    database().checkpoint();
    for (const auto& secret : secrets) EXPECT_EQ(support::files_with(folder.path(), secret), std::vector<std::string>{}) << secret;
    const auto listed = mia.client.get("/operator/crashes");
    EXPECT_EQ(to_lower_ascii(listed.body).find("canary"), std::string::npos) << listed.body;
    ASSERT_GE(listed.size("/items"), 2U);
    EXPECT_EQ(listed.number("/items/0/count") + listed.number("/items/1/count"), static_cast<std::int64_t>(2 * secrets.size()))
        << "one kind at one place is one group: " << listed.body;
}

TEST_F(Crashing, IsReportedOnlyByWhoAgrees)
{
    EXPECT_EQ(crash(max.client, "Cannot read").status, 204);
    settle();
    EXPECT_EQ(rows("crash_reports"), 0);
    agrees(max, Purpose::crash_reports);
    EXPECT_EQ(crash(max.client, "Cannot read").status, 204);
    const auto mine = activity(max);
    ASSERT_EQ(mine.size("/crashes"), 1U);
    EXPECT_EQ(mine.text("/crashes/0/message"), "Cannot read");
    EXPECT_EQ(activity(ada).size("/crashes"), 0U);
    withdraws(max, Purpose::crash_reports);
    EXPECT_EQ(rows("crash_reports"), 0);
    EXPECT_EQ(stranger.post("/crash-reports", {{"kind", "Error"}, {"message", ""}, {"stack", ""}}).status, 401);
}

TEST_F(Crashing, AgainAndAgainIsSaidSoOftenOnly)
{
    agrees(max, Purpose::crash_reports);
    int taken = 0;
    for (int i = 0; i < 40; ++i) taken += crash(max.client, "Cannot read").status == 204 ? 1 : 0;
    EXPECT_LT(taken, 40);
    settle();
    EXPECT_EQ(rows("crash_reports"), taken);
}

TEST_F(Crashing, OfTheServerIsKeptByItsTypeAndRoute)
{
    running.house.insight.crashed({}, scrubbed(std::logic_error("Mia Canary"), "find_task"));
    settle();
    const auto listed = mia.client.get("/operator/crashes");
    EXPECT_EQ(listed.text("/items/0/kind"), "std::logic_error");
    EXPECT_EQ(listed.text("/items/0/place"), "find_task");
    EXPECT_EQ(listed.text("/items/0/message"), "–");
}

// ---- P19: place

class Placed : public Noticed {
protected:
    Json country() { return max.client.get("/me/place").at("/place/country"); }
    std::string source() { return max.client.get("/me/place").text("/place/source"); }
};

TEST_F(Placed, ACountryIsGuessedOnlyOfWhoAgrees)
{
    max.client.get("/me");
    settle();
    EXPECT_EQ(source(), "none");
    EXPECT_EQ(rows("places"), 0);
    agrees(max, Purpose::approximate_location);
    max.client.get("/me");
    settle();
    EXPECT_EQ(country(), Json("NL"));
    EXPECT_EQ(source(), "guessed");
    withdraws(max, Purpose::approximate_location);
    EXPECT_EQ(source(), "none");
    EXPECT_EQ(rows("places"), 0);
}

TEST_F(Placed, TheOwnChoiceWins)
{
    agrees(max, Purpose::approximate_location);
    max.client.get("/me");
    settle();
    EXPECT_EQ(max.client.patch("/me/place", {{"chosen_country", "PT"}, {"time_zone", "Europe/Lisbon"}, {"language", "pt-PT"}}).status, 200);
    max.client.get("/me");
    settle();
    EXPECT_EQ(country(), Json("PT"));
    EXPECT_EQ(source(), "chosen");
    withdraws(max, Purpose::approximate_location);
    EXPECT_EQ(country(), Json("PT")) << "what was chosen is no guess";
    EXPECT_EQ(max.client.patch("/me/place", {{"chosen_country", nullptr}, {"time_zone", nullptr}, {"language", nullptr}}).status, 200);
    EXPECT_EQ(rows("places"), 0);
}

TEST_F(Placed, NothingFinerThanACountryIsKept)
{
    agrees(max, Purpose::approximate_location);
    max.client.get("/me");
    settle();
    EXPECT_EQ(rows("places", "guessed_country = 'NL'"), 1);
    database().read([](store::Read& read) {
        store::query(read, "SELECT * FROM places", [](const store::Statement& row) {
            for (int i = 0; i < row.column_count(); ++i)
                if (!row.is_null(i)) EXPECT_EQ(row.blob(i).find("127"), std::string::npos) << i;
        });
    });
}

TEST(CountryFile, TellsACountryOrNothing)
{
    const support::Folder folder;
    write_country_file(folder / "a.mmdb", {{0xC0000200, 24, "DE"}, {0xC6336400, 24, "xx"}, {0x0A000000, 8, "AU"}});
    const Countries countries(folder / "a.mmdb");
    ASSERT_TRUE(countries.is_available());
    EXPECT_EQ(countries.country_of("192.0.2.200"), "DE");
    EXPECT_EQ(countries.country_of("192.0.3.1"), std::nullopt);
    EXPECT_EQ(countries.country_of("198.51.100.1"), std::nullopt) << "no code of a country";
    EXPECT_EQ(countries.country_of("10.1.2.3"), std::nullopt) << "a local network";
    for (const auto* none : {"", "secret", "fe80::1", "2001:db8::1", "192.0.2.1; DROP", "localhost"})
        EXPECT_EQ(countries.country_of(none), std::nullopt) << none;
    EXPECT_FALSE(Countries("").is_available());
    EXPECT_FALSE(Countries(folder / "absent.mmdb").is_available());
    std::ofstream(folder / "torn.mmdb") << "no database";
    EXPECT_FALSE(Countries(folder / "torn.mmdb").is_available());
    EXPECT_EQ(Countries(folder / "torn.mmdb").country_of("192.0.2.1"), std::nullopt);
}

// ---- P20: each switch alone, in every combination

class Switched : public Noticed {
protected:
    struct Kept {
        Purpose purpose;
        std::string_view tables; ///< rows of which are there when, and only when, the switch is on
    };
    static constexpr std::array stored{
        Kept{Purpose::usage_statistics, "feature_uses"},
        Kept{Purpose::usage_statistics, "opened_things"},
        Kept{Purpose::search_history, "search_terms"},
        Kept{Purpose::collaboration_graph, "coworkers"},
        Kept{Purpose::device_information, "device_uses"},
        Kept{Purpose::device_information, "arrivals"},
        Kept{Purpose::crash_reports, "crash_reports"},
        Kept{Purpose::approximate_location, "places"},
        Kept{Purpose::log_linking, "log_pseudonyms"},
    };

    /// One of everything that can be noticed.
    void does_everything(const Answer& paint)
    {
        max.client.send(support::get("/me", {{"User-Agent", std::string(firefox)}}));
        max.client.send({"GET", "/", {}, {{"Referer", "https://news.dialpine.example/x"}}});
        max.client.get(task_path(paint));
        max.client.get(pine + "/search?q=paint");
        max.client.patch(task_path(paint), {{"priority", "high"}});
        running.house.limits.reset("crash", to_text(max.id));
        max.client.post("/crash-reports", {{"kind", "Error"}, {"message", "failed"}, {"stack", ""}});
        settle();
    }
};

TEST_F(Switched, EveryCombinationStoresExactlyWhatItMay)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id)}}});
    const auto purposes = automatic_purposes();
    const unsigned combinations = 1U << purposes.size();
    ASSERT_EQ(combinations, 512U);
    unsigned is_on = 0;
    for (unsigned step = 0; step < combinations; ++step) {
        // From one to the next a single switch is turned (a Gray code), so that turning off is tried as often as on.
        const unsigned wanted = step ^ (step >> 1U);
        for (unsigned each = 0; each < purposes.size(); ++each)
            if (((wanted ^ is_on) >> each & 1U) != 0)
                say(max, purposes[each], (wanted >> each & 1U) != 0 ? people::ConsentState::given : people::ConsentState::withdrawn);
        is_on = wanted;
        does_everything(paint);
        for (const auto& kept : stored) {
            const auto index = std::ranges::find(purposes, kept.purpose) - purposes.begin();
            const bool may = (is_on >> index & 1U) != 0;
            ASSERT_EQ(rows(kept.tables) > 0, may) << kept.tables << " in combination " << is_on;
        }
        const auto on = max.client.get("/me/switches");
        ASSERT_EQ(on.size("/on"), static_cast<std::size_t>(std::popcount(is_on))) << on.body;
    }
}

TEST_F(Switched, ObjectionsTurnOffWhatTheyAreAgainst)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id)}}});
    for (const auto purpose : automatic_purposes()) agrees(max, purpose);
    does_everything(paint);
    const std::map<std::string, std::vector<std::string>> against{
        {"measure_use", {"feature_uses", "opened_things", "device_uses", "arrivals"}},
        {"personalise", {"search_terms", "coworkers", "places"}},
        {"mend_errors", {"crash_reports", "log_pseudonyms"}},
    };
    for (const auto& [use, tables] : against) {
        for (const auto& table : tables) EXPECT_GT(rows(table), 0) << table;
        objects(max, use);
        for (const auto& table : tables) EXPECT_EQ(rows(table), 0) << table << " goes with the objection";
        does_everything(paint);
        for (const auto& table : tables) EXPECT_EQ(rows(table), 0) << table << " stays empty";
        objects(max, use, false);
        does_everything(paint);
        does_everything(paint);
    }
}

TEST_F(Switched, AllOffCostsNoWrite)
{
    const auto paint = task("Paint");
    max.client.get("/me"); // the session's own housekeeping
    settle();
    const auto before = database().figures().writes;
    for (int i = 0; i < 50; ++i) {
        max.client.send(support::get("/me", {{"User-Agent", std::string(firefox)}}));
        max.client.send({"GET", "/", {}, {{"Referer", "https://news.dialpine.example/x"}}});
        max.client.get(task_path(paint));
        max.client.get(pine + "/search?q=paint");
        max.client.post("/crash-reports", {{"kind", "Error"}, {"message", "failed"}, {"stack", ""}});
        max.client.post("/me/clicks", {{"thing", "task"}, {"id", paint.text("/id")}});
    }
    settle();
    EXPECT_EQ(database().figures().writes, before);
}

TEST_F(Switched, GlobalPrivacyControlTurnsOffWhatItCovers)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(ada.id)}}});
    for (const auto purpose : automatic_purposes()) agrees(max, purpose);
    does_everything(paint);
    EXPECT_GT(rows("coworkers"), 0);
    max.client.send(support::get("/me", {{"Sec-GPC", "1"}}));
    database().write([](store::Write&) {});
    EXPECT_EQ(rows("coworkers"), 0);
    does_everything(paint);
    EXPECT_EQ(rows("coworkers"), 0);
    EXPECT_GT(rows("feature_uses"), 0) << "what it does not cover stays";
}

} // namespace
} // namespace dialpine::insight
