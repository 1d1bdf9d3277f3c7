#pragma once
#include "base/crypto.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// An export is a zip archive whose comment (`unzip -z` shows it) holds the SHA-256 of every byte before it, and this
/// instance's Ed25519 signature over that. So one changed byte is found, wherever it is, and who knows the instance's
/// key knows whether it made the archive.
namespace dialpine::privacy {

/// Where the bytes of an archive go, piece by piece.
using ByteSink = std::function<void(std::string_view)>;

/// Between a zip writer and a sink: passes all bytes on and puts the comment at the end.
class ArchiveSealer {
public:
    ArchiveSealer(const crypto::Key& signing_key, ByteSink sink);
    ~ArchiveSealer();
    ArchiveSealer(const ArchiveSealer&) = delete;
    ArchiveSealer& operator=(const ArchiveSealer&) = delete;
    void append(std::string_view piece);
    /// To be called once the archive is whole.
    void finish();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Who says that the archive is as it was.
struct ArchiveSeal {
    std::string key_id; ///< as in receipts and heads
    bool is_own = false;
};

/// Reads a whole archive, piece by piece, and says by whom it is sealed; absent when it was changed, was cut, or never
/// had a seal.
class ArchiveSealCheck {
public:
    explicit ArchiveSealCheck(std::uint64_t archive_bytes);
    ~ArchiveSealCheck();
    ArchiveSealCheck(const ArchiveSealCheck&) = delete;
    ArchiveSealCheck& operator=(const ArchiveSealCheck&) = delete;
    void feed(std::string_view piece);
    [[nodiscard]] std::optional<ArchiveSeal> finish(const crypto::Digest& own_public_key);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::privacy
