#pragma once
#include <filesystem>

namespace dialpine::store {

/// Held as long as the process has the data folder open; the kernel lets go of it however the process ends.
class FolderLock {
public:
    /// Throws Failure when another process holds it, or the folder cannot be written.
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int file_;
};

} // namespace dialpine::store
