#pragma once
#include <filesystem>
#include <memory>

namespace dialpine::store {

class Connection;

/// Opens one of the small databases beside the master key, to write; makes it when it is absent. What is removed from it
/// leaves no copy behind. What is committed survives a power cut, if `is_durable`. Throws Failure.
std::unique_ptr<Connection> open_key_file(const std::filesystem::path& file, bool is_durable);

} // namespace dialpine::store
