#include "egress/field.hpp"

namespace dialpine::egress {

std::optional<Country> Country::parse(std::string_view text)
{
    const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    if (text.size() != 2 || !is_capital(text[0]) || !is_capital(text[1])) return std::nullopt;
    return Country(text[0], text[1]);
}

} // namespace dialpine::egress
