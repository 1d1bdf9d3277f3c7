#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How a text is cut for the search: the program makes the tokens itself, so that every database finds the same.
namespace dialpine::work {

/// A word, folded (`folded` in base/text.hpp); or, in scripts that write without blanks (Han, Kana, Thai, Lao, Burmese,
/// Khmer), a character with its neighbour. A run of n such characters gives n tokens: n - 1 pairs, and its last
/// character alone.
struct Token {
    std::string text;
    std::size_t begin = 0;     ///< bytes in the original text
    std::size_t end = 0;       ///< one past its last byte
    std::size_t first_end = 0; ///< one past its first character, when it is of a script without blanks; else `end`
    bool is_run = false;       ///< of a script without blanks
    bool ends_run = false;     ///< the last of its run
};

std::vector<Token> tokens_of(std::string_view text);

/// The tokens with a blank between, as the index takes them. Letters, digits and bytes above 127 only.
std::string index_text(std::string_view text);

/// One thing that must be found: tokens in a row, the last of them perhaps only begun.
struct Term {
    std::vector<std::string> parts;
    bool is_begun = false;
};

/// What a search asks for: at most 16 terms. Words of two and more letters and the last word may be begun only. Empty
/// when there is no letter or digit in it. Nothing in it is syntax.
std::vector<Term> terms_of(std::string_view question);

/// A place in a text where a term was found.
struct Hit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t term = 0; ///< its index among the terms
};

/// All places in order; they may overlap.
std::vector<Hit> hits_in(const std::vector<Token>& tokens, const std::vector<Term>& terms);

} // namespace dialpine::work
