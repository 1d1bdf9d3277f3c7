#pragma once
#include "insight/kept.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"

/// The pseudonym beside a person's requests in the server's log (promises P22 and P23): random bits, only of those who
/// agreed, another each week. Which person a pseudonym is stands in this table alone and nowhere in the log; a row goes
/// after 30 days, and at once when the person withdraws, and then nothing links the lines to them any more.
namespace dialpine::insight {

inline constexpr std::chrono::days pseudonym_life{7};

struct LogPseudonym {
    std::string pseudonym;
    PersonId person_id;
    Instant made_at{};
};
BOOST_DESCRIBE_STRUCT(LogPseudonym, (), (pseudonym, person_id, made_at))

namespace declared {
inline constexpr Personal log_pseudonym{
    .of = person_in<&LogPseudonym::person_id>,
    .category = Category::usage,
    .source = Source::the_program,
    .uses = {Use::mend_errors},
    .basis = Basis::consent,
    .keep = {"30 days", std::chrono::days{30}, "made_at"},
    .at_erasure = AtErasure::erase_row,
    .label = "Your pseudonyms in the server's log",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto log_pseudonyms = store::table<LogPseudonym>(
    "log_pseudonyms",
    primary_key<&LogPseudonym::pseudonym>,
    column<&LogPseudonym::pseudonym>(log_pseudonym, store::names_row),
    column<&LogPseudonym::person_id>(log_pseudonym),
    column<&LogPseudonym::made_at>(log_pseudonym),
    store::indexed_by<&LogPseudonym::person_id>(),
    store::indexed_by<&LogPseudonym::made_at>()
);
inline constexpr store::Table log_pseudonyms_table = log_pseudonyms.plain();
} // namespace declared

using MayLinkLog = Consented<Purpose::log_linking>;

struct PseudonymView {
    std::string pseudonym;
    Instant made_at{};
};
BOOST_DESCRIBE_STRUCT(PseudonymView, (), (pseudonym, made_at))

/// The one in use, if it is not too old.
std::optional<LogPseudonym> pseudonym_of(const store::Read&, PersonId, Instant now);
/// Makes one, unless there is one in use.
void make_pseudonym(store::Write&, const MayLinkLog&, Instant now);
std::vector<PseudonymView> pseudonyms_of(const store::Read&, PersonId);
void forget_pseudonyms(store::Write&, PersonId);

struct LogLinkWish {
    std::string pseudonym;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(LogLinkWish, (), (pseudonym))
struct LogLink {
    std::string pseudonym;
    PersonId person_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(LogLink, (), (pseudonym, person_id, name))
/// Whose requests these are, for an operator who was asked for help. Denied, as Problem 404, unless the person agrees to
/// it now. That staff looked goes into the person's transparency log.
LogLink link_log(store::Write&, const people::SignedIn& staff, LogLinkWish);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::LogPseudonym> = &insight::declared::log_pseudonyms_table;
} // namespace dialpine::store
