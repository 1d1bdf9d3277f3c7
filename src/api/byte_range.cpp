#include "api/byte_range.hpp"

#include "base/problem.hpp"
#include "base/text.hpp"

#include <charconv>

namespace dialpine::api {
namespace {
std::optional<std::uint64_t> number(std::string_view digits)
{
    std::uint64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}
} // namespace

std::optional<ByteRange> range_of(std::string_view header, std::uint64_t size)
{
    constexpr std::string_view unit = "bytes=";
    if (!to_lower_ascii(header.substr(0, unit.size())).starts_with(unit)) return std::nullopt;
    const auto wish = trimmed(header.substr(unit.size()));
    const auto hyphen = wish.find('-');
    if (hyphen == std::string_view::npos || wish.find(',') != std::string_view::npos) return std::nullopt;
    const auto begin = trimmed(wish.substr(0, hyphen));
    const auto end = trimmed(wish.substr(hyphen + 1));
    const auto first = number(begin);
    const auto last = number(end);
    if ((!begin.empty() && !first) || (!end.empty() && !last) || (begin.empty() && end.empty())) return std::nullopt;

    const Problem nothing(416, "nothing-there", "Nothing there", "The file ends before the bytes that were asked for.");
    if (!first) { // the last bytes
        if (*last == 0) throw nothing;
        return ByteRange{*last >= size ? 0 : size - *last, size - 1};
    }
    if (last && *last < *first) return std::nullopt;
    if (*first >= size) throw nothing;
    return ByteRange{*first, last ? std::min(*last, size - 1) : size - 1};
}

} // namespace dialpine::api
