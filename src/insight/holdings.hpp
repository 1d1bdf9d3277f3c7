#pragma once
#include "store/holding.hpp"

/// What `insight` keeps in memory only.
namespace dialpine::insight::declared {
using store::holding;
using store::HoldingKind;

inline constexpr store::CopyOf waiting_notes{
    .columns =
        {"feature_uses",
         "opened_things",
         "attached_kinds",
         "device_uses",
         "arrivals",
         "coworkers",
         "crash_reports",
         "places"},
    .keep = {"until it is written: a second"},
    .erasure = "dropped where it is written, because nobody agreed any more",
};
inline constexpr store::CopyOf typed_searches{
    .columns = {"search_terms"},
    .keep = {"until nobody types on: seconds"},
    .erasure = "forgotten when the person's sessions end",
};
inline constexpr store::CopyOf known_switches{
    .columns = {"consents.purpose", "consents.state", "objections", "log_pseudonyms.pseudonym"},
    .keep = {"until a switch is turned or the server stops"},
    .erasure = "forgotten when the person's sessions end",
};
inline constexpr std::array insight_holdings{
    holding(HoldingKind::cache, "insight/observer.hpp", "what was noticed and waits to be written", &waiting_notes),
    holding(HoldingKind::cache, "insight/searches.hpp", "what somebody types into a search just now", &typed_searches),
    holding(HoldingKind::cache, "insight/switches.hpp", "which switches are on, by the person's id", &known_switches),
};
} // namespace dialpine::insight::declared
