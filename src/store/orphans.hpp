#pragma once
#include "store/database.hpp"

/// What is left when a process is killed between two places that belong together.
namespace dialpine::store {

/// Removes blobs to which no row belongs and what unfinished writers left; says how many. While nobody writes.
int remove_orphan_blobs(Database&);

/// Why the keys cannot be those of this database, for the operator; empty when they are. Looks at the people who came
/// last and first: keys of another instance open none of them, keys of an older backup lack the last.
std::string why_keys_are_foreign(Connection&, Keys&);

} // namespace dialpine::store
