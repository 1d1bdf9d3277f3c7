#include "privacy/change_objections.hpp"

#include "base/problem.hpp"
#include "people/outbox.hpp"
#include "privacy/documents.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <algorithm>

namespace dialpine::privacy {
namespace {
std::optional<std::string> revealed(const std::optional<Sealed<std::string>>& text)
{
    return text ? std::optional(text->reveal()) : std::nullopt;
}

ChangeObjectionView to_view(const ChangeObjection& objection)
{
    // An older program's version may be one that this one does not have.
    const auto* version = find_version(objection.document, objection.version);
    return {
        .id = objection.id,
        .document = objection.document,
        .title = version ? version->title : objection.document,
        .version = objection.version,
        .reason = revealed(objection.reason),
        .state = objection.answered_at ? RequestState::answered : RequestState::open,
        .created_at = objection.created_at,
        .due_at = objection.due_at,
        .answered_at = objection.answered_at,
        .answer = revealed(objection.answer),
    };
}

ChangeRequestView to_request(const store::Read& read, const ChangeObjection& objection)
{
    const auto person = store::find<people::Person>(read, objection.person_id);
    return {to_view(objection), objection.person_id, person ? person->name.reveal() : std::string()};
}

/// The version, as one that changed something.
const DocumentVersion& changed_version(const NewChangeObjection& wish)
{
    const auto versions = versions_of(wish.document);
    if (versions.empty()) throw Problem::invalid("/document", "is no document of this program");
    const auto* version = find_version(wish.document, wish.version);
    if (!version) throw Problem::invalid("/version", "is no version of this document");
    if (version == versions.front()) throw Problem::invalid("/version", "is the first one, which changed nothing");
    return *version;
}

std::string mail_of(const ChangeObjection& objection, const DocumentVersion* version, std::string_view answer)
{
    return fmt::format(
        "You objected to what version {} of the {} changed. The answer of this instance's operator:\n\n{}\n\nIf it "
        "does "
        "not satisfy you, you can erase your account on My privacy, or complain to a supervisory authority.\n",
        objection.version,
        version ? version->title : objection.document,
        answer
    );
}
} // namespace

Instant answer_due_at(Instant asked_at)
{
    using namespace std::chrono;
    const auto day = floor<days>(asked_at);
    auto due = year_month_day(day) + months{1};
    if (!due.ok()) due = due.year() / due.month() / last;
    return sys_days(due) + (asked_at - day);
}

ChangeObjectionView object_to_change(store::Write& write, const people::SignedIn& me, NewChangeObjection wish)
{
    const auto& version = changed_version(wish);
    const auto before = store::select<ChangeObjection>(
        write, "WHERE person_id = $1 AND document = $2 AND version = $3", me.person, version.document, version.version
    );
    if (!before.empty()) throw Problem::conflict("already-objected", "You objected to this version before.");
    const bool says_why = wish.reason && !trimmed(*wish.reason).empty();
    const Instant now = clock_now();
    const ChangeObjection objection{
        .id = ChangeObjectionId::make(),
        .person_id = me.person,
        .document = version.document,
        .version = version.version,
        .reason = says_why ? std::optional(Sealed<std::string>(*wish.reason)) : std::nullopt,
        .answer = std::nullopt,
        .created_at = now,
        .due_at = answer_due_at(now),
        .answered_at = std::nullopt,
    };
    store::insert(write, objection);
    return to_view(objection);
}

ChangeObjectionList list_my_change_objections(store::Read& read, const people::SignedIn& me)
{
    ChangeObjectionList list;
    for (const auto& each :
         store::select<ChangeObjection>(read, "WHERE person_id = $1 ORDER BY created_at DESC, id DESC", me.person))
        list.items.push_back(to_view(each));
    return list;
}

ChangeRequestList list_change_objections(store::Write& write)
{
    ChangeRequestList list;
    for (const auto& each : store::select<ChangeObjection>(
             write,
             "ORDER BY answered_at IS NOT NULL, CASE WHEN answered_at IS NULL THEN due_at ELSE -answered_at END, id "
             "LIMIT 500"
         ))
        list.items.push_back(to_request(write, each));
    store::log_public(
        write,
        store::LogKind::staff_read,
        fmt::format(R"({{"what":"objections to changes","objections":{}}})", list.items.size())
    );
    return list;
}

ChangeRequestView
answer_change_objection(store::Write& write, const people::SignedIn&, ChangeObjectionId id, ChangeAnswer wish)
{
    if (trimmed(wish.answer).empty()) throw Problem::invalid("/answer", "must not be empty");
    auto objection = store::find<ChangeObjection>(write, id);
    if (!objection) throw Problem::not_found();
    if (objection->answered_at) throw Problem::conflict("already-answered", "This objection was answered before.");
    objection->answer = Sealed<std::string>(wish.answer);
    objection->answered_at = clock_now();
    store::update(write, *objection);
    const auto* version = find_version(objection->document, objection->version);
    if (const auto person = store::find<people::Person>(write, objection->person_id))
        people::queue_mail(write, *person, "Your objection was answered", mail_of(*objection, version, wish.answer));
    return to_request(write, *objection);
}

} // namespace dialpine::privacy
