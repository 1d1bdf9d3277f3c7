#include "store/orphans.hpp"

#include "store/blobs.hpp"
#include "store/rows.hpp"

#include <unordered_set>

namespace dialpine::store {

int remove_orphan_blobs(Database& database)
{
    const auto known = database.read([](Read& read) {
        std::unordered_set<Uuid> ids;
        for (const Table* table : all_tables())
            if (const Column* column = table->blob_column())
                query(
                    read,
                    fmt::format("SELECT {} FROM {}", column->name, table->name),
                    [&](const Statement& row) { ids.insert(value_at<PersonId>(row, 0)); }
                );
        return ids;
    });
    return database.blobs().keep_only(known);
}

std::string why_keys_are_foreign(Connection& connection, Keys& keys)
{
    constexpr std::string_view some = "SELECT id FROM (SELECT id FROM people ORDER BY id DESC LIMIT 200) UNION "
                                      "SELECT id FROM (SELECT id FROM people ORDER BY id LIMIT 200)";
    std::vector<PersonId> missing;
    std::size_t looked_at = 0;
    {
        auto& people = connection.prepare(some);
        const Using using_people(people);
        for (; people.step(); ++looked_at)
            if (const auto person = value_at<PersonId>(people, 0); !keys.find(person)) missing.push_back(person);
    }
    const auto erased = keys.tombstones(); // their rows go, now that the server starts
    const std::unordered_set<PersonId> gone(erased.begin(), erased.end());
    std::erase_if(missing, [&](PersonId person) { return gone.contains(person); });
    if (missing.empty()) return {};
    return fmt::format(
        "The keys are not those of this database: of {} people that were looked at, {} have no key, and nothing that is "
        "sealed of them can be read. Put back the keys folder that was backed up together with this database, or a newer "
        "one of the same instance.",
        looked_at,
        missing.size()
    );
}

} // namespace dialpine::store
