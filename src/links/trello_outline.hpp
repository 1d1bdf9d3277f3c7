#pragma once
#include "links/import_report.hpp"
#include "links/import_source.hpp"
#include "links/trello_board.hpp"

#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace dialpine::links {

/// What must be known of a whole board before its first card is written: all that is small, and of each card only its
/// place.
struct TrelloOutline {
    struct Place {
        std::string card_id;
        std::uint32_t list = 0; ///< index in `lists`; their number when the file lacks the card's list
        double position = 0;
    };

    TrelloHead head;
    std::vector<TrelloList> lists; ///< from left to right
    std::vector<TrelloLabel> labels;
    std::unordered_map<std::string, TrelloField> fields;
    std::vector<TrelloPerson> people;                      ///< whom the board needs and the file names
    std::vector<Place> places;                             ///< by list, then from top to bottom
    std::unordered_map<std::string, std::string> creators; ///< of cards, as far as the actions tell
    /// How many items a card has before those of this checklist.
    std::unordered_map<std::string, std::int64_t> items_before;
    std::int64_t highest_number = 0;
    bool has_checklists_or_comments = false;
};

/// Reads the whole file once, so that one that cannot be imported is refused before anything is written. What the file
/// lacks and what is not taken is noted in the report.
TrelloOutline outline_of(ImportSource&, ImportReport&, const std::function<void(double)>& progress);

} // namespace dialpine::links
