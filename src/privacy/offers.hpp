#pragma once
#include "base/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Word of the operator's own offers, by the page alone (promise P55). This file knows no person, no session and no
/// store; a test keeps it so by reading its includes.
namespace dialpine::privacy {

enum class OfferPage : std::uint8_t { home, search, settings, privacy };
BOOST_DESCRIBE_ENUM(OfferPage, home, search, settings, privacy)

struct Offer {
    OfferPage page{};
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Offer, (), (page, text))

/// The first that the operator configured for the page; absent: nothing is shown.
std::optional<Offer> choose_offer(std::span<const Offer>, OfferPage);

/// `home: Ask us for a workshop`. Absent for an unknown page, or a text that is empty or longer than a line.
std::optional<Offer> parse_offer(std::string_view text);

} // namespace dialpine::privacy
