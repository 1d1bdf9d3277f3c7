#pragma once
#include "work/search_tokens.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine::work {

/// About 160 characters of a text around the place where most of the terms stand together.
struct Snippet {
    std::string html;            ///< escaped, with hits in `<mark>`, and `…` where the text goes on
    std::size_t terms_found = 0; ///< different ones, in the whole text
};

Snippet snippet_of(std::string_view text, const std::vector<Term>& terms);

} // namespace dialpine::work
