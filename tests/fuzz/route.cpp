#include "api/dispatch.hpp"
#include "api/router.hpp"
#include "base/problem.hpp"
#include "place.hpp"
#include "targets.hpp"
#include "work/rank.hpp"
#include "work/search_index.hpp"

namespace dialpine::fuzz {
namespace {
/// A workspace with a project, a task and a comment, under ids that inputs name: the person is 1, the workspace 2, then
/// the project, its two statuses, its label, the task, the comment and the line of its checklist.
class Furnished : public Place {
public:
    Furnished()
    {
        database.on_changes([this](std::span<const store::Change> changes) { search.notify(changes); });
        owner_of(workspace);
        database.write([&](store::Write& write) {
            const ProjectId project(known_id(3));
            const TaskId task(known_id(7));
            store::insert(
                write, work::Project{.workspace_id = workspace, .id = project, .key = "WEB", .name = "Website", .next_number = 2}
            );
            for (const std::uint8_t number : {std::uint8_t{4}, std::uint8_t{5}})
                store::insert(
                    write,
                    work::Status{
                        .workspace_id = workspace,
                        .id = StatusId(known_id(number)),
                        .project_id = project,
                        .name = number == 4 ? "Open" : "Done",
                        .status_group = number == 4 ? work::StatusGroup::unstarted : work::StatusGroup::completed,
                        .position = number - 4,
                    }
                );
            store::insert(
                write,
                work::Label{.workspace_id = workspace, .id = LabelId(known_id(6)), .project_id = project, .name = "Red"}
            );
            store::insert(
                write,
                work::Task{
                    .workspace_id = workspace,
                    .id = task,
                    .project_id = project,
                    .number = 1,
                    .status_id = StatusId(known_id(4)),
                    .position = work::rank_at(1),
                    .title = "Paint the house",
                    .checklist_count = 1,
                    .comment_count = 1,
                    .description = "Ask @[" + to_text(person) + "] first",
                }
            );
            store::insert(
                write,
                work::Comment{
                    .workspace_id = workspace,
                    .id = CommentId(known_id(8)),
                    .task_id = task,
                    .author_id = person,
                    .body = "Two coats",
                }
            );
            store::insert(
                write,
                work::ChecklistItem{
                    .workspace_id = workspace,
                    .task_id = task,
                    .id = ChecklistItemId(known_id(9)),
                    .list = {},
                    .text = "red",
                }
            );
            write.append({
                .workspace_id = workspace,
                .kind = store::ChangeKind::task_created,
                .object_id = task,
                .project_id = project,
                .task_id = task,
            });
        });
        require(search.wait_for_last(workspace, std::chrono::seconds{60}), "the search index does not catch up");
    }

    const WorkspaceId workspace{known_id(2)};
    const api::Router router{api::all_routes()};
    work::SearchIndex search{database};
};

http::Verb verb_of(std::string_view name)
{
    static constexpr std::pair<std::string_view, http::Verb> verbs[] = {
        {"GET", http::Verb::get},     {"POST", http::Verb::post},     {"PUT", http::Verb::put},
        {"PATCH", http::Verb::patch}, {"DELETE", http::Verb::delete_}
    };
    for (const auto& [each, verb] : verbs)
        if (name == each) return verb;
    return http::Verb::other;
}

struct TakenBack {};

void answer(Furnished& place, const api::Route& route, api::Call& call)
{
    if (!route.prepare) {
        if (route.name == "search_workspace") {
            const auto query = api::from_query<work::SearchQuery>(call.request.query);
            place.database.read([&](store::Read& read) { return place.search.search(read, place.workspace, query); });
        }
        return;
    }
    place.database.read([&](store::Read& read) { api::authorise(read, route.needs, call); });
    auto prepared = route.prepare(call);
    if (prepared.read) {
        const auto result = place.database.read([&](store::Read& read) { return prepared.read(read); });
        const json::Document is_json(result.json);
        return;
    }
    try {
        place.database.write([&](store::Write& write) {
            const auto result = prepared.write(write);
            if (!result.json.empty()) const json::Document is_json(result.json);
            throw TakenBack{};
        });
    } catch (const TakenBack&) {
    }
}
} // namespace

void route(std::string_view input)
{
    static Furnished place;
    const auto line = take_line(input);
    const auto blank = std::min(line.find(' '), line.size());
    const auto target = line.substr(std::min(blank + 1, line.size()));
    http::Request request{.verb = verb_of(line.substr(0, blank)), .target = std::string(target)};
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    if (!request.path.starts_with('/')) return;
    try {
        auto found = place.router.find(request.verb, request.path);
        if (!found.route) return;
        const people::SignedIn person{.person = place.person, .session = SessionId(known_id(10)), .is_operator = true};
        api::Call call{request, std::move(found.path_values), person, std::nullopt, std::string(input)};
        answer(place, *found.route, call);
    } catch (const Problem& problem) {
        require(problem.status >= 400 && problem.status < 500, "a problem that is not the asker's");
        const json::Document is_json(problem.to_json());
    }
}

} // namespace dialpine::fuzz
