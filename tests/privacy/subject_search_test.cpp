#include "privacy/subject_search.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Json;

TEST(SubjectWordsOf, ANameAreItsVariantsAsWholeWords)
{
    privacy::SubjectWords words;
    words.add_name("Zoë Müller");
    words.add("zoe@dialpine.example");
    const auto count = [&](std::string_view text) { return words.find(text).size(); };
    for (const auto* text :
         {"Zoë Müller was ill",
          "zoe muller",
          "ZOË",
          "Müller, Zoë",
          "Z. Müller",
          "Zoë M.",
          "Zoë's leg",
          "(Müller)",
          "write to zoe@dialpine.example!",
          "„Zoë“",
          "Zoë—again"})
        EXPECT_EQ(count(text), 1U) << text;
    for (const auto* text : {"Zoella", "the mullers of old", "Zo", "M", "zo@dialpine.example", ""})
        EXPECT_EQ(count(text), 0U) << text;
    EXPECT_EQ(count("Zoë told Mr. Müller"), 2U);
    EXPECT_EQ(privacy::replaced("a Zoë b", words.find("a Zoë b"), "[x]"), "a [x] b");
}

TEST(SubjectWordsOf, ScriptsWithoutBlanksAreFoundWithinAText)
{
    privacy::SubjectWords words;
    words.add_name("木村花子");
    EXPECT_EQ(words.find("昨日木村花子さんは病気").size(), 1U);
    EXPECT_EQ(words.find("昨日木村さん").size(), 0U);
}

TEST(SubjectSearchOf, EveryTextThatPeopleWriteIntoAWorkspace)
{
    int named = 0;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!table->is_in_workspace() || !column.personal || !column.personal->names_others) continue;
            if (column.kind != store::Kind::text) continue;
            ++named;
            EXPECT_TRUE(privacy::is_searched(*table, column)) << table->name << "." << column.name;
        }
    EXPECT_GE(named, 4) << "sealed ones, too: the names of files";
}

class SubjectSearch : public support::Furnished {
protected:
    Json about(boost::json::object who) const
    {
        who["password"] = support::password;
        return who;
    }
    Answer found(support::Somebody& by, boost::json::object who)
    {
        return by.client.post(pine + "/subject-searches", about(std::move(who)));
    }
    Answer struck(support::Somebody& by, boost::json::object who, const Answer& hits, std::size_t most = 100)
    {
        boost::json::array ids;
        for (std::size_t i = 0; i < std::min(most, hits.size("/items")); ++i)
            ids.emplace_back(hits.text(fmt::format("/items/{}/id", i)));
        who["hits"] = ids;
        return by.client.post(pine + "/strikes", about(std::move(who)));
    }

    Answer paint = task(
        "Zora Quell was late",
        {{"description", "Zora's back hurts, says Max Example"},
         {"checklist", {{{"text", "call Quell, Zora"}}}},
         {"links", {{{"title", "About Zora"}, {"url", "https://pine.invalid/"}}}}}
    );
    Answer words =
        made(task_path(paint) + "/comments", {{"body", "Write zora@dialpine.example or max@dialpine.example"}});
    Answer other = task("Order paint");
    const boost::json::object zora{{"name", "Zora Quell"}, {"email", "zora@dialpine.example"}};
};

TEST_F(SubjectSearch, FindsWhatOthersWroteInEveryTextAndShowsItInContext)
{
    made(web + "/labels", {{"name", "Zora"}, {"color", "red"}});
    const auto hits = found(ada, zora);
    ASSERT_EQ(hits.status, 200) << hits.body;
    std::set<std::string> places;
    for (std::size_t i = 0; i < hits.size("/items"); ++i) places.insert(hits.text(fmt::format("/items/{}/place", i)));
    EXPECT_EQ(
        places,
        (std::set<std::string>{
            "tasks.title", "tasks.description", "checklist_items.text", "links.title", "comments.body", "labels.name"})
    );
    EXPECT_EQ(hits.number("/texts"), 6);
    EXPECT_NE(hits.body.find("<mark>Zora Quell</mark> was late"), std::string::npos) << hits.body;
    EXPECT_EQ(hits.body.find("Order paint"), std::string::npos);
    EXPECT_NE(hits.body.find("\"WEB-1\""), std::string::npos);
}

