#include "command/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace dialpine::command {

void write_private(const std::filesystem::path& path, std::string_view bytes)
{
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("The file " + path.string() + " cannot be written.");
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count <= 0) break;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    ::close(file);
    if (!bytes.empty()) throw std::runtime_error("The file " + path.string() + " could not be written whole.");
}

} // namespace dialpine::command
