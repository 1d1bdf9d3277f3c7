#include "store/write_ahead_log.hpp"

#include "store/statement.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace dialpine::store {
namespace {
constexpr std::size_t step_bytes = std::size_t{1024} * 1024;

/// Closes itself.
struct OpenFile {
    int descriptor;
    ~OpenFile() { ::close(descriptor); }
};
} // namespace

void make_durable(const std::filesystem::path& path)
{
    if (!std::filesystem::exists(path)) return;
    const auto refused = [&] { return device_failure("The file " + path.string() + " cannot be written", errno); };
    const OpenFile file{::open(path.c_str(), O_RDWR | O_CLOEXEC)};
    if (file.descriptor < 0) throw refused();
    std::string bytes(step_bytes, '\0');
    for (off_t at = 0;;) {
        const auto count = ::pread(file.descriptor, bytes.data(), bytes.size(), at);
        if (count < 0) throw refused();
        if (count == 0) break;
        if (::pwrite(file.descriptor, bytes.data(), static_cast<std::size_t>(count), at) != count) throw refused();
        at += count;
    }
    if (::fsync(file.descriptor) != 0) throw refused();
}

void overwrite_what_failed(Connection& connection)
{
    const auto version = connection.integer("PRAGMA user_version");
    connection.execute(fmt::format("PRAGMA user_version = {}", version));
}

} // namespace dialpine::store
