#include "base/file_digest.hpp"

#include "base/sha256.hpp"

#include <fstream>
#include <stdexcept>
#include <vector>

namespace dialpine {

std::string sha256_of_file(const std::filesystem::path& path)
{
    constexpr std::size_t piece_bytes = 1024 * 1024;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("The file " + path.string() + " cannot be read.");
    crypto::Sha256 hash;
    std::vector<char> piece(piece_bytes);
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        hash.add({piece.data(), static_cast<std::size_t>(file.gcount())});
    if (file.bad()) throw std::runtime_error("The file " + path.string() + " cannot be read.");
    return hash.hex();
}

} // namespace dialpine
