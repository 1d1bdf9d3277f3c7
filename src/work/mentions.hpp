#pragma once
#include "store/database.hpp"
#include "work/task.hpp"

#include <functional>
#include <set>

/// A mention in a description or a comment is `@[ID]`, the id of a person of the workspace (promise P25): the text
/// names nobody, so that a name that changes, is hidden or is erased changes everywhere at once.
namespace dialpine::work {

struct Mention {
    WorkspaceId workspace_id;
    TaskId task_id;
    Uuid object_id; ///< the comment, or the task for its description
    PersonId person_id;
    std::optional<CommentId> comment_id;
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(Mention, (), (workspace_id, task_id, object_id, person_id, comment_id, created_at))

namespace declared {
inline constexpr Personal mention{
    .of = person_in<&Mention::person_id>,
    .category = Category::collaborators,
    .source = Source::the_team,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = {"as long as the team keeps the text"},
    .at_erasure = AtErasure::erase_row,
    .label = "Texts in which you are mentioned",
};
inline constexpr auto mentions = store::table<Mention>(
    "mentions",
    primary_key<&Mention::workspace_id, &Mention::task_id, &Mention::object_id, &Mention::person_id>,
    column<&Mention::workspace_id>(task_facts),
    column<&Mention::task_id>(mention),
    column<&Mention::object_id>(task_facts),
    column<&Mention::person_id>(mention),
    column<&Mention::comment_id>(task_facts),
    column<&Mention::created_at>(mention),
    store::indexed_by<&Mention::person_id>(),
    store::indexed_by<&Mention::workspace_id, &Mention::comment_id>(),
    store::part_of<&Mention::workspace_id, &Mention::task_id>(tasks),
    store::part_of<&Mention::workspace_id, &Mention::comment_id>(comments)
);
inline constexpr store::Table mentions_table = mentions.plain();
} // namespace declared

/// Whom a text mentions, whether they are known or not.
std::set<PersonId> mentioned_in(std::string_view text);
/// The text with each mention replaced by what `name` gives for it.
std::string with_mentions(std::string_view text, const std::function<std::string(PersonId)>& name);
/// For the search index, which is not sealed and holds no names.
std::string without_mentions(std::string_view text);
/// As people read it now: `@Mia Example`, or `@somebody` for one who is gone.
std::string with_names(const store::Read&, std::string_view text);

/// Writes down whom the text of a description (no comment) or of a comment mentions; ids of nobody in the workspace
/// count as text.
void keep_mentions(store::Write&, WorkspaceId, TaskId, std::optional<CommentId>, std::string_view text);
/// In all texts, before the two persons become one.
void change_mentions(store::Write&, PersonId from, PersonId into);

} // namespace dialpine::work

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<work::Mention> = &work::declared::mentions_table;
} // namespace dialpine::store
