#pragma once
#include <string_view>

namespace dialpine::privacy {

/// The version of fideslang whose keys the catalogue uses.
inline constexpr std::string_view taxonomy_version = "fideslang 3.1";

/// The fideslang key under which a key of our own (`dialpine.*`) stands; empty for fideslang's own keys.
std::string_view parent_of_key(std::string_view key);
/// The key that another program with the taxonomy understands: the key itself, or its parent.
std::string_view fideslang_key(std::string_view key);

} // namespace dialpine::privacy
