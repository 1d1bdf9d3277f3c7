#include "privacy/subject_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <functional>

namespace dialpine::privacy {
namespace {
constexpr std::size_t least_part = 3;
/// Between two words of a phrase: ", " or a dot, an `@`; not a sentence.
constexpr std::size_t most_between = 3;

struct Word {
    Span span;
    std::string folded;
};

bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Signs beyond ASCII that part words as a blank does: no-break space, dashes, quotation marks, full-width stops.
std::size_t sign_at(std::string_view text, std::size_t at)
{
    const auto rest = text.substr(at);
    if (rest.starts_with("\xc2\xa0") || rest.starts_with("\xc2\xab") || rest.starts_with("\xc2\xbb") ||
        rest.starts_with("\xc2\xb7"))
        return 2;
    if (rest.starts_with("\xe2\x80") || rest.starts_with("\xe3\x80") || rest.starts_with("\xef\xbc\x8c") ||
        rest.starts_with("\xef\xbc\x8e"))
        return 3;
    return 0;
}

std::vector<Word> words_of(std::string_view text)
{
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < text.size()) {
        if (const auto sign = sign_at(text, at)) {
            at += sign;
            continue;
        }
        if (!is_word_byte(static_cast<unsigned char>(text[at]))) {
            ++at;
            continue;
        }
        const auto begin = at;
        while (at < text.size() && is_word_byte(static_cast<unsigned char>(text[at])) && sign_at(text, at) == 0) ++at;
        words.push_back({{begin, at}, folded(text.substr(begin, at - begin))});
    }
    return words;
}

/// Scripts that put no blanks between words: kana, ideographs, hangul's neighbours, Thai.
bool has_no_blanks(std::string_view word)
{
    for (std::size_t i = 0; i + 2 < word.size(); ++i) {
        const auto first = static_cast<unsigned char>(word[i]);
        const auto second = static_cast<unsigned char>(word[i + 1]);
        if ((first >= 0xe3 && first <= 0xe9) || (first == 0xe0 && second >= 0xb8 && second <= 0xb9)) return true;
    }
    return false;
}

std::string first_letter(std::string_view word) { return std::string(first_characters(word, 1)); }

/// Bytes of `words` that begin at `from` and are the phrase; 0 when they are not.
std::size_t matched_end(const std::vector<Word>& words, std::size_t from, const std::vector<std::string>& phrase)
{
    if (words.size() - from < phrase.size()) return 0;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        const auto& word = words[from + i];
        if (word.folded != phrase[i]) return 0;
        if (i > 0 && word.span.begin - words[from + i - 1].span.end > most_between) return 0;
    }
    return words[from + phrase.size() - 1].span.end;
}
} // namespace

void SubjectWords::add_phrase(std::vector<std::string> words)
{
    if (words.empty()) return;
    auto& alike = by_first_word_[words.front()];
    const auto is_same = [&](std::size_t each) { return phrases_[each].words == words; };
    if (std::ranges::any_of(alike, is_same)) return;
    const bool is_anywhere = words.size() == 1 && has_no_blanks(words.front());
    phrases_.push_back({std::move(words), is_anywhere});
    alike.push_back(phrases_.size() - 1);
    std::ranges::sort(alike, std::greater(), [&](std::size_t each) { return phrases_[each].words.size(); });
}

/// Most texts hold none of the words, and a plain text is quickly seen through.
bool SubjectWords::may_stand_in(std::string_view text) const
{
    constexpr std::size_t few = 64; // looking for more of them costs more than it saves
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (by_first_word_.size() > few || !std::ranges::all_of(text, is_plain)) return true;
    const auto lower = to_lower_ascii(text);
    return std::ranges::any_of(by_first_word_, [&](const auto& each) {
        return lower.find(each.first) != std::string::npos;
    });
}

void SubjectWords::add(std::string_view words)
{
    std::vector<std::string> phrase;
    for (auto& word : words_of(words)) phrase.push_back(std::move(word.folded));
    add_phrase(std::move(phrase));
}

void SubjectWords::add_name(std::string_view name)
{
    std::vector<std::string> parts;
    for (auto& word : words_of(name)) parts.push_back(std::move(word.folded));
    if (parts.empty()) return;
    add_phrase(parts);
    if (parts.size() > 1) {
        std::vector<std::string> family_first{parts.back()};
        family_first.insert(family_first.end(), parts.begin(), parts.end() - 1);
        add_phrase(std::move(family_first));
        add_phrase({first_letter(parts.front()), parts.back()});
        add_phrase({parts.front(), first_letter(parts.back())});
    }
    for (const auto& part : parts)
        if (count_characters(part) >= least_part || has_no_blanks(part)) add_phrase({part});
}

std::vector<Span> SubjectWords::find(std::string_view text) const
{
    std::vector<Span> spans;
    if (!may_stand_in(text)) return spans;
    const auto words = words_of(text);
    for (std::size_t at = 0; at < words.size();) {
        Span found{words[at].span.begin, 0};
        std::size_t taken = 1;
        if (const auto alike = by_first_word_.find(words[at].folded); alike != by_first_word_.end())
            for (const auto each : alike->second) {
                const auto end = matched_end(words, at, phrases_[each].words);
                if (end == 0) continue;
                found.end = end;
                taken = phrases_[each].words.size();
                break;
            }
        if (found.end > 0) spans.push_back(found);
        at += taken;
    }
    // A name in a script without blanks is part of a longer run of letters, which folding leaves as it is.
    for (const auto& phrase : phrases_) {
        if (!phrase.is_anywhere) continue;
        const auto& word = phrase.words.front();
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
            const Span span{at, at + word.size()};
            const auto overlaps = [&](const Span& each) { return span.begin < each.end && each.begin < span.end; };
            if (std::ranges::none_of(spans, overlaps)) spans.push_back(span);
        }
    }
    std::ranges::sort(spans, {}, &Span::begin);
    return spans;
}

std::string replaced(std::string_view text, const std::vector<Span>& spans, std::string_view by)
{
    std::string changed;
    std::size_t from = 0;
    for (const auto& span : spans) {
        changed += text.substr(from, span.begin - from);
        changed += by;
        from = span.end;
    }
    changed += text.substr(from);
    return changed;
}

} // namespace dialpine::privacy
