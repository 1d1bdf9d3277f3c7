#include "command/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace dialpine::command {

void write_private(const std::filesystem::path& path, std::string_view bytes)
{
    bool is_given = false;
    write_private(path, [&] { return std::exchange(is_given, true) ? std::string() : std::string(bytes); });
}

void write_private(const std::filesystem::path& path, const std::function<std::string()>& next)
{
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("The file " + path.string() + " cannot be written.");
    bool is_whole = true;
    for (std::string piece = next(); is_whole && !piece.empty(); piece = next()) {
        std::string_view rest = piece;
        while (!rest.empty()) {
            const auto count = ::write(file, rest.data(), rest.size());
            if (count <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        is_whole = rest.empty();
    }
    ::close(file);
    if (!is_whole) throw std::runtime_error("The file " + path.string() + " could not be written whole.");
}

} // namespace dialpine::command
