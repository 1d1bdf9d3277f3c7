#include "privacy/oracle.hpp"
#include "store/holding.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::privacy {
namespace {

/// A running server whose every table holds a row of Mia's, recognisable.
class SealedData : public support::Furnished {
protected:
    SealedData()
    {
        oracle.fill(database());
        task("Paint");
        mia.client.get(pine + "/search?q=Paint");
    }
    Oracle oracle{"quillfeather", clock_now()};
};

TEST_F(SealedData, OfEveryDeclaredColumnIsInNoFile)
{
    const support::Folder backup;
    database().back_up_to(backup.path());
    ASSERT_FALSE(support::files_with(folder.path(), "quillfeather accounts.password_hash").empty())
        << "the search sees what is not sealed";
    int sealed = 0;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!column.is_sealed) continue;
            ++sealed;
            const auto text = oracle.text(*table, column);
            EXPECT_TRUE(support::files_with(folder.path(), text).empty()) << text;
            EXPECT_TRUE(support::files_with(backup.path(), text).empty()) << text;
        }
    EXPECT_GE(sealed, 10);
}

/// What names or reaches a person, in words, is sealed in whatever table it stands.
TEST(SealedColumns, AreAllThatNameOrReachAPerson)
{
    const std::set<Category> names_or_reaches{
        Category::name, Category::email, Category::ip_address, Category::user_agent
    };
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal && column.kind == store::Kind::text &&
                names_or_reaches.contains(column.personal->category))
                EXPECT_TRUE(column.is_sealed) << table->name << "." << column.name;
}

} // namespace
} // namespace dialpine::privacy
