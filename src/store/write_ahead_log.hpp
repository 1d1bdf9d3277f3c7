#pragma once
#include <filesystem>

namespace dialpine::store {

class Connection;

/// Writes a file's bytes once more where they are, and flushes them. After a flush that failed, the system takes for
/// written what never reached the disk: reading gives the bytes, flushing again does nothing, and a power cut loses
/// them. Nothing to do for a file that is not there. Throws Failure.
void make_durable(const std::filesystem::path& file);

/// A write that changes nothing, durable when it returns: takes the place in the log of what failed to be written
/// there, so that nobody finds it after a crash. Throws Failure as long as the disk takes no writes.
void overwrite_what_failed(Connection&);

} // namespace dialpine::store
