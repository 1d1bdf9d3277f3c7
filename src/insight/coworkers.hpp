#pragma once
#include "insight/kept.hpp"
#include "people/person.hpp"

/// With whom a person works most (promise P16), counted from what they do themselves: they change, assign or comment a
/// task, and those who stand on it count. Visible to its subject alone. Whoever objects to profiling is in nobody's
/// (P35).
namespace dialpine::insight {

struct Coworker {
    PersonId person_id;
    PersonId other_id;
    std::int64_t times = 0;
    Instant last_on{};
};
BOOST_DESCRIBE_STRUCT(Coworker, (), (person_id, other_id, times, last_on))

struct TeamWorkedIn {
    PersonId person_id;
    TeamId team_id;
    std::int64_t times = 0;
    Instant last_on{};
};
BOOST_DESCRIBE_STRUCT(TeamWorkedIn, (), (person_id, team_id, times, last_on))

namespace declared {
inline constexpr Keep coworker_keep{"13 months after you last worked together", thirteen_months, "last_on"};
inline constexpr Personal coworker{
    .of = person_in<&Coworker::person_id>,
    .category = Category::contacts,
    .source = Source::the_program,
    .uses = {Use::personalise},
    .basis = Basis::consent,
    .keep = coworker_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "How often you work with somebody",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr Personal worked_with{
    .of = person_in<&Coworker::other_id>,
    .category = Category::contacts,
    .source = Source::the_team,
    .uses = {Use::personalise},
    .basis = Basis::legitimate_interest,
    .keep = coworker_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Lists of colleagues in which you stand",
    .correct_at = "/me/rights",
};
inline constexpr auto coworkers = store::table<Coworker>(
    "coworkers",
    primary_key<&Coworker::person_id, &Coworker::other_id>,
    column<&Coworker::person_id>(coworker),
    column<&Coworker::other_id>(worked_with),
    column<&Coworker::times>(coworker),
    column<&Coworker::last_on>(coworker),
    store::indexed_by<&Coworker::other_id>(),
    store::indexed_by<&Coworker::last_on>()
);

inline constexpr Personal team_work{
    .of = person_in<&TeamWorkedIn::person_id>,
    .category = Category::contacts,
    .source = Source::the_program,
    .uses = {Use::personalise},
    .basis = Basis::consent,
    .keep = coworker_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Teams you work in",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto teams_worked_in = store::table<TeamWorkedIn>(
    "teams_worked_in",
    primary_key<&TeamWorkedIn::person_id, &TeamWorkedIn::team_id>,
    column<&TeamWorkedIn::person_id>(team_work),
    column<&TeamWorkedIn::team_id>(team_work),
    column<&TeamWorkedIn::times>(team_work),
    column<&TeamWorkedIn::last_on>(team_work),
    store::indexed_by<&TeamWorkedIn::team_id>(),
    store::indexed_by<&TeamWorkedIn::last_on>(),
    store::part_of<&TeamWorkedIn::team_id>("teams", {"id"})
);
inline constexpr store::Table coworkers_table = coworkers.plain();
inline constexpr store::Table teams_worked_in_table = teams_worked_in.plain();
} // namespace declared

using MayKnowCoworkers = Consented<Purpose::collaboration_graph>;
using MayPersonalise = Consented<Purpose::personalisation>;

struct FrequentCoworker {
    PersonId id;
    std::string name;
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(FrequentCoworker, (), (id, name, times))
struct FrequentTeam {
    TeamId id;
    std::string name;
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(FrequentTeam, (), (id, name, times))

/// The person did something on this task.
void note_work(store::Write&, const MayKnowCoworkers&, WorkspaceId, TaskId, Instant at);
std::vector<FrequentCoworker> coworkers_of(const store::Read&, PersonId, int most);
std::vector<FrequentTeam> teams_of(const store::Read&, PersonId, int most);
void forget_coworkers(store::Write&, PersonId);
/// Takes the person out of everybody's.
void forget_in_others(store::Write&, PersonId);

/// Whom to list first for this person, most first. It takes both consents: to be counted, and to be served by it.
std::vector<PersonId> whom_first(const store::Read&, const MayKnowCoworkers&, const MayPersonalise&);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::Coworker> = &insight::declared::coworkers_table;
template <>
inline constexpr const Table* table_of<insight::TeamWorkedIn> = &insight::declared::teams_worked_in_table;
} // namespace dialpine::store
