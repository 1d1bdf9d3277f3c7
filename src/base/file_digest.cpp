#include "base/file_digest.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"

#include <sodium.h>

#include <fstream>
#include <stdexcept>
#include <vector>

namespace dialpine {

std::string sha256_of_file(const std::filesystem::path& path)
{
    constexpr std::size_t piece_bytes = 1024 * 1024;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("The file " + path.string() + " cannot be read.");
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::vector<char> piece(piece_bytes);
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        crypto_hash_sha256_update(
            &state,
            reinterpret_cast<const unsigned char*>(piece.data()),
            static_cast<unsigned long long>(file.gcount())
        );
    if (file.bad()) throw std::runtime_error("The file " + path.string() + " cannot be read.");
    crypto::Digest digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return to_hex(crypto::view(digest));
}

} // namespace dialpine
