#pragma once
#include <cstdint>
#include <span>

namespace dialpine {

/// Bytes that can be read from the start as often as needed, so that nobody has to keep them in memory.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual void rewind() = 0;
    /// Fills the front of `into` with what comes next; says how many bytes that were, 0 at the end.
    virtual std::size_t read(std::span<char> into) = 0;
    /// In bytes.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

} // namespace dialpine
