#pragma once
#include "work/project.hpp"

#include <optional>
#include <string_view>

/// What the words of a foreign board mean in ours.
namespace dialpine::links {

/// The hue that is nearest to one of Trello's (`green`, `green_dark`, `green_light`…); gray for none and for unknown
/// ones.
work::Color color_of(std::optional<std::string_view> trello_color);

/// What a list with this name is for, in the languages that teams often name their lists in; `unstarted` if nothing
/// tells.
work::StatusGroup group_of(std::string_view list_name);

/// The colour of a column when the board says none.
work::Color color_of(work::StatusGroup);

} // namespace dialpine::links
