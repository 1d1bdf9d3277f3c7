#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dialpine::work {

/// A text that sorts (by bytes) between two others, so that moving a thing among its neighbours writes one row. Ranks
/// are digits and lower-case letters, never end in '0', grow by about one character for every 5 moves into the same
/// gap, and stay short where things are added at the ends of a list: 11 characters after a million. `before` empty: the start of the list; `after` absent: its end. `before` must sort before `after`.
std::string rank_between(std::string_view before, std::optional<std::string_view> after);

/// `count` ranks in order, evenly spread: for a list that is made at once.
std::string rank_at(std::size_t index);

} // namespace dialpine::work
