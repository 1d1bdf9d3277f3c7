#pragma once
#include "base/clock.hpp"
#include "store/parts.hpp"

namespace dialpine::privacy {

/// Removes every row of which a column's period has passed, with all that is part of it. A period that counts from
/// something that has not happened (a task that is not in the trash) does not run, and what a legal hold covers stays. Gives the rows that went, by table.
store::RemovedRows enforce_retention(store::Write&, Instant now);

} // namespace dialpine::privacy
