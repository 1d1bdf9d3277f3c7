#include "fixture.hpp"
#include "oracle.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/my_data.hpp"

namespace dialpine::privacy {
namespace {

class MyDataOf : public House {
protected:
    MyData data_of(PersonId person, std::size_t most = 100)
    {
        return database.read([&](store::Read& read) { return my_data(read, person, most); });
    }

    static const HeldItem* find(const MyData& data, std::string_view table, std::string_view column)
    {
        for (const auto& category : data.categories)
            for (const auto& item : category.items)
                if (item.table == table && item.column == column) return &item;
        return nullptr;
    }
};

TEST(Oracle, KnowsEveryTable)
{
    std::set<const store::Table*> known;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, EveryRow>>([&](auto type) {
        known.insert(store::table_of<typename decltype(type)::type>);
    });
    const auto tables = store::all_tables();
    EXPECT_EQ(known, std::set<const store::Table*>(tables.begin(), tables.end()));
}

TEST_F(MyDataOf, ShowsEveryPersonalColumnOfEveryTable)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    const auto data = data_of(mia.person());
    std::int64_t columns = 0;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!column.personal) continue;
            ++columns;
            const auto* item = find(data, table->name, column.name);
            ASSERT_TRUE(item) << table->name << "." << column.name;
            EXPECT_EQ(item->count, 1) << table->name << "." << column.name;
            EXPECT_FALSE(item->label.empty() || item->source.empty() || item->uses.empty() || item->basis.empty());
            EXPECT_FALSE(item->keep.empty() || item->at_erasure.empty());
            EXPECT_EQ(item->sealed, column.is_sealed);
            if (column.personal->is_withheld) {
                EXPECT_TRUE(item->values.empty());
                continue;
            }
            ASSERT_EQ(item->values.size(), 1u) << table->name << "." << column.name;
            if (column.kind == store::Kind::text) EXPECT_EQ(item->values[0].value, mia.text(*table, column));
            EXPECT_FALSE(item->values[0].value.empty()) << table->name << "." << column.name;
        }
    EXPECT_EQ(data.total, columns);
}

TEST_F(MyDataOf, SaysNothingOfOthers)
{
    Oracle mia("mia", clock_now());
    Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    const auto shown = json::to_json(data_of(mia.person()));
    EXPECT_EQ(shown.find("sten"), std::string::npos);
    EXPECT_NE(shown.find("mia people.name"), std::string::npos);
}

TEST_F(MyDataOf, NamesWhatAValueBelongsToWithoutTheWordsOfOthers)
{
    const auto mia = person("Mia Example");
    const auto sten = person("Sten Example");
    const auto acme = workspace("Acme");
    member(acme, mia);
    const auto web = project(acme, "WEB");
    const auto own = task(web, "Order paint", mia);
    const auto others = task(web, "Ask Sten's doctor", sten);
    assign(own, mia);
    assign(others, mia);

    const auto data = data_of(mia);
    EXPECT_EQ(find(data, "memberships", "workspace_id")->values[0].value, "Acme");
    const auto& assigned = find(data, "task_assignees", "task_id")->values;
    ASSERT_EQ(assigned.size(), 2u);
    EXPECT_EQ(assigned[0].value, "Project WEB #2");
    EXPECT_EQ(assigned[1].value, "Order paint");
    EXPECT_EQ(find(data, "tasks", "created_by")->values[0].value, "you");
    EXPECT_EQ(find(data, "tasks", "created_by")->values[0].row, "Order paint");
    EXPECT_EQ(find(data, "tasks", "title")->values[0].row, std::nullopt) << "the title itself says it";
    EXPECT_EQ(find(data, "people", "id")->values[0].value, to_text(mia));
    EXPECT_EQ(json::to_json(data).find("doctor"), std::string::npos);
}

TEST_F(MyDataOf, StopsAtTheMostValuesAndSaysSo)
{
    const auto mia = person("Mia Example");
    for (int i = 0; i < 4; ++i) session(mia);
    EXPECT_EQ(find(data_of(mia, 3), "sessions", "client")->values.size(), 3u);
    EXPECT_TRUE(find(data_of(mia, 3), "sessions", "client")->more);
    EXPECT_EQ(find(data_of(mia, 3), "sessions", "client")->count, 4);
    EXPECT_FALSE(find(data_of(mia, 4), "sessions", "client")->more);
    EXPECT_FALSE(find(data_of(mia, 3), "sessions", "token_hash")->more) << "withheld: there is never more to see";
}

TEST_F(MyDataOf, HasTheMembersOfTheContract)
{
    const auto mia = person("Mia Example");
    const auto shown = json::to_json(data_of(mia));
    for (const auto* member :
         {"\"generated_at\":",
          "\"person_id\":",
          "\"total\":2",
          "\"categories\":[{\"category\":\"user.name\",\"title\":\"Name\"",
          "\"table\":\"people\",\"column\":\"name\",\"label\":\"Name\",\"source\":\"you\"",
          "\"uses\":[\"to sign you in\"",
          "\"basis\":\"contract\"",
          "\"keep\":\"until you erase",
          "\"at_erasure\":\"erased, its key destroyed\"",
          "\"sealed\":true,\"count\":1,\"values\":[{\"value\":\"Mia Example\",\"row\":null,\"at\":\"",
          "\"more\":false",
          "\"correct\":\"/me/account\",\"erase\":\"/me/erase\""})
        EXPECT_NE(shown.find(member), std::string::npos) << member << " in " << shown;
}

TEST_F(MyDataOf, IsEmptyForSomebodyUnknown) { EXPECT_EQ(data_of(PersonId::make()).total, 0); }

TEST(Declarations, FindEveryPersonByAnIndex)
{
    for (const auto* table : store::all_tables())
        for (const auto& subject : subject_columns(*table)) {
            bool is_indexed = table->key[0] == subject;
            for (const auto& index : table->indexes) is_indexed = is_indexed || index.columns[0] == subject;
            EXPECT_TRUE(is_indexed) << table->name << "." << subject;
        }
}

TEST(Declarations, LabelsReadLikeWords)
{
    const auto& sessions = *store::table_of<people::Session>;
    EXPECT_EQ(label_of(sessions, *sessions.find_column("last_seen_at")), "Sessions: last seen");
    EXPECT_EQ(label_of(sessions, *sessions.find_column("person_id")), "Sessions");
    EXPECT_EQ(label_of(sessions, *sessions.find_column("client")), "Browser");
    const auto& people = *store::table_of<people::Person>;
    EXPECT_EQ(label_of(people, *people.find_column("name")), "Name");
    const auto& accounts = *store::table_of<people::Account>;
    EXPECT_EQ(label_of(accounts, *accounts.find_column("is_operator")), "Account: operator");
}

} // namespace
} // namespace dialpine::privacy
