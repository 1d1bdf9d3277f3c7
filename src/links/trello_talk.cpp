#include "links/trello_talk.hpp"

#include "links/import_text.hpp"
#include "store/rows.hpp"
#include "work/comments.hpp"
#include "work/tasks.hpp"

namespace dialpine::links {
namespace {
using store::ChangeKind;

constexpr std::size_t most_list_name = 200;

/// New, but with the time of then, because comments stand in the order of their ids.
CommentId comment_id_at(Instant at)
{
    CommentId id(new_uuid());
    const auto stamp = static_cast<std::uint64_t>(at.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(stamp >> (40 - 8 * i));
    return id;
}

/// The comments are found by their ids first: asked in one step, SQLite walks over all of the workspace rather than one
/// task's.
void count_anew(store::Write& write, WorkspaceId workspace, TaskId task)
{
    store::execute(
        write,
        "UPDATE tasks SET "
        "checklist_count = (SELECT count(*) FROM checklist_items WHERE workspace_id = $1 AND task_id = $2), "
        "checklist_done = (SELECT count(*) FROM checklist_items WHERE workspace_id = $1 AND task_id = $2 AND is_done "
        "<> 0), "
        "comment_count = (SELECT count(*) - count(deleted_at) FROM comments WHERE workspace_id = $1 "
        "AND id IN (SELECT id FROM comments WHERE workspace_id = $1 AND task_id = $2)) "
        "WHERE workspace_id = $1 AND id = $2",
        workspace,
        task
    );
}
} // namespace

void TrelloTalkWriter::write(
    store::Write& write, std::span<const TrelloChecklist> checklists, std::span<const TrelloAction> comments
)
{
    touched_.clear();
    has_new_items_.clear();
    for (const auto& checklist : checklists) {
        if (const auto task = task_of(write, checklist.card_id))
            write_checklist(write, checklist, *task);
        else
            report_.skip(
                "checklist items",
                "Their card is not in the file, or was deleted here",
                static_cast<std::int64_t>(checklist.items.size())
            );
    }
    for (const auto& comment : comments) {
        if (const auto task = task_of(write, comment.card_id))
            write_comment(write, comment, *task);
        else
            report_.skip("comments", "Their card is not in the file, or was deleted here");
    }
    for (const auto task : touched_) count_anew(write, project_.actor.workspace, task);
    for (const auto task : has_new_items_) write.append(project_.change(ChangeKind::task_changed, task, task));
}

std::optional<TaskId> TrelloTalkWriter::task_of(const store::Read& read, std::string_view card_id) const
{
    const auto known = project_.things.find(read, "card", card_id);
    if (!known) return std::nullopt;
    const TaskId task(known->object_id);
    const auto is_there = store::query_one<std::int64_t>(
        read,
        "SELECT 1 FROM tasks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL",
        project_.actor.workspace,
        task
    );
    return is_there ? std::optional(task) : std::nullopt;
}

void TrelloTalkWriter::write_checklist(store::Write& write, const TrelloChecklist& checklist, TaskId task)
{
    work::ChecklistItem wish{
        .workspace_id = project_.actor.workspace,
        .task_id = task,
        .list = fit_prose(fit_line(checklist.name, most_list_name).line, most_list_name).text,
    };
    const auto before = outline_.items_before.find(checklist.id);
    wish.position = before == outline_.items_before.end() ? 0 : before->second;
    for (const auto& item : checklist.items) {
        auto text = fit_line(item.text, work::ItemText::most);
        if (!text.rest.empty()) report_.skip("checklist items", "Longer than 500 characters; the rest was left out");
        wish.text = text.line.empty() ? "Untitled" : std::move(text.line);
        wish.is_done = item.is_done;
        if (write_item(write, item, wish)) {
            touched_.insert(task);
            has_new_items_.insert(task);
        }
        ++wish.position;
    }
}

/// Says whether anything was written.
bool TrelloTalkWriter::write_item(store::Write& write, const TrelloCheckItem& item, const work::ChecklistItem& wish)
{
    const auto digest = Fingerprint().add(wish.list).add(item.text).add(item.is_done).add(item.position).digest(write);
    const auto known = project_.things.find(write, "item", item.id);
    if (known && known->content_hash == digest) return false;
    auto row = wish;
    row.id = known ? ChecklistItemId(known->object_id) : ChecklistItemId::make();
    if (known && !store::find<work::ChecklistItem>(write, row.workspace_id, row.task_id, row.id)) return false;
    report_.look_at(row.text);
    store::upsert(write, row);
    project_.things.record(write, "item", item.id, row.id, digest);
    ++(known ? report_.updated : report_.created).checklist_items;
    return true;
}

void TrelloTalkWriter::write_comment(store::Write& write, const TrelloAction& action, TaskId task)
{
    const auto digest =
        Fingerprint().add(action.text).add(action.at).add(action.edited_at).add(action.author_id).digest(write);
    const auto known = project_.things.find(write, "comment", action.id);
    if (known && known->content_hash == digest) return;

    auto body = fit_prose(action.text, work::CommentBody::most);
    if (trimmed(body.text).empty()) return report_.skip("comments", "They have no text");
    if (body.is_cut) report_.skip("comments", "Longer than 20,000 bytes; the rest was left out");
    const auto at = action.at ? action.at : made_at(action.id);
    work::Comment comment{
        .workspace_id = project_.actor.workspace,
        .id = comment_id_at(at.value_or(project_.now)),
        .task_id = task,
        .created_at = at.value_or(project_.now),
    };
    if (known) {
        auto row = store::find<work::Comment>(write, comment.workspace_id, CommentId(known->object_id));
        if (!row || row->deleted_at) return;
        comment = std::move(*row);
    }
    const auto author = project_.people.find(action.author_id);
    if (author != project_.people.end()) comment.author_id = author->second;
    comment.edited_at = action.edited_at;
    comment.changed_at = action.edited_at.value_or(comment.created_at);
    comment.body = std::move(body.text);
    report_.look_at(comment.body);
    store::upsert(write, comment);
    project_.things.record(write, "comment", action.id, comment.id, digest);
    touched_.insert(task);
    write.append(project_.change(known ? ChangeKind::comment_changed : ChangeKind::comment_created, comment.id, task));
    ++(known ? report_.updated : report_.created).comments;
}

} // namespace dialpine::links
