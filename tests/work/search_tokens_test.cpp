#include "base/text.hpp"
#include "work/search_snippet.hpp"
#include "work/search_tokens.hpp"

#include <gtest/gtest.h>

namespace dialpine::work {
namespace {

std::vector<std::string> cut(std::string_view text)
{
    std::vector<std::string> words;
    for (const auto& token : tokens_of(text)) words.push_back(token.text);
    return words;
}

using Words = std::vector<std::string>;

TEST(SearchTokens, AreFoldedWords)
{
    EXPECT_EQ(cut("Order Paint, 12 litres!"), (Words{"order", "paint", "12", "litres"}));
    EXPECT_EQ(cut("Crème BRÛLÉE"), (Words{"creme", "brulee"}));
    EXPECT_EQ(cut("Straße ŁÓDŹ"), (Words{"strasse", "lodz"}));
    EXPECT_EQ(cut("Привет МИР"), (Words{"привет", "мир"}));
    EXPECT_EQ(cut("ﬁne ２３"), (Words{"fine", "23"}));
}

TEST(SearchTokens, TakeAccentsAndJoinersAsPartsOfTheWord)
{
    EXPECT_EQ(cut("cafe\u0301s"), (Words{"cafes"}));
    EXPECT_EQ(cut("soft\u00ADware"), (Words{"software"}));
    EXPECT_EQ(cut("नमस्ते").size(), 1U);
}

TEST(SearchTokens, CutScriptsWithoutBlanksIntoPairs)
{
    EXPECT_EQ(cut("東京タワー"), (Words{"東京", "京タ", "タワ", "ワー", "ー"}));
    EXPECT_EQ(cut("水"), (Words{"水"}));
    EXPECT_EQ(cut("3月の会議 today"), (Words{"3", "月の", "の会", "会議", "議", "today"}));
    // Vowel signs above a Thai letter belong to it.
    EXPECT_EQ(tokens_of("สวัสดี").size(), 4U);
}

TEST(SearchTokens, TakeHangulAsWords) { EXPECT_EQ(tokens_of("서울 타워").size(), 2U); }

TEST(SearchTokens, KnowWhereTheyStood)
{
    const std::string text = "«Crème» 東京 x";
    for (const auto& token : tokens_of(text)) {
        ASSERT_LE(token.end, text.size());
        ASSERT_LT(token.begin, token.end);
    }
    const auto tokens = tokens_of(text);
    EXPECT_EQ(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin), "Crème");
    EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "東京");
    EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].first_end - tokens[1].begin), "東");
}

TEST(SearchTokens, SurviveAnyBytes)
{
    EXPECT_TRUE(tokens_of("").empty());
    EXPECT_TRUE(tokens_of("--- !!! … 🙂 \"*\"").empty());
    EXPECT_EQ(cut("a\xff\xfe b\x80"), (Words{"a", "b"}));
    EXPECT_EQ(cut(std::string("\xe6\x9d")), Words{}); // a character cut in two
    const auto long_word = cut(std::string(100'000, 'x'));
    ASSERT_EQ(long_word.size(), 1U);
    EXPECT_LE(long_word[0].size(), 96U);
    EXPECT_TRUE(is_utf8(cut("x" + std::string(200, '.') +
                            [] {
                                std::string word;
                                for (int i = 0; i < 200; ++i) word += "ж";
                                return word;
                            }())
                            .back()));
}

TEST(SearchTerms, MayAllBeBegunButLettersAlone)
{
    const auto terms = terms_of("pai b wal");
    ASSERT_EQ(terms.size(), 3U);
    EXPECT_TRUE(terms[0].is_begun);
    EXPECT_FALSE(terms[1].is_begun);
    EXPECT_TRUE(terms[2].is_begun);
    EXPECT_TRUE(terms_of("b")[0].is_begun);
}

TEST(SearchTerms, OfScriptsWithoutBlanksArePairsInARow)
{
    EXPECT_EQ(terms_of("東京都")[0].parts, (Words{"東京", "京都"}));
    EXPECT_EQ(terms_of("京")[0].parts, Words{"京"});
    EXPECT_TRUE(terms_of("京")[0].is_begun);
    EXPECT_EQ(terms_of("東京 大阪").size(), 2U);
}

TEST(SearchTerms, AreLimited)
{
    std::string many;
    for (int i = 0; i < 100; ++i) many += "word" + std::to_string(i) + " ";
    EXPECT_EQ(terms_of(many).size(), 16U);
}

std::string shown(std::string_view text, std::string_view question)
{
    return snippet_of(text, terms_of(question)).html;
}

TEST(SearchSnippet, MarksHitsAndEscapesTheRest)
{
    EXPECT_EQ(
        shown("Order <b>paint</b> & brushes", "pai"), "Order &lt;b&gt;<mark>paint</mark>&lt;/b&gt; &amp; brushes"
    );
    EXPECT_EQ(shown("a Crème brûlée b", "creme brulee"), "a <mark>Crème</mark> <mark>brûlée</mark> b");
    EXPECT_EQ(shown("我们在東京都集合", "東京都"), "我们在<mark>東京都</mark>集合");
    EXPECT_EQ(shown("我们在東京都集合", "京"), "我们在東<mark>京</mark>都集合");
    EXPECT_EQ(shown("one\n\n  two", "two"), "one <mark>two</mark>");
}

TEST(SearchSnippet, IsCutAroundTheBestPlace)
{
    std::string text;
    for (int i = 0; i < 100; ++i) text += "filler" + std::to_string(i) + " ";
    const std::string whole = "paint " + text + "blue paint for the ÿÿÿ door " + text;
    const auto html = shown(whole, "paint blue");
    EXPECT_NE(html.find("<mark>blue</mark> <mark>paint</mark> for the"), std::string::npos) << html;
    EXPECT_TRUE(html.starts_with("…"));
    EXPECT_TRUE(html.ends_with("…"));
    EXPECT_LT(count_characters(html), 160U + 2 + 2 * 13);
    EXPECT_TRUE(is_utf8(html));
    EXPECT_EQ(html.find("…iller"), std::string::npos) << "cut within a word: " << html;
}

TEST(SearchSnippet, CutsWholeCharacters)
{
    std::string text;
    for (int i = 0; i < 300; ++i) text += "漢";
    text += "東京";
    for (int i = 0; i < 300; ++i) text += "字";
    const auto html = shown(text, "東京");
    EXPECT_TRUE(is_utf8(html));
    EXPECT_NE(html.find("<mark>東京</mark>"), std::string::npos);
    EXPECT_LE(count_characters(html), 175U);
}

TEST(SearchSnippet, IsTheBeginningWithoutHits)
{
    const auto snippet = snippet_of("Nothing of it here", terms_of("paint"));
    EXPECT_EQ(snippet.html, "Nothing of it here");
    EXPECT_EQ(snippet.terms_found, 0U);
    EXPECT_EQ(snippet_of("", terms_of("paint")).html, "");
}

} // namespace
} // namespace dialpine::work
