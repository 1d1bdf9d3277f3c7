#include "api/router.hpp"

namespace dialpine::api {
namespace {
int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Absent when a percent sign is not followed by two digits, or when the whole is not UTF-8.
std::optional<std::string> decoded(std::string_view text, bool plus_is_blank)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
    return is_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<std::string_view> segments_of(std::string_view path)
{
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const auto end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

std::string allow_name(http::Verb verb)
{
    switch (verb) {
    case http::Verb::get: return "GET, HEAD";
    case http::Verb::post: return "POST";
    case http::Verb::put: return "PUT";
    case http::Verb::patch: return "PATCH";
    default: return "DELETE";
    }
}
} // namespace

std::string percent_decoded(std::string_view text)
{
    auto plain = decoded(text, false);
    if (!plain) throw Problem::not_found();
    return std::move(*plain);
}

std::vector<std::pair<std::string, std::string>> read_query(const std::string& query)
{
    std::vector<std::pair<std::string, std::string>> members;
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto member = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (member.empty()) continue;
        const auto equals = std::min(member.find('='), member.size());
        const auto name = decoded(member.substr(0, equals), true);
        const auto value = decoded(member.substr(std::min(equals + 1, member.size())), true);
        if (!name || !value) throw Problem::bad_request("bad-request", "The query is not percent-encoded UTF-8.");
        members.emplace_back(*name, *value);
    }
    return members;
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes))
{
    for (const auto& route : routes_) {
        Node* node = &root_;
        for (const auto segment : segments_of(route.path)) {
            const bool is_parameter = segment.starts_with('{');
            auto& next = is_parameter ? node->parameter : node->literal[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        if (!node->routes.emplace(route.verb, &route).second)
            throw std::logic_error("two routes have the same method and path: " + std::string(route.path));
    }
}

Router::Found Router::find(http::Verb verb, std::string_view path) const
{
    Found found;
    const Node* node = &root_;
    for (const auto segment : segments_of(path)) {
        if (const auto literal = node->literal.find(segment); literal != node->literal.end())
            node = literal->second.get();
        else if (node->parameter && !segment.empty()) {
            found.path_values.push_back(percent_decoded(segment));
            node = node->parameter.get();
        } else
            return found;
    }
    const auto route = node->routes.find(verb == http::Verb::head ? http::Verb::get : verb);
    if (route != node->routes.end())
        found.route = route->second;
    else
        for (const auto& [each, _] : node->routes)
            found.allowed += (found.allowed.empty() ? "" : ", ") + allow_name(each);
    return found;
}

const Route* Router::reading(const Route& route) const
{
    for (const auto& each : routes_)
        if (each.verb == http::Verb::get && each.path == route.path && each.prepare) return &each;
    return nullptr;
}

} // namespace dialpine::api
