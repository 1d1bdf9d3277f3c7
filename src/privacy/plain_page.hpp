#pragma once
#include "base/clock.hpp"

#include <string>
#include <string_view>

namespace dialpine::privacy {

/// A page in one file that needs nothing else, for what people take with them. `body` is HTML; `title` is escaped here.
std::string plain_page(std::string_view title, std::string_view body);

/// "2026-11-24 09:30 UTC".
std::string minute_of(Instant);

} // namespace dialpine::privacy
