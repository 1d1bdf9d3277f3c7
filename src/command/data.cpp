#include "command/commands.hpp"
#include "privacy/erasure.hpp"
#include "store/keys.hpp"

namespace dialpine::command {
namespace fs = std::filesystem;

namespace {
constexpr std::string_view usage = "A backup has two folders: database, with dialpine.db, and keys, with keys.db.";

bool is_backup(const fs::path& folder)
{
    return fs::exists(folder / "database" / "dialpine.db") && fs::exists(folder / "keys" / "keys.db");
}

/// Moves what is in the data folder to a folder beside it; empty when there is nothing.
fs::path move_aside(const fs::path& data)
{
    if (!fs::exists(data / "dialpine.db") && !fs::exists(data / "keys")) return {};
    std::string stamp = to_text(clock_now());
    std::ranges::replace(stamp, ':', '-');
    fs::path aside = data;
    if (aside.filename().empty()) aside = aside.parent_path();
    aside += ".before-restore-" + stamp;
    fs::rename(data, aside);
    return aside;
}
} // namespace

Exit back_up(api::House& house, const fs::path& out, Output& output)
{
    if (fs::exists(out) && !fs::is_empty(out)) {
        output.message("The folder " + out.string() + " is not empty. Give a new one for each backup.");
        return Exit::refused;
    }
    house.database.back_up_to(out);
    output.result((out / "database").string());
    output.result((out / "keys").string());
    output.message("Keep the two apart: whoever has both can read everything.");
    return Exit::done;
}

Exit restore(const fs::path& data, const fs::path& from, Output& output)
{
    if (!is_backup(from)) {
        output.message(fmt::format("There is no backup in {}. {}", from.string(), usage));
        return Exit::failed;
    }
    std::vector<PersonId> erased;
    if (fs::exists(data / "keys" / "keys.db")) {
        // Opened with its lock, so that a running server refuses this; what it knows of erasures outlives the restore.
        const store::Database present({.folder = data});
        erased = present.keys().tombstones();
    }
    const auto aside = move_aside(data);
    fs::create_directories(data / "keys");
    fs::copy_file(from / "database" / "dialpine.db", data / "dialpine.db");
    for (const auto& entry : fs::directory_iterator(from / "keys"))
        fs::copy_file(entry.path(), data / "keys" / entry.path().filename());
    fs::permissions(data, fs::perms::owner_all);
    store::Database restored({.folder = data});
    restored.keys().adopt_tombstones(erased);
    const int count = privacy::finish_erasures(restored);
    output.result(fmt::format("Restored to {}.", data.string()));
    if (count > 0) output.message(fmt::format("{} people who had been erased since are erased again.", count));
    if (!aside.empty())
        output.message("What was there before is in " + aside.string() + ". Remove it when all is well.");
    return Exit::done;
}

} // namespace dialpine::command
