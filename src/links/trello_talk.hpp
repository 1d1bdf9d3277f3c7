#pragma once
#include "links/trello_project.hpp"

#include <set>
#include <span>

namespace dialpine::links {

/// Writes what hangs on tasks and comes from other parts of the file than their cards: checklist items and comments.
class TrelloTalkWriter {
public:
    TrelloTalkWriter(const TrelloProject& project, const TrelloOutline& outline, ImportReport& report)
        : project_(project), outline_(outline), report_(report)
    {
    }

    void write(store::Write&, std::span<const TrelloChecklist> checklists, std::span<const TrelloAction> comments);

private:
    [[nodiscard]] std::optional<TaskId> task_of(const store::Read&, std::string_view card_id) const;
    void write_checklist(store::Write&, const TrelloChecklist&, TaskId);
    bool write_item(store::Write&, const TrelloCheckItem&, const work::ChecklistItem& wish);
    void write_comment(store::Write&, const TrelloAction&, TaskId);

    const TrelloProject& project_;
    const TrelloOutline& outline_;
    ImportReport& report_;
    std::set<TaskId> touched_;
    std::set<TaskId> has_new_items_;
};

} // namespace dialpine::links
