#include "links/import_house.hpp"
#include "links/trello_reader.hpp"

namespace dialpine::links {
namespace {

class Refusal : public ImportHouse {
protected:
    /// What the import says of it, with nothing written.
    std::string refused(std::string text)
    {
        try {
            import_text(std::move(text));
        } catch (const Problem& problem) {
            EXPECT_EQ(problem.status, 422);
            EXPECT_EQ(count("projects"), 0);
            EXPECT_EQ(count("imported_things"), 0);
            EXPECT_EQ(count("people"), 1);
            EXPECT_EQ(count("changes"), 0);
            return problem.detail;
        }
        ADD_FAILURE() << "was taken";
        return {};
    }
};

struct Bad {
    std::string_view name;
    std::string text;
    std::string_view says;
};

TEST_F(Refusal, SaysWhatIsWrong)
{
    const std::string deep = R"({"id":"b","prefs":)" + std::string(10'000, '[');
    const Bad bads[]{
        {"empty", "", "is empty"},
        {"blank", "  \n ", "is cut short"},
        {"a page", "<!DOCTYPE html><html></html>", "is not JSON"},
        {"an archive", std::string("PK\x03\x04\x00\x00", 6), "is not JSON"},
        {"a list", R"([{"id":"b"}])", "is JSON, but not a board"},
        {"a text", R"("board")", "is JSON, but not a board"},
        {"a number", "12", "is JSON, but not a board"},
        {"foreign", R"({"projects":[],"items":[]})", "has no list of `lists`"},
        {"no cards", R"({"id":"b","lists":[]})", "has no list of `cards`"},
        {"no id", R"({"lists":[],"cards":[]})", "has no `id`"},
        {"cards is an object", R"({"id":"b","lists":[],"cards":{}})", "`cards` that is not a list"},
        {"cards is a number", R"({"id":"b","lists":[],"cards":7})", "`cards` that is not a list"},
        {"name is a list", R"({"id":"b","name":[],"lists":[],"cards":[]})", "`name` that is not a text"},
        {"id is a number", R"({"id":5,"lists":[],"cards":[]})", "`id` that is not a text"},
        {"a card is a number", R"({"id":"b","lists":[],"cards":[3]})", "an entry of `cards` is not an object"},
        {"a card is a list", R"({"id":"b","lists":[],"cards":[[]]})", "an entry of `cards` is not an object"},
        {"a card without id", R"({"id":"b","lists":[],"cards":[{"name":"x"}]})", "entry 1 of `cards` has no `id`"},
        {"a card without list", R"({"id":"b","lists":[],"cards":[{"id":"c"}]})", "has no `idList`"},
        {"an id with a slash", R"({"id":"b","lists":[],"cards":[{"id":"c/d","idList":"l"}]})", "`id` that is not an id"
        },
        {"a wrong name",
         R"({"id":"b","lists":[],"cards":[{"id":"c","idList":"l","name":5}]})",
         "`name` that is not a text"},
        {"a wrong date",
         R"({"id":"b","lists":[],"cards":[{"id":"c","idList":"l","due":5}]})",
         "`due` that is not a text"},
        {"wrong members",
         R"({"id":"b","lists":[],"cards":[{"id":"c","idList":"l","idMembers":"m"}]})",
         "`idMembers` that is not a list"},
        {"a wrong place", R"({"id":"b","lists":[{"id":"l","pos":"top"}],"cards":[]})", "entry 1 of `lists` has a `pos`"
        },
        {"a comment of nothing",
         R"({"id":"b","lists":[],"cards":[],"actions":[{"id":"a","type":"commentCard"}]})",
         "has no `data`"},
        {"too deep", deep, "is nested too deeply"},
        {"more after the end", R"({"id":"b","lists":[],"cards":[]} {})", "goes on after the end"},
        {"broken characters", "{\"id\":\"b\",\"name\":\"\xff\xfe\",\"lists\":[],\"cards\":[]}", "is not JSON in UTF-8"},
        {"half a character", "{\"id\":\"b\",\"name\":\"\\ud83d\",\"lists\":[],\"cards\":[]}", "is not JSON in UTF-8"},
        {"a huge entry",
         R"({"id":"b","lists":[],"cards":[{"id":"c","idList":"l","desc":")" + std::string(9'000'000, 'x') + R"("}]})",
         "more than 8 MB"},
    };
    for (const auto& bad : bads) {
        const auto detail = refused(bad.text);
        EXPECT_NE(detail.find(bad.says), std::string::npos) << bad.name << ": " << detail;
        EXPECT_NE(detail.find("around byte"), std::string::npos) << bad.name;
    }
}

TEST_F(Refusal, OfEveryFileThatIsCutShort)
{
    const auto board = small_board();
    const auto whole = trimmed(board);
    for (std::size_t bytes = 1; bytes < whole.size(); bytes += 97) refused(std::string(whole.substr(0, bytes)));
    refused(std::string(whole.substr(0, whole.size() - 1)));
}

TEST_F(Refusal, NotOfAByteOrderMarkOrOfUnknownMembers)
{
    const auto report =
        import_text("\xEF\xBB\xBF" + replaced(small_board(), "\"name\"", "\"new\": {\"deep\": [[1, {}]]},\n\"name\""));
    EXPECT_EQ(report.created.tasks, 9);
}

TEST_F(Refusal, NotOfABoardWithoutListsOrCards)
{
    const auto report = import_text(R"({"id":"b","lists":[],"cards":[]})");
    EXPECT_EQ(report.created.projects, 1);
    EXPECT_EQ(report.created.statuses, 1) << "a project needs a column";
}

TEST_F(Refusal, NotOfACardWhoseListIsNotInTheFile)
{
    const auto report = import_text(
        R"({"id":"b","name":"B","lists":[{"id":"l","name":"Doing"}],"cards":[{"id":"c","name":"C","idList":"gone"}]})"
    );
    EXPECT_EQ(status_of(task("C")).name, "Doing");
    EXPECT_EQ(skipped(report, "lists"), 1);
}

TEST_F(Refusal, NotOfVeryOldBoardsWhoseLabelsHaveNoIds)
{
    import_text(R"({"id":"b","name":"B","lists":[{"id":"l","name":"L"}],"cards":[
        {"id":"c","name":"C","idList":"l","labels":[{"color":"red","name":"Hot"}]},
        {"id":"d","name":"D","idList":"l","labels":[{"color":"red","name":"Hot"},{"color":"blue","name":""}]}]})");
    EXPECT_EQ(count("labels"), 2);
    EXPECT_EQ(rows<work::TaskLabel>("WHERE task_id = $1", task("D").id).size(), 2U);
}
} // namespace
} // namespace dialpine::links
