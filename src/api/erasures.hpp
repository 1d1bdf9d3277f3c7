#pragma once
#include "api/resources.hpp"

namespace dialpine::api {

/// Everything that happens by itself when its time has come: holds end and erasures that waited for them go on,
/// accounts that nobody uses are warned and erased, planned closings happen, periods are enforced. Run every hour, and
/// at the start.
void keep_periods(House&);

/// When somebody was last here or changed something; absent before that. The moment the program was last used with, by
/// which its clock can be judged.
std::optional<Instant> last_written(House&);

/// Closes the workspaces whose planned closing is due; gives their number.
int close_due(store::Database&);

/// Throws Problem 404 when no erasure of theirs waits.
void take_back_erasure(store::Write&, const people::SignedIn&);

} // namespace dialpine::api
