#include "privacy/csv.hpp"

#include <string_view>

namespace dialpine::privacy {
namespace {
std::string cell(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), ' ');
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char each : text) quoted += each == '"' ? std::string("\"\"") : std::string(1, each);
    return quoted + "\"";
}
} // namespace

std::string csv_line(std::initializer_list<std::string> cells)
{
    std::string line;
    bool is_first = true;
    for (const auto& each : cells) {
        line += (is_first ? "" : ",") + cell(each);
        is_first = false;
    }
    return line + "\r\n";
}

} // namespace dialpine::privacy
