#pragma once
#include "privacy/my_data.hpp"

namespace dialpine::privacy {

/// A page to read or print, whole in itself: no scripts, nothing from elsewhere.
std::string to_html(const MyData&);

} // namespace dialpine::privacy
