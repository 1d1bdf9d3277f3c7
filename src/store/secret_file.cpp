#include "store/secret_file.hpp"

#include "base/text.hpp"
#include "store/failure.hpp"
#include "store/keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace dialpine::store {
namespace {
namespace fs = std::filesystem;

fs::path unfinished(const fs::path& path) { return path.string() + ".part"; }

/// Closes itself.
class File {
public:
    File(const fs::path& path, int flags) : file_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File()
    {
        if (file_ >= 0) ::close(file_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] bool is_open() const { return file_ >= 0; }
    [[nodiscard]] bool write(std::string_view text) const
    {
        return ::write(file_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file_) == 0;
    }

private:
    int file_;
};
} // namespace

std::optional<crypto::Key> key_from_hex(std::string_view hex)
{
    const auto bytes = from_hex(trimmed(hex));
    return bytes ? crypto::Key::from_bytes(*bytes) : std::nullopt;
}

crypto::Key read_secret(const fs::path& path)
{
    if (!fs::exists(path))
        throw std::runtime_error(
            "There is no master key " + path.string() + ". Put it back from its backup, or set DIALPINE_MASTER_KEY."
        );
    struct stat about{};
    if (::stat(path.c_str(), &about) == 0 && (about.st_mode & 077) != 0)
        throw std::runtime_error(
            "The master key " + path.string() + " can be read by others. Run: chmod 600 " + path.string()
        );
    std::ifstream file(path);
    const std::string hex((std::istreambuf_iterator<char>(file)), {});
    if (auto key = key_from_hex(hex)) return *key;
    throw std::runtime_error("The master key " + path.string() + " is damaged: it must be 64 hexadecimal digits.");
}

void write_secret(const fs::path& path, const crypto::Key& key)
{
    const std::runtime_error failure("The master key " + path.string() + " cannot be written.");
    const auto part = unfinished(path);
    remove_unfinished_secret(path);
    const std::string text = to_hex(key.bytes()) + "\n";
    {
        const File file(part, O_CREAT | O_EXCL | O_WRONLY);
        if (!file.is_open() || !file.write(text)) throw failure;
    }
    const File before(path, O_WRONLY); // still the old one after the renaming
    if (::rename(part.c_str(), path.c_str()) != 0) throw failure;
    sync_folder(path.parent_path());
    if (before.is_open()) (void)before.write(std::string(text.size(), '0')); // as far as the device really overwrites
}

void remove_unfinished_secret(const fs::path& path)
{
    std::error_code ignored; // if it cannot be removed, writing it anew fails and says so
    fs::remove(unfinished(path), ignored);
}

void sync_folder(const fs::path& folder)
{
    const int file = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_safe = file >= 0 && ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    if (!is_safe) throw device_failure("The folder " + folder.string() + " cannot be written to the device", error);
}

crypto::Key key_in_file(const fs::path& path)
{
    if (!fs::exists(path)) write_secret(path, crypto::Key::random());
    return read_secret(path);
}

} // namespace dialpine::store
