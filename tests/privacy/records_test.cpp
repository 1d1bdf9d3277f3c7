#include "privacy/records.hpp"
#include "privacy/taxonomy.hpp"
#include "support/program.hpp"
#include "support/server.hpp"

#include <set>

namespace dialpine::privacy {
namespace {
namespace fs = std::filesystem;
using support::bytes_of;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
const Controller pine_works{.name = "Pine Works", .contact = "privacy@dialpine.example"};

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

TEST(Records, OfProcessingHaveEveryUseOfEveryColumn)
{
    const auto record = processing_record(pine_works);
    std::map<std::string, std::set<std::string>> recorded;
    for (const auto& activity : record.activities)
        for (const auto& category : activity.categories) recorded[activity.purpose.title].insert(category.key);
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal)
                for (const Use use : column.personal->uses)
                    EXPECT_TRUE(recorded[std::string(text_of(use).title)].contains(
                        std::string(text_of(column.personal->category).key)
                    )) << table->name
                       << "." << column.name;
    for (const auto& activity : record.activities) {
        EXPECT_FALSE(activity.bases.empty()) << activity.purpose.title;
        EXPECT_FALSE(activity.subjects.empty()) << activity.purpose.title;
        EXPECT_FALSE(activity.periods.empty()) << activity.purpose.title;
        EXPECT_FALSE(activity.places.empty()) << activity.purpose.title;
    }
    EXPECT_FALSE(record.measures.empty());
}

TEST(Records, OfProcessingAreALineForEachActivity)
{
    const Controller tricky{.name = "=cmd|' /C'!A0", .contact = "a \"quoted\", name"};
    const auto record = processing_record(tricky);
    const auto lines = lines_of(to_csv(record));
    EXPECT_EQ(lines.size(), record.activities.size() + 1);
    EXPECT_TRUE(lines.at(1).starts_with(" =cmd")) << "no spreadsheet runs it: " << lines.at(1);
    EXPECT_TRUE(has(lines.at(1), R"("a ""quoted"", name")")) << lines.at(1);
    for (const auto& line : lines) EXPECT_TRUE(line.ends_with('\r'));
}

TEST(Records, OfProcessingSpeakTheTermsOfDpv)
{
    const auto record = processing_record(pine_works);
    const auto document = support::parsed(to_json_ld(record));
    EXPECT_EQ(document.at("@context").at("dpv").as_string(), "https://w3id.org/dpv#");
    const auto& graph = document.at("@graph").as_array();
    ASSERT_EQ(graph.size(), record.activities.size() + 1);
    EXPECT_EQ(graph[0].at("@type").as_string(), "dpv:DataController");
    EXPECT_EQ(graph[0].at("rdfs:label").as_string(), "Pine Works");
    for (std::size_t i = 1; i < graph.size(); ++i) {
        EXPECT_EQ(graph[i].at("@type").as_string(), "dpv:Process");
        for (const auto* term :
             {"dpv:hasDataController",
              "dpv:hasPurpose",
              "dpv:hasLegalBasis",
              "dpv:hasPersonalData",
              "dpv:hasDataSubject",
              "dpv:hasDataSource",
              "dpv:hasRecipient",
              "dpv:hasStorageCondition",
              "dpv:hasTechnicalOrganisationalMeasure"})
            EXPECT_TRUE(graph[i].as_object().contains(term)) << term;
    }
}

TEST(Records, OfTwelveMonthsAreWhatTheColumnsSay)
{
    std::set<std::string> declared;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal) declared.emplace(text_of(column.personal->category).title);
    const auto report = categories_report(*parse_day("2026-11-24"));
    std::set<std::string> reported;
    for (const auto& each : report.categories) {
        reported.insert(each.category.title);
        EXPECT_FALSE(each.sources.empty());
        EXPECT_FALSE(each.purposes.empty());
        EXPECT_FALSE(each.sold);
        EXPECT_FALSE(each.shared_for_advertising);
    }
    EXPECT_EQ(reported, declared);
    EXPECT_EQ(to_text(report.from), "2025-11-24");
    EXPECT_EQ(to_text(report.until), "2026-11-24");
    // A leap day has none a year before.
    EXPECT_EQ(to_text(categories_report(*parse_day("2028-02-29")).from), "2027-02-28");
    EXPECT_EQ(lines_of(to_csv(report)).size(), report.categories.size() + 1);
}

