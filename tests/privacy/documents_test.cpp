#include "base/crypto.hpp"
#include "base/json.hpp"
#include "privacy/documents.hpp"
#include "privacy/policy_changes.hpp"
#include "privacy/proof.hpp"
#include "support/server.hpp"

#include <set>

namespace dialpine::privacy {
namespace {
namespace fs = std::filesystem;
using support::bytes_of;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
fs::path policy_file(const std::string& name) { return fs::path(DIALPINE_SOURCE_DIR) / "policy" / name; }

SnapshotItem kept(std::string holds, std::int64_t days)
{
    return {
        .category = {"user.name", "Name"},
        .holds = std::move(holds),
        .uses = {{"essential.service", "to provide it"}},
        .sources = {"you"},
        .bases = {"contract"},
        .keep = days == 0 ? "until erasure" : fmt::format("{} days", days),
        .days = days,
        .at_erasure = "erased",
    };
}
Snapshot with(std::vector<SnapshotItem> items, std::vector<Recipient> recipients = {})
{
    return {.items = std::move(items), .recipients = std::move(recipients)};
}

TEST(PolicyText, FillsTablesAndSaysWhatIsNotYet)
{
    auto snapshot = with({kept("Nick | name", 30)});
    snapshot.not_yet = {"P2"};
    const auto made = read_document(
        "privacy",
        "2026-11-25",
        "# Policy\n\nHello. {#intro} We ask. {#P1} We listen. {#P2}\n\n{{table:held}}\n\nBye. {#intro}\n",
        snapshot
    );
    EXPECT_EQ(made.title, "Policy");
    EXPECT_TRUE(has(made.text, "Hello. We ask. Not yet: We listen.\n")) << made.text;
    EXPECT_TRUE(has(made.text, "| Name | you | to provide it | contract |")) << made.text;
    EXPECT_FALSE(has(made.text, "{#")) << made.text;
    EXPECT_FALSE(has(made.text, "{{")) << made.text;
    EXPECT_EQ(made.sha256, crypto::sha256_hex(made.text)) << "what was read is what is hashed";
    ASSERT_EQ(made.sentences.size(), 4U);
    EXPECT_EQ(made.sentences[2].anchor, "P2");
    EXPECT_EQ(made.sentences[2].text, "Not yet: We listen.");
    EXPECT_EQ(made.sentences[3].text, "Bye.") << "without the table before it";
    EXPECT_EQ(table_of_snapshot(snapshot, "periods"), "| What | Kept |\n|---|---|\n| Name | 30 days |\n");
    EXPECT_THROW(table_of_snapshot(snapshot, "weather"), std::logic_error);
}

TEST(PolicyText, WithoutAnchorIsFound)
{
    EXPECT_EQ(text_without_anchor("# T\n\nOne. {#P1} Two. {#P2}\n\n{{table:held}}\n"), "");
    EXPECT_TRUE(has(text_without_anchor("One. {#P1}\n\nStray sentence.\n"), "Stray"));
    EXPECT_TRUE(has(text_without_anchor("One. Stray. {#P1}\n"), "Stray")) << "two sentences with one anchor";
}

TEST(PolicyText, HasASentenceForEveryPromiseAndNothingElse)
{
    const auto newest = versions_of("privacy").back();
    const auto source = bytes_of(policy_file("privacy-" + newest->version + ".md"));
    EXPECT_EQ(text_without_anchor(source), "");
    std::set<std::string> said;
    for (const auto& sentence : newest->sentences) said.insert(sentence.anchor);
    std::set<std::string> promised{"intro"};
    for (const auto& promise : all_promises()) {
        EXPECT_TRUE(said.contains(promise.policy)) << promise.id << " has no sentence";
        promised.insert(promise.policy);
    }
    for (const auto& anchor : said) EXPECT_TRUE(promised.contains(anchor)) << anchor << " is no promise";
}

/// The policy says as kept only what tests prove; what it still calls "not yet" may have become true.
TEST(PolicyText, PromisesNothingThatNoTestProves)
{
    const auto newest = versions_of("privacy").back();
    std::set<std::string> untested;
    for (const auto& promise : all_promises())
        if (promise.tests.empty()) untested.insert(promise.policy);
    for (const auto& sentence : newest->sentences)
        if (untested.contains(sentence.anchor))
            EXPECT_TRUE(sentence.text.starts_with("Not yet: ")) << sentence.anchor << ": " << sentence.text;
}

TEST(PolicyText, HoldsTheCatalogueAsItIs)
{
    const auto newest = versions_of("privacy").back();
    const auto file = policy_file("privacy-" + newest->version + ".json");
    auto current = current_snapshot();
    if (std::getenv("DIALPINE_RENEW")) std::ofstream(file, std::ios::binary) << to_file(current);
    auto stored = json::from_json<Snapshot>(bytes_of(file));
    stored.not_yet.clear();
    current.not_yet.clear();
    EXPECT_EQ(to_file(stored), to_file(current))
        << "What is held changed. A released version stays as it is: make a new one. One that was never released is "
           "renewed by DIALPINE_RENEW=1 dialpine_tests --gtest_filter='PolicyText.*', twice with a build in between.";
}

TEST(PolicyChanges, OfTextAreAddedRemovedAndChangedSentences)
{
    const std::vector<Sentence> before{{"P1", "One."}, {"P2", "Two."}, {"P3", "Three."}};
    const std::vector<Sentence> after{{"P1", "One."}, {"P2", "Two, now."}, {"P4", "Four."}};
    const auto changes = changes_between(before, after);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].change, ChangeOfText::changed);
    EXPECT_EQ(changes[0].before, "Two.");
    EXPECT_EQ(changes[0].after, "Two, now.");
    EXPECT_EQ(changes[1].change, ChangeOfText::added);
    EXPECT_EQ(changes[1].anchor, "P4");
    EXPECT_EQ(changes[2].change, ChangeOfText::removed);
    EXPECT_EQ(changes[2].before, "Three.");
    EXPECT_TRUE(changes_between(before, before).empty());
}

