#pragma once
#include "store/database.hpp"
#include "work/search_file.hpp"
#include "work/task.hpp"

#include <span>

/// What of the database goes into the search index.
namespace dialpine::work {

/// Brings the index to what the database says now about everything that these changes, of one workspace, touched.
void follow_changes(const store::Read&, SearchFile&, std::span<const store::Change>);

/// Puts the project's next tasks, with their checklists and comments, into the index: those numbered above `after`. The
/// number of the last of them; absent when there were none.
std::optional<std::int64_t> index_tasks(const store::Read&, SearchFile&, WorkspaceId, ProjectId, std::int64_t after);

} // namespace dialpine::work
