#include "links/trello_outline.hpp"

#include "links/trello_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace dialpine::links {
namespace {
constexpr std::int64_t most_exported_actions = 1'000;

// What a file of 100 MB could hold many more of only if it were made to fill the memory.
constexpr std::size_t most_cards = 200'000;
constexpr std::size_t most_checklists = 200'000;
constexpr std::size_t most_of_a_kind = 10'000;

void check_count(std::size_t count, std::size_t most, std::string_view what)
{
    if (count > most) throw Unreadable(fmt::format("is one too many: at most {} {} are taken", most, what));
}

/// What the report tells of the whole file.
struct Totals {
    std::int64_t actions = 0;
    std::int64_t comments = 0;
    std::int64_t badge_comments = 0;
    std::int64_t votes = 0;
    std::int64_t stickers = 0;
    std::int64_t power_up_values = 0;
    std::int64_t uploads = 0;
    std::int64_t cover_pictures = 0;
    std::int64_t places = 0;
    std::int64_t unreadable_dates = 0;
    std::int64_t item_dues = 0;

    void add(const TrelloCard& card)
    {
        badge_comments += card.comment_count;
        votes += card.votes;
        stickers += card.stickers;
        power_up_values += card.power_up_values;
        uploads += std::ranges::count_if(card.attachments, &TrelloAttachment::is_upload);
        cover_pictures += card.has_cover_picture ? 1 : 0;
        places += card.has_place ? 1 : 0;
        unreadable_dates += card.unreadable_dates;
    }

    void tell(ImportReport& report) const
    {
        if (actions >= most_exported_actions && badge_comments <= comments)
            report.skipped.push_back(
                {"comments", "Trello exports the newest 1,000 actions only; older comments are not in the file", 0}
            );
        else
            report.skip(
                "comments",
                "Not in the file: Trello exports the newest 1,000 actions only, and older comments with none",
                std::max<std::int64_t>(badge_comments - comments, 0)
            );
        report.skip("files", "Uploaded files came as links; Trello may ask for a sign-in to open them", uploads);
        report.skip("votes", "There are no votes here", votes);
        report.skip("stickers", "There are no stickers here", stickers);
        report.skip("power-up values", "What Trello's power-ups keep is readable only by them", power_up_values);
        report.skip("cover pictures", "Covers have colours here; the picture came as a link", cover_pictures);
        report.skip("places", "Cards have no place on a map here", places);
        report.skip("dates", "The date in the file does not exist", unreadable_dates);
        report.skip("checklist dates", "Checklist items have no due date or assignee here", item_dues);
    }
};

class Outliner : public TrelloVisitor {
public:
    [[nodiscard]] bool wants(TrelloPart) const override { return true; }

    void visit(TrelloList list) override
    {
        check_count(outline_.lists.size(), most_of_a_kind, "lists");
        outline_.lists.push_back(std::move(list));
    }
    void visit(TrelloLabel label) override { add_label(std::move(label)); }
    void visit(TrelloField field) override
    {
        check_count(outline_.fields.size(), most_of_a_kind, "custom fields");
        auto id = field.id;
        outline_.fields.insert_or_assign(std::move(id), std::move(field));
    }
    void visit_member(TrelloPerson person) override
    {
        needed_.insert(person.id);
        add_name(std::move(person));
    }
    void visit_power_up_value() override { ++totals_.power_up_values; }

    void visit(TrelloCard card) override
    {
        check_count(cards_.size(), most_cards, "cards");
        totals_.add(card);
        for (auto& label : card.labels) add_label(std::move(label));
        for (const auto& id : card.member_ids) need(id);
        if (!card.creator_id.empty()) need(card.creator_id);
        outline_.highest_number = std::max(outline_.highest_number, card.number);
        cards_.push_back({std::move(card.id), std::move(card.list_id), card.position});
    }

