#pragma once
#include "base/crypto.hpp"
#include "links/import_source.hpp"

#include <optional>
#include <string>

namespace dialpine::links {

/// An upload that waits for its import in a file of its own under `<data>/spool`. The file is sealed under a key that
/// is only in memory, so that nothing readable of it ever lies on the disk, and goes with this object.
class Spool : public ImportSource {
public:
    /// Makes the folder and the file. Throws Problem 503 if there is no room.
    explicit Spool(const std::filesystem::path& folder);
    ~Spool() override;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// Adds a piece of the upload. Writes to the disk. Throws Problem 503 if there is no room.
    void append(std::string_view piece);
    /// To be called after the last piece and before the first `read`.
    void finish();

    void rewind() override;
    std::size_t read(std::span<char> into) override;
    [[nodiscard]] std::uint64_t size() const override { return size_; }

private:
    void write_block(bool is_last);
    bool open_block();

    std::filesystem::path path_;
    std::fstream file_;
    crypto::Key key_ = crypto::Key::random();
    std::string header_;
    std::optional<crypto::StreamSealer> sealer_;
    std::optional<crypto::StreamOpener> opener_;
    std::string block_;      ///< plain: waits to be sealed, or was opened
    std::size_t taken_ = 0;  ///< of the opened block
    std::uint64_t size_ = 0; ///< of the upload
};

/// Removes what uploads of an earlier run left behind: nobody has their keys any more.
void remove_leftovers(const std::filesystem::path& folder);

} // namespace dialpine::links
