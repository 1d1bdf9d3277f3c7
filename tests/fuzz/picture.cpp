#include "targets.hpp"
#include "work/pictures.hpp"

#include <array>
#include <optional>

namespace dialpine::fuzz {
namespace {
/// The picture as it is stored; absent when it is not built as its type says.
std::optional<std::string> stripped(std::string_view type, std::string_view bytes, std::size_t piece)
{
    Bytes source(bytes, piece);
    const auto kept = work::without_metadata(type, source);
    if (!kept) return std::nullopt;
    std::string out;
    std::uint64_t end = 0;
    for (const auto& stretch : kept->stretches) {
        if (!stretch.instead.empty()) {
            out += stretch.instead;
            continue;
        }
        if (stretch.length == 0) continue; // a place for bytes of our own that stayed empty
        require(stretch.from >= end && stretch.length <= bytes.size(), "a stretch is not in order");
        end = stretch.from + stretch.length;
        require(end <= bytes.size(), "a stretch is not in the file");
        out += bytes.substr(stretch.from, stretch.length);
    }
    require(out.size() == kept->size(), "the size is not that of the stretches");
    return out;
}
} // namespace

void picture(std::string_view input)
{
    static constexpr std::array<std::string_view, 4> types{"image/jpeg", "image/png", "image/webp", "image/gif"};
    for (const auto type : types) {
        const auto once = stripped(type, input, 4096);
        require(once == stripped(type, input, 7), "what is kept depends on how it was read");
        if (once) require(stripped(type, *once, 4096) == once, "something was left that goes the second time");
    }
}

} // namespace dialpine::fuzz
