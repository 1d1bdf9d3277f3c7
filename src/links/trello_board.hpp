#pragma once
#include "base/clock.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The parts of a board as Trello exports them, with what an import takes of them. Texts are as they stand in the file.
namespace dialpine::links {

/// A part is not what Trello writes. Says what is wrong; the reader adds where.
struct Unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct TrelloHead {
    std::string id;
    std::string name;
    std::string description;
};

struct TrelloList {
    std::string id;
    std::string name;
    double position = 0;
    bool is_closed = false;
    std::optional<std::string> color;
};

struct TrelloLabel {
    std::string id; ///< very old exports name labels by colour only: then "color-red"
    std::string name;
    std::optional<std::string> color;
};

struct TrelloPerson {
    std::string id;
    std::string name; ///< the full name, else the user name; empty when the file has neither
};

/// A custom field's definition.
struct TrelloField {
    struct Option {
        std::string id;
        std::string text;
    };
    std::string id;
    std::string name;
    std::vector<Option> options;
};

struct TrelloFieldValue {
    std::string field_id;
    std::string option_id; ///< of a choice; else empty
    std::string text;
};

struct TrelloAttachment {
    std::string id;
    std::string name;
    std::string url;
    double position = 0;
    bool is_upload = false;
};

struct TrelloCard {
    std::string id;
    std::string name;
    std::string description;
    std::string list_id;
    std::string creator_id; ///< empty in older exports
    double position = 0;
    std::int64_t number = 0; ///< `idShort`; 0 when absent
    bool is_closed = false;
    bool is_done = false; ///< its due date is ticked off
    std::optional<Instant> start;
    std::optional<Instant> due;
    std::optional<Instant> completed_at;
    std::optional<Instant> closed_at;
    std::optional<Instant> active_at;
    std::vector<std::string> member_ids;
    std::vector<std::string> label_ids;
    std::vector<TrelloLabel> labels; ///< as the card repeats them
    std::vector<TrelloFieldValue> fields;
    std::vector<TrelloAttachment> attachments;
    std::optional<std::string> cover_color;
    // What does not come, to be counted.
    std::int64_t comment_count = 0;
    std::int64_t votes = 0;
    std::int64_t stickers = 0;
    std::int64_t power_up_values = 0;
    std::int64_t unreadable_dates = 0;
    bool has_cover_picture = false;
    bool has_place = false;
};

struct TrelloCheckItem {
    std::string id;
    std::string text;
    double position = 0;
    bool is_done = false;
    bool has_due_or_member = false;
};

struct TrelloChecklist {
    std::string id;
    std::string card_id;
    std::string name;
    double position = 0;
    std::vector<TrelloCheckItem> items; ///< in order
};

enum class TrelloActionKind : std::uint8_t { comment, card_creation, other };

struct TrelloAction {
    TrelloActionKind kind = TrelloActionKind::other;
    std::string id;
    std::string card_id;
    std::string author_id; ///< empty when the file does not say
    std::string text;
    std::optional<Instant> at;
    std::optional<Instant> edited_at;
    std::vector<TrelloPerson> people; ///< all whom it names
};

// All throw Unreadable.
TrelloList list_from(const boost::json::object&);
TrelloLabel label_from(const boost::json::object&);
TrelloPerson person_from(const boost::json::object&);
TrelloField field_from(const boost::json::object&);
TrelloCard card_from(const boost::json::object&);
TrelloChecklist checklist_from(const boost::json::object&);
TrelloAction action_from(const boost::json::object&);

/// Whether this is an id that Trello could have given: 1 to 64 letters, digits, hyphens and underscores.
bool is_trello_id(std::string_view);
/// When the thing with this id was made: its first eight hexadecimal digits are seconds since 1970. Absent for other
/// ids and for times before Trello existed or after now.
std::optional<Instant> made_at(std::string_view trello_id);

} // namespace dialpine::links
