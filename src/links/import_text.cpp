#include "links/import_text.hpp"

#include "base/text.hpp"

namespace dialpine::links {
namespace {
/// The bytes of the control character that `text` has at `at` (C0, DEL, or C1 in two bytes); 0 if there is none.
std::size_t control_at(std::string_view text, std::size_t at)
{
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7f) return 1;
    const bool is_c1 = byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    return is_c1 ? 2 : 0;
}

std::string without_controls(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto control = control_at(text, at);
        plain += control ? ' ' : text[at];
        at += control ? control : 1;
    }
    return plain;
}

/// Whether the last of the cut characters is whole.
std::size_t whole_characters(std::string_view text, std::size_t most)
{
    if (text.size() <= most) return text.size();
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return most;
}
} // namespace

FittedLine fit_line(std::string_view utf8, std::size_t most)
{
    const auto plain = without_controls(utf8);
    const auto whole = trimmed(plain);
    const auto line = first_characters(whole, most);
    return {std::string(trimmed(line)), std::string(trimmed(whole.substr(line.size())))};
}

FittedProse fit_prose(std::string_view utf8, std::size_t most)
{
    std::string plain;
    plain.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const auto control = control_at(utf8, at);
        const bool is_kept = control == 0 || utf8[at] == '\t' || utf8[at] == '\n';
        const bool is_line_end = utf8[at] == '\r' && (at + 1 == utf8.size() || utf8[at + 1] != '\n');
        if (is_kept || is_line_end) plain += is_line_end ? '\n' : utf8[at];
        at += control ? control : 1;
    }
    const auto fitting = whole_characters(plain, most);
    const bool is_cut = fitting < plain.size();
    plain.resize(fitting);
    return {std::move(plain), is_cut};
}

} // namespace dialpine::links
