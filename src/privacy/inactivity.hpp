#pragma once
#include "store/database.hpp"
#include "store/schema.hpp"

#include <vector>

/// Accounts that nobody uses any more: warned by mail, then erased; and asked once to come back, if they agreed to news
/// (promises P49, P58). Any sign-in starts the count anew.
namespace dialpine::privacy {

struct Presence {
    PersonId person_id;
    Instant last_seen_at{};
    std::optional<Instant> asked_back_at;   ///< once for ever: never emptied
    std::optional<Instant> warned_at;       ///< that the account will be erased; emptied when they come back
    std::optional<Instant> warned_again_at;
};
BOOST_DESCRIBE_STRUCT(Presence, (), (person_id, last_seen_at, asked_back_at, warned_at, warned_again_at))

namespace declared {
inline constexpr store::Personal presence{
    .of = store::person_in<&Presence::person_id>,
    .category = Category::session,
    .source = Source::the_program,
    .uses = {Use::provide_service, Use::send_mail},
    .basis = Basis::legitimate_interest,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "When you were last here",
};
inline constexpr auto presences = store::table<Presence>(
    "presences",
    store::primary_key<&Presence::person_id>,
    store::column<&Presence::person_id>(presence),
    store::column<&Presence::last_seen_at>(presence),
    store::column<&Presence::asked_back_at>(presence),
    store::column<&Presence::warned_at>(presence),
    store::column<&Presence::warned_again_at>(presence)
);
inline constexpr store::Table presences_table = presences.plain();
} // namespace declared

/// When what happens to an account that is not used, counted from when it was last used.
struct InactivityRules {
    std::chrono::months erase_after{24};
    static constexpr std::chrono::months ask_back_after{6};
    static constexpr std::chrono::days first_warning{30}; ///< before the erasure
    static constexpr std::chrono::days last_warning{7};
};

/// So many calendar months later; the last day of the month where it has no such day.
Instant months_after(Instant, std::chrono::months);

/// Learns from the sessions who was here. An account that is seen for the first time counts from now.
void note_presence(store::Write&, Instant now);
/// Queues warnings that are due, and the one mail that asks to come back; gives their number. The operators' own
/// accounts are left alone.
int warn_inactive(store::Write&, const InactivityRules&, Instant now);
/// Whose time is over, and who had both warnings as long before as the rules say.
std::vector<PersonId> inactive_to_erase(const store::Read&, const InactivityRules&, Instant now);

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::Presence> = &privacy::declared::presences_table;
} // namespace dialpine::store
