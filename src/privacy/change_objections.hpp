#pragma once
#include "base/json.hpp"
#include "base/text.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine {
using ChangeObjectionId = Id<struct ChangeObjectionTag>;
}

/// An objection to what a version of a document changed is a request (promise P89): the person sees how it stands, the
/// operator answers it within a month (GDPR, article 12(3)).
namespace dialpine::privacy {

struct ChangeObjection {
    ChangeObjectionId id;
    PersonId person_id;
    std::string document;
    std::string version;
    std::optional<Sealed<std::string>> reason; ///< in the person's own words, if they gave any
    std::optional<Sealed<std::string>> answer;
    Instant created_at{};
    Instant due_at{}; ///< a calendar month later
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(
    ChangeObjection, (), (id, person_id, document, version, reason, answer, created_at, due_at, answered_at)
)

namespace declared {
/// Requests and their answers are kept for 24 months (CCPA regulations, section 7101).
inline constexpr Keep request_months{"24 months", std::chrono::days{730}, "created_at"};
consteval store::Personal change_objection(AtErasure at_erasure, Source source, std::string_view label)
{
    return {
        .of = store::person_in<&ChangeObjection::person_id>,
        .category = Category::requests,
        .source = source,
        .uses = {Use::answer_requests, Use::keep_law},
        .basis = Basis::legal_obligation,
        .keep = request_months,
        .at_erasure = at_erasure,
        .label = label,
    };
}
inline constexpr auto change_objection_row =
    change_objection(AtErasure::erase_row, Source::the_person, "Your objections to changes of documents");
inline constexpr auto change_objections = store::table<ChangeObjection>(
    "change_objections",
    store::primary_key<&ChangeObjection::id>,
    store::column<&ChangeObjection::id>(store::NotPersonal{"the row's own id"}),
    store::column<&ChangeObjection::person_id>(change_objection_row),
    store::column<&ChangeObjection::document>(change_objection_row, store::names_row),
    store::column<&ChangeObjection::version>(change_objection_row),
    store::column<&ChangeObjection::reason>(
        change_objection(AtErasure::destroy_key, Source::the_person, "Why you object to a change")
    ),
    store::column<&ChangeObjection::answer>(
        change_objection(AtErasure::destroy_key, Source::the_program, "The operator's answer to your objection")
    ),
    store::column<&ChangeObjection::created_at>(change_objection_row),
    store::column<&ChangeObjection::due_at>(change_objection_row),
    store::column<&ChangeObjection::answered_at>(change_objection_row),
    store::unique_by<&ChangeObjection::person_id, &ChangeObjection::document, &ChangeObjection::version>()
);
inline constexpr store::Table change_objections_table = change_objections.plain();
} // namespace declared

struct NewChangeObjection {
    Line<64> document;
    Line<64> version;
    std::optional<Prose<4000>> reason;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewChangeObjection, (), (document, version, reason))

enum class RequestState : std::uint8_t { open, answered };
BOOST_DESCRIBE_ENUM(RequestState, open, answered)

struct ChangeObjectionView {
    ChangeObjectionId id;
    std::string document;
    std::string title; ///< the document's
    std::string version;
    std::optional<std::string> reason;
    RequestState state{};
    Instant created_at{};
    Instant due_at{}; ///< by when an answer is owed
    std::optional<Instant> answered_at;
    std::optional<std::string> answer;
};
BOOST_DESCRIBE_STRUCT(
    ChangeObjectionView, (), (id, document, title, version, reason, state, created_at, due_at, answered_at, answer)
)
struct ChangeObjectionList {
    std::vector<ChangeObjectionView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ChangeObjectionList, (), (items, next))

/// The same as the operator reads it.
struct ChangeRequestView : ChangeObjectionView {
    PersonId person_id;
    std::string person_name;
};
BOOST_DESCRIBE_STRUCT(ChangeRequestView, (ChangeObjectionView), (person_id, person_name))
struct ChangeRequestList {
    std::vector<ChangeRequestView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ChangeRequestList, (), (items, next))

struct ChangeAnswer {
    Prose<4000> answer;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ChangeAnswer, (), (answer))

/// A month after it was asked: the same day of the next month, or that month's last.
Instant answer_due_at(Instant asked_at);

/// Throws Problem 422 for a version that is not known or is its document's first, which changed nothing; 409 when this
/// person objected to it before.
ChangeObjectionView object_to_change(store::Write&, const people::SignedIn&, NewChangeObjection);
/// The signed-in person's own, the newest first.
ChangeObjectionList list_my_change_objections(store::Read&, const people::SignedIn&);

/// Everybody's: first those that wait, the one due soonest on top, then those that were answered, the newest first.
/// That an operator read them is in the transparency log. At most 500.
ChangeRequestList list_change_objections(store::Write&);
/// Answers it and queues the answer as a mail to the person. Throws Problem 404 for one that is not there, 409 when it
/// was answered before, 422 for an empty answer.
ChangeRequestView answer_change_objection(store::Write&, const people::SignedIn&, ChangeObjectionId, ChangeAnswer);

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::ChangeObjection> = &privacy::declared::change_objections_table;
} // namespace dialpine::store
