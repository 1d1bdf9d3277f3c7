#include "work/search_snippet.hpp"

#include "base/text.hpp"

#include <set>

namespace dialpine::work {
namespace {
constexpr std::size_t snippet_characters = 160;
constexpr std::size_t characters_before = 40;
constexpr std::size_t most_hits = 500;

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }
bool is_blank(char byte) { return byte == ' ' || byte == '\n' || byte == '\t'; }

/// `count` characters before `at`, or the beginning.
std::size_t back(std::string_view text, std::size_t at, std::size_t count)
{
    while (at > 0 && count > 0)
        if (!continues_character(text[--at])) --count;
    return at;
}

std::size_t forth(std::string_view text, std::size_t at, std::size_t count)
{
    return at + first_characters(text.substr(at), count).size();
}

std::size_t different_terms(const std::vector<Hit>& hits, std::size_t first, std::size_t end)
{
    std::set<std::size_t> terms;
    for (std::size_t i = first; i < hits.size() && hits[i].end <= end; ++i) terms.insert(hits[i].term);
    return terms.size();
}

/// The hit after which most different terms stand near.
std::size_t best_hit(std::string_view text, const std::vector<Hit>& hits)
{
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < std::min(hits.size(), most_hits); ++i) {
        const auto near = forth(text, hits[i].begin, snippet_characters - characters_before);
        const auto count = different_terms(hits, i, near);
        if (count > most) {
            most = count;
            best = i;
        }
    }
    return best;
}

struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Around the hit, cut at blanks where there are some.
Window window_around(std::string_view text, std::size_t begin_of_hit, std::size_t end_of_hit)
{
    Window window;
    window.begin = back(text, begin_of_hit, characters_before);
    window.end = std::max(end_of_hit, forth(text, window.begin, snippet_characters));
    if (window.end == text.size()) window.begin = std::min(window.begin, back(text, text.size(), snippet_characters));
    if (window.begin > 0) {
        const auto blank = text.find_first_of(" \n\t", window.begin);
        if (blank < begin_of_hit) window.begin = blank + 1;
    }
    if (window.end < text.size()) {
        const auto blank = text.find_last_of(" \n\t", window.end);
        if (blank != std::string_view::npos && blank >= end_of_hit) window.end = blank;
    }
    return window;
}

/// On one line: what was several blanks and line ends is one blank.
void append_line(std::string& html, std::string_view text)
{
    std::string line;
    for (const char c : text) {
        if (!is_blank(c))
            line += c;
        else if (line.empty() ? !html.ends_with(' ') : line.back() != ' ')
            line += ' ';
    }
    html += escaped_html(line);
}

std::string marked(std::string_view text, Window window, const std::vector<Hit>& hits)
{
    std::string html = window.begin > 0 ? "…" : "";
    std::size_t at = window.begin;
    for (std::size_t i = 0; i < hits.size();) {
        // Hits that overlap or touch, as pairs of characters do, are one mark.
        const auto begin = hits[i].begin;
        auto end = hits[i].end;
        for (++i; i < hits.size() && hits[i].begin <= end; ++i) end = std::max(end, hits[i].end);
        if (begin < at || end > window.end) continue;
        append_line(html, text.substr(at, begin - at));
        html += "<mark>" + escaped_html(text.substr(begin, end - begin)) + "</mark>";
        at = end;
    }
    append_line(html, text.substr(at, window.end - at));
    if (window.end < text.size()) html += "…";
    return html;
}
} // namespace

Snippet snippet_of(std::string_view text, const std::vector<Term>& terms)
{
    text = trimmed(text);
    const auto hits = hits_in(tokens_of(text), terms);
    if (hits.empty()) return {marked(text, window_around(text, 0, 0), hits), 0};
    const auto& best = hits[best_hit(text, hits)];
    return {marked(text, window_around(text, best.begin, best.end), hits), different_terms(hits, 0, text.size())};
}

} // namespace dialpine::work
