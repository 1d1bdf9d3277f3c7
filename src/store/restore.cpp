#include "store/restore.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace dialpine::store {
namespace fs = std::filesystem;
namespace {
constexpr std::string_view prefix = "before-restore-";
/// What is no data, or belongs to the program that runs.
constexpr std::array stays{"restore", "lock", "control.sock", "proof.json", "key-backups"};

/// Everything written so far on this file system is on the device when it returns.
void sync(const fs::path& folder)
{
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) throw std::runtime_error("The folder " + folder.string() + " cannot be opened.");
    const bool is_synced = ::syncfs(file) == 0;
    ::close(file);
    if (!is_synced) throw std::runtime_error("The folder " + folder.string() + " cannot be written to the device.");
}

void mark(const fs::path& file)
{
    if (!std::ofstream(file)) throw std::runtime_error("The file " + file.string() + " cannot be written.");
    sync(file.parent_path());
}

std::vector<fs::path> entries_of(const fs::path& folder)
{
    std::vector<fs::path> entries;
    if (fs::exists(folder))
        for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
    return entries;
}

bool is_old_data(const fs::path& entry)
{
    const auto name = entry.filename().string();
    return std::ranges::find(stays, name) == stays.end() && !name.starts_with(prefix);
}

/// `before-restore-2026-11-25T09-30-00.123Z`
fs::path name_for(Instant at)
{
    std::string stamp = to_text(at);
    std::ranges::replace(stamp, ':', '-');
    return std::string(prefix) + stamp;
}

std::optional<Instant> time_of(const std::string& name)
{
    if (!name.starts_with(prefix)) return std::nullopt;
    std::string stamp = name.substr(prefix.size());
    for (const std::size_t colon : {13U, 16U})
        if (stamp.size() > colon) stamp[colon] = ':';
    return parse_instant(stamp);
}
} // namespace

fs::path begin_restore(const fs::path& data)
{
    give_up_restore(data);
    const auto fresh = data / "restore" / "new";
    fs::create_directories(fresh);
    fs::permissions(data / "restore", fs::perms::owner_all);
    fs::permissions(fresh, fs::perms::owner_all);
    return fresh;
}

void give_up_restore(const fs::path& data) { fs::remove_all(data / "restore"); }

void decide_restore(const fs::path& data)
{
    sync(data);
    mark(data / "restore" / "ready");
}

std::optional<fs::path> finish_restore(const fs::path& data)
{
    const auto at = data / "restore";
    if (!fs::exists(at)) return std::nullopt;
    if (!fs::exists(at / "ready")) {
        give_up_restore(data);
        return std::nullopt;
    }
    if (!fs::exists(at / "moved")) {
        fs::create_directories(at / "old");
        for (const auto& entry : entries_of(data))
            if (is_old_data(entry)) fs::rename(entry, at / "old" / entry.filename());
        mark(at / "moved");
    }
    for (const auto& entry : entries_of(at / "new"))
        if (entry.filename() != "lock") fs::rename(entry, data / entry.filename());
    std::optional<fs::path> before;
    if (!entries_of(at / "old").empty()) {
        before = data / name_for(clock_now());
        fs::rename(at / "old", *before);
    }
    sync(data);
    // First, so that a crash here does not take the new data for the old.
    fs::remove(at / "ready");
    sync(data);
    give_up_restore(data);
    return before;
}

int remove_before_restore(const fs::path& data, Instant older_than)
{
    int removed = 0;
    for (const auto& entry : entries_of(data)) {
        const auto at = time_of(entry.filename().string());
        if (!at || *at > older_than) continue;
        fs::remove_all(entry);
        ++removed;
    }
    return removed;
}

} // namespace dialpine::store