TEST(Records, OfTheDatasetHaveEveryColumnAndNoKeyOfOurOwn)
{
    const auto yaml = dataset_yaml();
    EXPECT_TRUE(yaml.starts_with("dataset:\n  - fides_key: dialpine\n"));
    EXPECT_FALSE(has(yaml, "dialpine."));
    std::size_t fields = 0;
    for (const auto& line : lines_of(yaml)) fields += line.starts_with("          - name: ") ? 1 : 0;
    std::size_t columns = 0;
    for (const auto* table : store::all_tables()) {
        EXPECT_TRUE(has(yaml, fmt::format("      - name: {}\n", table->name))) << table->name;
        columns += table->columns.size();
    }
    EXPECT_EQ(fields, columns);
}

TEST(Records, OfEverythingAreThePageForDevelopers)
{
    const auto file = fs::path(DIALPINE_SOURCE_DIR) / "docs" / "data.md";
    if (std::getenv("DIALPINE_RENEW")) std::ofstream(file, std::ios::binary) << data_page();
    EXPECT_EQ(bytes_of(file), data_page()) << "renew it: DIALPINE_RENEW=1 dialpine_tests --gtest_filter='Records.*'";
    for (const auto& holding : store::all_holdings())
        EXPECT_TRUE(has(data_page(), fmt::format("| `{}` |", holding.name))) << holding.name;
}

class RecordsServed : public support::Served {};

TEST_F(RecordsServed, ToAnybodyInTheFormAskedFor)
{
    const auto type = [&](std::string_view path, std::vector<http::Header> headers = {}) {
        const auto answer = stranger.send(support::get(path, std::move(headers)));
        EXPECT_EQ(answer.status, 200) << path << answer.body;
        return answer.header("content-type");
    };
    EXPECT_EQ(type("/records/processing"), "application/json");
    EXPECT_EQ(type("/records/processing?format=csv"), "text/csv; charset=utf-8");
    EXPECT_EQ(type("/records/processing", {{"Accept", "application/ld+json"}}), "application/ld+json");
    EXPECT_EQ(type("/records/dataset"), "application/yaml");
    EXPECT_EQ(type("/records/categories"), "application/json");
    EXPECT_EQ(type("/records/categories?format=csv"), "text/csv; charset=utf-8");
    support::expect(
        {.name = "an unknown format",
         .as = stranger,
         .send = support::get("/records/processing?format=pdf"),
         .status = 422,
         .pointer = "?format"}
    );
    support::expect(
        {.name = "a format of another record",
         .as = stranger,
         .send = support::get("/records/categories?format=jsonld"),
         .status = 422,
         .pointer = "?format"}
    );
    const auto answer = stranger.get("/records/processing").body;
    for (const auto* name : {"Mia", "mia@dialpine.example", "Elsewhere"}) EXPECT_FALSE(has(answer, name)) << name;
}

TEST(RecordsCommand, SaysTheSame)
{
    const support::Folder folder;
    const auto data = support::run({"records", "data"}, folder.path());
    EXPECT_EQ(data.code, 0) << data.err;
    EXPECT_EQ(data.out, data_page());
    const auto named = support::run(
        {"records", "processing", "--format", "csv"}, folder.path(), {"DIALPINE_CONTROLLER_NAME=Pine Works"}
    );
    EXPECT_EQ(named.code, 0) << named.err;
    EXPECT_TRUE(has(named.out, "\r\nPine Works,")) << named.out;
    EXPECT_EQ(support::run({"records", "processing", "--format", "pdf"}, folder.path()).code, 2);
    EXPECT_EQ(support::run({"records", "weather"}, folder.path()).code, 2);
    EXPECT_FALSE(fs::exists(folder / "data")) << "a record opens no data";
}

} // namespace
} // namespace dialpine::privacy
