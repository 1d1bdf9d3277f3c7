#include "work/attachments.hpp"

#include "base/media_type.hpp"
#include "base/problem.hpp"
#include "store/rows.hpp"
#include "work/file_name.hpp"
#include "work/pictures.hpp"

namespace dialpine::work {
namespace {
using store::ChangeKind;

AttachmentView to_view(const Attachment& row)
{
    return {
        .id = row.id,
        .task_id = row.task_id,
        .name = shown_name(row),
        .media_type = row.media_type,
        .size = row.size,
        .metadata = row.metadata,
        .is_picture = is_safe_picture(row.media_type),
        .uploaded_by = row.uploaded_by,
        .created_at = row.created_at,
        .changed_at = row.changed_at,
    };
}

/// The row with the task that it is on, which is not in the trash.
std::pair<Attachment, Task> found(const store::Read& read, WorkspaceId workspace, AttachmentId id, Trash trash)
{
    auto row = store::find<Attachment>(read, workspace, id);
    if (!row || (row->deleted_at && trash == Trash::no)) throw Problem::not_found();
    auto task = task_of(read, workspace, TaskRef{.id = row->task_id, .key = {}});
    return {std::move(*row), std::move(task)};
}

void check_may_remove(const Actor& actor, const Attachment& row)
{
    if (row.uploaded_by != actor.person && actor.role < people::Role::admin)
        throw Problem::forbidden("Only who uploaded a file, or an admin, removes it.");
}

std::int64_t count_files(const store::Read& read, const Task& task)
{
    return store::query_one<std::int64_t>(
               read,
               "SELECT count(*) FROM attachments WHERE workspace_id = $1 AND task_id = $2 AND deleted_at IS NULL",
               task.workspace_id,
               task.id
    )
        .value_or(0);
}

/// Writes the number of files that the board shows. The task itself does not count as changed.
void count_anew(store::Write& write, const Task& task)
{
    store::execute(
        write,
        "UPDATE tasks SET attachment_count = $1 WHERE workspace_id = $2 AND id = $3",
        count_files(write, task),
        task.workspace_id,
        task.id
    );
}

void tell(store::Write& write, const Actor& actor, const Task& task, ChangeKind kind, AttachmentId id)
{
    write.append({
        .workspace_id = task.workspace_id,
        .kind = kind,
        .object_id = id,
        .project_id = task.project_id,
        .task_id = task.id,
        .actor_id = actor.person,
    });
}

std::string key_context(const Attachment& row)
{
    return fmt::format("dialpine attachment key|{}|{}", to_text(row.workspace_id), to_text(row.id));
}

/// Whether its format can say where and by whom it was made.
bool can_hold_metadata(std::string_view media_type)
{
    return media_type.starts_with("image/") || media_type.starts_with("video/");
}

std::string beginning_of(ByteSource& file)
{
    std::string bytes(bytes_that_tell_type, '\0');
    std::size_t filled = 0;
    file.rewind();
    while (filled < bytes.size()) {
        const auto some = file.read(std::span(bytes).subspan(filled));
        if (some == 0) break;
        filled += some;
    }
    bytes.resize(filled);
    return bytes;
}

/// Copies what is to be kept, in one pass.
void copy(ByteSource& file, const Kept& kept, store::BlobWriter& to)
{
    std::string buffer(store::blob_piece_bytes, '\0');
    std::uint64_t at = 0;
    file.rewind();
    // The next `count` bytes, given on or passed over.
    const auto pass = [&](std::uint64_t count, bool is_wanted) {
        while (count > 0) {
            const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(count, buffer.size()));
            const auto some = file.read(std::span(buffer).first(most));
            if (some == 0) throw std::logic_error("a file ends before its end");
            if (is_wanted) to.append(std::string_view(buffer).substr(0, some));
            at += some;
            count -= some;
        }
    };
    for (const auto& stretch : kept.stretches) {
        if (!stretch.instead.empty()) {
            to.append(stretch.instead);
            continue;
        }
        if (stretch.length == 0) continue;
        pass(stretch.from - at, false);
        pass(stretch.length, true);
    }
}
} // namespace

std::string shown_name(const Attachment& row)
{
    const std::string name = row.name ? row.name->reveal() : std::string();
    return name.empty() ? unnamed(row.media_type) : name;
}

Attachment attachment_of(const store::Read& read, WorkspaceId workspace, AttachmentId id)
{
    return found(read, workspace, id, Trash::no).first;
}

