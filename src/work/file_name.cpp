#include "work/file_name.hpp"

#include "base/problem.hpp"
#include "base/text.hpp"

#include <array>

namespace dialpine::work {
namespace {
constexpr std::size_t most_characters = 200;
constexpr std::size_t most_ending = 20;

/// Characters that are not seen: controls (C0, DEL, C1), line and paragraph separators, marks and overrides of
/// direction, and the byte order mark.
bool is_unseen(std::string_view character)
{
    if (character.size() == 1) return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7f;
    if (character.size() == 2 && character[0] == '\xc2') return static_cast<unsigned char>(character[1]) < 0xa0;
    static constexpr std::array<std::string_view, 15> known{
        "\u200e", "\u200f", "\u061c", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c",
        "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff",
    };
    return std::ranges::find(known, character) != known.end();
}

std::string seen(std::string_view text)
{
    std::string kept;
    while (!text.empty()) {
        const auto character = first_characters(text, 1);
        if (!is_unseen(character)) kept += character;
        text.remove_prefix(character.size());
    }
    return kept;
}

std::string shortened(const std::string& name)
{
    if (count_characters(name) <= most_characters) return name;
    const auto dot = name.rfind('.');
    const bool has_ending = dot != std::string::npos && count_characters(name.substr(dot)) <= most_ending;
    const std::string ending = has_ending ? name.substr(dot) : std::string();
    return std::string(first_characters(name, most_characters - count_characters(ending))) + ending;
}

/// RFC 8187's attr-char.
bool is_plain(char c)
{
    constexpr std::string_view others = "!#$&+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}
} // namespace

std::string file_name_of(std::string_view sent, std::string_view pointer)
{
    if (!is_utf8(sent)) throw Problem::invalid(std::string(pointer), "must be UTF-8");
    if (const auto slash = sent.find_last_of("/\\"); slash != std::string_view::npos) sent.remove_prefix(slash + 1);
    std::string name = seen(sent);
    name = shortened(std::string(trimmed(name)));
    const bool is_nothing = name.find_first_not_of(". ") == std::string::npos;
    return is_nothing ? "file" : name;
}

std::string disposition_of(std::string_view kind, std::string_view name)
{
    std::string ascii;
    std::string coded;
    for (const char c : name) {
        const bool is_quotable = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
        ascii += is_quotable ? c : '_';
        if (is_plain(c))
            coded += c;
        else
            coded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}", kind, ascii, coded);
}

std::string unnamed(std::string_view media_type)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> endings{{
        {"image/png", ".png"},
        {"image/jpeg", ".jpg"},
        {"image/gif", ".gif"},
        {"image/webp", ".webp"},
        {"image/avif", ".avif"},
        {"image/heic", ".heic"},
        {"image/svg+xml", ".svg"},
        {"application/pdf", ".pdf"},
        {"application/zip", ".zip"},
        {"text/plain", ".txt"},
        {"video/mp4", ".mp4"},
        {"audio/mpeg", ".mp3"},
    }};
    for (const auto& [type, ending] : endings)
        if (type == media_type) return "attachment" + std::string(ending);
    return "attachment";
}

} // namespace dialpine::work
