#pragma once
#include "people/actor.hpp"
#include "people/workspaces.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <vector>

/// The closing of a workspace whose last owner goes (promise P83): its members are told and have a week, in which
/// those who lead it now may keep it.
namespace dialpine::people {

/// For how long a workspace with members is still there after its last owner has gone.
inline constexpr std::chrono::days closing_notice{7};

struct PlannedClosing {
    WorkspaceId workspace_id;
    Instant created_at{};
    Instant closes_at{};
};
BOOST_DESCRIBE_STRUCT(PlannedClosing, (), (workspace_id, created_at, closes_at))

namespace declared {
inline constexpr auto planned_closings = store::table<PlannedClosing>(
    "planned_closings",
    primary_key<&PlannedClosing::workspace_id>,
    column<&PlannedClosing::workspace_id>(of_the_workspace),
    column<&PlannedClosing::created_at>(of_the_workspace),
    column<&PlannedClosing::closes_at>(of_the_workspace)
);
inline constexpr store::Table planned_closings_table = planned_closings.plain();
} // namespace declared

/// Plans it and tells the members: by a mail each, and open pages.
void plan_closing(store::Write&, WorkspaceId, Instant closes_at);
/// Those whose time has come.
std::vector<WorkspaceId> due_closings(const store::Read&, Instant now);
/// Keeps the workspace. Whoever has the highest role among those who are left may; without an owner they become it.
/// Throws Problem 404 when no closing is planned, 403 for one with a lower role.
WorkspaceView keep_workspace(store::Write&, const Actor&);

} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::PlannedClosing> = &people::declared::planned_closings_table;
} // namespace dialpine::store
