#pragma once
#include "store/holding.hpp"

/// What `people` keeps in memory only.
namespace dialpine::people::declared {
using store::HoldingKind;

inline constexpr store::CopyOf known_sessions{
    .columns = {"sessions.person_id", "sessions.expires_at", "sessions.last_seen_at", "accounts.is_operator"},
    .keep = {"until the session ends or the server stops"},
    .erasure = "forgotten when the person's sessions end",
};
inline constexpr store::HeldOfPerson tries{
    .of = "whoever tries to sign in or up",
    .category = Category::ip_address,
    .source = Source::the_browser,
    .uses = {Use::security},
    .basis = Basis::legitimate_interest,
    .keep = {"until the limit has refilled: an hour at most"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "none: in memory for an hour, and tied to no account",
};
inline constexpr std::array people_holdings{
    store::holding(
        HoldingKind::cache, "people/sessions.hpp", "who has which session, by the token's hash", &known_sessions
    ),
    store::holding(HoldingKind::cache, "people/limits.hpp", "how often an address or an account was tried", &tries),
};
} // namespace dialpine::people::declared
