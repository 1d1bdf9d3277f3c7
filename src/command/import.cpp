#include "base/json.hpp"
#include "command/commands.hpp"
#include "links/trello_import.hpp"
#include "people/workspaces.hpp"
#include "privacy/export.hpp"
#include "store/rows.hpp"

namespace dialpine::command {
namespace {
std::optional<people::Workspace> find_workspace(store::Read& read, const std::string& id_or_name)
{
    if (const auto id = parse_uuid(id_or_name)) return store::find<people::Workspace>(read, WorkspaceId(*id));
    const auto named = store::select<people::Workspace>(read, "WHERE name = $1", id_or_name);
    if (named.size() > 1)
        throw Problem::conflict("name-taken", "Several workspaces have this name. Give the id of the one you mean.");
    return named.empty() ? std::nullopt : std::optional(named.front());
}

/// Who the import is done as: the member with this address, or an owner.
std::optional<people::Actor> find_actor(store::Read& read, WorkspaceId workspace, const std::string& email)
{
    if (!email.empty()) {
        const auto person = people::find_person_by_email(read, email);
        const auto role = person ? people::role_of(read, workspace, person->id) : std::nullopt;
        if (!role) return std::nullopt;
        return people::Actor{person->id, workspace, *role};
    }
    const auto owner = store::select_one<people::Membership>(
        read, "WHERE workspace_id = $1 AND role = 'owner' AND ended_at IS NULL ORDER BY created_at LIMIT 1", workspace
    );
    return owner ? std::optional(people::Actor{owner->person_id, workspace, owner->role}) : std::nullopt;
}

void print_counts(const links::ImportCounts& counts, std::string_view what, Output& output)
{
    boost::mp11::mp_for_each<json::Members<links::ImportCounts>>([&](auto member) {
        if (const auto count = counts.*member.pointer; count > 0)
            output.result(fmt::format("{} {} {}", what, count, member.name));
    });
}
} // namespace

Exit import_trello(api::House& house, const ImportWish& wish, Output& output)
{
    const auto actor = house.database.read([&](store::Read& read) -> std::optional<people::Actor> {
        const auto workspace = find_workspace(read, wish.workspace);
        if (!workspace) return std::nullopt;
        return find_actor(read, workspace->id, wish.as);
    });
    if (!actor) {
        output.message("There is no such workspace, or nobody in it with this address. See `dialpine user list`.");
        return Exit::failed;
    }
    if (actor->role < people::Role::member) {
        output.message("A guest may not import.");
        return Exit::refused;
    }
    links::FileSource file(wish.file);
    const auto report = links::import_trello(house.database, *actor, file, [&](double part, std::string_view step) {
        output.progress(part, step);
    });
    if (wish.json) {
        output.result(json::to_json(report));
        return Exit::done;
    }
    print_counts(report.created, "created", output);
    print_counts(report.updated, "updated", output);
    for (const auto& skipped : report.skipped)
        output.result(fmt::format("skipped {} {}: {}", skipped.count, skipped.what, skipped.why));
    if (report.sensitive_texts > 0)
        output.result(fmt::format(
            "{} texts came in that look like they hold card or national numbers, or an illness", report.sensitive_texts
        ));
    return Exit::done;
}

Exit export_workspace(api::House& house, const ExportWorkspaceWish& wish, Output& output)
{
    house.database.read([&](store::Read& read) {
        const auto workspace = find_workspace(read, wish.workspace);
        if (!workspace) throw Problem(404, "not-found", "Not found", "There is no such workspace.");
        privacy::export_workspace(read, workspace->id, wish.out, [&](double part, std::string_view step) {
            output.progress(part, step);
        });
    });
    output.result(fmt::format("{}", wish.out.string()));
    return Exit::done;
}

} // namespace dialpine::command