TEST_F(SubjectSearch, FindsAndStrikesOutInTheSealedNamesOfFiles)
{
    const auto path = task_path(other) + "/attachments";
    ASSERT_EQ(mia.client.send({"POST", "/api/v1" + path + "?name=Zora%20Quell%20ill.txt", "a note", {}}).status, 201);
    const auto hits = found(ada, {{"words", boost::json::array{"Quell ill"}}});
    ASSERT_EQ(hits.number("/texts"), 1) << hits.body;
    EXPECT_EQ(hits.text("/items/0/place"), "attachments.name");
    ASSERT_EQ(struck(ada, {{"words", boost::json::array{"Quell ill"}}}, hits).status, 201);
    EXPECT_EQ(mia.client.get(path).text("/items/0/name"), "Zora [struck out].txt");
}

TEST_F(SubjectSearch, HandsOnNothingOfOtherPeople)
{
    const auto hits = found(ada, zora);
    bool has_description = false;
    for (std::size_t i = 0; i < hits.size("/items"); ++i) {
        const auto redacted = hits.text(fmt::format("/items/{}/redacted", i));
        EXPECT_EQ(redacted.find("Max"), std::string::npos) << redacted;
        EXPECT_EQ(redacted.find("max@"), std::string::npos) << redacted;
        EXPECT_NE(redacted.find_first_of("Zz"), std::string::npos) << "what is about them is there: " << redacted;
        has_description = has_description || redacted.find("hurts, says [another person]") != std::string::npos;
    }
    EXPECT_TRUE(has_description) << hits.body;
}

TEST_F(SubjectSearch, StrikesOutWhatWasApprovedEverywhere)
{
    support::LiveSocket page(mia.client, pine + "/live");
    mia.client.get(web + "/board");
    const auto strike = struck(ada, zora, found(ada, zora));
    ASSERT_EQ(strike.status, 201) << strike.body;
    EXPECT_EQ(strike.number("/texts"), 5);
    const auto now = mia.client.get(task_path(paint));
    EXPECT_EQ(now.text("/title"), "[struck out] was late");
    EXPECT_EQ(now.text("/description"), "[struck out]'s back hurts, says Max Example");
    EXPECT_EQ(now.text("/checklist/0/text"), "call [struck out]");
    EXPECT_EQ(
        mia.client.get(task_path(paint) + "/comments").text("/items/0/body"),
        "Write [struck out] or max@dialpine.example"
    );
    EXPECT_EQ(mia.client.get(web + "/board").body.find("Zora"), std::string::npos) << "the board's kept bytes too";
    EXPECT_NE(mia.client.get(web + "/board").body.find("[struck out] was late"), std::string::npos);
    const auto told = page.next(std::chrono::seconds{5});
    ASSERT_TRUE(told);
    EXPECT_NE(boost::json::serialize(*told).find("changed"), std::string::npos) << "open pages learn it";
    running.house.search.wait_for_last(WorkspaceId(*parse_uuid(pine.substr(12))), std::chrono::seconds{5});
    EXPECT_EQ(mia.client.get(pine + "/search?q=Zora").size("/items"), 0U);
    EXPECT_EQ(mia.client.get(pine + "/search?q=late").size("/items"), 1U);
    running.house.forget_traces();
    for (const auto* word : {"Zora", "Quell", "zora", "quell"})
        EXPECT_EQ(support::files_with(folder.path(), word), std::vector<std::string>()) << word;
    EXPECT_EQ(found(ada, zora).number("/texts"), 0);
    const auto list = ada.client.get(pine + "/strikes");
    EXPECT_EQ(list.size("/items"), 1U);
    EXPECT_EQ(list.body.find("Zora"), std::string::npos) << "that it happened, not what";
}

