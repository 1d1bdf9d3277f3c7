#include "work/search_tokens.hpp"

#include "base/text.hpp"

#include <utf8proc.h>

#include <array>

namespace dialpine::work {
namespace {
constexpr std::size_t most_token_bytes = 96;
constexpr std::size_t most_terms = 16;

enum class Class { other, word, run, joins };

struct Character {
    std::size_t begin = 0;
    std::size_t end = 0;
    Class is = Class::other;
};

bool is_written_without_blanks(utf8proc_int32_t c)
{
    struct Range {
        utf8proc_int32_t first, last;
    };
    static constexpr std::array ranges{
        Range{0x0E00, 0x0EFF},   // Thai, Lao
        Range{0x1000, 0x109F},   // Burmese
        Range{0x1780, 0x17FF},   // Khmer
        Range{0x2E80, 0x2FDF},   // radicals of Han
        Range{0x3005, 0x3007},   // signs of repetition, zero
        Range{0x3040, 0x312F},   // Hiragana, Katakana, Bopomofo
        Range{0x31F0, 0x31FF},   // more Katakana
        Range{0x3400, 0x4DBF},   // Han
        Range{0x4E00, 0x9FFF},   // Han
        Range{0xF900, 0xFAFF},   // Han, for compatibility
        Range{0xFF66, 0xFF9F},   // Katakana of half width
        Range{0x20000, 0x3FFFF}, // Han
    };
    return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

Class class_of(utf8proc_int32_t c)
{
    if (c < 0x80) {
        const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return is_word ? Class::word : Class::other;
    }
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return is_written_without_blanks(c) ? Class::run : Class::word;
    // Accents and invisible joiners belong to what stands before them.
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF: return Class::joins;
    default: return Class::other;
    }
}

/// The character at `at`; a byte that is none stands for itself and joins nothing.
Character character_at(std::string_view text, std::size_t at)
{
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &c
    );
    if (length <= 0) return {at, at + 1, Class::other};
    return {at, at + static_cast<std::size_t>(length), class_of(c)};
}

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string folded_word(std::string_view word)
{
    std::string text = is_ascii(word) ? to_lower_ascii(word) : folded(word);
    // Some letters fold to several with a blank or a bracket in them.
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && class_of(c) == Class::other; });
    if (text.size() > most_token_bytes) {
        std::size_t cut = most_token_bytes;
        while ((static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut; // whole characters only
        text.resize(cut);
    }
    return text;
}

/// Where the characters that are of this class, or join it, end.
std::size_t end_of(std::string_view text, std::size_t at, Class wanted)
{
    while (at < text.size()) {
        const auto next = character_at(text, at);
        if (next.is != wanted && next.is != Class::joins) break;
        at = next.end;
    }
    return at;
}

void append_run(std::vector<Token>& tokens, std::string_view text, std::size_t begin, std::size_t end)
{
    std::vector<Token> characters;
    for (std::size_t at = begin; at < end;) {
        const auto next = character_at(text, at);
        auto sign = folded_word(text.substr(at, next.end - at));
        at = next.end;
        if (!sign.empty())
            characters.push_back({std::move(sign), next.begin, next.end, next.end, true, false});
        else if (!characters.empty()) // a mark, which folding takes away
            characters.back().end = characters.back().first_end = next.end;
    }
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
        characters[i].text += characters[i + 1].text;
        characters[i].end = characters[i + 1].end;
    }
    if (!characters.empty()) characters.back().ends_run = true;
    std::ranges::move(characters, std::back_inserter(tokens));
}

bool stands_at(const std::vector<Token>& tokens, std::size_t at, const Term& term)
{
    const std::size_t count = term.parts.size();
    if (at + count > tokens.size()) return false;
    for (std::size_t i = 0; i < count; ++i) {
        const bool may_be_begun = term.is_begun && i + 1 == count;
        const auto& token = tokens[at + i].text;
        if (may_be_begun ? !token.starts_with(term.parts[i]) : token != term.parts[i]) return false;
    }
    return true;
}

Term term_of_run(const std::vector<Token>& tokens, std::size_t first, std::size_t last)
{
    // One character alone is the beginning of a pair, or the last of a run. Of more, the pairs say all.
    if (first == last) return {{tokens[first].text}, true};
    Term term;
    for (std::size_t i = first; i < last; ++i) term.parts.push_back(tokens[i].text);
    return term;
}
} // namespace

std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = character_at(text, at);
        const std::size_t end = next.is == Class::word || next.is == Class::run ? end_of(text, at, next.is) : next.end;
        if (next.is == Class::run)
            append_run(tokens, text, at, end);
        else if (next.is == Class::word)
            if (auto word = folded_word(text.substr(at, end - at)); !word.empty())
                tokens.push_back({std::move(word), at, end, end, false, false});
        at = end;
    }
    return tokens;
}

namespace {
/// As `index_text`, of which this is most: no table is needed for it, and no list of words.
std::string index_ascii(std::string_view text)
{
    std::string line;
    line.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && class_of(text[end]) == Class::word) ++end;
        if (end > at) {
            if (!line.empty()) line += ' ';
            line += to_lower_ascii(text.substr(at, std::min(end - at, most_token_bytes)));
        }
        at = end + 1;
    }
    return line;
}
} // namespace

std::string index_text(std::string_view text)
{
    if (is_ascii(text)) return index_ascii(text);
    std::string line;
    line.reserve(text.size());
    for (const auto& token : tokens_of(text)) {
        if (!line.empty()) line += ' ';
        line += token.text;
    }
    return line;
}

std::vector<Term> terms_of(std::string_view question)
{
    const auto tokens = tokens_of(question);
    std::vector<Term> terms;
    for (std::size_t at = 0; at < tokens.size() && terms.size() < most_terms; ++at) {
        if (tokens[at].is_run) {
            const auto first = at;
            while (!tokens[at].ends_run) ++at;
            terms.push_back(term_of_run(tokens, first, at));
        } else {
            const bool is_last = at + 1 == tokens.size();
            terms.push_back({{tokens[at].text}, is_last || count_characters(tokens[at].text) > 1});
        }
    }
    return terms;
}

std::vector<Hit> hits_in(const std::vector<Token>& tokens, const std::vector<Term>& terms)
{
    std::vector<Hit> hits;
    for (std::size_t at = 0; at < tokens.size(); ++at)
        for (std::size_t term = 0; term < terms.size(); ++term) {
            if (!stands_at(tokens, at, terms[term])) continue;
            const auto& last = tokens[at + terms[term].parts.size() - 1];
            const bool is_one_character = last.is_run && terms[term].is_begun;
            hits.push_back({tokens[at].begin, is_one_character ? last.first_end : last.end, term});
        }
    return hits;
}

} // namespace dialpine::work
