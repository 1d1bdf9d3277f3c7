#include "api/cookies.hpp"
#include "privacy/consent.hpp"
#include "store/rows.hpp"
#include "support/program.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace dialpine::privacy {
namespace {
using people::ConsentState;
using support::Answer;
using support::expect;
using support::Json;

const ConsentOccasion occasion{
    .policy_version = "2026-11-24", .policy_sha256 = "0", .method = "test", .controller = "http://dialpine.example"
};

class ConsentOf : public support::Served {
protected:
    bool may(PersonId person, Purpose purpose)
    {
        return database().read([&](store::Read& read) { return may_process(read, person, purpose); });
    }
    void say(PersonId person, Purpose purpose, ConsentState state)
    {
        database().write([&](store::Write& write) { record_consent(write, person, purpose, state, occasion); });
    }
    static support::Sent put(std::string_view purpose, std::string_view state, std::vector<http::Header> headers = {})
    {
        return support::put("/me/consents/" + std::string(purpose), {{"state", state}}, std::move(headers));
    }
    /// The person's newest record.
    static Json newest(support::Client& client) { return client.get("/me/consents").at("/history/0"); }
    /// Writes of others have gone through once this one has.
    void settle()
    {
        database().write([](store::Write&) {});
    }
};

TEST_F(ConsentOf, ANewPurposeIsNobodys)
{
    for (const auto& facts : all_purposes()) {
        if (facts.purpose == Purpose::account) continue;
        const auto persons = database().read([&](store::Read& read) {
            return *store::query_one<std::int64_t>(
                read, "SELECT count(*) FROM consents WHERE purpose = $1", std::string(json::name_of(facts.purpose))
            );
        });
        EXPECT_EQ(persons, 0) << facts.title;
        EXPECT_FALSE(may(mia.id, facts.purpose)) << facts.title;
    }
}

TEST_F(ConsentOf, IsGivenAndWithdrawnInOneStepEach)
{
    EXPECT_FALSE(may(max.id, Purpose::search_history));
    EXPECT_EQ(max.client.send(put("search_history", "given")).status, 200);
    EXPECT_TRUE(may(max.id, Purpose::search_history));
    EXPECT_FALSE(may(ada.id, Purpose::search_history)) << "of nobody else";
    EXPECT_EQ(max.client.send(put("search_history", "withdrawn")).status, 200);
    EXPECT_FALSE(may(max.id, Purpose::search_history)) << "the next question is denied";
}

TEST_F(ConsentOf, IsOnlyEverAddedTo)
{
    max.client.send(put("search_history", "given"));
    const auto first = max.client.get("/me/consents").at("/history/0");
    max.client.send(put("search_history", "withdrawn"));
    max.client.send(put("search_history", "withdrawn"));
    const auto after = max.client.get("/me/consents");
    EXPECT_EQ(after.size("/history"), 2U) << "given, withdrawn; the same word twice is one";
    EXPECT_EQ(after.at("/history/1"), first);
}

TEST_F(ConsentOf, ARecordSaysWhatTheStandardAsksFor)
{
    max.client.send(put("crash_reports", "given"));
    const auto record = newest(max.client).as_object();
    for (const auto* name :
         {"schema_version",
          "record_id",
          "subject_id",
          "notice_version",
          "language",
          "purpose",
          "lawful_basis",
          "data_categories",
          "controller",
          "collection_method",
          "retention",
          "recipients",
          "withdrawal_method",
          "jurisdiction",
          "state",
          "at"}) {
        ASSERT_TRUE(record.contains(name)) << name;
        EXPECT_FALSE(record.at(name).as_string().empty()) << name;
    }
    EXPECT_EQ(record.at("lawful_basis").as_string(), "consent");
    EXPECT_EQ(record.at("notice_version").as_string(), running.house.policy().version);
}

TEST_F(ConsentOf, EverySwitchTurnsOnlyItself)
{
    std::vector<Purpose> optional;
    for (const auto& facts : all_purposes())
        if (facts.purpose != Purpose::account) optional.push_back(facts.purpose);
    const auto combinations = 1U << optional.size();
    database().write([&](store::Write& write) {
        // By the Gray code each combination differs from the one before in one switch.
        unsigned is_on = 0;
        for (unsigned i = 1; i < combinations; ++i) {
            const auto turned = static_cast<unsigned>(std::countr_zero(i));
            is_on ^= 1U << turned;
            const bool gives = (is_on >> turned & 1U) != 0;
            record_consent(
                write, max.id, optional[turned], gives ? ConsentState::given : ConsentState::withdrawn, occasion
            );
            for (unsigned each = 0; each < optional.size(); ++each)
                ASSERT_EQ(may_process(write, max.id, optional[each]), (is_on >> each & 1U) != 0)
                    << is_on << " " << each;
        }
    });
}

TEST_F(ConsentOf, TheAccountIsWithdrawnByErasure)
{
    say(max.id, Purpose::account, ConsentState::given);
    expect({"withdrawn", max.client, put("account", "withdrawn"), 409, {}, {}, "erasure-instead"});
    EXPECT_TRUE(may(max.id, Purpose::account));
}

TEST_F(ConsentOf, BadWishesAreRefused)
{
    const auto before = contents();
    // clang-format off
    const std::vector<support::Scenario> lines{
        {"an unknown purpose", max.client, put("world_domination", "given"), 404},
        {"an unknown state", max.client, put("crash_reports", "perhaps"), 422, {}, "/state"},
        {"nothing said", max.client, support::put("/me/consents/crash_reports", Json(boost::json::object())), 422, {}, "/state"},
        {"an unknown member", max.client, support::put("/me/consents/crash_reports", {{"state", "given"}, {"for", "ever"}}), 422, {}, "/for"},
        {"a stranger", stranger, put("crash_reports", "given"), 401},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), before);
}

