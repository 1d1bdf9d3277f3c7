#include "work/comments.hpp"

#include "base/page.hpp"
#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/page_text.hpp"
#include "work/written.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

CommentView to_view(const Comment& comment)
{
    return {
        .id = comment.id,
        .task_id = comment.task_id,
        .author_id = comment.author_id,
        .body = comment.body,
        .edited = comment.edited_at.has_value(),
        .created_at = comment.created_at,
        .changed_at = comment.changed_at,
    };
}

Comment comment_of(const store::Read& read, const Task& task, CommentId id, Trash trash)
{
    auto comment = store::find<Comment>(read, task.workspace_id, id);
    const bool is_there = comment && comment->task_id == task.id && (trash == Trash::yes || !comment->deleted_at);
    if (!is_there) throw Problem::not_found();
    return std::move(*comment);
}

void check_text(const CommentBody& body)
{
    if (trimmed(body).empty()) throw Problem::invalid("/body", "must not be empty");
}

void check_may_remove(const Actor& actor, const Comment& comment)
{
    if (comment.author_id != actor.person && actor.role < people::Role::admin)
        throw Problem::forbidden("Only its author or an admin removes a comment.");
}

/// Writes the number of comments that the board shows. The task itself does not count as changed.
void count_anew(store::Write& write, const Task& task)
{
    store::execute(
        write,
        "UPDATE tasks SET comment_count = (SELECT count(*) FROM comments WHERE workspace_id = $1 AND task_id = $2 "
        "AND deleted_at IS NULL) WHERE workspace_id = $1 AND id = $2",
        task.workspace_id,
        task.id
    );
}

void tell(store::Write& write, const Actor& actor, const Task& task, ChangeKind kind, CommentId comment)
{
    write.append({
        .workspace_id = task.workspace_id,
        .kind = kind,
        .object_id = comment,
        .project_id = task.project_id,
        .task_id = task.id,
        .actor_id = actor.person,
    });
}
} // namespace

CommentList list_comments(store::Read& read, const Actor& actor, const TaskRef& ref, CommentQuery query)
{
    const auto task = task_of(read, actor.workspace, ref);
    const auto limit = limit_of(query.limit);
    auto rows = store::select<Comment>(
        read,
        "WHERE workspace_id = $1 AND task_id = $2 AND deleted_at IS NULL AND ($3 IS NULL OR id > $3) ORDER BY id LIMIT "
        "$4",
        actor.workspace,
        task.id,
        query.cursor,
        limit + 1
    );
    CommentList list;
    if (cut_to(rows, limit)) list.next = to_text(rows.back().id);
    std::size_t text = 0;
    for (const auto& comment : rows) {
        if (text > most_page_text) {
            list.next = to_text(list.items.back().id);
            break;
        }
        list.items.push_back(to_view(comment));
        text += comment.body.size();
    }
    return list;
}

CommentView find_comment(store::Read& read, const Actor& actor, const TaskRef& ref, CommentId id)
{
    return to_view(comment_of(read, task_of(read, actor.workspace, ref), id, Trash::no));
}

CommentView create_comment(store::Write& write, const Actor& actor, const TaskRef& ref, NewComment wish)
{
    check_text(wish.body);
    const auto task = open_task_of(write, actor.workspace, ref);
    const Instant now = clock_now();
    const Comment comment{
        .workspace_id = actor.workspace,
        .id = CommentId::make(),
        .task_id = task.id,
        .author_id = actor.person,
        .created_at = now,
        .changed_at = now,
        .body = wish.body,
    };
    accept_texts(
        write,
        actor,
        task.id,
        {{TextPlace::comment, comment.id, "/body", comment.body}},
        wish.keep_sensitive.value_or(false)
    );
    store::insert(write, comment);
    count_anew(write, task);
    tell(write, actor, task, ChangeKind::comment_created, comment.id);
    return to_view(comment);
}

CommentView
change_comment(store::Write& write, const Actor& actor, const TaskRef& ref, CommentId id, CommentChange change)
{
    const auto task = task_of(write, actor.workspace, ref);
    auto comment = comment_of(write, task, id, Trash::no);
    if (comment.author_id != actor.person) throw Problem::forbidden("Only its author changes a comment.");
    if (change.body && *change.body != comment.body) {
        check_text(*change.body);
        accept_texts(
            write,
            actor,
            task.id,
            {{TextPlace::comment, id, "/body", *change.body, comment.body}},
            change.keep_sensitive.value.value_or(false)
        );
        comment.body = *change.body;
        comment.edited_at = comment.changed_at = clock_now();
        store::update(write, comment);
        tell(write, actor, task, ChangeKind::comment_changed, id);
    }
    return to_view(comment);
}

void delete_comment(store::Write& write, const Actor& actor, const TaskRef& ref, CommentId id)
{
    const auto task = task_of(write, actor.workspace, ref);
    auto comment = comment_of(write, task, id, Trash::no);
    check_may_remove(actor, comment);
    comment.deleted_at = comment.changed_at = clock_now();
    store::update(write, comment);
    count_anew(write, task);
    tell(write, actor, task, ChangeKind::comment_deleted, id);
}

CommentView restore_comment(store::Write& write, const Actor& actor, const TaskRef& ref, CommentId id)
{
    const auto task = task_of(write, actor.workspace, ref);
    auto comment = comment_of(write, task, id, Trash::yes);
    check_may_remove(actor, comment);
    if (comment.deleted_at) {
        comment.deleted_at.reset();
        comment.changed_at = clock_now();
        store::update(write, comment);
        count_anew(write, task);
        tell(write, actor, task, ChangeKind::comment_created, id);
    }
    return to_view(comment);
}

} // namespace dialpine::work
