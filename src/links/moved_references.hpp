#pragma once
#include "store/database.hpp"

namespace dialpine::links {

/// A part whose whole is missing would be found by nobody, or break the page that shows it. Throws Problem 422 if the
/// imported workspace has one.
void check_references(const store::Read&, WorkspaceId);

} // namespace dialpine::links
