#pragma once
#include "base/ids.hpp"
#include "base/problem.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dialpine {

inline constexpr std::int64_t usual_limit = 50;
inline constexpr std::int64_t most_limit = 500;

/// `limit` as asked, within what is allowed.
inline std::int64_t limit_of(std::optional<std::int64_t> asked, std::int64_t usual = usual_limit)
{
    return std::clamp<std::int64_t>(asked.value_or(usual), 1, most_limit);
}

/// Takes the one thing too many off a list that was read with `limit + 1`, and says whether there was one.
template <class Item>
bool cut_to(std::vector<Item>& items, std::int64_t limit)
{
    if (items.size() <= static_cast<std::size_t>(limit)) return false;
    items.resize(static_cast<std::size_t>(limit));
    return true;
}

/// What every list takes. A query of a list that is short enough to be made whole derives from it, or is it.
struct PageQuery {
    std::optional<std::int64_t> limit;
    std::optional<std::string> cursor; ///< as a page's `next` gave it
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (limit, cursor))

/// Leaves the asked page of a list that was made whole. Its cursor is the last thing's id. Throws Problem 422 for one
/// that is not in the list.
template <class List>
void cut_to_page(List& list, const PageQuery& query)
{
    auto& items = list.items;
    if (query.cursor) {
        const auto last =
            std::ranges::find_if(items, [&](const auto& item) { return to_text(item.id) == *query.cursor; });
        if (last == items.end()) throw Problem::invalid("?cursor", "is no place in this list; begin anew without it");
        items.erase(items.begin(), last + 1);
    }
    if (cut_to(items, limit_of(query.limit))) list.next = to_text(items.back().id);
}

} // namespace dialpine
