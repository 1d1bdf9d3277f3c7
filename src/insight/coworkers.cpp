#include "insight/coworkers.hpp"

#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
constexpr int most_listed_first = 20;

bool may_stand_in_lists(const store::Read& read, PersonId person)
{
    return people::may_be_used(read, person, people::Objectable::profiling);
}

/// Who stands on the task, besides the one who works on it.
std::vector<PersonId> others_on(const store::Read& read, WorkspaceId workspace, TaskId task, PersonId besides)
{
    std::vector<PersonId> others;
    store::query(
        read,
        "SELECT person_id FROM task_assignees WHERE workspace_id = $1 AND task_id = $2 UNION "
        "SELECT created_by FROM tasks WHERE workspace_id = $1 AND id = $2 AND created_by IS NOT NULL UNION "
        "SELECT author_id FROM comments WHERE workspace_id = $1 AND task_id = $2 AND author_id IS NOT NULL "
        "AND deleted_at IS NULL UNION "
        "SELECT person_id FROM mentions WHERE workspace_id = $1 AND task_id = $2",
        [&](const store::Statement& row) { others.push_back(store::value_at<PersonId>(row, 0)); },
        workspace,
        task
    );
    std::erase_if(others, [&](PersonId other) { return other == besides || !may_stand_in_lists(read, other); });
    return others;
}

std::vector<Coworker> ranked(const store::Read& read, PersonId person, int most)
{
    auto known = store::select<Coworker>(
        read, "WHERE person_id = $1 ORDER BY times DESC, last_on DESC, other_id LIMIT $2", person, most
    );
    // Somebody restricted since is kept, and shown in no list.
    std::erase_if(known, [&](const Coworker& each) { return !may_stand_in_lists(read, each.other_id); });
    return known;
}
} // namespace

void note_work(store::Write& write, const MayKnowCoworkers& consented, WorkspaceId workspace, TaskId task, Instant at)
{
    const auto person = consented.person();
    for (const PersonId other : others_on(write, workspace, task, person))
        store::execute(
            write,
            "INSERT INTO coworkers (person_id, other_id, times, last_on) VALUES ($1, $2, 1, $3) "
            "ON CONFLICT (person_id, other_id) DO UPDATE SET times = times + 1, last_on = $3",
            person,
            other,
            day_start(at)
        );
    const auto team = store::query_one<TeamId>(
        write,
        "SELECT team_id FROM projects WHERE workspace_id = $1 AND id = "
        "(SELECT project_id FROM tasks WHERE workspace_id = $1 AND id = $2)",
        workspace,
        task
    );
    if (!team) return;
    store::execute(
        write,
        "INSERT INTO teams_worked_in (person_id, team_id, times, last_on) VALUES ($1, $2, 1, $3) "
        "ON CONFLICT (person_id, team_id) DO UPDATE SET times = times + 1, last_on = $3",
        person,
        *team,
        day_start(at)
    );
}

std::vector<FrequentCoworker> coworkers_of(const store::Read& read, PersonId person, int most)
{
    std::vector<FrequentCoworker> views;
    for (const auto& each : ranked(read, person, most))
        views.push_back({each.other_id, people::name_for_others(read, each.other_id), each.times});
    return views;
}

std::vector<FrequentTeam> teams_of(const store::Read& read, PersonId person, int most)
{
    std::vector<FrequentTeam> views;
    store::query(
        read,
        "SELECT team_id, name, times FROM teams_worked_in JOIN teams ON teams.id = team_id WHERE person_id = $1 "
        "ORDER BY times DESC, last_on DESC, team_id LIMIT $2",
        [&](const store::Statement& row) {
            views.push_back({store::value_at<TeamId>(row, 0), std::string(row.text(1)), row.integer(2)});
        },
        person,
        most
    );
    return views;
}

void forget_coworkers(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM coworkers WHERE person_id = $1", person);
    store::execute(write, "DELETE FROM teams_worked_in WHERE person_id = $1", person);
}

void forget_in_others(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM coworkers WHERE other_id = $1", person);
}

std::vector<PersonId>
whom_first(const store::Read& read, const MayKnowCoworkers& consented, const MayPersonalise& also)
{
    if (consented.person() != also.person()) return {}; // two persons' answers are not one's
    std::vector<PersonId> first;
    for (const auto& each : ranked(read, consented.person(), most_listed_first)) first.push_back(each.other_id);
    return first;
}

} // namespace dialpine::insight
