#include "people/restriction.hpp"

#include "base/problem.hpp"
#include "people/choices.hpp"
#include "people/objections.hpp"
#include "store/rows.hpp"

namespace dialpine::people {

std::optional<Instant> restricted_since(const store::Read& read, PersonId person)
{
    const auto restriction = store::find<Restriction>(read, person);
    return restriction ? std::optional(restriction->created_at) : std::nullopt;
}

bool is_restricted(const store::Read& read, PersonId person) { return restricted_since(read, person).has_value(); }

std::optional<Shown> shown_to_others(const store::Read& read, PersonId id)
{
    const auto person = store::find<Person>(read, id);
    if (!person) return std::nullopt;
    if (!may_be_used(read, id, Objectable::show_to_team))
        return Shown{.name = std::string(hidden_name), .email = std::nullopt};
    return Shown{
        .name = person->name.reveal(),
        .email = person->email ? std::optional<std::string>(person->email->reveal()) : std::nullopt,
    };
}

std::string name_for_others(const store::Read& read, PersonId person)
{
    const auto shown = shown_to_others(read, person);
    return shown ? shown->name : std::string();
}

void tell_workspaces_of(store::Write& write, PersonId person)
{
    std::vector<WorkspaceId> workspaces;
    store::query(
        write,
        "SELECT workspace_id FROM memberships WHERE person_id = $1 UNION "
        "SELECT workspace_id FROM imported_people WHERE person_id = $1",
        [&](const store::Statement& row) { workspaces.push_back(store::value_at<WorkspaceId>(row, 0)); },
        person
    );
    for (const WorkspaceId workspace : workspaces)
        write.append({
            .workspace_id = workspace,
            .kind = store::ChangeKind::person_changed,
            .object_id = person,
        });
}

void restrict_person(store::Write& write, PersonId person, RestrictedBy by)
{
    if (!store::find<Person>(write, person)) throw Problem::not_found();
    if (is_restricted(write, person)) return;
    store::insert(write, Restriction{.person_id = person, .created_at = clock_now(), .made_by = by});
    store::note_choice(write, {.of = person, .what = "restriction", .stands = true, .at = clock_now()});
    tell_workspaces_of(write, person);
    tell_choices_changed(write, person);
}

void lift_restriction(store::Write& write, PersonId person)
{
    if (!store::remove<Restriction>(write, person)) return;
    store::note_choice(write, {.of = person, .what = "restriction", .stands = false, .at = clock_now()});
    tell_workspaces_of(write, person);
    tell_choices_changed(write, person);
}

RestrictionView find_restriction(store::Read& read, const SignedIn& me)
{
    const auto since = restricted_since(read, me.person);
    return {
        .state = since ? RestrictionState::restricted : RestrictionState::none,
        .since = since,
        .means = "Others read \"Restricted person\" in the place of your name, and nowhere your address. No mail is "
                 "sent to you, no statistics, suggestions or lists are made with you, and nobody can assign you to "
                 "more tasks. What you wrote stays with your team. You can still sign in, read, correct, export and "
                 "erase your data, and lift this at any time.",
    };
}

} // namespace dialpine::people
