#include "privacy/offers.hpp"

namespace dialpine::privacy {

std::optional<Offer> choose_offer(std::span<const Offer> offers, OfferPage page)
{
    for (const auto& offer : offers)
        if (offer.page == page) return offer;
    return std::nullopt;
}

std::optional<Offer> parse_offer(std::string_view text)
{
    constexpr std::size_t most = 200;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto page = json::parse_enum<OfferPage>(trimmed(text.substr(0, colon)));
    std::string words(text.substr(colon + 1));
    if (!page || !check_line(words, most).empty()) return std::nullopt;
    return Offer{*page, words};
}

} // namespace dialpine::privacy
