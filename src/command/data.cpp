#include "command/commands.hpp"
#include "privacy/erasure.hpp"
#include "people/workspaces.hpp"
#include "store/backup.hpp"
#include "store/folder_lock.hpp"
#include "store/keys.hpp"
#include "store/orphans.hpp"
#include "store/statement.hpp"
#include "store/replay.hpp"
#include "store/restore.hpp"

namespace dialpine::command {
namespace fs = std::filesystem;

namespace {
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
    output.message(fmt::format(
        "The copy of the keys serves until {}; then it is refused, and removed where it lies.",
        to_text(clock_now() + store::key_backup_life)
    ));
    for (const auto& removed : store::remove_expired_key_backups(house.database.folder(), clock_now()))
        output.message("An expired copy of the keys is removed: " + removed.string());
    return Exit::done;
}

namespace {
/// What the present data knows that a backup may not: who was erased, and what people refused since.
struct Since {
    store::Keys::Gone gone;
    std::vector<store::Choice> choices;
};

/// What had to be done again.
struct Again {
    int erased = 0; ///< persons
    int closed = 0; ///< workspaces
};

Since known_since(const fs::path& keys)
{
    Since since;
    if (fs::exists(keys / "keys.db")) since.gone = store::Keys::gone_in(keys);
    if (fs::exists(keys / "replay.db")) since.choices = store::Replays(keys, true).all();
    return since;
}

/// Makes the backup ready to be the data.
Again prepare(const fs::path& fresh, const fs::path& from, const Since& since)
{
    store::copy_backup(from, fresh);
    store::Database database({.folder = fresh});
    database.keys().adopt_tombstones(since.gone.persons);
    database.keys().adopt_closed(since.gone.workspaces);
    database.keys().replays().adopt(since.choices);
    const Again again{.erased = privacy::finish_erasures(database), .closed = people::finish_closings(database)};
    store::remove_orphan_blobs(database);
    return again;
}
} // namespace

Exit restore(const fs::path& data, const fs::path& from, Output& output)
{
    fs::create_directories(data);
    const store::FolderLock lock(data); // a running server refuses this
    store::finish_restore(data);
    if (const auto wrong = store::check_backup(from, clock_now()); !wrong.empty()) {
        output.message(wrong);
        output.message("Nothing was changed.");
        return Exit::failed;
    }
    if (const auto why = why_not(from); !why.empty()) {
        output.message(why);
        output.message("Nothing was changed.");
        return Exit::refused;
    }
    Again again;
    try {
        again = prepare(store::begin_restore(data), from, known_since(data / "keys"));
    } catch (...) {
        store::give_up_restore(data);
        throw;
    }
    store::decide_restore(data);
    fs::permissions(data, fs::perms::owner_all);
    const auto before = store::finish_restore(data);
    output.result(fmt::format("Restored to {}.", data.string()));
    if (again.erased > 0)
        output.message(fmt::format("{} people who had been erased since are erased again.", again.erased));
    if (again.closed > 0)
        output.message(fmt::format("{} workspaces that had been closed since are closed again.", again.closed));
    if (before)
        output.message(
            "What was there before is in " + before->string() +
            ". It goes by itself after a week, or with the next erasure; remove it when all is well."
        );
    return Exit::done;
}

} // namespace dialpine::command
