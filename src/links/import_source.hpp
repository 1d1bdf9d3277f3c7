#pragma once
#include "base/byte_source.hpp"

#include <filesystem>
#include <fstream>
#include <span>

namespace dialpine::links {

/// An import looks at a file several times rather than keep it in memory.
using ImportSource = ByteSource;

/// A file of the one who types the command.
class FileSource : public ImportSource {
public:
    /// Throws Problem 400 if it cannot be read.
    explicit FileSource(const std::filesystem::path& path);
    void rewind() override;
    std::size_t read(std::span<char> into) override;
    [[nodiscard]] std::uint64_t size() const override { return size_; }

private:
    std::ifstream file_;
    std::uint64_t size_ = 0;
};

} // namespace dialpine::links
