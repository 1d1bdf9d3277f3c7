#pragma once
#include "links/trello_project.hpp"

#include <string>
#include <unordered_map>

namespace dialpine::links {

/// What tells where a card stands on its board: 16 bytes.
std::string place_digest(const store::Read&, std::string_view list_id, double position);

/// A rank for each card of the outline that is new here or was moved on the board since the last import: beside the
/// same neighbour as on the board, among the tasks that the team has arranged here meanwhile.
std::unordered_map<std::string, std::string>
plan_places(const store::Read&, const TrelloProject&, const TrelloOutline&);

/// `count` ranks in order between two (absent: the end of the list), evenly spread.
std::vector<std::string>
spread_ranks(const std::string& low, const std::optional<std::string>& high, std::size_t count);

} // namespace dialpine::links
