#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>

namespace dialpine::links {

/// Bytes that come from outside and can be read from the start as often as needed: an import looks at a file several
/// times rather than keep it in memory.
class ImportSource {
public:
    virtual ~ImportSource() = default;
    virtual void rewind() = 0;
    /// Fills the front of `into` with what comes next; says how many bytes that were, 0 at the end.
    virtual std::size_t read(std::span<char> into) = 0;
    /// In bytes.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

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
