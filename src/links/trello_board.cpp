#include "links/trello_board.hpp"

#include "links/trello_entry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace dialpine::links {
namespace {
/// By position; the older first where positions are equal.
template <class Thing>
void sort_by_place(std::vector<Thing>& things)
{
    std::ranges::sort(things, [](const Thing& a, const Thing& b) {
        return std::tie(a.position, a.id) < std::tie(b.position, b.id);
    });
}

/// The text of a custom field's value: `{"text": …}`, `{"number": "12"}`, `{"date": …}` or `{"checked": "true"}`.
std::string value_text(const TrelloEntry& item)
{
    const auto value = item.object("value");
    if (!value) return {};
    for (const std::string_view kind : {"text", "number", "date"})
        if (value->find(kind)) return value->text(kind);
    if (value->find("checked")) return value->text("checked") == "true" ? "yes" : "no";
    return {};
}

TrelloFieldValue field_value_from(const boost::json::object& json)
{
    const TrelloEntry item(json);
    return {
        .field_id = item.id("idCustomField"),
        .option_id = item.optional_id("idValue"),
        .text = value_text(item),
    };
}

TrelloAttachment attachment_from(const boost::json::object& json)
{
    const TrelloEntry item(json);
    return {
        .id = item.id("id"),
        .name = item.text("name"),
        .url = item.text("url"),
        .position = item.number("pos"),
        .is_upload = item.flag("isUpload"),
    };
}

TrelloCheckItem check_item_from(const boost::json::object& json)
{
    const TrelloEntry item(json);
    return {
        .id = item.id("id"),
        .text = item.text("name"),
        .position = item.number("pos"),
        .is_done = item.text("state") == "complete",
        .has_due_or_member = item.find("due") != nullptr || item.find("idMember") != nullptr,
    };
}

void read_cover(const TrelloEntry& entry, TrelloCard& card)
{
    const auto cover = entry.object("cover");
    if (cover) {
        card.cover_color = cover->optional_text("color");
        card.has_cover_picture = cover->find("idAttachment") || cover->find("idUploadedBackground");
    }
    card.has_cover_picture = card.has_cover_picture || entry.find("idAttachmentCover");
}

void read_dates(const TrelloEntry& entry, TrelloCard& card)
{
    card.start = entry.instant("start");
    card.due = entry.instant("due");
    card.completed_at = entry.instant("dateCompleted");
    card.closed_at = entry.instant("dateClosed");
    card.active_at = entry.instant("dateLastActivity");
    card.unreadable_dates = entry.unreadable_dates();
}

void read_parts(const TrelloEntry& entry, TrelloCard& card)
{
    card.member_ids = entry.ids("idMembers");
    entry.each_object("labels", [&](const auto& json) { card.labels.push_back(label_from(json)); });
    card.label_ids = entry.ids("idLabels");
    if (!entry.find("idLabels"))
        for (const auto& label : card.labels) card.label_ids.push_back(label.id);
    entry.each_object("customFieldItems", [&](const auto& json) { card.fields.push_back(field_value_from(json)); });
    entry.each_object("attachments", [&](const auto& json) { card.attachments.push_back(attachment_from(json)); });
    sort_by_place(card.attachments);
}

void count_the_rest(const TrelloEntry& entry, TrelloCard& card)
{
    if (const auto badges = entry.object("badges")) card.comment_count = badges->count("comments");
    card.votes = entry.size_of("idMembersVoted");
    card.stickers = entry.size_of("stickers");
    card.power_up_values = entry.size_of("pluginData");
    card.has_place = entry.find("coordinates") || !entry.text("address").empty();
}

TrelloActionKind kind_of(std::string_view type)
{
    if (type == "commentCard" || type == "copyCommentCard") return TrelloActionKind::comment;
    static constexpr std::array<std::string_view, 5> creations{
        "createCard", "copyCard", "emailCard", "convertToCardFromCheckItem", "moveCardToBoard"
    };
    return std::ranges::find(creations, type) != creations.end() ? TrelloActionKind::card_creation
                                                                 : TrelloActionKind::other;
}

/// A copied comment still belongs to whoever wrote it.
std::string author_of(const TrelloEntry& action, const TrelloEntry& data)
{
    auto first = data.optional_id("idOriginalCommenter");
    return first.empty() ? action.optional_id("idMemberCreator") : first;
}
} // namespace

