#include "api/long_work.hpp"
#include "base/json.hpp"
#include "command/commands.hpp"
#include "links/trello_import.hpp"
#include "links/workspace_import.hpp"
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
        std::string name = member.name;
        std::ranges::replace(name, '_', ' ');
        if (const auto count = counts.*member.pointer; count > 0)
            output.result(fmt::format("{} {}: {}", what, name, count));
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
        output.result(fmt::format("skipped {}: {}. {}", skipped.what, skipped.count, skipped.why));
    if (report.sensitive_texts > 0)
        output.result(fmt::format(
            "{} texts came in that look like they hold card or national numbers, or an illness", report.sensitive_texts
        ));
    return Exit::done;
}

Exit import_dialpine(api::House& house, const ImportWish& wish, Output& output)
{
    const auto owner = house.database.read([&](store::Read& read) {
        return wish.as.empty() ? store::select_one<people::Account>(read, "WHERE is_operator = 1 ORDER BY created_at")
                               : people::find_account_by_email(read, wish.as);
    });
    if (!owner) {
        output.message("Nobody has an account with this address. See `dialpine user list`.");
        return Exit::failed;
    }
    links::MoveWish move{.owner = owner->person_id, .workspace = WorkspaceId::make(), .name = {}};
    if (std::string name = wish.workspace; !name.empty()) {
        if (const auto wrong = check_line(name, people::Name::most); !wrong.empty()) {
            output.message("The name " + std::string(wrong) + ".");
            return Exit::wrong_use;
        }
        move.name = people::Name(name);
    }
    links::FileSource file(wish.file);
    // A job, so that what a crash leaves is found again.
    auto job = api::waiting_job(store::JobKind::import_, move.owner, move.owner);
    job.report = links::unfinished_report(move.workspace);
    house.database.write([&](store::Write& write) { store::insert(write, job); });
    const auto finish = [&](store::JobState state) {
        job.state = state;
        job.changed_at = clock_now();
        house.database.write([&](store::Write& write) { store::update(write, job); });
    };
    try {
        const auto report =
            links::import_workspace(house.database, move, file, [&](double part, std::string_view step) {
                output.progress(part, step);
            });
        job.report = json::to_json(report);
        finish(store::JobState::done);
        if (wish.json) {
            output.result(*job.report);
            return Exit::done;
        }
        for (const auto& table : report.tables) output.result(fmt::format("brought {} {}", table.rows, table.table));
        output.result(fmt::format("brought {} people, by name", report.people));
        for (const auto& skipped : report.skipped)
            output.result(fmt::format("left {} {}: {}", skipped.count, skipped.what, skipped.why));
        return Exit::done;
    } catch (const Problem& problem) {
        job.problem = problem.to_json();
        finish(store::JobState::failed);
        throw;
    }
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