TEST(PolicyChanges, AreSignificantByCategoryUseRecipientAndPeriod)
{
    const auto before = with({kept("Nick", 30)}, {{"Mailer", "mail", {"address"}, "EU"}});
    const auto reasons_of = [&](const Snapshot& after) { return significant_changes(before, after); };

    auto category = before;
    category.items.push_back(kept("Phone", 30));
    category.items.back().category = {"user.contact.phone_number", "Phone"};
    EXPECT_EQ(reasons_of(category), std::vector<std::string>{"New category: Phone (user.contact.phone_number)"});

    auto use = before;
    use.items[0].uses.push_back({"analytics.reporting", "to count"});
    EXPECT_EQ(reasons_of(use), std::vector<std::string>{"New use of Name: to count (analytics.reporting)"});

    auto recipient = before;
    recipient.recipients.push_back({"Counter", "counting", {}, "US"});
    EXPECT_EQ(reasons_of(recipient), std::vector<std::string>{"New recipient: Counter"});

    auto field = before;
    field.recipients[0].fields.push_back("name");
    EXPECT_EQ(reasons_of(field), std::vector<std::string>{"Mailer receives more: name"});

    EXPECT_EQ(reasons_of(with({kept("Nick", 31)})), std::vector<std::string>{"Longer period of Name, Nick: 31 days"});
    EXPECT_EQ(reasons_of(with({kept("Nick", 0)})).size(), 1U) << "until erasure is longer than any days";
    EXPECT_EQ(reasons_of(with({kept("Other", 31)})).size(), 1U) << "longer than all of its category before";
}

TEST(PolicyChanges, AreMinorOtherwise)
{
    const auto before = with({kept("Nick", 30)}, {{"Mailer", "mail", {"address", "name"}, "EU"}});
    EXPECT_TRUE(significant_changes(before, before).empty());
    EXPECT_TRUE(significant_changes(before, with({kept("Nick", 29)})).empty()) << "shorter";
    EXPECT_TRUE(significant_changes(before, with({})).empty()) << "less data, fewer recipients";
    EXPECT_TRUE(significant_changes(before, with({kept("Other", 30)})).empty()) << "same category, use and period";
    EXPECT_TRUE(significant_changes(with({kept("Nick", 0)}), with({kept("Nick", 9999)})).empty());
}

class DocumentsServed : public support::Served {};

TEST_F(DocumentsServed, AnswerEveryLinkWithTheirHash)
{
    const auto list = stranger.get("/documents");
    ASSERT_EQ(list.status, 200) << list.body;
    const auto items = list.at("/items");
    std::set<std::string> names;
    for (const auto& each : items.as_array()) {
        names.emplace(each.at("document").as_string());
        for (const auto& version : each.at("versions").as_array()) {
            const std::string link(version.at("link").as_string());
            const auto answer = stranger.send({"GET", link, {}, {}});
            ASSERT_EQ(answer.status, 200) << link;
            EXPECT_EQ(answer.text("/sha256"), version.at("sha256").as_string()) << link;
            EXPECT_EQ(crypto::sha256_hex(answer.text("/text")), answer.text("/sha256")) << link;
            EXPECT_FALSE(answer.text("/title").empty()) << link;
        }
    }
    EXPECT_EQ(
        names,
        (std::set<std::string>{"privacy", "terms", "cookies", "security", "data-protection-addendum", "ai-terms"})
    );
    const auto policy = stranger.get("/policy");
    EXPECT_EQ(policy.text("/sha256"), crypto::sha256_hex(policy.text("/text")));
    EXPECT_TRUE(policy.at("/waiting").is_null());
}

TEST_F(DocumentsServed, SayWhatDiffers)
{
    const auto answer = stranger.get("/documents/privacy/differences?from=2026-11-24&to=2026-11-25");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.at("/significant").as_bool()) << "the first version has no snapshot";
    EXPECT_GT(answer.size("/sentences"), 50U);
    const auto same = stranger.get("/documents/privacy/differences?from=2026-11-25&to=2026-11-25");
    EXPECT_EQ(same.size("/sentences"), 0U);
    EXPECT_FALSE(same.at("/significant").as_bool());
    const support::Scenario refused[]{
        {.name = "an unknown document",
         .as = stranger,
         .send = support::get("/documents/weather/differences"),
         .status = 404},
        {.name = "an unknown version",
         .as = stranger,
         .send = support::get("/documents/privacy/versions/2020-01-01"),
         .status = 404},
        {.name = "a path for a version",
         .as = stranger,
         .send = support::get("/documents/privacy/versions/..%2Fpromises"),
         .status = 404},
        {.name = "from nowhere",
         .as = stranger,
         .send = support::get("/documents/privacy/differences?from=x"),
         .status = 422,
         .pointer = "?from"},
        {.name = "to nowhere",
         .as = stranger,
         .send = support::get("/documents/privacy/differences?to=2020-01-01"),
         .status = 422,
         .pointer = "?to"},
        {.name = "an unknown question",
         .as = stranger,
         .send = support::get("/documents/privacy/differences?of=x"),
         .status = 422,
         .pointer = "?of"},
    };
    for (const auto& each : refused) support::expect(each);
}

} // namespace
} // namespace dialpine::privacy
