#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Finding a person's words in texts: whole words, whatever their case and accents.
namespace dialpine::privacy {

/// Where something stands in a text, in bytes.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Words and sequences of words to look for.
class SubjectWords {
public:
    /// A name as it is written: the whole, family name first, initials, and each of its parts of three letters or more.
    void add_name(std::string_view name);
    /// An address, or any words: found where they stand in this order with nothing but signs in between.
    void add(std::string_view words);
    [[nodiscard]] bool is_empty() const { return phrases_.empty(); }

    /// Where they stand, the longest first where several begin; never one within another.
    [[nodiscard]] std::vector<Span> find(std::string_view text) const;

private:
    /// Of folded words; in scripts without blanks, of one that stands anywhere.
    struct Phrase {
        std::vector<std::string> words;
        bool is_anywhere = false;
    };
    void add_phrase(std::vector<std::string> words);
    [[nodiscard]] bool may_stand_in(std::string_view text) const;
    std::vector<Phrase> phrases_;
    using Alike = std::unordered_map<std::string, std::vector<std::size_t>>;
    Alike by_first_word_; ///< of each, the longest phrase first
};

/// The text with each of the spans, which stand in order, replaced.
std::string replaced(std::string_view text, const std::vector<Span>& spans, std::string_view by);

} // namespace dialpine::privacy
