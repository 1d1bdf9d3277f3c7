#pragma once
#include "links/trello_places.hpp"

#include <span>

namespace dialpine::links {

/// The columns and labels that a project has at this moment: others may change them while an import goes on.
struct TrelloPresent {
    work::Project project;
    std::vector<work::Status> statuses;
    std::set<LabelId> labels;

    /// This one, or the first if it has gone.
    [[nodiscard]] const work::Status& status_or_first(StatusId) const;
    /// Throws Problem 409 if the project has gone.
    static TrelloPresent of(const store::Read&, const TrelloProject&);
};

/// Makes tasks of cards, with their assignees, labels, fields and links, and brings those up to date that changed on
/// the board.
class TrelloCardWriter {
public:
    TrelloCardWriter(
        const TrelloProject& project,
        const TrelloOutline& outline,
        const std::unordered_map<std::string, std::string>& places,
        ImportReport& report
    )
        : project_(project), outline_(outline), places_(places), report_(report)
    {
    }

    void write(store::Write&, std::span<const TrelloCard> cards);

private:
    struct Content;
    void write_card(store::Write&, TrelloPresent&, const TrelloCard&);
    void create(store::Write&, TrelloPresent&, const Content&);
    void update(store::Write&, const TrelloPresent&, const Content&, const work::ImportedThing& known);
    void fill(work::Task&, const Content&);
    void fill_days(work::Task&, const TrelloCard&);
    void place(work::Task&, const Content&) const;
    void write_parts(store::Write&, const TrelloPresent&, const Content&, const work::Task&);
    void write_people(store::Write&, const Content&, const work::Task&);
    void write_fields(store::Write&, const Content&, const work::Task&);
    std::int64_t write_links(store::Write&, const Content&, const work::Task&);
    bool write_link(store::Write&, const TrelloAttachment&, const work::Task&);
    std::optional<PersonId> creator_of(const TrelloCard&) const;

    const TrelloProject& project_;
    const TrelloOutline& outline_;
    const std::unordered_map<std::string, std::string>& places_;
    ImportReport& report_;
};

} // namespace dialpine::links
