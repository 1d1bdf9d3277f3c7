#pragma once
#include "base/json.hpp"
#include "base/page.hpp"
#include "base/text.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <optional>
#include <string>
#include <vector>

/// Legal holds (promise P50): where a law or a court asks for longer than the declared period, the operator says for
/// whom or what, why and until when. While it stands, what it covers is neither removed at the end of its period, nor
/// erased, nor closed; the person sees it. At its end all of that goes on by itself.
namespace dialpine::privacy {

using HoldId = Id<struct HoldTag>;

/// Covers either all that is held of a person, or all of a workspace.
struct LegalHold {
    HoldId id;
    std::optional<PersonId> person_id;
    std::optional<WorkspaceId> held_workspace;
    std::string reason;
    Instant created_at{};
    Instant expires_at{};
    std::optional<Instant> ended_at; ///< by the operator, or because it expired
};
BOOST_DESCRIBE_STRUCT(LegalHold, (), (id, person_id, held_workspace, reason, created_at, expires_at, ended_at))

/// An erasure that was asked for and waits for the end of a hold.
struct WaitingErasure {
    PersonId person_id;
    JobId job_id; ///< where the person reads what becomes of it
    std::string wish; ///< what is to become of their workspaces: ids, as JSON
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(WaitingErasure, (), (person_id, job_id, wish, created_at))

namespace declared {
using store::column;
using store::NotPersonal;
using store::person_in;
using store::Personal;
using store::primary_key;

inline constexpr Personal hold{
    .of = person_in<&LegalHold::person_id>,
    .category = Category::disclosure,
    .source = Source::the_program,
    .uses = {Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = {"3 years after it ended", std::chrono::days{3 * 365}, "ended_at"},
    .at_erasure = AtErasure::erase_row,
    .label = "Legal holds on your data",
};
inline constexpr auto legal_holds = store::table<LegalHold>(
    "legal_holds",
    primary_key<&LegalHold::id>,
    column<&LegalHold::id>(NotPersonal{"the row's own id"}),
    column<&LegalHold::person_id>(hold),
    column<&LegalHold::held_workspace>(NotPersonal{"a workspace as a whole"}),
    column<&LegalHold::reason>(hold, store::names_row),
    column<&LegalHold::created_at>(hold),
    column<&LegalHold::expires_at>(hold),
    column<&LegalHold::ended_at>(hold),
    store::indexed_by<&LegalHold::person_id>(),
    store::indexed_by<&LegalHold::held_workspace>(),
    store::part_of<&LegalHold::held_workspace>("workspaces", {"id"})
);

inline constexpr Personal waiting_erasure{
    .of = person_in<&WaitingErasure::person_id>,
    .category = Category::requests,
    .source = Source::the_person,
    .uses = {Use::answer_requests, Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Your erasure that waits for the end of a legal hold",
};
inline constexpr auto waiting_erasures = store::table<WaitingErasure>(
    "waiting_erasures",
    primary_key<&WaitingErasure::person_id>,
    column<&WaitingErasure::person_id>(waiting_erasure),
    column<&WaitingErasure::job_id>(waiting_erasure),
    column<&WaitingErasure::wish>(waiting_erasure),
    column<&WaitingErasure::created_at>(waiting_erasure)
);
inline constexpr store::Table legal_holds_table = legal_holds.plain();
inline constexpr store::Table waiting_erasures_table = waiting_erasures.plain();
} // namespace declared

/// What the operator asks for: exactly one of person and workspace.
struct NewHold {
    std::optional<PersonId> person;
    std::optional<WorkspaceId> workspace;
    Line<300> reason;
    Day until; ///< the first day on which it stands no more, UTC
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewHold, (), (person, workspace, reason, until))

struct HoldView {
    HoldId id;
    std::optional<PersonId> person;
    std::optional<WorkspaceId> workspace;
    std::string workspace_name; ///< empty for a hold on a person
    std::string reason;
    Instant created_at{};
    Instant expires_at{};
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(
    HoldView, (), (id, person, workspace, workspace_name, reason, created_at, expires_at, ended_at)
)
struct HoldList {
    std::vector<HoldView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(HoldList, (), (items, next))

/// Throws Problem 422 for a person or workspace that is not known, for both or neither, and for a day that is past or
/// more than ten years away: a hold without an end is none.
HoldView add_hold(store::Write&, const people::SignedIn&, NewHold);
/// Newest first; those that ended, too.
HoldList list_holds(store::Read&, const people::SignedIn&);
/// Throws Problem 404 for a hold that is not there or has ended.
void end_hold(store::Write&, const people::SignedIn&, HoldId);

/// What holds the signed-in person's data, and whether their erasure waits for it.
struct MyHolds {
    std::vector<HoldView> items;
    std::optional<JobId> waiting_erasure;
    std::optional<Instant> erasure_asked_at;
};
BOOST_DESCRIBE_STRUCT(MyHolds, (), (items, waiting_erasure, erasure_asked_at))
MyHolds list_my_holds(store::Read&, const people::SignedIn&);

/// The holds that stand now and cover the person: their own, and those on workspaces that know them, whose record their
/// name is part of.
std::vector<HoldView> holds_on(const store::Read&, PersonId);
/// Those on the workspace, and those on persons who are known in it.
std::vector<HoldView> holds_on_workspace(const store::Read&, WorkspaceId);
/// ` AND NOT …`: a condition that leaves out the table's rows that a hold covers, themselves or by a part of them;
/// empty while no hold stands.
std::string unless_held(const store::Read&, const store::Table&);
/// Ends holds whose time has come; gives their number.
int release_holds(store::Write&, Instant now);

/// Those whom no hold covers any more.
std::vector<WaitingErasure> erasures_to_go_on(const store::Read&);

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::LegalHold> = &privacy::declared::legal_holds_table;
template <>
inline constexpr const Table* table_of<privacy::WaitingErasure> = &privacy::declared::waiting_erasures_table;
} // namespace dialpine::store
