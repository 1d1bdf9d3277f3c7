#pragma once
#include "work/search_index.hpp"
#include "work/search_tokens.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine::work {

/// FTS5 expressions for all terms within one document, the best hits first: titles with the whole words, titles with
/// words that begin so, then the same of all texts. No document matches two of them. Every term is quoted.
std::vector<std::string> expressions_of(const std::vector<Term>& terms);

/// What is shown of a document, from the database as it is now; absent when it is deleted or no term stands in it any
/// more.
std::optional<SearchHit> hit_at(const store::Read&, const DocumentPlace&, const std::vector<Term>& terms);

} // namespace dialpine::work
