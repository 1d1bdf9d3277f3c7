#include "links/spool.hpp"

#include "base/ids.hpp"
#include "store/failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <vector>

namespace dialpine::links {
namespace {
constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::string_view suffix = ".upload";

store::Failure refused() { return store::device_failure("An upload cannot be written", errno); }

/// Only its owner may look at it, from its first moment.
void make_private(const std::filesystem::path& path)
{
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw refused();
    ::close(file);
}
} // namespace

Spool::Spool(const std::filesystem::path& folder) : path_(folder / (to_text(new_uuid()) + std::string(suffix)))
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    make_private(path_);
    file_.open(path_, std::ios::binary | std::ios::in | std::ios::out);
    sealer_.emplace(key_, header_);
    file_ << header_;
    if (!file_) throw refused();
}

Spool::~Spool()
{
    file_.close();
    std::error_code ignored; // what stays is unreadable, and removed at the next start
    std::filesystem::remove(path_, ignored);
}

void Spool::append(std::string_view piece)
{
    if (!sealer_) throw std::logic_error("an upload goes on after its end");
    size_ += piece.size();
    while (!piece.empty()) {
        const auto part = piece.substr(0, block_bytes - block_.size());
        block_ += part;
        piece.remove_prefix(part.size());
        if (block_.size() == block_bytes) write_block(false);
    }
}

void Spool::finish()
{
    write_block(true);
    sealer_.reset();
    file_.flush();
    if (!file_) throw refused();
    rewind();
}

void Spool::write_block(bool is_last)
{
    file_ << sealer_->seal(block_, is_last);
    if (!file_) throw refused();
    block_.clear();
}

void Spool::rewind()
{
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(header_.size()));
    opener_.emplace(key_, header_);
    block_.clear();
    taken_ = 0;
}

bool Spool::open_block()
{
    std::string sealed(block_bytes + crypto::StreamOpener::overhead_bytes, '\0');
    file_.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
    sealed.resize(static_cast<std::size_t>(file_.gcount()));
    if (sealed.empty()) return false;
    block_ = opener_->open(sealed);
    taken_ = 0;
    return !block_.empty();
}

std::size_t Spool::read(std::span<char> into)
{
    if (!opener_) throw std::logic_error("an upload is read before its end");
    std::size_t given = 0;
    while (given < into.size() && (taken_ < block_.size() || open_block())) {
        const auto part = std::string_view(block_).substr(taken_, into.size() - given);
        std::ranges::copy(part, into.begin() + static_cast<std::ptrdiff_t>(given));
        given += part.size();
        taken_ += part.size();
    }
    return given;
}

void remove_leftovers(const std::filesystem::path& folder)
{
    if (!std::filesystem::is_directory(folder)) return;
    std::vector<std::filesystem::path> leftovers;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == suffix) leftovers.push_back(entry.path());
    for (const auto& path : leftovers) std::filesystem::remove(path);
}

} // namespace dialpine::links
