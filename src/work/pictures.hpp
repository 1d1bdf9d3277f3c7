#pragma once
#include "base/byte_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Pictures without what they say besides the picture: place, camera, author, comments, former versions. What is kept
/// is listed, what is not known goes, and whatever stands after the picture's end. How the picture is to be turned
/// stays, in a block of our own. Read once from front to end; the picture itself is not decoded (decision 0009).
namespace dialpine::work {

/// A stretch of the file, or bytes of our own instead.
struct Stretch {
    std::uint64_t from = 0;
    std::uint64_t length = 0;
    std::string instead; ///< when not empty
    [[nodiscard]] std::uint64_t size() const { return instead.empty() ? length : instead.size(); }
};

/// What of a file is to be kept, in this order.
struct Kept {
    std::vector<Stretch> stretches;
    [[nodiscard]] std::uint64_t size() const;
};

/// Absent for other types than JPEG, PNG, WebP and GIF, and for a file that is not built as its type says.
std::optional<Kept> without_metadata(std::string_view media_type, ByteSource&);

} // namespace dialpine::work
