#include "privacy/taxonomy.hpp"

#include <array>
#include <utility>

namespace dialpine::privacy {

std::string_view parent_of_key(std::string_view key)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> own{{
        {"dialpine.requests", "user.account"},
        {"dialpine.disclosures", "user.privacy_preferences"},
        {"dialpine.files", "user.content.private"},
        {"dialpine.sensitive", "user"},
        {"dialpine.import", "functional.service"},
    }};
    for (const auto& [name, parent] : own)
        if (name == key) return parent;
    return {};
}

std::string_view fideslang_key(std::string_view key)
{
    const auto parent = parent_of_key(key);
    return parent.empty() ? key : parent;
}

} // namespace dialpine::privacy
