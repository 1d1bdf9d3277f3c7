#pragma once
#include "people/workspaces.hpp"
#include "store/database.hpp"

#include <vector>

/// The end of workspaces, as far as no legal hold keeps them.
namespace dialpine::privacy {

/// Removes the workspace and everything in it. Throws Problem 422 if the typed name is another, 409 `legal-hold` while
/// a hold covers anything in it.
void close_workspace(store::Write&, const people::Actor&, people::WorkspaceClosing);

/// Removes those whose planned closing is due and that no hold covers, in steps of `rows_in_a_step` so that others'
/// writes go on; gives which. One that was cut off is still due, and nobody can enter it.
std::vector<WorkspaceId> close_due_workspaces(store::Database&, Instant now);

} // namespace dialpine::privacy
