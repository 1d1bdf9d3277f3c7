#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace dialpine::api {

/// Bytes of a whole, of which there is at least one.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0; ///< included
    bool operator==(const ByteRange&) const = default;
};

/// What a `Range` header (RFC 9110, section 14) wishes of `size` bytes. Absent when there is none, when it is none that
/// can be read, or when it wishes several: then all of it is sent, as the RFC allows. Throws Problem 416 when nothing of
/// what it wishes is there.
std::optional<ByteRange> range_of(std::string_view header, std::uint64_t size);

} // namespace dialpine::api
