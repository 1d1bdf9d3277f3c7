#pragma once
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dialpine {

/// Whether every byte belongs to a well-formed UTF-8 character (Unicode 15, table 3-7).
bool is_utf8(std::string_view);
/// The number of characters (code points) of well-formed UTF-8.
std::size_t count_characters(std::string_view);
/// The first `count` characters of well-formed UTF-8.
std::string_view first_characters(std::string_view, std::size_t count);
/// Without blanks at both ends.
std::string_view trimmed(std::string_view);
/// Case folded and accents stripped (Unicode compatibility decomposition): "Łódź", "LODZ" become comparable.
std::string folded(std::string_view);
/// `&`, `<`, `>`, quotes as HTML entities.
std::string escaped_html(std::string_view);
std::string to_lower_ascii(std::string_view);
std::string to_hex(std::string_view bytes);
/// Absent unless all of it is pairs of hexadecimal digits.
std::optional<std::string> from_hex(std::string_view);
/// Base64 for URLs, unpadded (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view);

/// One line of text from a person: trimmed, 1 to `Most` characters, no control characters.
template <std::size_t Most>
struct Line : std::string {
    static constexpr std::size_t most = Most;
    Line() = default;
    Line(std::string text) : std::string(std::move(text)) {}
    Line(const char* text) : std::string(text) {}
};

/// Text of any number of lines, possibly empty, at most `Most` bytes; of the control characters only tab and line feed.
template <std::size_t Most>
struct Prose : std::string {
    static constexpr std::size_t most = Most;
    Prose() = default;
    Prose(std::string text) : std::string(std::move(text)) {}
    Prose(const char* text) : std::string(text) {}
};

/// An e-mail address: one `@`, something on both sides, at most 254 bytes, no blanks or control characters.
struct Email : std::string {
    Email() = default;
    Email(std::string text) : std::string(std::move(text)) {}
    Email(const char* text) : std::string(text) {}
};

/// What is wrong with a text, as the end of a sentence ("must not be empty"), or empty. `text` is put in its proper
/// form.
std::string_view check_line(std::string& text, std::size_t most);
std::string_view check_prose(std::string& text, std::size_t most);
std::string_view check_email(std::string& text);

} // namespace dialpine
