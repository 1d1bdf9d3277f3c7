#include "work/picture_bytes.hpp"

#include <algorithm>

namespace dialpine::work::pictures {
namespace {
/// A file that has more stretches than this was made to have them.
constexpr std::size_t most_stretches = 100'000;
} // namespace

std::string Scanner::take(std::size_t count)
{
    std::string bytes;
    while (bytes.size() < count) {
        if (is_at_end()) throw Malformed();
        const auto some = std::min(count - bytes.size(), filled_ - at_);
        bytes.append(buffer_, at_, some);
        at_ += some;
    }
    return bytes;
}

void Scanner::skip(std::uint64_t count)
{
    while (count > 0) {
        if (is_at_end()) throw Malformed();
        const auto some = std::min<std::uint64_t>(count, filled_ - at_);
        at_ += some;
        count -= some;
    }
}

bool Scanner::fill()
{
    before_ += filled_;
    at_ = 0;
    filled_ = source_.read(buffer_);
    return filled_ > 0;
}

void Stretches::keep(std::uint64_t from, std::uint64_t to)
{
    if (from == to) return;
    auto& all = kept_.stretches;
    if (!all.empty() && all.back().instead.empty() && all.back().from + all.back().length == from)
        all.back().length += to - from;
    else
        all.push_back({.from = from, .length = to - from, .instead = {}});
    if (all.size() > most_stretches) throw Malformed();
}

void Stretches::put_at(std::size_t mark, std::string bytes)
{
    auto& all = kept_.stretches;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(mark), Stretch{.instead = std::move(bytes)});
}

std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

std::string big_text(std::uint32_t value, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = count; i-- > 0;) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

std::string little_text(std::uint32_t value)
{
    std::string bytes;
    for (std::size_t i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

std::uint32_t orientation_of(std::string_view tiff)
{
    if (tiff.size() < 8) return 1;
    const bool is_big = tiff.starts_with("MM");
    const auto number = [&](std::size_t at, std::size_t count) {
        return is_big ? big(tiff, at, count) : little(tiff, at, count);
    };
    const std::size_t directory = number(4, 4);
    if (directory > tiff.size() - 2) return 1;
    const std::size_t entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (entry + 12 > tiff.size()) return 1;
        if (number(entry, 2) != 0x0112 || number(entry + 2, 2) != 3) continue;
        const auto turned = number(entry + 8, 2);
        return turned >= 1 && turned <= 8 ? turned : 1;
    }
    return 1;
}

std::string tiff_of(std::uint32_t orientation)
{
    return std::string("MM\0\x2a", 4) + big_text(8, 4) + big_text(1, 2) + big_text(0x0112, 2) + big_text(3, 2) +
           big_text(1, 4) + big_text(orientation, 2) + big_text(0, 2) + big_text(0, 4);
}

std::string without_exif_head(std::string block)
{
    constexpr std::string_view head("Exif\0\0", 6);
    return block.starts_with(head) ? block.substr(head.size()) : block;
}

} // namespace dialpine::work::pictures
