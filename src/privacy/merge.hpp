#pragma once
#include "store/database.hpp"

namespace dialpine::privacy {

/// An imported person turns out to be one with an account: everything that refers to `from` refers to `into` then, and
/// `from` is gone with its key and its sealed values. Where both stand on the same thing (both assigned to a task), one
/// stays. Tells the workspaces that knew `from`. The key goes once the write is durable: until then all can be taken
/// back.
void merge_person(store::Write&, PersonId from, PersonId into);

} // namespace dialpine::privacy
