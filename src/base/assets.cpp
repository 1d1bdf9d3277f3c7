#include "base/assets.hpp"

#include <algorithm>

namespace dialpine {

std::string_view find_asset(std::string_view path)
{
    const auto all = assets();
    const auto found = std::ranges::find(all, path, &Asset::path);
    return found == all.end() ? std::string_view() : found->bytes;
}

} // namespace dialpine
