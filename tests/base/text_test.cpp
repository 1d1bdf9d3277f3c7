#include "base/text.hpp"

#include <gtest/gtest.h>

namespace dialpine {
namespace {

TEST(Text, KnowsWellFormedUtf8)
{
    for (const auto* good : {"", "plain", "ÿ", "東京", "🙂", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(is_utf8(good)) << good;
    for (const std::string bad :
         {"\x80",
          "\xc3",
          "\xc0\xaf",
          "\xe0\x80\xaf",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xff",
          "a\xe6\x9d",
          "\xf5\x80\x80\x80"})
        EXPECT_FALSE(is_utf8(bad));
}

TEST(Text, CountsAndCutsCharacters)
{
    EXPECT_EQ(count_characters("aÿ東🙂"), 4U);
    EXPECT_EQ(first_characters("aÿ東🙂", 3), "aÿ東");
    EXPECT_EQ(first_characters("aÿ", 9), "aÿ");
    EXPECT_EQ(first_characters("aÿ", 0), "");
    EXPECT_EQ(trimmed(" \t a b \n"), "a b");
    EXPECT_EQ(trimmed(" \n "), "");
}

TEST(Text, FoldsCaseAndAccents)
{
    EXPECT_EQ(folded("Łódź"), folded("LODZ"));
    EXPECT_EQ(folded("ÉCOLE"), "ecole");
    EXPECT_EQ(folded("STRASSE"), folded("straße"));
    EXPECT_EQ(folded("Ångström"), "angstrom");
    EXPECT_EQ(folded("ΑΘΉΝΑ"), folded("αθήνα"));
    EXPECT_EQ(folded("ｆｕｌｌ"), "full");
    EXPECT_EQ(folded("東京"), "東京");
    EXPECT_EQ(folded("\xff"), "");
}

TEST(Text, EscapesHtml)
{
    EXPECT_EQ(escaped_html(R"(<a href="x">'&'</a>)"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Text, WritesBytesAsText)
{
    EXPECT_EQ(to_hex(std::string("\x00\xff\x1a", 3)), "00ff1a");
    EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(to_base64url("ab"), "YWI");
    EXPECT_EQ(to_base64url(""), "");
}

struct Checked {
    std::string given;
    std::string_view wrong;
    std::string becomes = {};
};

TEST(Text, ChecksLines)
{
    const Checked lines[]{
        {"  Order paint ", "", "Order paint"},
        {"", "must not be empty"},
        {" \t ", "must not be empty"},
        {"\u00a0\u200b\u3000", "must not be empty"},
        {"two\nlines", "must be one line without control characters"},
        {std::string("nul\0", 4), "must be one line without control characters"},
        {"\x7f", "must be one line without control characters"},
        {"c1 \xc2\x85", "must be one line without control characters"},
        {"\xff", "is not valid UTF-8"},
        {"東京東京東京", "is too long"},
        {"東京東京東", "", "東京東京東"},
    };
    for (auto line : lines) {
        const auto given = line.given;
        EXPECT_EQ(check_line(line.given, 5 + (line.becomes == "Order paint" ? 6U : 0U)), line.wrong) << given;
        if (line.wrong.empty()) EXPECT_EQ(line.given, line.becomes);
    }
}

TEST(Text, ChecksProse)
{
    const Checked texts[]{
        {"", "", ""},
        {"two\r\nlines\tand more", "", "two\nlines\tand more"},
        {"a bell \x07", "has control characters"},
        {"\xed\xa0\x80", "is not valid UTF-8"},
        {std::string(41, 'x'), "is too long"},
    };
    for (auto text : texts) {
        EXPECT_EQ(check_prose(text.given, 40), text.wrong);
        if (text.wrong.empty()) EXPECT_EQ(text.given, text.becomes);
    }
}

TEST(Text, ChecksAddresses)
{
    for (std::string good : {"mia@dialpine.example", "m.i+a@x.y", "ö@dialpine.example"})
        EXPECT_EQ(check_email(good), "") << good;
    std::string padded = " mia@dialpine.example ";
    EXPECT_EQ(check_email(padded), "");
    EXPECT_EQ(padded, "mia@dialpine.example");
    for (std::string bad :
         {"",
          "mia",
          "@dialpine.example",
          "mia@",
          "a@b@c",
          "mia@.example",
          "mia@example.",
          "mia@a..b",
          "mia @x.y",
          "<mia@x.y>",
          "mia@x.y\nBcc: sten@x.y"})
        EXPECT_NE(check_email(bad), "") << bad;
    std::string long_one = std::string(250, 'a') + "@x.y";
    EXPECT_EQ(check_email(long_one), "");
    long_one.insert(0, "a");
    EXPECT_EQ(check_email(long_one), "is too long");
}

TEST(Text, ReadsBytesBack)
{
    const std::string bytes("\x00\xfe\xff ab", 6);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_hex(""), "");
    EXPECT_EQ(from_base64url(""), "");
    for (const auto* bad : {"a", "zz", "aa ", "a a"}) EXPECT_EQ(from_hex(bad), std::nullopt) << bad;
    for (const auto* bad : {"a", "ab==", "a+b/", "YWJ jZA"}) EXPECT_EQ(from_base64url(bad), std::nullopt) << bad;
}

} // namespace
} // namespace dialpine
