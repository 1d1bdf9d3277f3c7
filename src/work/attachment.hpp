#pragma once
#include "work/task.hpp"

namespace dialpine::work {

/// What became of the place, camera and names that a picture can hold besides what it shows.
enum class Metadata : std::uint8_t {
    removed,    ///< taken out before it was stored
    kept,       ///< a picture or film of a format out of which they cannot be taken: they may be there
    untouched,  ///< no picture
};
BOOST_DESCRIBE_ENUM(Metadata, removed, kept, untouched)

/// A file on a task. Its content is a blob of the same id, sealed under a key of its own.
struct Attachment {
    WorkspaceId workspace_id;
    AttachmentId id;
    TaskId task_id;
    std::optional<PersonId> uploaded_by;
    std::optional<Sealed<std::string>> name; ///< absent once its uploader was erased
    std::string media_type;                  ///< by its content
    std::int64_t size = 0;                   ///< in bytes, as stored
    Metadata metadata{};
    std::string wrapped_key; ///< base64url; wrapped by the workspace's key
    Instant created_at{};
    Instant changed_at{};
    std::optional<Instant> deleted_at; ///< waits 30 days in the trash
};
BOOST_DESCRIBE_STRUCT(
    Attachment,
    (),
    (workspace_id,
     id,
     task_id,
     uploaded_by,
     name,
     media_type,
     size,
     metadata,
     wrapped_key,
     created_at,
     changed_at,
     deleted_at)
)

namespace declared {
inline constexpr Personal file_uploader{
    .of = person_in<&Attachment::uploaded_by>,
    .category = Category::authorship,
    .source = Source::the_program,
    .uses = {Use::show_to_team},
    .basis = Basis::legitimate_interest,
    .keep = until_deleted,
    .at_erasure = AtErasure::unlink,
    .label = "Files you uploaded",
};
inline constexpr Personal file_name{
    .of = person_in<&Attachment::uploaded_by>,
    .category = Category::file,
    .source = Source::the_person,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_deleted,
    .at_erasure = AtErasure::unlink,
    .names_others = true,
    .label = "Names of files you uploaded",
};
inline constexpr Personal file_facts{
    .of = person_in<&Attachment::uploaded_by>,
    .category = Category::file,
    .source = Source::the_program,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_deleted,
    .at_erasure = AtErasure::keep,
    .why_kept = "the file is the team's work; its name and yours are taken off it",
    .label = "Types and sizes of files you uploaded",
};
inline constexpr Personal file_key{
    .of = person_in<&Attachment::uploaded_by>,
    .category = Category::file,
    .source = Source::the_program,
    .uses = {Use::security},
    .basis = Basis::contract,
    .keep = until_deleted,
    .at_erasure = AtErasure::keep,
    .why_kept = "without it the team could not open the file, which stays",
    .is_withheld = true,
    .label = "Keys of files you uploaded",
};
inline constexpr auto attachments = store::table<Attachment>(
    "attachments",
    primary_key<&Attachment::workspace_id, &Attachment::id>,
    column<&Attachment::workspace_id>(task_facts),
    column<&Attachment::id>(task_facts, store::names_blob),
    column<&Attachment::task_id>(task_facts),
    column<&Attachment::uploaded_by>(file_uploader),
    column<&Attachment::name>(file_name),
    column<&Attachment::media_type>(file_facts),
    column<&Attachment::size>(file_facts),
    column<&Attachment::metadata>(file_facts),
    column<&Attachment::wrapped_key>(file_key),
    column<&Attachment::created_at>(task_facts),
    column<&Attachment::changed_at>(task_facts),
    column<&Attachment::deleted_at>(task_facts),
    store::indexed_by<&Attachment::workspace_id, &Attachment::task_id, &Attachment::id>(),
    store::indexed_by<&Attachment::uploaded_by>(),
    store::indexed_by<&Attachment::deleted_at>(),
    store::part_of<&Attachment::workspace_id, &Attachment::task_id>(tasks)
);
inline constexpr store::Table attachments_table = attachments.plain();
} // namespace declared
} // namespace dialpine::work

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<work::Attachment> = &work::declared::attachments_table;
} // namespace dialpine::store