TEST_F(ConsentOf, GoesIntoTheTransparencyLog)
{
    const auto before = max.client.get("/me/log").size("/items");
    max.client.send(put("crash_reports", "given"));
    const auto log = max.client.get("/me/log");
    ASSERT_EQ(log.size("/items"), before + 1);
    const auto record = support::parsed(log.text(fmt::format("/items/{}/statement", before)));
    EXPECT_EQ(record, newest(max.client));
}

TEST_F(ConsentOf, TheRegistryInThePolicyIsTheOneInTheCode)
{
    const auto file = std::filesystem::path(DIALPINE_SOURCE_DIR) / "policy/purposes.toml";
    if (std::getenv("DIALPINE_RENEW")) std::ofstream(file) << purposes_as_toml();
    EXPECT_EQ(support::bytes_of(file), purposes_as_toml()) << "DIALPINE_RENEW=1 writes it anew";
}

// ---- receipts

class ReceiptOf : public ConsentOf {
protected:
    ReceiptOf()
    {
        max.client.send(put("crash_reports", "given"));
        path = "/me/consents/" + std::string(newest(max.client).at("record_id").as_string()) + "/receipt";
        receipt = max.client.get(path).json();
    }
    Answer check(const Json& what) { return stranger.post("/receipts/verifications", what); }

    std::string path;
    Json receipt;
};

TEST_F(ReceiptOf, AConsentVerifies)
{
    const auto checked = check(receipt);
    EXPECT_EQ(checked.status, 200);
    EXPECT_EQ(checked.at("/valid"), Json(true)) << checked.body;
    EXPECT_EQ(checked.at("/in_force"), Json(true));
}

TEST_F(ReceiptOf, AWithdrawnConsentIsGenuineButNotInForce)
{
    max.client.send(put("crash_reports", "withdrawn"));
    const auto checked = check(receipt);
    EXPECT_EQ(checked.at("/valid"), Json(true));
    EXPECT_EQ(checked.at("/in_force"), Json(false));
    EXPECT_NE(checked.text("/why").find("withdrawn"), std::string::npos);
}

TEST_F(ReceiptOf, AnotherStaysWithItsOwner)
{
    expect({"another person", ada.client, support::get(path), 404});
    expect({"a stranger", stranger, support::get(path), 401});
}

