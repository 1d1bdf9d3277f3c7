#pragma once
#include <initializer_list>
#include <string>

namespace dialpine::privacy {

/// A line of RFC 4180. What a spreadsheet would take for a formula gets a blank before it.
std::string csv_line(std::initializer_list<std::string> cells);

} // namespace dialpine::privacy
