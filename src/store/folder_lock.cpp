#include "store/folder_lock.hpp"

#include "store/statement.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace dialpine::store {

FolderLock::FolderLock(const std::filesystem::path& folder)
    : file_(::open((folder / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600))
{
    if (file_ < 0) throw Failure("The data folder " + folder.string() + " cannot be written.");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw Failure(
            "Another dialpine has the data folder " + folder.string() + " open. End it first, or give another --data."
        );
    }
}

FolderLock::~FolderLock() { ::close(file_); }

} // namespace dialpine::store
