#pragma once
#include "store/database.hpp"

#include <functional>

namespace dialpine::people {

/// Called in the very transaction in which a person agrees, withdraws, objects, or is restricted or no more, so that
/// what was collected for a use that ended goes with it. Set at start.
void on_choices_changed(std::function<void(store::Write&, PersonId)>);
/// Tells that listener.
void tell_choices_changed(store::Write&, PersonId);

} // namespace dialpine::people
