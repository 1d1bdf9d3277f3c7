#include "work/tasks.hpp"

#include <charconv>

/// How a task, an address and an order are written in a path or a query.
namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, work::TaskRef& into)
{
    if (const auto id = parse_uuid(text)) {
        into.id = TaskId(*id);
        return {};
    }
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos || text.size() - dash > 12) return "is neither an id nor a key";
    into.key = std::string(text.substr(0, dash));
    for (char& c : into.key)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto digits = text.substr(dash + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), into.number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return "is neither an id nor a key";
    return {};
}

template <>
std::string_view read_text(std::string_view text, work::Url& into)
{
    into = work::Url(std::string(trimmed(text)));
    const auto has_scheme = [&](std::string_view scheme) { return to_lower_ascii(into).starts_with(scheme); };
    if (!has_scheme("https://") && !has_scheme("http://") && !has_scheme("mailto:"))
        return "must be an address that begins with https://, http:// or mailto:";
    return check_line(into, 2000);
}

template <>
std::string_view read_text(std::string_view text, work::Order& into)
{
    into.is_down = text.starts_with('-');
    if (into.is_down) text.remove_prefix(1);
    return read_text(text, into.by);
}
} // namespace dialpine::json
