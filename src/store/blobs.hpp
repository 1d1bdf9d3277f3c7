#pragma once
#include "base/crypto.hpp"
#include "base/ids.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

/// Files that belong to rows: each sealed under a key of its own, in pieces that can be opened one by one. A piece is
/// bound to its blob, its number and the length of the whole, so that none can be changed, moved or left out unseen.
namespace dialpine::store {

/// Of the plain content; the last piece may be shorter.
inline constexpr std::uint64_t blob_piece_bytes = std::uint64_t{64} * 1024;

/// A blob that is being written: it goes with this object unless it was finished. Throws Failure when the disk does not
/// take it.
class BlobWriter {
public:
    /// `length`: of the whole plain content, at least 1.
    BlobWriter(std::filesystem::path file, const Uuid& id, const crypto::Key&, std::uint64_t length, bool is_durable);
    ~BlobWriter();
    BlobWriter(const BlobWriter&) = delete;
    BlobWriter& operator=(const BlobWriter&) = delete;

    void append(std::string_view piece);
    /// All of it is on the device now, under its name. Throws std::logic_error unless `length` bytes came.
    void finish();

private:
    void write_piece();

    std::filesystem::path file_;
    std::filesystem::path part_;
    Uuid id_;
    crypto::Key key_;
    std::uint64_t length_;
    bool is_durable_;
    int descriptor_ = -1;
    std::uint64_t written_ = 0; ///< of the plain content
    std::uint64_t number_ = 0;  ///< of the next piece
    std::string waiting_;
};

/// Needs no transaction. Throws Failure, damaged, when the file or a piece is not what was written.
class BlobReader {
public:
    BlobReader(const std::filesystem::path& file, const Uuid& id, crypto::Key, std::uint64_t length);
    [[nodiscard]] std::uint64_t size() const { return length_; }
    /// The next bytes, at most a piece; empty at the end.
    std::string next();
    /// Goes on from there.
    void seek(std::uint64_t at) { at_ = at; }

private:
    std::string open_piece(std::uint64_t number);

    std::ifstream file_;
    Uuid id_;
    crypto::Key key_;
    std::uint64_t length_;
    std::uint64_t at_ = 0;
};

/// `blobs` in the data folder.
class Blobs {
public:
    Blobs(std::filesystem::path folder, bool is_durable) : folder_(std::move(folder)), is_durable_(is_durable) {}

    [[nodiscard]] BlobWriter write(const Uuid& id, const crypto::Key&, std::uint64_t length);
    /// Throws Failure, damaged, when there is none of this length.
    [[nodiscard]] BlobReader read(const Uuid& id, const crypto::Key&, std::uint64_t length) const;
    /// Of what is not there, nothing.
    void remove(const Uuid& id) const;
    [[nodiscard]] std::vector<Uuid> all() const;
    /// Removes every other file: blobs of rows that never came or have gone, and what unfinished writers left. Says how
    /// many. While nobody writes.
    int keep_only(const std::unordered_set<Uuid>& known) const;
    /// On the device, sealed; absent when it is not there.
    [[nodiscard]] std::optional<std::uint64_t> stored_bytes(const Uuid& id) const;
    /// How many bytes a blob of this plain length has on the device.
    static std::uint64_t stored_bytes_of(std::uint64_t length);
    /// Bytes that are left on the device.
    [[nodiscard]] std::uint64_t free_bytes() const;
    void copy_to(const std::filesystem::path& folder) const;

private:
    [[nodiscard]] std::filesystem::path path_of(const Uuid& id) const;

    std::filesystem::path folder_;
    bool is_durable_;
};

} // namespace dialpine::store
