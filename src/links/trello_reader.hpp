#pragma once
#include "links/import_source.hpp"
#include "links/trello_board.hpp"

#include <functional>

namespace dialpine::links {

enum class TrelloPart : std::uint8_t { lists, labels, members, fields, cards, checklists, actions, plugin_data };

/// Told of a board's parts, one at a time, in the order in which they stand in the file: that differs between exports.
class TrelloVisitor {
public:
    virtual ~TrelloVisitor() = default;
    /// Parts that nobody wants are passed over, which is quick.
    [[nodiscard]] virtual bool wants(TrelloPart) const = 0;
    virtual void visit(TrelloList) {}
    virtual void visit(TrelloLabel) {}
    virtual void visit(TrelloField) {}
    virtual void visit(TrelloCard) {}
    virtual void visit(TrelloChecklist) {}
    virtual void visit(TrelloAction) {}
    virtual void visit_member(TrelloPerson) {}
    virtual void visit_power_up_value() {}
};

/// Reads a board export from its start to its end, keeping no more than one entry of it in memory, and gives its head.
/// `progress` is told the part of the file that was read. Throws Problem 422, with what is wrong and around which byte,
/// for what is cut short, not JSON, no board, nested too deeply, or has an entry of more than 8 MB. A visitor may throw
/// Unreadable to refuse an entry.
TrelloHead read_board(ImportSource&, TrelloVisitor&, const std::function<void(double)>& progress);

} // namespace dialpine::links
