#pragma once
#include "base/clock.hpp"
#include "store/ids.hpp"
#include "store/schema.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>

namespace dialpine::store {

enum class ChangeKind : std::uint8_t {
    workspace_changed,
    member_changed,
    person_changed,
    team_changed,
    project_created,
    project_changed,
    project_deleted,
    status_changed,
    label_changed,
    task_created,
    task_changed,
    task_moved,
    task_deleted,
    comment_created,
    comment_changed,
    comment_deleted,
    attachment_created,
    attachment_deleted,
    import_done,
};
BOOST_DESCRIBE_ENUM(
    ChangeKind,
    workspace_changed,
    member_changed,
    person_changed,
    team_changed,
    project_created,
    project_changed,
    project_deleted,
    status_changed,
    label_changed,
    task_created,
    task_changed,
    task_moved,
    task_deleted,
    comment_created,
    comment_changed,
    comment_deleted,
    attachment_created,
    attachment_deleted,
    import_done
)

/// One line of a workspace's change log: ids only, so that erasure need not visit what was changed.
struct Change {
    WorkspaceId workspace_id;
    std::int64_t number = 0; ///< counts from 1 within the workspace, without gaps
    ChangeKind kind{};
    Uuid object_id;
    std::optional<ProjectId> project_id;
    std::optional<TaskId> task_id;
    std::optional<PersonId> actor_id;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(Change, (), (workspace_id, number, kind, object_id, project_id, task_id, actor_id, at))

namespace declared {
inline constexpr NotPersonal log_entry{"ids and times of the change log"};
inline constexpr Personal actor{
    .of = person_in<&Change::actor_id>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_erasure,
    .at_erasure = AtErasure::unlink,
    .label = "Changes you made",
};
inline constexpr auto changes = table<Change>(
    "changes",
    primary_key<&Change::workspace_id, &Change::number>,
    column<&Change::workspace_id>(log_entry),
    column<&Change::number>(log_entry),
    column<&Change::kind>(log_entry),
    column<&Change::object_id>(log_entry),
    column<&Change::project_id>(log_entry),
    column<&Change::task_id>(log_entry),
    column<&Change::actor_id>(actor),
    column<&Change::at>(log_entry),
    indexed_by<&Change::actor_id>()
);
inline constexpr Table changes_table = changes.plain();
} // namespace declared

template <>
inline constexpr const Table* table_of<Change> = &declared::changes_table;

} // namespace dialpine::store
