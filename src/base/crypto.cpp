#include "base/crypto.hpp"

#include "base/text.hpp"

#include <sodium.h>

#include <cstring>
#include <stdexcept>

namespace dialpine::crypto {
namespace {
const unsigned char* in(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

static_assert(sizeof(crypto_secretstream_xchacha20poly1305_state) == 52);
auto* stream(std::array<std::uint8_t, 52>& state)
{
    return reinterpret_cast<crypto_secretstream_xchacha20poly1305_state*>(state.data());
}
} // namespace

void initialise()
{
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
}

Key Key::random()
{
    Key key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
}

std::optional<Key> Key::from_bytes(std::string_view bytes)
{
    Key key;
    if (bytes.size() != key.bytes_.size()) return std::nullopt;
    std::memcpy(key.bytes_.data(), bytes.data(), bytes.size());
    return key;
}

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string seal(const Key& key, std::string_view plain, std::string_view context)
{
    constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::string sealed(nonce_bytes + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    randombytes_buf(sealed.data(), nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out(sealed) + nonce_bytes,
        nullptr,
        in(plain),
        plain.size(),
        in(context),
        context.size(),
        nullptr,
        in(sealed),
        in(key.bytes())
    );
    return sealed;
}

std::optional<std::string> open(const Key& key, std::string_view sealed, std::string_view context)
{
    constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
    std::string plain(sealed.size() - nonce_bytes - tag_bytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out(plain),
        nullptr,
        nullptr,
        in(sealed) + nonce_bytes,
        sealed.size() - nonce_bytes,
        in(context),
        context.size(),
        in(sealed),
        in(key.bytes())
    );
    if (failed) return std::nullopt;
    return plain;
}

Digest hash(std::string_view text)
{
    Digest digest;
    crypto_generichash(digest.data(), digest.size(), in(text), text.size(), nullptr, 0);
    return digest;
}

Digest keyed_hash(const Key& key, std::string_view text)
{
    Digest digest;
    const auto secret = key.bytes();
    crypto_generichash(digest.data(), digest.size(), in(text), text.size(), in(secret), secret.size());
    return digest;
}

Digest sha256(std::string_view text)
{
    Digest digest;
    crypto_hash_sha256(digest.data(), in(text), text.size());
    return digest;
}

std::string sha256_hex(std::string_view text) { return to_hex(view(sha256(text))); }

namespace {
/// libsodium's form of a secret key: the seed and the public key. Wiped when it goes.
struct SigningKey {
    explicit SigningKey(const Key& seed)
    {
        crypto_sign_seed_keypair(public_bytes.data(), secret_bytes.data(), in(seed.bytes()));
    }
    ~SigningKey() { sodium_memzero(secret_bytes.data(), secret_bytes.size()); }
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;

    Digest public_bytes{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_bytes{};
};
} // namespace

std::string sign(const Key& seed, std::string_view text)
{
    const SigningKey key(seed);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(out(signature), nullptr, in(text), text.size(), key.secret_bytes.data());
    return signature;
}

Digest public_key(const Key& seed) { return SigningKey(seed).public_bytes; }

bool is_signature(std::string_view public_key, std::string_view text, std::string_view signature)
{
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(in(signature), in(text), text.size(), in(public_key)) == 0;
}

bool equal(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string new_token() { return to_base64url(Key::random().bytes()); }

Digest token_hash(std::string_view token) { return hash(token); }

std::string hash_password(std::string_view password)
{
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(
            text.data(),
            password.data(),
            password.size(),
            crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE
        ) != 0)
        throw std::bad_alloc();
    return text.data();
}

bool is_password(std::string_view hash, std::string_view password)
{
    return crypto_pwhash_argon2id_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

std::string_view view(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

std::optional<Digest> to_digest(std::string_view bytes)
{
    Digest digest;
    if (bytes.size() != digest.size()) return std::nullopt;
    std::memcpy(digest.data(), bytes.data(), bytes.size());
    return digest;
}

StreamSealer::StreamSealer(const Key& key, std::string& header)
{
    header.assign(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
    crypto_secretstream_xchacha20poly1305_init_push(stream(state_), out(header), in(key.bytes()));
}

std::string StreamSealer::seal(std::string_view piece, bool is_last)
{
    std::string sealed(piece.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    const auto tag =
        is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(
        stream(state_), out(sealed), nullptr, in(piece), piece.size(), nullptr, 0, static_cast<unsigned char>(tag)
    );
    return sealed;
}

StreamOpener::StreamOpener(const Key& key, std::string_view header)
{
    static_assert(header_bytes == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
    static_assert(overhead_bytes == crypto_secretstream_xchacha20poly1305_ABYTES);
    if (header.size() != header_bytes ||
        crypto_secretstream_xchacha20poly1305_init_pull(stream(state_), in(header), in(key.bytes())) != 0)
        throw std::runtime_error("a sealed stream has no valid head");
}

std::string StreamOpener::open(std::string_view piece)
{
    if (piece.size() < overhead_bytes) throw std::runtime_error("a sealed stream is cut short");
    std::string plain(piece.size() - overhead_bytes, '\0');
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(
            stream(state_), out(plain), nullptr, &tag, in(piece), piece.size(), nullptr, 0
        ) != 0)
        throw std::runtime_error("a sealed stream was changed");
    return plain;
}

} // namespace dialpine::crypto
