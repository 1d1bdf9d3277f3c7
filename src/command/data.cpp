#include "command/commands.hpp"
#include "privacy/erasure.hpp"
#include "people/workspaces.hpp"
#include "store/keys.hpp"
#include "store/orphans.hpp"
#include "store/statement.hpp"

namespace dialpine::command {
namespace fs = std::filesystem;

namespace {
constexpr std::string_view usage = "A backup has two folders: database, with dialpine.db, and keys, with keys.db.";

bool is_backup(const fs::path& folder)
{
    return fs::exists(folder / "database" / "dialpine.db") && fs::exists(folder / "keys" / "keys.db");
}

/// Why this backup's database could not be read with this backup's keys; empty when it can.
std::string why_not(const fs::path& from)
{
    try {
        const auto keys = store::Keys::look(from / "keys");
        store::Connection database((from / "database" / "dialpine.db").string(), store::Connection::Mode::read);
        return store::why_keys_are_foreign(database, *keys);
    } catch (const std::exception& failure) {
        return failure.what();
    }
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
    if (const auto why = why_not(from); !why.empty()) {
        output.message(why);
        output.message("Nothing was changed.");
        return Exit::refused;
    }
    if (store::is_folder_in_use(data)) {
        output.message("Another dialpine has the data folder " + data.string() + " open. End it first.");
        return Exit::failed;
    }
    // What is known here of erasures outlives the restore, also when these keys cannot be opened any more.
    store::Keys::Gone gone;
    if (fs::exists(data / "keys" / "keys.db")) gone = store::Keys::gone_in(data / "keys");
    const auto aside = move_aside(data);
    fs::create_directories(data / "keys");
    fs::copy_file(from / "database" / "dialpine.db", data / "dialpine.db");
    if (fs::exists(from / "database" / "blobs"))
        fs::copy(from / "database" / "blobs", data / "blobs", fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(from / "keys"))
        fs::copy_file(entry.path(), data / "keys" / entry.path().filename());
    fs::permissions(data, fs::perms::owner_all);
    store::Database restored({.folder = data});
    restored.keys().adopt_tombstones(gone.persons);
    restored.keys().adopt_closed(gone.workspaces);
    const int count = privacy::finish_erasures(restored);
    const int closed = people::finish_closings(restored);
    store::remove_orphan_blobs(restored);
    output.result(fmt::format("Restored to {}.", data.string()));
    if (count > 0) output.message(fmt::format("{} people who had been erased since are erased again.", count));
    if (closed > 0) output.message(fmt::format("{} workspaces that had been closed since are closed again.", closed));
    if (!aside.empty())
        output.message("What was there before is in " + aside.string() + ". Remove it when all is well.");
    return Exit::done;
}

} // namespace dialpine::command
