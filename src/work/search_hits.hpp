#pragma once
#include "work/search_index.hpp"
#include "work/search_tokens.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine::work {

/// The FTS5 expression for all terms within one document of the workspace. Every term is quoted.
std::string expression_of(WorkspaceId, const std::vector<Term>& terms);

/// What is shown of a document, from the database as it is now; absent when it is deleted or no term stands in it any
/// more.
std::optional<SearchHit> hit_at(const store::Read&, const DocumentPlace&, const std::vector<Term>& terms);

} // namespace dialpine::work
