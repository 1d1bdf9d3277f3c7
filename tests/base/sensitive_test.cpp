#include "base/checksums.hpp"
#include "base/sensitive.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

namespace dialpine {
namespace {

std::string_view name_of(SensitiveKind kind)
{
    switch (kind) {
    case SensitiveKind::payment_card: return "payment_card";
    case SensitiveKind::national_number: return "national_number";
    case SensitiveKind::health: return "health";
    }
    return {};
}

bool is_member(std::string_view word)
{
    static const std::set<std::string_view> members{"anna", "jonas", "mia", "ada"};
    return members.contains(word);
}

std::set<std::string_view> kinds_in(std::string_view text)
{
    std::set<std::string_view> kinds;
    for (const auto& finding : find_sensitive(text, is_member)) kinds.insert(name_of(finding.kind));
    return kinds;
}

struct Score {
    int right = 0;
    int missed = 0;
    int wrong = 0;
    [[nodiscard]] double precision() const { return static_cast<double>(right) / (right + wrong); }
    [[nodiscard]] double recall() const { return static_cast<double>(right) / (right + missed); }
};

/// The error rates on the labelled set; docs/rights.md gives these figures.
TEST(Sensitive, IsFoundAsPreciselyAsTheDocumentsSay)
{
    std::map<std::string, Score> scores;
    std::ifstream set(std::string(DIALPINE_SOURCE_DIR) + "/tests/fixtures/sensitive.tsv");
    int lines = 0;
    for (std::string line; std::getline(set, line);) {
        if (line.starts_with('#')) continue;
        ++lines;
        const auto tab = line.find('\t');
        ASSERT_NE(tab, std::string::npos) << line;
        const auto label = line.substr(0, tab);
        const auto found = kinds_in(line.substr(tab + 1));
        for (const auto* kind : {"payment_card", "national_number", "health"}) {
            auto& score = scores[kind];
            const bool is_found = found.contains(kind);
            if (is_found) ++(label == kind ? score.right : score.wrong);
            if (!is_found && label == kind) ++score.missed;
            if (is_found != (label == kind))
                std::printf("%s %s: %s\n", is_found ? "wrong" : "missed", kind, line.c_str());
        }
    }
    EXPECT_GE(lines, 200);
    for (const auto& [kind, score] : scores)
        std::printf(
            "%s: %d right, %d missed, %d wrong; precision %.3f, recall %.3f\n",
            kind.c_str(),
            score.right,
            score.missed,
            score.wrong,
            score.precision(),
            score.recall()
        );
    EXPECT_GE(scores["payment_card"].precision(), 0.999);
    EXPECT_GE(scores["payment_card"].recall(), 0.92);
    EXPECT_GE(scores["national_number"].precision(), 0.999);
    EXPECT_GE(scores["national_number"].recall(), 0.79);
    EXPECT_GE(scores["health"].precision(), 0.83);
    EXPECT_GE(scores["health"].recall(), 0.78);
}

TEST(Sensitive, StandsWhereItIsSaidToStand)
{
    const std::string_view text = "Ask Anna, diabetes; card 4111 1111 1111 1111, ssn 078-05-1120";
    std::vector<std::string_view> found;
    for (const auto& finding : find_sensitive(text, is_member))
        found.push_back(text.substr(finding.at, finding.length));
    EXPECT_EQ(found, (std::vector<std::string_view>{"diabetes", "4111 1111 1111 1111", "078-05-1120"}));
}

TEST(Sensitive, IsLookedForInAnyBytes)
{
    EXPECT_TRUE(find_sensitive("").empty());
    for (const auto* text : {"@[", "@[x", "\xff\xfe\xc3", ". . .", "A", "9", "Dr.", "'s 's", "\xc3", "Anna \xc3"})
        EXPECT_TRUE(find_sensitive(text, is_member).empty()) << text;
    std::string any;
    for (int i = 0; i < 100'000; ++i) any += static_cast<char>((i * 7919) % 251);
    find_sensitive(any, is_member);
    EXPECT_TRUE(find_sensitive(std::string(100'000, '4')).empty());
}

TEST(Checksums, AreThoseOfTheirIssuers)
{
    using namespace checksum;
    EXPECT_TRUE(is_payment_card("4111111111111111"));
    EXPECT_FALSE(is_payment_card("4111111111111112"));
    EXPECT_FALSE(is_payment_card("9111111111111110")) << "no scheme has this prefix";
    EXPECT_TRUE(is_us_ssn("078051120"));
    EXPECT_FALSE(is_us_ssn("666051120"));
    EXPECT_TRUE(is_de_tax_id("86095742719"));
    EXPECT_FALSE(is_de_tax_id("86095742718"));
    EXPECT_TRUE(is_fr_nir("255081416802538"));
    EXPECT_TRUE(is_es_dni("12345678Z"));
    EXPECT_TRUE(is_es_dni("X1234567L"));
    EXPECT_TRUE(is_it_codice_fiscale("RSSMRA85T10A562S"));
    EXPECT_TRUE(is_pl_pesel("44051401359"));
    EXPECT_TRUE(is_nl_bsn("111222333"));
    EXPECT_TRUE(is_be_national("85073003328"));
    EXPECT_TRUE(is_ch_ahv("7561234567897"));
    EXPECT_TRUE(is_se_personnummer("8112189876"));
    EXPECT_TRUE(is_fi_hetu("131052308T"));
    EXPECT_TRUE(is_br_cpf("52998224725"));
    EXPECT_TRUE(is_in_aadhaar("999941057058"));
    EXPECT_FALSE(is_in_aadhaar("999941057085")) << "two digits changed places";
    EXPECT_TRUE(is_cn_resident_id("11010519491231002X"));
    EXPECT_TRUE(is_jp_my_number("123456789018"));
    EXPECT_TRUE(is_ca_sin("046454286"));
    EXPECT_TRUE(is_au_tfn("123456782"));
}

} // namespace
} // namespace dialpine
