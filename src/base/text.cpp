#include "base/text.hpp"

#include <sodium.h>
#include <utf8proc.h>

#include <cstdlib>

namespace dialpine {

bool is_utf8(std::string_view text)
{
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const auto length = utf8proc_iterate(at, left, &character);
        if (length <= 0) return false;
        at += length;
        left -= length;
    }
    return true;
}

namespace {
bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

/// Also the C1 controls, which are two bytes in UTF-8.
bool has_control(std::string_view text, std::string_view allowed)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (is_control(c) && allowed.find(text[i]) == std::string_view::npos) return true;
        if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return false;
}

/// Whether a reader would see anything: blanks of all scripts and invisible marks do not count. `text` is UTF-8.
bool has_something_visible(std::string_view text)
{
    while (!text.empty()) {
        utf8proc_int32_t character = 0;
        const auto length = utf8proc_iterate(
            reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
            static_cast<utf8proc_ssize_t>(text.size()),
            &character
        );
        const auto category = utf8proc_category(character);
        const bool is_blank = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                              category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CF;
        if (!is_blank) return true;
        text.remove_prefix(static_cast<std::size_t>(length));
    }
    return false;
}
} // namespace

std::size_t count_characters(std::string_view text)
{
    std::size_t count = 0;
    for (const char byte : text) count += starts_character(byte) ? 1 : 0;
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t count)
{
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (starts_character(text[i]) && seen++ == count) return text.substr(0, i);
    return text;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string folded(std::string_view text)
{
    utf8proc_uint8_t* mapped = nullptr;
    const auto length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        static_cast<utf8proc_ssize_t>(text.size()),
        &mapped,
        static_cast<utf8proc_option_t>(
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE
        )
    );
    if (length < 0) return {};
    std::string result;
    result.reserve(static_cast<std::size_t>(length));
    const std::string_view view(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
    // Letters that Unicode does not decompose although people type them without their stroke.
    for (std::size_t i = 0; i < view.size(); ++i) {
        const std::string_view two = view.substr(i, 2);
        if (two == "ł" || two == "ø" || two == "đ" || two == "ı") {
            result += two == "ł" ? 'l' : two == "ø" ? 'o' : two == "đ" ? 'd' : 'i';
            ++i;
        } else
            result += view[i];
    }
    std::free(mapped);
    return result;
}

std::string escaped_html(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string to_lower_ascii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string to_hex(std::string_view bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        out += digits[static_cast<unsigned char>(byte) >> 4];
        out += digits[static_cast<unsigned char>(byte) & 15];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view hex)
{
    std::string bytes(hex.size() / 2, '\0');
    std::size_t length = 0;
    if (sodium_hex2bin(
            reinterpret_cast<unsigned char*>(bytes.data()),
            bytes.size(),
            hex.data(),
            hex.size(),
            nullptr,
            &length,
            nullptr
        ) != 0 ||
        length * 2 != hex.size())
        return std::nullopt;
    return bytes;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(
            reinterpret_cast<unsigned char*>(bytes.data()),
            bytes.size(),
            text.data(),
            text.size(),
            nullptr,
            &length,
            nullptr,
            sodium_base64_VARIANT_URLSAFE_NO_PADDING
        ) != 0)
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string to_base64url(std::string_view bytes)
{
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(
        out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant
    );
    out.pop_back(); // its closing zero
    return out;
}

std::string_view check_line(std::string& text, std::size_t most)
{
    if (!is_utf8(text)) return "is not valid UTF-8";
    text = std::string(trimmed(text));
    if (!has_something_visible(text)) return "must not be empty";
    if (has_control(text, "")) return "must be one line without control characters";
    if (count_characters(text) > most) return "is too long";
    return {};
}

std::string_view check_prose(std::string& text, std::size_t most)
{
    if (!is_utf8(text)) return "is not valid UTF-8";
    std::erase(text, '\r');
    if (has_control(text, "\t\n")) return "has control characters";
    if (text.size() > most) return "is too long";
    return {};
}

std::string_view check_email(std::string& text)
{
    text = std::string(trimmed(text));
    if (!is_utf8(text) || has_control(text, "") || text.find_first_of(" \t,;<>\"()") != std::string::npos)
        return "is not an e-mail address";
    const auto at = text.find('@');
    const bool is_one_pair = at != std::string::npos && at > 0 && at == text.rfind('@') && at + 1 < text.size();
    const std::string_view host = is_one_pair ? std::string_view(text).substr(at + 1) : std::string_view();
    if (!is_one_pair || host.front() == '.' || host.back() == '.' || host.find("..") != std::string_view::npos)
        return "is not an e-mail address";
    if (text.size() > 254) return "is too long";
    return {};
}

} // namespace dialpine