/// Every member of the record is under the signature.
TEST_F(ReceiptOf, AForgedOneIsFound)
{
    for (const auto& [name, value] : receipt.at("record").as_object()) {
        auto forged = receipt;
        auto& member = forged.at("record").at(name);
        const std::string key(name);
        if (key == "state")
            member = "withdrawn";
        else if (key == "purpose")
            member = "product_mail";
        else if (key == "at")
            member = "2020-01-01T00:00:00.000Z";
        else if (key.ends_with("_id"))
            member = to_text(new_uuid());
        else
            member = std::string(value.as_string()) + "!";
        EXPECT_EQ(check(forged).at("/valid"), Json(false)) << key;
    }
    auto unsigned_one = receipt;
    unsigned_one.at("signature") = "";
    EXPECT_EQ(check(unsigned_one).at("/valid"), Json(false));
    auto added = receipt;
    added.as_object()["note"] = "by hand";
    EXPECT_EQ(check(added).status, 422);
    EXPECT_EQ(check("no receipt").status, 422);
}

TEST_F(ReceiptOf, AForeignKeyIsFound)
{
    auto record = json::from_json<Receipt>(serialize(receipt));
    const auto seed = crypto::Key::random();
    const auto key = crypto::public_key(seed);
    record.signature = to_base64url(crypto::sign(seed, json::to_json(record.record)));
    record.public_key = to_base64url(crypto::view(key));
    EXPECT_NE(check(support::parsed(json::to_json(record))).text("/why").find("another instance"), std::string::npos);
    EXPECT_FALSE(check_receipt(record, receipt.at("public_key").as_string()).empty());
}

TEST_F(ReceiptOf, IsCheckedOnTheCommandLineWithoutAnInstance)
{
    const auto file = (folder / "receipt.json").string();
    const std::string key(receipt.at("public_key").as_string());
    std::ofstream(file) << serialize(receipt);
    const auto good = support::run({"receipt", "verify", file, "--key", key}, folder.path());
    EXPECT_EQ(good.code, 0) << good.err;
    const auto foreign = support::run({"receipt", "verify", file, "--key", std::string(43, 'A')}, folder.path());
    EXPECT_EQ(foreign.code, 1);
    auto forged = receipt;
    forged.at("record").at("purpose") = "product_mail";
    std::ofstream(file) << serialize(forged);
    EXPECT_EQ(support::run({"receipt", "verify", file, "--key", key, "--json"}, folder.path()).code, 1);
    std::ofstream(file) << "{";
    EXPECT_EQ(support::run({"receipt", "verify", file, "--key", key}, folder.path()).code, 1);
    EXPECT_EQ(support::run({"receipt", "verify", file}, folder.path()).code, 2) << "whose key?";
}

TEST_F(ReceiptOf, ThePublicKeyIsForEverybody)
{
    const auto keys = stranger.send({"GET", "/.well-known/dialpine-keys.json", {}, {}});
    EXPECT_EQ(keys.status, 200);
    EXPECT_EQ(keys.at("/keys/0/public_key"), receipt.at("public_key"));
    EXPECT_EQ(keys.at("/keys/0/key_id"), receipt.at("key_id"));
}

// ---- signals

class Signal : public ConsentOf {
protected:
    Answer with(std::string value)
    {
        auto answer = max.client.send(support::get("/me", {{"Sec-GPC", std::move(value)}}));
        settle();
        return answer;
    }
    bool is_recorded() { return max.client.get("/me/signals").at("/gpc_since") != Json(nullptr); }
};

TEST_F(Signal, OfPrivacyIsHonouredWhenItIsExactlyOne)
{
    for (const auto* other : {"0", "true", "1.0", "11", "yes", ""}) {
        with(other);
        EXPECT_FALSE(is_recorded()) << other;
    }
    with("1");
    EXPECT_TRUE(is_recorded());
}