TEST_F(SubjectSearch, LeavesWhatWasNotApprovedAndRefusesWhatChanged)
{
    const auto hits = found(ada, zora);
    ASSERT_EQ(struck(ada, zora, hits, 1).status, 201);
    EXPECT_EQ(found(ada, zora).number("/texts"), 4);
    const auto before = contents();
    EXPECT_EQ(struck(ada, zora, hits).status, 409) << "one of them reads otherwise by now";
    EXPECT_EQ(contents(), before) << "nothing half done";
}

TEST_F(SubjectSearch, LeavesWhatThePersonWroteThemselves)
{
    ASSERT_EQ(max.client.post(web + "/tasks", {{"title", "I, Max Example, did it"}}).status, 201);
    const auto hits = found(ada, {{"person_id", to_text(max.id)}});
    EXPECT_EQ(hits.number("/texts"), 2) << hits.body;
    EXPECT_EQ(hits.body.find("did it"), std::string::npos);
}

TEST_F(SubjectSearch, IsForAdminsWithTheirPasswordAndKeepsNoWords)
{
    const auto before = contents();
    for (auto* by : {&max, &gus}) EXPECT_EQ(found(*by, zora).status, 403);
    EXPECT_EQ(found(eve, zora).status, 404);
    EXPECT_EQ(ada.client.post(pine + "/subject-searches", zora).status, 403) << "no password";
    auto wrong = zora;
    wrong["password"] = "not this one";
    EXPECT_EQ(ada.client.post(pine + "/subject-searches", wrong).status, 422);
    EXPECT_EQ(contents(), before) << "who is refused leaves nothing";
    EXPECT_EQ(found(ada, {}).status, 422) << "nothing to look for";
    EXPECT_EQ(found(ada, {{"person_id", to_text(eve.id)}}).status, 422) << "nobody of this workspace";
    EXPECT_EQ(found(ada, {{"words", boost::json::array{"  "}}}).status, 422);
    EXPECT_EQ(struck(ada, zora, found(ada, zora), 0).status, 422);

    ASSERT_EQ(found(ada, {{"person_id", to_text(max.id)}, {"words", boost::json::array{"Spitzname"}}}).status, 200);
    const auto log = max.client.get("/me/log");
    EXPECT_NE(log.body.find("what others wrote about a person"), std::string::npos) << log.body;
    EXPECT_EQ(log.body.find("Spitzname"), std::string::npos);
    EXPECT_EQ(support::files_with(folder.path(), "Spitzname"), std::vector<std::string>());
}

TEST_F(SubjectSearch, IsAskedForByThePersonAndAnsweredByAnAdmin)
{
    const auto mine = max.client.get("/me/written-about");
    ASSERT_EQ(mine.status, 200) << mine.body;
    EXPECT_EQ(mine.text("/items/0/name"), "Pine");
    EXPECT_EQ(mine.number("/items/0/texts"), 2);
    EXPECT_EQ(mine.body.find("hurts"), std::string::npos) << "a number, not the words of others";
    const auto ask = "/me/written-about/" + pine.substr(12);
    EXPECT_EQ(eve.client.post(ask).status, 404);
    ASSERT_EQ(max.client.post(ask).status, 201);
    EXPECT_EQ(max.client.get(pine + "/subject-requests").status, 403);
    const auto waiting = ada.client.get(pine + "/subject-requests");
    ASSERT_EQ(waiting.size("/items"), 1U) << waiting.body;
    EXPECT_EQ(waiting.text("/items/0/name"), "Max Example");
    const boost::json::object who{{"person_id", waiting.text("/items/0/id")}};
    ASSERT_EQ(struck(ada, who, found(ada, who)).status, 201);
    EXPECT_EQ(ada.client.get(pine + "/subject-requests").size("/items"), 0U);
    EXPECT_EQ(max.client.get("/me/written-about").number("/items/0/texts"), 0);
    EXPECT_FALSE(max.client.get("/me/written-about").at("/items/0/answered_at").is_null());
}

} // namespace
} // namespace dialpine::api
