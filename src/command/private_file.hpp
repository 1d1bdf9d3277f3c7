#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace dialpine::command {

/// Writes a file that nobody else on the machine may read. Throws std::runtime_error when it cannot be written whole.
void write_private(const std::filesystem::path&, std::string_view bytes);
/// The same piece by piece, until one is empty.
void write_private(const std::filesystem::path&, const std::function<std::string()>& next);

} // namespace dialpine::command
