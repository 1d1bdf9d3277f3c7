#pragma once
#include "store/schema.hpp"

#include <string>
#include <string_view>

/// What the declarations alone cannot say of values that come from another instance.
namespace dialpine::links {

/// Why rows of this table do not move, or empty. What cannot be made here from what an export holds stays behind by
/// itself; the rest is listed.
std::string_view stays_behind(const store::Table&);

/// What is wrong with a value of a choice or a text, as the end of a sentence, or empty. Throws std::logic_error for a
/// choice whose values are not known here.
std::string wrong_value(const store::Table&, const store::Column&, std::string_view value);

} // namespace dialpine::links
