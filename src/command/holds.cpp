#include "base/json.hpp"
#include "command/commands.hpp"
#include "people/accounts.hpp"
#include "people/workspace.hpp"
#include "privacy/hold.hpp"
#include "store/rows.hpp"

namespace dialpine::command {
namespace {
/// By an id, or else by what `find` makes of the text.
template <class Id, class Find>
std::optional<Id> id_of(const std::string& text, Find find)
{
    if (text.empty()) return std::nullopt;
    if (const auto uuid = parse_uuid(text)) return Id(*uuid);
    return find();
}

std::optional<PersonId> person_of(store::Read& read, const std::string& text)
{
    return id_of<PersonId>(text, [&]() -> std::optional<PersonId> {
        const auto person = people::find_person_by_email(read, text);
        return person ? std::optional(person->id) : std::nullopt;
    });
}

std::optional<WorkspaceId> workspace_of(store::Read& read, const std::string& text)
{
    return id_of<WorkspaceId>(text, [&]() -> std::optional<WorkspaceId> {
        const auto found = store::select<people::Workspace>(read, "WHERE name = $1", text);
        return found.size() == 1 ? std::optional(found.front().id) : std::nullopt;
    });
}

std::string line_of(const privacy::HoldView& hold)
{
    const auto of = hold.person      ? "person " + to_text(*hold.person)
                    : hold.workspace ? "workspace " + hold.workspace_name
                                     : std::string("nobody any more");
    const auto state = hold.ended_at ? "ended " + to_text(*hold.ended_at) : "until " + to_text(hold.expires_at);
    return fmt::format("{}  {}  {}  {}", to_text(hold.id), state, of, hold.reason);
}
} // namespace

Exit add_hold(api::House& house, const HoldWish& wish, Output& output)
{
    const auto until = parse_day(wish.until);
    std::string reason = wish.reason;
    if (!until) {
        output.message("--until must be a day, such as 2027-06-30.");
        return Exit::wrong_use;
    }
    if (const auto wrong = check_line(reason, 300); !wrong.empty()) {
        output.message("--reason " + std::string(wrong) + ".");
        return Exit::wrong_use;
    }
    if (wish.person.empty() == wish.workspace.empty()) {
        output.message("Say either --person or --workspace.");
        return Exit::wrong_use;
    }
    privacy::NewHold hold{.person = {}, .workspace = {}, .reason = reason, .until = *until};
    house.database.read([&](store::Read& read) {
        hold.person = person_of(read, wish.person);
        hold.workspace = workspace_of(read, wish.workspace);
    });
    if (!hold.person && !hold.workspace) {
        output.message("There is no such person or workspace, or several workspaces have this name: give the id.");
        return Exit::failed;
    }
    const auto made = house.database.write([&](store::Write& write) { return privacy::add_hold(write, {}, hold); });
    output.result(wish.json ? json::to_json(made) : line_of(made));
    return Exit::done;
}

Exit list_holds(api::House& house, bool json, Output& output)
{
    const auto list = house.database.read([](store::Read& read) { return privacy::list_holds(read, {}); });
    if (json) output.result(json::to_json(list.items));
    if (!json)
        for (const auto& hold : list.items) output.result(line_of(hold));
    return Exit::done;
}

Exit end_hold(api::House& house, const std::string& id, Output& output)
{
    const auto uuid = parse_uuid(id);
    if (!uuid) {
        output.message("This is no id. See `dialpine hold list`.");
        return Exit::wrong_use;
    }
    house.database.write([&](store::Write& write) { privacy::end_hold(write, {}, privacy::HoldId(*uuid)); });
    output.result("The hold has ended.");
    return Exit::done;
}

} // namespace dialpine::command