TEST_F(Signal, OfPrivacyWithdrawsWhatItCovers)
{
    for (const auto& facts : all_purposes()) say(max.id, facts.purpose, ConsentState::given);
    with("1");
    for (const auto& facts : all_purposes())
        EXPECT_EQ(may(max.id, facts.purpose), !facts.is_covered_by_gpc) << facts.title;
    EXPECT_EQ(newest(max.client).at("collection_method").as_string(), "Sec-GPC header");
}

TEST_F(Signal, OfPrivacyIsOverruledByThePersonAlone)
{
    with("1");
    expect({"by habit", max.client, put("product_mail", "given"), 409, {}, {}, "privacy-signal"});
    const auto knowingly = support::put("/me/consents/product_mail", {{"state", "given"}, {"despite_signal", true}});
    expect({"knowingly", max.client, knowingly, 200});
    with("1");
    EXPECT_TRUE(may(max.id, Purpose::product_mail)) << "it stays the person's last word";
}

TEST_F(Signal, OfPrivacyIsShownAsHonoured)
{
    const auto shown = max.client.send(support::get("/me/signals", {{"Sec-GPC", "1"}}));
    EXPECT_EQ(shown.at("/gpc_received"), Json(true));
    EXPECT_EQ(shown.at("/gpc_honoured"), Json(true));
    const auto support_resource = stranger.send({"GET", "/.well-known/gpc.json", {}, {}});
    EXPECT_EQ(support_resource.status, 200);
    EXPECT_EQ(support_resource.header("content-type"), "application/json");
    EXPECT_TRUE(
        std::regex_match(support_resource.body, std::regex(R"(\{"gpc": true, "lastUpdate": "\d{4}-\d{2}-\d{2}"\})"))
    ) << support_resource.body;
}

TEST_F(Signal, NotToTrackChangesNothing)
{
    const auto without_date = [](Answer answer) {
        std::erase_if(answer.headers, [](const http::Header& header) { return header.first == "date"; });
        return answer;
    };
    for (const std::string path : {"/me", "/me/consents", "/me/signals", "/workspaces", "/policy", "/cookies"}) {
        const auto plain = without_date(max.client.send(support::get(path)));
        for (const auto* value : {"1", "0"}) {
            const auto asked = without_date(max.client.send(support::get(path, {{"DNT", value}})));
            EXPECT_EQ(asked.status, plain.status) << path;
            EXPECT_EQ(asked.headers, plain.headers) << path;
            EXPECT_EQ(asked.body, plain.body) << path;
        }
    }
}

// ---- what is kept in the browser

TEST_F(ConsentOf, EveryCookieIsInTheRegistry)
{
    auto browser = this->browser();
    const auto entered = browser.post("/sessions", {{"email", max.email}, {"password", support::password}});
    const auto cookie = entered.header("set-cookie");
    const auto registry = stranger.get("/cookies").body;
    EXPECT_NE(registry.find('"' + cookie.substr(0, cookie.find('=')) + '"'), std::string::npos) << cookie;
    // Nothing else in the program sets one.
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(DIALPINE_SOURCE_DIR) / "src"))
        if (entry.is_regular_file() && entry.path().filename() != "cookies.cpp")
            EXPECT_EQ(support::bytes_of(entry.path()).find("Set-Cookie"), std::string::npos) << entry.path();
}

TEST_F(ConsentOf, WhatThePageStoresIsInTheRegistry)
{
    const auto source = support::bytes_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "web/src/base/stored.ts");
    const auto begin = source.find("StoredName = ");
    const auto line = source.substr(begin, source.find(';', begin) - begin);
    std::set<std::string> in_page;
    const std::regex name("'([a-z]+)'");
    for (std::sregex_iterator at(line.begin(), line.end(), name), end; at != end; ++at)
        in_page.insert("dialpine." + (*at)[1].str());
    std::set<std::string> in_registry;
    for (const auto& item : api::browser_registry().items)
        if (item.kind == "local storage") in_registry.insert(item.name);
    EXPECT_FALSE(in_page.empty());
    EXPECT_EQ(in_page, in_registry);
}

} // namespace
} // namespace dialpine::privacy