TrelloList list_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    return {
        .id = entry.id("id"),
        .name = entry.text("name"),
        .position = entry.number("pos"),
        .is_closed = entry.flag("closed"),
        .color = entry.optional_text("color"),
    };
}

TrelloLabel label_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    TrelloLabel label{.id = entry.optional_id("id"), .name = entry.text("name"), .color = entry.optional_text("color")};
    if (label.id.empty()) label.id = "color-" + label.color.value_or("none");
    return label;
}

TrelloPerson person_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    auto name = entry.text("fullName");
    return {.id = entry.id("id"), .name = name.empty() ? entry.text("username") : std::move(name)};
}

TrelloField field_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    TrelloField field{.id = entry.id("id"), .name = entry.text("name"), .options = {}};
    entry.each_object("options", [&](const auto& option_json) {
        const TrelloEntry option(option_json);
        const auto value = option.object("value");
        field.options.push_back({option.id("id"), value ? value->text("text") : std::string()});
    });
    return field;
}

TrelloCard card_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    TrelloCard card;
    card.id = entry.id("id");
    card.name = entry.text("name");
    card.description = entry.text("desc");
    card.list_id = entry.id("idList");
    card.creator_id = entry.optional_id("idMemberCreator");
    card.position = entry.number("pos");
    card.number = entry.count("idShort");
    card.is_closed = entry.flag("closed");
    card.is_done = entry.flag("dueComplete");
    read_dates(entry, card);
    read_parts(entry, card);
    read_cover(entry, card);
    count_the_rest(entry, card);
    return card;
}

TrelloChecklist checklist_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    TrelloChecklist checklist{
        .id = entry.id("id"),
        .card_id = entry.id("idCard"),
        .name = entry.text("name"),
        .position = entry.number("pos"),
        .items = {},
    };
    entry.each_object("checkItems", [&](const auto& item) { checklist.items.push_back(check_item_from(item)); });
    sort_by_place(checklist.items);
    return checklist;
}

TrelloAction action_from(const boost::json::object& json)
{
    const TrelloEntry entry(json);
    TrelloAction action;
    action.kind = kind_of(entry.text("type"));
    for (const std::string_view name : {"memberCreator", "member"})
        if (const auto person = entry.object(name); person && person->find("id"))
            action.people.push_back(person_from(entry.find(name)->get_object()));
    if (action.kind == TrelloActionKind::other) return action;

    const auto data = entry.object("data");
    if (!data) throw Unreadable("has no `data`");
    const auto card = data->object("card");
    if (!card) throw Unreadable("has no `data.card`");
    action.id = entry.id("id");
    action.card_id = card->id("id");
    action.author_id = author_of(entry, *data);
    action.text = data->text("text");
    action.at = entry.instant("date");
    action.edited_at = data->instant("dateLastEdited");
    return action;
}

bool is_trello_id(std::string_view text)
{
    const auto is_allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_allowed);
}

std::optional<Instant> made_at(std::string_view trello_id)
{
    if (trello_id.size() != 24) return std::nullopt;
    std::uint32_t seconds = 0;
    const auto end = trello_id.data() + 8;
    if (std::from_chars(trello_id.data(), end, seconds, 16).ptr != end) return std::nullopt;
    constexpr Instant beginning = std::chrono::sys_days{std::chrono::year{2010} / 1 / 1};
    const Instant at{std::chrono::seconds{seconds}};
    return at >= beginning && at <= clock_now() ? std::optional(at) : std::nullopt;
}

} // namespace dialpine::links