AttachmentList list_attachments(store::Read& read, const Actor& actor, const TaskRef& ref)
{
    const auto task = task_of(read, actor.workspace, ref);
    AttachmentList list;
    for (const auto& row : store::select<Attachment>(
             read, "WHERE workspace_id = $1 AND task_id = $2 AND deleted_at IS NULL ORDER BY id", actor.workspace, task.id
         ))
        list.items.push_back(to_view(row));
    return list;
}

AttachmentView find_attachment(store::Read& read, const Actor& actor, AttachmentId id)
{
    return to_view(attachment_of(read, actor.workspace, id));
}

void delete_attachment(store::Write& write, const Actor& actor, AttachmentId id)
{
    auto [row, task] = found(write, actor.workspace, id, Trash::no);
    check_may_remove(actor, row);
    row.deleted_at = row.changed_at = clock_now();
    store::update(write, row);
    count_anew(write, task);
    tell(write, actor, task, ChangeKind::attachment_deleted, id);
}

AttachmentView restore_attachment(store::Write& write, const Actor& actor, AttachmentId id)
{
    auto [row, task] = found(write, actor.workspace, id, Trash::yes);
    check_may_remove(actor, row);
    if (row.deleted_at) {
        row.deleted_at.reset();
        row.changed_at = clock_now();
        store::update(write, row);
        count_anew(write, task);
        tell(write, actor, task, ChangeKind::attachment_created, id);
    }
    return to_view(row);
}

StoredFile::~StoredFile()
{
    if (blobs_) blobs_->remove(row_.id);
}

std::unique_ptr<StoredFile>
store_file(store::Database& database, const Actor& actor, TaskId task, std::string name, ByteSource& file)
{
    if (file.size() == 0) throw Problem::invalid("/file", "is empty");
    const Instant now = clock_now();
    Attachment row{
        .workspace_id = actor.workspace,
        .id = AttachmentId::make(),
        .task_id = task,
        .uploaded_by = actor.person,
        .name = Sealed(std::move(name)),
        .media_type = media_type_of(beginning_of(file)),
        .metadata = Metadata::untouched,
        .created_at = now,
        .changed_at = now,
    };
    auto kept = without_metadata(row.media_type, file);
    if (kept)
        row.metadata = Metadata::removed;
    else if (can_hold_metadata(row.media_type))
        row.metadata = Metadata::kept;
    if (!kept) kept = Kept{{Stretch{.from = 0, .length = file.size(), .instead = {}}}};
    row.size = static_cast<std::int64_t>(kept->size());

    const auto key = crypto::Key::random();
    row.wrapped_key =
        to_base64url(crypto::seal(database.keys().of(actor.workspace), key.bytes(), key_context(row)));
    auto writer = database.blobs().write(row.id, key, kept->size());
    copy(file, *kept, writer);
    writer.finish();
    return std::make_unique<StoredFile>(database.blobs(), std::move(row));
}

store::BlobWriter seal_moved_file(store::Database& database, Attachment& row)
{
    const auto key = crypto::Key::random();
    row.wrapped_key =
        to_base64url(crypto::seal(database.keys().of(row.workspace_id), key.bytes(), key_context(row)));
    return database.blobs().write(row.id, key, static_cast<std::uint64_t>(row.size));
}

AttachmentView create_attachment(store::Write& write, const Actor& actor, const Attachment& stored)
{
    const auto task = open_task_of(write, actor.workspace, TaskRef{.id = stored.task_id, .key = {}});
    if (count_files(write, task) >= most_files_of_task)
        throw Problem::conflict(
            "too-many-files", fmt::format("A task can have {} files. Remove one first.", most_files_of_task)
        );
    store::insert(write, stored);
    count_anew(write, task);
    tell(write, actor, task, ChangeKind::attachment_created, stored.id);
    return to_view(stored);
}

crypto::Key key_of(store::Keys& keys, const Attachment& row)
{
    const auto wrapping = keys.find(row.workspace_id);
    const auto wrapped = from_base64url(row.wrapped_key);
    const auto bytes = wrapping && wrapped ? crypto::open(*wrapping, *wrapped, key_context(row)) : std::nullopt;
    if (!bytes) {
        store::Failure failure("the key of the attachment " + to_text(row.id) + " does not open");
        failure.is_damaged = true;
        throw failure;
    }
    return *crypto::Key::from_bytes(*bytes);
}

store::BlobReader open_attachment(const store::Read& read, const Attachment& row)
{
    return read.blobs().read(row.id, key_of(read.keys(), row), static_cast<std::uint64_t>(row.size));
}

} // namespace dialpine::work
