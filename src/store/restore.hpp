#pragma once
#include "base/clock.hpp"

#include <filesystem>
#include <optional>

/// Putting a backup in the place of what a data folder holds, so that a crash at any moment leaves either all of the
/// old or all of the new: what is new is made ready in `restore/new`, then `restore/ready` says that it is to be, and
/// from then on each start goes on until it is done.
namespace dialpine::store {

/// For how long what was there before a restore is kept, unless somebody is erased in the meantime.
inline constexpr std::chrono::days before_restore_life{7};

/// An empty folder for the new data, `restore/new`. What an earlier try left there goes.
std::filesystem::path begin_restore(const std::filesystem::path& data);
/// Undoes what was begun.
void give_up_restore(const std::filesystem::path& data);
/// What is in `restore/new` is whole and on the device: it will be the data from now on.
void decide_restore(const std::filesystem::path& data);
/// Moves the old data to `before-restore-…` and the new into its place if that was decided, else clears what was begun.
/// To be called with the folder's lock, before anything in it is opened. Gives where the old data is.
std::optional<std::filesystem::path> finish_restore(const std::filesystem::path& data);

/// Removes what was there before restores that are older than this; gives how many.
int remove_before_restore(const std::filesystem::path& data, Instant older_than);

} // namespace dialpine::store