    void visit(TrelloChecklist checklist) override
    {
        check_count(checklists_.size(), most_checklists, "checklists");
        totals_.item_dues += std::ranges::count_if(checklist.items, &TrelloCheckItem::has_due_or_member);
        const auto count = static_cast<std::int64_t>(checklist.items.size());
        checklists_.push_back({std::move(checklist.card_id), std::move(checklist.id), checklist.position, count});
    }

    void visit(TrelloAction action) override
    {
        ++totals_.actions;
        for (auto& person : action.people) add_name(std::move(person));
        if (action.kind == TrelloActionKind::other) return;
        if (!action.author_id.empty()) need(action.author_id);
        if (action.kind == TrelloActionKind::comment)
            ++totals_.comments;
        else if (outline_.creators.size() < most_cards && !action.author_id.empty())
            outline_.creators.insert_or_assign(std::move(action.card_id), std::move(action.author_id));
    }

    TrelloOutline finish(TrelloHead head, ImportReport& report)
    {
        outline_.head = std::move(head);
        std::ranges::sort(outline_.lists, [](const TrelloList& a, const TrelloList& b) {
            return std::tie(a.position, a.id) < std::tie(b.position, b.id);
        });
        place_cards();
        count_items();
        for (const auto& id : needed_)
            if (const auto name = names_.find(id); name != names_.end()) outline_.people.push_back({id, name->second});
        outline_.has_checklists_or_comments = !checklists_.empty() || totals_.comments > 0;
        totals_.tell(report);
        return std::move(outline_);
    }

private:
    struct Card {
        std::string id;
        std::string list_id;
        double position;
    };
    struct Checklist {
        std::string card_id;
        std::string id;
        double position;
        std::int64_t items;
    };

    void add_label(TrelloLabel label)
    {
        if (!label_ids_.insert(label.id).second) return;
        check_count(outline_.labels.size(), most_of_a_kind, "labels");
        outline_.labels.push_back(std::move(label));
    }

    /// The first name that the file has for a person stays.
    void add_name(TrelloPerson person)
    {
        if (person.name.empty()) return;
        if (!names_.contains(person.id)) check_count(names_.size(), most_of_a_kind, "people");
        names_.emplace(std::move(person.id), std::move(person.name));
    }

    void need(const std::string& person_id)
    {
        if (!needed_.contains(person_id)) check_count(needed_.size(), most_of_a_kind, "people");
        needed_.insert(person_id);
    }

    void place_cards()
    {
        std::unordered_map<std::string_view, std::uint32_t> index;
        for (std::uint32_t i = 0; i < outline_.lists.size(); ++i) index.emplace(outline_.lists[i].id, i);
        const auto lists = static_cast<std::uint32_t>(outline_.lists.size());
        for (auto& card : cards_) {
            const auto list = index.find(card.list_id);
            outline_.places.push_back({std::move(card.id), list == index.end() ? lists : list->second, card.position});
        }
        std::ranges::sort(outline_.places, [](const auto& a, const auto& b) {
            return std::tie(a.list, a.position, a.card_id) < std::tie(b.list, b.position, b.card_id);
        });
    }

    void count_items()
    {
        std::ranges::sort(checklists_, [](const Checklist& a, const Checklist& b) {
            return std::tie(a.card_id, a.position, a.id) < std::tie(b.card_id, b.position, b.id);
        });
        std::int64_t before = 0;
        const std::string* card = nullptr;
        for (const auto& checklist : checklists_) {
            if (!card || *card != checklist.card_id) before = 0;
            card = &checklist.card_id;
            outline_.items_before.emplace(checklist.id, before);
            before += checklist.items;
        }
    }

    TrelloOutline outline_;
    Totals totals_;
    std::vector<Card> cards_;
    std::vector<Checklist> checklists_;
    std::set<std::string> label_ids_;
    std::set<std::string> needed_;
    std::map<std::string, std::string> names_;
};
} // namespace

TrelloOutline outline_of(ImportSource& source, ImportReport& report, const std::function<void(double)>& progress)
{
    Outliner outliner;
    auto head = read_board(source, outliner, progress);
    return outliner.finish(std::move(head), report);
}

} // namespace dialpine::links
