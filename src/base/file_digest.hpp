#pragma once
#include <filesystem>
#include <string>

namespace dialpine {

/// SHA-256 of a file's bytes, in lower-case hexadecimal, read piece by piece. Throws std::runtime_error when it cannot
/// be read.
std::string sha256_of_file(const std::filesystem::path&);

} // namespace dialpine
