#pragma once
#include "base/crypto.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

/// Master keys in files: 64 hexadecimal digits that only their owner may read.
namespace dialpine::store {

/// Absent for anything but 64 hexadecimal digits.
std::optional<crypto::Key> key_from_hex(std::string_view);
/// Throws std::runtime_error, with what to do, when it can be read by others or is damaged.
crypto::Key read_secret(const std::filesystem::path&);
/// Writes or replaces the file: whole and on the device itself, or as it was before. What it held is overwritten.
/// Throws std::runtime_error when it cannot be written.
void write_secret(const std::filesystem::path&, const crypto::Key&);
/// What a `write_secret` that was cut off left behind.
void remove_unfinished_secret(const std::filesystem::path&);

/// On the device itself: that a file is in this folder, or is no more.
void sync_folder(const std::filesystem::path&);

} // namespace dialpine::store
