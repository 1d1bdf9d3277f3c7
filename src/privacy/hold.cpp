#include "privacy/hold.hpp"

#include "base/problem.hpp"
#include "people/person.hpp"
#include "people/workspace.hpp"
#include "privacy/catalogue.hpp"
#include "store/parts.hpp"

namespace dialpine::privacy {
namespace {
constexpr std::chrono::days longest_hold{10 * 366};

HoldView to_view(const store::Read& read, const LegalHold& hold)
{
    HoldView view{
        .id = hold.id,
        .person = hold.person_id,
        .workspace = hold.held_workspace,
        .workspace_name = {},
        .reason = hold.reason,
        .created_at = hold.created_at,
        .expires_at = hold.expires_at,
        .ended_at = hold.ended_at,
    };
    if (hold.held_workspace)
        if (const auto workspace = store::find<people::Workspace>(read, *hold.held_workspace))
            view.workspace_name = workspace->name;
    return view;
}

std::vector<LegalHold> standing(const store::Read& read)
{
    return store::select<LegalHold>(
        read, "WHERE ended_at IS NULL AND expires_at > $1 ORDER BY created_at, id", clock_now()
    );
}

/// Rows of `name` (the table or its alias) that a standing hold covers, without what is part of them.
std::string is_covered(const store::Table& table, std::string_view name, std::string_view standing_holds)
{
    std::string covered;
    const auto add = [&](std::string_view column, std::string_view of) {
        covered += fmt::format(
            "{}{}.{} IN (SELECT {} FROM legal_holds WHERE {} AND {} IS NOT NULL)",
            covered.empty() ? "" : " OR ",
            name,
            column,
            of,
            standing_holds,
            of
        );
    };
    for (const auto& subject : subject_columns(table)) add(subject, "person_id");
    if (table.is_in_workspace()) add("workspace_id", "held_workspace");
    return covered;
}

/// The same, or that a part of the row is covered, or a part of that.
std::string
is_covered_with_parts(const store::Table& table, const std::string& name, std::string_view standing_holds)
{
    // An unset column names nobody, and is not unknown.
    const auto itself = is_covered(table, name, standing_holds);
    std::string covered = itself.empty() ? std::string() : fmt::format("coalesce({}, 0)", itself);
    int number = 0;
    for (const auto& part : store::parts_of(table)) {
        const auto alias = fmt::format("{}_{}", name, ++number);
        const auto inside = is_covered_with_parts(*part.table, alias, standing_holds);
        if (inside.empty()) continue;
        std::string joined;
        for (std::size_t i = 0; i < part.by.count; ++i)
            joined += fmt::format("{}.{} = {}.{} AND ", alias, part.by.columns[i], name, part.by.whole_columns[i]);
        covered += fmt::format(
            "{}EXISTS (SELECT 1 FROM {} {} WHERE {}({}))",
            covered.empty() ? "" : " OR ",
            part.table->name,
            alias,
            joined,
            inside
        );
    }
    return covered;
}
} // namespace

HoldView add_hold(store::Write& write, const people::SignedIn&, NewHold wish)
{
    const Instant now = clock_now();
    if (wish.person.has_value() == wish.workspace.has_value())
        throw Problem::invalid("/person", "say either a person or a workspace");
    if (wish.person && !store::find<people::Person>(write, *wish.person))
        throw Problem::invalid("/person", "is nobody known here");
    if (wish.workspace && !store::find<people::Workspace>(write, *wish.workspace))
        throw Problem::invalid("/workspace", "is no workspace here");
    if (wish.until <= now) throw Problem::invalid("/until", "must be a day to come");
    if (wish.until > now + longest_hold) throw Problem::invalid("/until", "must be within ten years");
    const LegalHold hold{
        .id = HoldId::make(),
        .person_id = wish.person,
        .held_workspace = wish.workspace,
        .reason = wish.reason,
        .created_at = now,
        .expires_at = wish.until,
        .ended_at = std::nullopt,
    };
    store::insert(write, hold);
    return to_view(write, hold);
}

HoldList list_holds(store::Read& read, const people::SignedIn&)
{
    HoldList list;
    for (const auto& hold : store::select<LegalHold>(read, "ORDER BY created_at DESC, id DESC"))
        list.items.push_back(to_view(read, hold));
    return list;
}

void end_hold(store::Write& write, const people::SignedIn&, HoldId id)
{
    auto hold = store::find<LegalHold>(write, id);
    if (!hold || hold->ended_at) throw Problem::not_found();
    hold->ended_at = clock_now();
    store::update(write, *hold);
}

std::vector<HoldView> holds_on(const store::Read& read, PersonId person)
{
    const auto holds = standing(read);
    std::vector<HoldView> views;
    if (holds.empty()) return views;
    const auto workspaces = workspaces_that_know(read, person);
    for (const auto& hold : holds)
        if (hold.person_id == person || (hold.held_workspace && workspaces.contains(*hold.held_workspace)))
            views.push_back(to_view(read, hold));
    return views;
}

std::vector<HoldView> holds_on_workspace(const store::Read& read, WorkspaceId workspace)
{
    std::vector<HoldView> views;
    for (const auto& hold : standing(read))
        if (hold.held_workspace == workspace ||
            (hold.person_id && workspaces_that_know(read, *hold.person_id).contains(workspace)))
            views.push_back(to_view(read, hold));
    return views;
}

std::string unless_held(const store::Read& read, const store::Table& table)
{
    if (standing(read).empty()) return {};
    const auto standing_holds =
        fmt::format("ended_at IS NULL AND expires_at > {}", clock_now().time_since_epoch().count());
    const auto covered = is_covered_with_parts(table, std::string(table.name), standing_holds);
    return covered.empty() ? std::string() : fmt::format(" AND NOT ({})", covered);
}

int release_holds(store::Write& write, Instant now)
{
    return store::execute(
        write, "UPDATE legal_holds SET ended_at = expires_at WHERE ended_at IS NULL AND expires_at <= $1", now
    );
}

MyHolds list_my_holds(store::Read& read, const people::SignedIn& me)
{
    MyHolds mine{.items = holds_on(read, me.person), .waiting_erasure = {}, .erasure_asked_at = {}};
    // A hold on a workspace is told to whoever it concerns; a hold on another person is not.
    if (const auto waiting = store::find<WaitingErasure>(read, me.person)) {
        mine.waiting_erasure = waiting->job_id;
        mine.erasure_asked_at = waiting->created_at;
    }
    return mine;
}

std::vector<WaitingErasure> erasures_to_go_on(const store::Read& read)
{
    auto waiting = store::select<WaitingErasure>(read, "ORDER BY created_at");
    std::erase_if(waiting, [&](const WaitingErasure& each) { return !holds_on(read, each.person_id).empty(); });
    return waiting;
}

} // namespace dialpine::privacy
