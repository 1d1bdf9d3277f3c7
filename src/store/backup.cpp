#include "store/backup.hpp"

#include "base/file_digest.hpp"
#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace dialpine::store {
namespace fs = std::filesystem;
BOOST_DESCRIBE_STRUCT(BackedUpFile, (), (path, bytes, sha256))
BOOST_DESCRIBE_STRUCT(BackupManifest, (), (format, part, backup, made_at, files))

namespace {
constexpr std::string_view manifest_name = "manifest.json";
constexpr std::string_view format_name = "dialpine backup 1";
constexpr std::string_view list_name = "key-backups";

std::string text_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_text(const fs::path& path, std::string_view text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.flush();
    if (!file) throw std::runtime_error("The file " + path.string() + " cannot be written.");
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

bool is_inside(const fs::path& relative)
{
    return !relative.empty() && relative.is_relative() && relative.lexically_normal() == relative &&
           *relative.begin() != "..";
}

std::string check_part(const fs::path& folder, std::string_view part)
{
    const auto manifest = read_manifest(folder);
    if (!manifest) return {};
    if (manifest->format != format_name)
        return fmt::format("{} was made by a newer program. Restore it with that.", folder.string());
    if (manifest->part != part) return fmt::format("{} holds the {}, not the {}.", folder.string(), manifest->part, part);
    for (const auto& file : manifest->files) {
        const auto path = folder / file.path;
        // It may come from elsewhere; whether it is the right one, opening the keys shows.
        if (file.path == "master.key") continue;
        if (!is_inside(file.path) || !fs::is_regular_file(path))
            return fmt::format("The backup is not whole: {} is missing.", path.string());
        if (static_cast<std::int64_t>(fs::file_size(path)) != file.bytes || sha256_of_file(path) != file.sha256)
            return fmt::format("The backup is damaged: {} is not what was written.", path.string());
    }
    return {};
}

/// A copy without a manifest is as old as its file.
Instant made_at(const fs::path& keys)
{
    if (const auto manifest = read_manifest(keys)) return manifest->made_at;
    const auto written = std::chrono::file_clock::to_sys(fs::last_write_time(keys / "keys.db"));
    return std::chrono::floor<std::chrono::milliseconds>(written);
}

void copy_part(const fs::path& from, const fs::path& to)
{
    fs::create_directories(to);
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto path = fs::relative(entry.path(), from);
        if (!entry.is_regular_file() || path == manifest_name) continue;
        fs::create_directories((to / path).parent_path());
        fs::copy_file(entry.path(), to / path);
    }
}
} // namespace

void write_manifest(const fs::path& folder, std::string part, const Uuid& backup, Instant made_at)
{
    BackupManifest manifest{std::string(format_name), std::move(part), backup, made_at, {}};
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().filename() == manifest_name) continue;
        manifest.files.push_back({
            fs::relative(entry.path(), folder).generic_string(),
            static_cast<std::int64_t>(entry.file_size()),
            sha256_of_file(entry.path()),
        });
    }
    std::ranges::sort(manifest.files, {}, &BackedUpFile::path);
    write_text(folder / manifest_name, json::to_json(manifest));
}

std::optional<BackupManifest> read_manifest(const fs::path& folder)
{
    if (!fs::exists(folder / manifest_name)) return std::nullopt;
    try {
        return json::from_json<BackupManifest>(text_of(folder / manifest_name));
    } catch (const Problem&) {
        throw std::runtime_error("The backup is damaged: " + (folder / manifest_name).string() + " cannot be read.");
    }
}

std::string check_backup(const fs::path& backup, Instant now)
{
    const auto database = backup / "database";
    const auto keys = backup / "keys";
    if (!fs::exists(database / "dialpine.db") || !fs::exists(keys / "keys.db"))
        return fmt::format(
            "There is no whole backup in {}. A backup has two folders: database, with dialpine.db, and keys, with "
            "keys.db. Put both there.",
            backup.string()
        );
    for (const auto& [folder, part] : {std::pair{database, "database"}, std::pair{keys, "keys"}})
        if (auto wrong = check_part(folder, part); !wrong.empty()) return wrong;
    if (const Instant expires = made_at(keys) + key_backup_life; expires <= now)
        return fmt::format(
            "The copy of the keys expired on {}: it could open what people have had erased since. Give the keys folder "
            "of a newer backup with this database; it opens older databases, too.",
            to_text(expires)
        );
    return {};
}

void copy_backup(const fs::path& backup, const fs::path& data)
{
    copy_part(backup / "database", data);
    copy_part(backup / "keys", data / "keys");
}

void note_key_backup(const fs::path& data, const fs::path& backup)
{
    const auto list = data / list_name;
    write_text(list, (fs::exists(list) ? text_of(list) : std::string()) + fs::absolute(backup / "keys").string() + "\n");
}

std::vector<fs::path> remove_expired_key_backups(const fs::path& data, Instant now)
{
    std::vector<fs::path> removed;
    const auto list = data / list_name;
    if (!fs::exists(list)) return removed;
    std::string left;
    std::ifstream lines(list);
    for (std::string line; std::getline(lines, line);) {
        const fs::path keys = line;
        if (!fs::exists(keys / "keys.db")) continue; // moved elsewhere, where its life ends by being refused
        if (made_at(keys) + key_backup_life > now) {
            left += line + "\n";
            continue;
        }
        if (const auto manifest = read_manifest(keys))
            for (const auto& file : manifest->files)
                if (is_inside(file.path)) fs::remove(keys / file.path);
        fs::remove(keys / manifest_name);
        std::error_code not_empty;
        fs::remove(keys, not_empty);
        removed.push_back(keys);
    }
    write_text(list, left);
    return removed;
}

} // namespace dialpine::store
