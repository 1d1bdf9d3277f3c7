#pragma once
#include "privacy/consent.hpp"
#include "store/database.hpp"
#include "store/replay.hpp"

#include <string_view>

/// What people chose outlives a restore of an older database (promise P86): each choice is noted beside the keys, and
/// made again at the start where the database does not know it.
namespace dialpine::privacy {

inline constexpr std::string_view asked_back = "asked-back";

/// At start, before anybody is answered. Gives how many choices were made again.
int replay_choices(store::Database&, const ConsentOccasion&);

} // namespace dialpine::privacy
