#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dialpine::work {

/// A text that sorts (by bytes) between two others, so that moving a thing among its neighbours writes one row. Ranks
/// are digits and lower-case letters and never end in '0'. At both ends of a list, where most things go, they have six
/// characters for 30 million things; they grow by about one character for every 5 moves into the same gap between two.
/// `before` empty: the start of the list; `after` absent: its end. `before` must sort before `after`.
std::string rank_between(std::string_view before, std::optional<std::string_view> after);

/// The rank of the `index`th thing that is added to the end of an empty list.
std::string rank_at(std::size_t index);

} // namespace dialpine::work
