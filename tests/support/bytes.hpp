#pragma once
#include "base/byte_source.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace dialpine::support {

/// A file that is only in memory and kept elsewhere, read a few bytes at a time so that everything is cut somewhere.
class Bytes : public ByteSource {
public:
    explicit Bytes(std::string_view bytes, std::size_t most = 4096) : bytes_(bytes), most_(most) {}
    void rewind() override { at_ = 0; }
    std::size_t read(std::span<char> into) override
    {
        const auto count = bytes_.copy(into.data(), std::min(into.size(), most_), at_);
        at_ += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t most_;
    std::size_t at_ = 0;
};

} // namespace dialpine::support
