#pragma once
#include "store/database.hpp"

#include <functional>
#include <string_view>

/// A workspace's tasks and comments for people to read, in any spreadsheet. What programs read is in the JSON Lines.
namespace dialpine::privacy {

/// Gives the file piece by piece, the line of headings first.
void write_tasks_csv(const store::Read&, WorkspaceId, const std::function<void(std::string_view)>& out);
void write_comments_csv(const store::Read&, WorkspaceId, const std::function<void(std::string_view)>& out);

} // namespace dialpine::privacy
