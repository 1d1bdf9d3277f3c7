#pragma once
#include "base/byte_source.hpp"
#include "store/blobs.hpp"
#include "work/attachment.hpp"
#include "work/tasks.hpp"

namespace dialpine::work {

/// Of one file, and of one task's.
inline constexpr std::uint64_t most_file_bytes = std::uint64_t{100} * 1024 * 1024;
inline constexpr std::int64_t most_files_of_task = 200;

struct AttachmentView {
    AttachmentId id;
    TaskId task_id;
    std::string name;
    std::string media_type; ///< by its content
    std::int64_t size = 0;
    Metadata metadata{};
    bool is_picture = false; ///< a browser may show it
    std::optional<PersonId> uploaded_by;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    AttachmentView,
    (),
    (id, task_id, name, media_type, size, metadata, is_picture, uploaded_by, created_at, changed_at)
)
struct AttachmentList {
    std::vector<AttachmentView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AttachmentList, (), (items, next))

/// Oldest first.
AttachmentList list_attachments(store::Read&, const Actor&, const TaskRef&);
AttachmentView find_attachment(store::Read&, const Actor&, AttachmentId);
/// Who uploaded it and admins may. Throws Problem 403.
void delete_attachment(store::Write&, const Actor&, AttachmentId);
/// Back from the trash, by who may delete it.
AttachmentView restore_attachment(store::Write&, const Actor&, AttachmentId);

/// A file that was stored, without a row yet: it goes again unless `keep` is called.
class StoredFile {
public:
    StoredFile(store::Blobs& blobs, Attachment row) : blobs_(&blobs), row_(std::move(row)) {}
    ~StoredFile();
    StoredFile(const StoredFile&) = delete;
    StoredFile& operator=(const StoredFile&) = delete;
    [[nodiscard]] const Attachment& row() const { return row_; }
    void keep() { blobs_ = nullptr; }

private:
    store::Blobs* blobs_;
    Attachment row_;
};

/// Seals the file as a blob: its type by its content, a picture without metadata. `name` as `file_name_of` gives it.
/// Takes as long as the file is large. Throws Problem 422 for an empty one, Failure when the disk does not take it.
std::unique_ptr<StoredFile>
store_file(store::Database&, const Actor&, TaskId, std::string name, ByteSource& file);
/// For a file that comes whole from another instance, which took out of it what had to go: gives it a key of its own, and
/// what its `row.size` bytes are to be written to.
store::BlobWriter seal_moved_file(store::Database&, Attachment& row);
/// Throws Problem 404 or 409 when the task has gone meanwhile, 409 when it has too many.
AttachmentView create_attachment(store::Write&, const Actor&, const Attachment& stored);

/// What is read of a file: everything, piece by piece, without a transaction. Throws Failure, damaged, and what
/// `Keys::of` throws.
store::BlobReader open_attachment(const store::Read&, const Attachment&);
/// The key that opens it. Throws Failure, damaged, when the row's is another workspace's or another file's.
crypto::Key key_of(store::Keys&, const Attachment&);
/// Its name for people, also when its uploader was erased.
std::string shown_name(const Attachment&);
/// One that is not in the trash, nor is its task. Throws Problem 404.
Attachment attachment_of(const store::Read&, WorkspaceId, AttachmentId);

} // namespace dialpine::work
