#pragma once
#include <filesystem>
#include <string_view>

namespace dialpine::command {

/// Writes a file that nobody else on the machine may read. Throws std::runtime_error when it cannot be written whole.
void write_private(const std::filesystem::path&, std::string_view bytes);

} // namespace dialpine::command
