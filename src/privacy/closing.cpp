#include "privacy/closing.hpp"

#include "base/problem.hpp"
#include "people/closing.hpp"
#include "privacy/erasure.hpp"
#include "privacy/hold.hpp"
#include "store/parts.hpp"

namespace dialpine::privacy {

void close_workspace(store::Write& write, const people::Actor& actor, people::WorkspaceClosing closing)
{
    if (const auto holds = holds_on_workspace(write, actor.workspace); !holds.empty()) {
        Instant last{};
        for (const auto& hold : holds) last = std::max(last, hold.expires_at);
        // Whom a hold is on is nobody's business here.
        throw Problem::conflict(
            "legal-hold", fmt::format("A legal hold keeps what is in this workspace until {}.", to_text(last))
        );
    }
    people::close_workspace(write, actor, std::move(closing));
}

namespace {
/// Takes up to so many of the workspace's rows out of the table; gives how many.
std::int64_t remove_some(store::Write& write, const store::Table& table, WorkspaceId workspace, std::int64_t most)
{
    std::string key;
    for (const auto& name : table.key) key += fmt::format("{}{}", key.empty() ? "" : ", ", name);
    const auto sql = fmt::format(
        "DELETE FROM {0} WHERE ({1}) IN (SELECT {1} FROM {0} WHERE workspace_id = $1 LIMIT {2})", table.name, key, most
    );
    return store::execute(write, sql, workspace);
}

/// Says whether it was the last step. Memberships go first, so that nobody sees a half of it; the plan goes last.
bool close_step(store::Write& write, WorkspaceId workspace)
{
    const auto& memberships = *store::table_of<people::Membership>;
    const auto& plans = *store::table_of<people::PlannedClosing>;
    std::int64_t left = rows_in_a_step;
    left -= remove_some(write, memberships, workspace, left);
    for (const store::Table* table : store::all_tables()) {
        if (left <= 0) return false;
        if (table->is_in_workspace() && table->name != plans.name) left -= remove_some(write, *table, workspace, left);
    }
    people::remove_workspace(write, workspace);
    return true;
}
} // namespace

std::vector<WorkspaceId> close_due_workspaces(store::Database& database, Instant now)
{
    const auto due = database.read([&](store::Read& read) {
        auto workspaces = people::due_closings(read, now);
        std::erase_if(workspaces, [&](WorkspaceId each) { return !holds_on_workspace(read, each).empty(); });
        return workspaces;
    });
    for (const WorkspaceId workspace : due)
        while (!database.write([&](store::Write& write) { return close_step(write, workspace); })) {}
    return due;
}

} // namespace dialpine::privacy
