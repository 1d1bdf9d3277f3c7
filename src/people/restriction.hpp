#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "store/database.hpp"

/// Restriction (promise P82, GDPR article 18): what is held of a person is kept and used for nothing. Others read
/// `hidden_name` in the place of the name and no address, wherever either is shown, because both leave through
/// `shown_to_others` alone. No mail is sent, nothing is computed of the person. They themselves still sign in, read,
/// export, correct, erase, and lift it.
namespace dialpine::people {

enum class RestrictedBy : std::uint8_t { the_person, the_operator };
BOOST_DESCRIBE_ENUM(RestrictedBy, the_person, the_operator)

struct Restriction {
    PersonId person_id;
    Instant created_at{};
    RestrictedBy made_by{}; ///< the operator, asked by somebody without an account
};
BOOST_DESCRIBE_STRUCT(Restriction, (), (person_id, created_at, made_by))

namespace declared {
inline constexpr Personal restriction{
    .of = person_in<&Restriction::person_id>,
    .category = Category::requests,
    .source = Source::the_person,
    .uses = {Use::keep_law, Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Restriction of the use of your data",
    .correct_at = "/me/rights",
};
inline constexpr auto restrictions = store::table<Restriction>(
    "restrictions",
    primary_key<&Restriction::person_id>,
    column<&Restriction::person_id>(restriction),
    column<&Restriction::created_at>(restriction),
    column<&Restriction::made_by>(restriction)
);
inline constexpr store::Table restrictions_table = restrictions.plain();
} // namespace declared

/// What stands in the place of the name of somebody whose data is restricted, or who objected to being shown.
inline constexpr std::string_view hidden_name = "Restricted person";

struct Shown {
    std::string name;
    std::optional<std::string> email;
};
/// A person as others may see them; absent for one who is not known any more. Each name that leaves for another's eyes
/// is asked for here.
std::optional<Shown> shown_to_others(const store::Read&, PersonId);
/// The name alone; empty for one who is not known any more.
std::string name_for_others(const store::Read&, PersonId);

bool is_restricted(const store::Read&, PersonId);
/// Since when; absent when they are not restricted.
std::optional<Instant> restricted_since(const store::Read&, PersonId);
/// Both tell every workspace that shows the person, so that caches and open pages follow.
void restrict_person(store::Write&, PersonId, RestrictedBy);
void lift_restriction(store::Write&, PersonId);
/// Tells every workspace in which the person's name can stand that it is shown differently now.
void tell_workspaces_of(store::Write&, PersonId);

enum class RestrictionState : std::uint8_t { none, restricted };
BOOST_DESCRIBE_ENUM(RestrictionState, none, restricted)

struct RestrictionView {
    RestrictionState state{};
    std::optional<Instant> since;
    std::string means; ///< what is different while it is restricted, in words
};
BOOST_DESCRIBE_STRUCT(RestrictionView, (), (state, since, means))
RestrictionView find_restriction(store::Read&, const SignedIn&);

} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::Restriction> = &people::declared::restrictions_table;
} // namespace dialpine::store
