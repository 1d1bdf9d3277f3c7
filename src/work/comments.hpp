#pragma once
#include "work/tasks.hpp"

namespace dialpine::work {

using CommentBody = Prose<20'000>;

struct CommentView {
    CommentId id;
    TaskId task_id;
    std::optional<PersonId> author_id;
    std::string body;
    bool edited = false;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(CommentView, (), (id, task_id, author_id, body, edited, created_at, changed_at))
struct CommentList {
    std::vector<CommentView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CommentList, (), (items, next))
struct NewComment {
    CommentBody body;
    std::optional<bool> keep_sensitive; ///< the warning was read, and what it names is meant to be kept
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewComment, (), (body, keep_sensitive))
struct CommentChange {
    Change<CommentBody> body;
    Change<bool> keep_sensitive;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(CommentChange, (), (body, keep_sensitive))
struct CommentQuery {
    std::optional<std::int64_t> limit;
    std::optional<CommentId> cursor;
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(CommentQuery, (), (limit, cursor))

/// Oldest first.
CommentList list_comments(store::Read&, const Actor&, const TaskRef&, CommentQuery);
CommentView find_comment(store::Read&, const Actor&, const TaskRef&, CommentId);
/// Throws Problem 422 for an empty one.
CommentView create_comment(store::Write&, const Actor&, const TaskRef&, NewComment);
/// Only its author may. Throws Problem 403.
CommentView change_comment(store::Write&, const Actor&, const TaskRef&, CommentId, CommentChange);
/// Its author and admins may. Throws Problem 403.
void delete_comment(store::Write&, const Actor&, const TaskRef&, CommentId);
/// Back, by who may delete it.
CommentView restore_comment(store::Write&, const Actor&, const TaskRef&, CommentId);

} // namespace dialpine::work
