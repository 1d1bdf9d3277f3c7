#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "store/database.hpp"

/// Objection to one use (promise P35, GDPR article 21): each use that rests on a legitimate interest or on consent can
/// be objected to, and profiling and the use of sensitive data (P36) besides. What rests on the contract or on a law ends with the account alone.
namespace dialpine::people {

enum class Objectable : std::uint8_t {
    show_to_team,
    security,
    send_mail,
    import_once,
    measure_use,
    personalise,
    mend_errors,
    profiling,
    sensitive,
};
BOOST_DESCRIBE_ENUM(
    Objectable, show_to_team, security, send_mail, import_once, measure_use, personalise, mend_errors, profiling, sensitive
)

struct ObjectionRow {
    PersonId person_id;
    Objectable purpose{};
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ObjectionRow, (), (person_id, purpose, created_at))

namespace declared {
inline constexpr Personal objection{
    .of = person_in<&ObjectionRow::person_id>,
    .category = Category::requests,
    .source = Source::the_person,
    .uses = {Use::keep_law, Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Your objections",
    .correct_at = "/me/rights",
};
inline constexpr auto objections = store::table<ObjectionRow>(
    "objections",
    primary_key<&ObjectionRow::person_id, &ObjectionRow::purpose>,
    column<&ObjectionRow::person_id>(objection),
    column<&ObjectionRow::purpose>(objection, store::names_row),
    column<&ObjectionRow::created_at>(objection)
);
inline constexpr store::Table objections_table = objections.plain();
} // namespace declared

bool has_objected(const store::Read&, PersonId, Objectable);
/// Neither restricted nor objected to. To be asked before anything is done with a person for this purpose.
bool may_be_used(const store::Read&, PersonId, Objectable);

/// A purpose in a path.
struct ObjectionRef {
    Objectable purpose{};
    using is_in_path = void;
};

struct ObjectionView {
    Objectable use{};
    std::string title;
    std::string consequence; ///< what no longer works for the person who objects
    bool objected = false;
    std::optional<Instant> since;
};
BOOST_DESCRIBE_STRUCT(ObjectionView, (), (use, title, consequence, objected, since))
struct ObjectionList {
    std::vector<ObjectionView> items;
};
BOOST_DESCRIBE_STRUCT(ObjectionList, (), (items))
struct ObjectionWish {
    bool objected = false;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ObjectionWish, (), (objected))

ObjectionList list_objections(store::Read&, const SignedIn&);
ObjectionView find_objection(store::Read&, const SignedIn&, ObjectionRef);
/// Takes effect at once, both ways.
ObjectionView set_objection(store::Write&, const SignedIn&, ObjectionRef, ObjectionWish);

} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::ObjectionRow> = &people::declared::objections_table;
} // namespace dialpine::store

namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, people::ObjectionRef& into);
} // namespace dialpine::json
