#include "privacy/archive_seal.hpp"

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "privacy/transparency.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace dialpine::privacy {
namespace {
constexpr std::string_view first_line = "dialpine-export 1\nsha256=";
constexpr std::string_view before_key = "\nkey=";
constexpr std::string_view before_signature = "\nsignature=";
constexpr std::size_t hash_length = 64;
constexpr std::size_t key_length = 43;
constexpr std::size_t signature_length = 86;
constexpr std::size_t comment_length =
    first_line.size() + hash_length + before_key.size() + key_length + before_signature.size() + signature_length + 1;
/// At the end of a zip archive stands how long the comment is, and then the comment.
constexpr std::size_t length_bytes = 2;

std::string length_field()
{
    return {static_cast<char>(comment_length & 0xff), static_cast<char>(comment_length >> 8)};
}

std::string signed_text(std::string_view hash) { return fmt::format("dialpine export\n{}\n", hash); }

std::string comment_of(const crypto::Key& key, std::string_view hash)
{
    return fmt::format(
        "{}{}{}{}{}{}\n",
        first_line,
        hash,
        before_key,
        to_base64url(crypto::view(crypto::public_key(key))),
        before_signature,
        to_base64url(crypto::sign(key, signed_text(hash)))
    );
}

/// Takes `count` characters that stand behind `before`; absent when something else stands there.
std::optional<std::string> take(std::string_view& text, std::string_view before, std::size_t count)
{
    if (!text.starts_with(before) || text.size() < before.size() + count) return std::nullopt;
    std::string taken(text.substr(before.size(), count));
    text.remove_prefix(before.size() + count);
    return taken;
}
} // namespace

struct ArchiveSealer::Inside {
    crypto::Key key;
    ByteSink sink;
    crypto::Sha256 hash;
    std::string held; ///< the newest bytes, which may be the archive's last
};

ArchiveSealer::ArchiveSealer(const crypto::Key& signing_key, ByteSink sink)
    : inside_(std::make_unique<Inside>(Inside{signing_key, std::move(sink), {}, {}}))
{
}
ArchiveSealer::~ArchiveSealer() = default;

void ArchiveSealer::append(std::string_view piece)
{
    auto& held = inside_->held;
    held += piece;
    if (held.size() <= length_bytes) return;
    const auto ready = std::string_view(held).substr(0, held.size() - length_bytes);
    inside_->hash.add(ready);
    inside_->sink(ready);
    held.erase(0, ready.size());
}

void ArchiveSealer::finish()
{
    if (inside_->held != std::string(length_bytes, '\0'))
        throw std::logic_error("a zip archive ends with the length of a comment that is not there");
    inside_->sink(length_field() + comment_of(inside_->key, inside_->hash.hex()));
}

struct ArchiveSealCheck::Inside {
    std::uint64_t hashed_bytes = 0; ///< in front of the comment and its length
    std::uint64_t seen = 0;
    bool is_long_enough = false;
    crypto::Sha256 hash;
    std::string end;
};

ArchiveSealCheck::ArchiveSealCheck(std::uint64_t archive_bytes) : inside_(std::make_unique<Inside>())
{
    inside_->is_long_enough = archive_bytes > comment_length + length_bytes;
    if (inside_->is_long_enough) inside_->hashed_bytes = archive_bytes - comment_length - length_bytes;
}
ArchiveSealCheck::~ArchiveSealCheck() = default;

void ArchiveSealCheck::feed(std::string_view piece)
{
    const auto left = inside_->hashed_bytes - std::min(inside_->seen, inside_->hashed_bytes);
    const auto hashed = piece.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
    inside_->hash.add(hashed);
    if (inside_->end.size() <= comment_length + length_bytes) inside_->end += piece.substr(hashed.size());
    inside_->seen += piece.size();
}

std::optional<ArchiveSeal> ArchiveSealCheck::finish(const crypto::Digest& own_public_key)
{
    if (!inside_->is_long_enough || inside_->end.size() != comment_length + length_bytes) return std::nullopt;
    std::string_view end = inside_->end;
    if (!end.starts_with(length_field())) return std::nullopt;
    end.remove_prefix(length_bytes);
    const auto hash = take(end, first_line, hash_length);
    const auto key_text = hash ? take(end, before_key, key_length) : std::nullopt;
    const auto signature_text = key_text ? take(end, before_signature, signature_length) : std::nullopt;
    if (!signature_text || end != "\n" || *hash != inside_->hash.hex()) return std::nullopt;
    const auto key_bytes = from_base64url(*key_text);
    const auto key = key_bytes ? crypto::to_digest(*key_bytes) : std::nullopt;
    const auto signature = from_base64url(*signature_text);
    if (!key || !signature || !crypto::is_signature(*key_bytes, signed_text(*hash), *signature)) return std::nullopt;
    return ArchiveSeal{.key_id = key_id_of(*key), .is_own = *key == own_public_key};
}

} // namespace dialpine::privacy
