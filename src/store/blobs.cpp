#include "store/blobs.hpp"

#include "base/problem.hpp"
#include "store/secret_file.hpp"
#include "store/statement.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace dialpine::store {
namespace {
namespace fs = std::filesystem;

constexpr std::uint64_t overhead_bytes = 24 + 16; // of `crypto::seal`
constexpr std::string_view unfinished = ".part";

std::uint64_t pieces_of(std::uint64_t length) { return (length + blob_piece_bytes - 1) / blob_piece_bytes; }

std::string context_of(const Uuid& id, std::uint64_t number, std::uint64_t length)
{
    return fmt::format("dialpine blob|{}|{}|{}", to_text(id), number, length);
}

Failure refused() { return device_failure("A file on a task cannot be written", errno); }

/// As `std::filesystem` does it, with the reason where ours are.
bool made(const fs::path& folder)
{
    std::error_code error;
    const bool is_new = fs::create_directories(folder, error);
    if (error) throw device_failure("A folder for files on tasks cannot be made", error.value());
    return is_new;
}

Failure damaged(const Uuid& id, std::string_view what)
{
    Failure failure(fmt::format("the file {} of an attachment {}", to_text(id), what));
    failure.is_damaged = true;
    return failure;
}
} // namespace

BlobWriter::BlobWriter(
    fs::path file, const Uuid& id, const crypto::Key& key, std::uint64_t length, bool is_durable
)
    : file_(std::move(file)), part_(file_.string() + std::string(unfinished)), id_(id), key_(key), length_(length),
      is_durable_(is_durable)
{
    const bool is_new_folder = made(file_.parent_path());
    if (is_new_folder && is_durable_) {
        sync_folder(file_.parent_path().parent_path());
        sync_folder(file_.parent_path().parent_path().parent_path());
    }
    descriptor_ = ::open(part_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor_ < 0) throw refused();
}

BlobWriter::~BlobWriter()
{
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(part_.c_str());
}

void BlobWriter::append(std::string_view piece)
{
    while (!piece.empty()) {
        const auto some = piece.substr(0, blob_piece_bytes - waiting_.size());
        waiting_ += some;
        piece.remove_prefix(some.size());
        if (waiting_.size() == blob_piece_bytes) write_piece();
    }
}

void BlobWriter::write_piece()
{
    const auto sealed = crypto::seal(key_, waiting_, context_of(id_, number_, length_));
    std::string_view rest = sealed;
    while (!rest.empty()) {
        const auto count = ::write(descriptor_, rest.data(), rest.size());
        if (count <= 0) throw refused();
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    ++number_;
    written_ += waiting_.size();
    waiting_.clear();
}

void BlobWriter::finish()
{
    if (!waiting_.empty()) write_piece();
    if (written_ != length_) throw std::logic_error("a blob is of another length than was said");
    if (is_durable_ && ::fsync(descriptor_) != 0) throw refused();
    if (::rename(part_.c_str(), file_.c_str()) != 0) throw refused();
    ::close(descriptor_);
    descriptor_ = -1;
    if (is_durable_) sync_folder(file_.parent_path());
}

BlobReader::BlobReader(const fs::path& file, const Uuid& id, crypto::Key key, std::uint64_t length)
    : file_(file, std::ios::binary), id_(id), key_(key), length_(length)
{
    if (!file_) throw damaged(id, "is not there");
}

std::string BlobReader::next()
{
    if (at_ >= length_) return {};
    auto piece = open_piece(at_ / blob_piece_bytes);
    piece.erase(0, at_ % blob_piece_bytes);
    at_ += piece.size();
    return piece;
}

std::string BlobReader::open_piece(std::uint64_t number)
{
    const auto plain_bytes = std::min(blob_piece_bytes, length_ - number * blob_piece_bytes);
    std::string sealed(plain_bytes + overhead_bytes, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(number * (blob_piece_bytes + overhead_bytes)));
    file_.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
    if (file_.gcount() != static_cast<std::streamsize>(sealed.size())) throw damaged(id_, "is cut short");
    auto plain = crypto::open(key_, sealed, context_of(id_, number, length_));
    if (!plain) throw damaged(id_, fmt::format("is not what was written, in piece {}", number));
    return std::move(*plain);
}

fs::path Blobs::path_of(const Uuid& id) const
{
    const auto name = to_text(id);
    return folder_ / name.substr(name.size() - 2) / name; // ids begin with the time: their ends spread
}

BlobWriter Blobs::write(const Uuid& id, const crypto::Key& key, std::uint64_t length)
{
    return {path_of(id), id, key, length, is_durable_};
}

BlobReader Blobs::read(const Uuid& id, const crypto::Key& key, std::uint64_t length) const
{
    if (stored_bytes(id) != stored_bytes_of(length)) throw damaged(id, "is not there, or cut short");
    return {path_of(id), id, key, length};
}

void Blobs::remove(const Uuid& id) const
{
    std::error_code ignored; // the next start tries again
    fs::remove(path_of(id), ignored);
}

std::vector<Uuid> Blobs::all() const
{
    std::vector<Uuid> ids;
    if (!fs::is_directory(folder_)) return ids;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
        if (entry.is_regular_file())
            if (const auto id = parse_uuid(entry.path().filename().string())) ids.push_back(*id);
    return ids;
}

int Blobs::keep_only(const std::unordered_set<Uuid>& known) const
{
    if (!fs::is_directory(folder_)) return 0;
    std::vector<fs::path> others;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
        if (!entry.is_regular_file()) continue;
        const auto id = parse_uuid(entry.path().filename().string());
        if (!id || !known.contains(*id) || entry.path() != path_of(*id)) others.push_back(entry.path());
    }
    for (const auto& path : others) fs::remove(path);
    return static_cast<int>(others.size());
}

std::optional<std::uint64_t> Blobs::stored_bytes(const Uuid& id) const
{
    std::error_code absent;
    const auto bytes = fs::file_size(path_of(id), absent);
    return absent ? std::nullopt : std::optional<std::uint64_t>(bytes);
}

std::uint64_t Blobs::stored_bytes_of(std::uint64_t length) { return length + pieces_of(length) * overhead_bytes; }

std::uint64_t Blobs::free_bytes() const { return fs::space(folder_.parent_path()).available; }

void Blobs::copy_to(const fs::path& folder) const
{
    for (const Uuid& id : all()) {
        const auto from = path_of(id);
        const auto to = folder / from.parent_path().filename() / from.filename();
        fs::create_directories(to.parent_path());
        std::error_code failed;
        fs::copy_file(from, to, fs::copy_options::skip_existing, failed);
        // One that was removed meanwhile is missed by nobody.
        if (failed && fs::exists(from)) throw Failure("The file " + from.string() + " cannot be copied: " + failed.message());
    }
}

} // namespace dialpine::store
