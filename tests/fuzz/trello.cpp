#include "base/problem.hpp"
#include "links/trello_import.hpp"
#include "place.hpp"
#include "targets.hpp"

namespace dialpine::fuzz {

void trello(std::string_view input)
{
    static Place place;
    const auto actor = place.owner_of(WorkspaceId::make());
    const auto import = [&] {
        Bytes source(input, 1000);
        return links::import_trello(place.database, actor, source, [](double, std::string_view) {});
    };
    const auto tasks = [&] {
        return place.database.read([&](store::Read& read) {
            return store::query_one<std::int64_t>(
                       read, "SELECT count(*) FROM tasks WHERE workspace_id = $1", actor.workspace
            )
                .value_or(0);
        });
    };
    const auto before = place.rows_of(actor.workspace);
    try {
        import();
    } catch (const Problem& problem) {
        require(problem.status == 422, "a board is refused for another reason");
        require(place.rows_of(actor.workspace) == before, "a board that is refused has left something");
        return;
    }
    const auto once = tasks();
    import();
    require(tasks() == once, "the same board again adds tasks");
}

} // namespace dialpine::fuzz
