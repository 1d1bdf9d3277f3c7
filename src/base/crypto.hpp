#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dialpine::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// A 256-bit secret that is wiped from memory when it goes.
class Key {
public:
    static Key random();
    /// From exactly 32 bytes; absent for any other length.
    static std::optional<Key> from_bytes(std::string_view bytes);
    ~Key();
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    [[nodiscard]] std::string_view bytes() const
    {
        return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
    }

private:
    Key() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

/// To be called once before anything else here. Throws std::runtime_error if the machine gives no randomness.
void initialise();

/// Seals with XChaCha20-Poly1305: 24 random bytes, then the text, then 16 bytes that prove both text and `context`.
std::string seal(const Key&, std::string_view plain, std::string_view context);
/// Absent if key or context are not those it was sealed with, or if a byte has changed.
std::optional<std::string> open(const Key&, std::string_view sealed, std::string_view context);

/// BLAKE2b-256.
Digest hash(std::string_view);
/// Keyed BLAKE2b-256: equal texts give equal digests, and nothing is learned without the key.
Digest keyed_hash(const Key&, std::string_view);
/// SHA-256, as standards for trees, receipts and manifests ask for it.
Digest sha256(std::string_view);
/// SHA-256, in lower-case hexadecimal, for what others check with their own tools.
std::string sha256_hex(std::string_view);

/// Ed25519 (RFC 8032) by the key whose seed this is: 64 bytes.
std::string sign(const Key& seed, std::string_view text);
/// The 32 bytes with which anybody checks what `sign` gave.
Digest public_key(const Key& seed);
/// False for a signature or a public key of another length, too.
bool is_signature(std::string_view public_key, std::string_view text, std::string_view signature);

/// In a time that tells nothing about where they differ.
bool equal(std::string_view, std::string_view);

/// 256 random bits in base64url: for sessions, invitations, confirmations. Only its hash is ever stored.
std::string new_token();
/// What is stored of a token.
Digest token_hash(std::string_view token);

/// Argon2id in its standard text form, with libsodium's `interactive` limits (64 MiB, two passes). Slow by purpose.
std::string hash_password(std::string_view password);
bool is_password(std::string_view hash, std::string_view password);

std::string_view view(const Digest&);
std::optional<Digest> to_digest(std::string_view bytes);

/// Seals a stream piece by piece under a key of its own (libsodium's secretstream), for files that lie about for a
/// moment.
class StreamSealer {
public:
    StreamSealer(const Key&, std::string& header);
    std::string seal(std::string_view piece, bool is_last);

private:
    std::array<std::uint8_t, 52> state_{};
};

class StreamOpener {
public:
    StreamOpener(const Key&, std::string_view header);
    /// Throws std::runtime_error for a piece that was changed, cut or put elsewhere.
    std::string open(std::string_view piece);
    static constexpr std::size_t header_bytes = 24;
    static constexpr std::size_t overhead_bytes = 17;

private:
    std::array<std::uint8_t, 52> state_{};
};

} // namespace dialpine::crypto
