#pragma once
#include "base/clock.hpp"
#include "base/ids.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What lies in a backup beside its files: a list of them with their hashes, so that a damaged one is not put back, and
/// until when the keys may be used, so that an old copy does not bring erased persons back.
namespace dialpine::store {

/// A copy of the keys serves for so long (promise P86). Later it is refused, and `backup` removes those that it made.
inline constexpr std::chrono::days key_backup_life{30};

struct BackedUpFile {
    std::string path; ///< below the folder
    std::int64_t bytes = 0;
    std::string sha256;
};
struct BackupManifest {
    std::string format;
    std::string part; ///< "database" or "keys"
    Uuid backup;      ///< the same in both
    Instant made_at{};
    std::vector<BackedUpFile> files;
};

/// Writes `manifest.json` for what is in the folder now.
void write_manifest(const std::filesystem::path& folder, std::string part, const Uuid& backup, Instant made_at);
/// Absent when there is none: a backup of a program that wrote none. Throws std::runtime_error for one that is damaged.
std::optional<BackupManifest> read_manifest(const std::filesystem::path& folder);

/// What is wrong with a backup, in a sentence for the operator; empty when it can be put back.
std::string check_backup(const std::filesystem::path& backup, Instant now);
/// Copies the two parts, without their manifests, to a new data folder.
void copy_backup(const std::filesystem::path& backup, const std::filesystem::path& data);

/// Notes in the data folder that the keys were copied to `backup`, so that the copy can be removed when it has expired.
void note_key_backup(const std::filesystem::path& data, const std::filesystem::path& backup);
/// Removes the files of copies of the keys that have expired, where they still lie where they were made. Gives their
/// folders.
std::vector<std::filesystem::path> remove_expired_key_backups(const std::filesystem::path& data, Instant now);

} // namespace dialpine::store
