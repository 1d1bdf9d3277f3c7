#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/subject_search.hpp"
#include "store/transparency.hpp"

/// What follows a search: words are struck out, or an admin answers the person who asked.
namespace dialpine::privacy {
namespace {
std::string where_key(const FoundText& found, int first_parameter)
{
    std::string where;
    for (const auto& name : found.table->key)
        where += fmt::format("{}{} = ${}", where.empty() ? "" : " AND ", name, first_parameter++);
    return where;
}

void bind_key(store::Statement& statement, const FoundText& found, int first_parameter)
{
    for (const auto& part : found.key)
        std::visit([&](const auto& value) { store::bind_value(statement, first_parameter++, value); }, part);
}

/// The row as it is now, if its text is still what was found: what its column is to hold without the words.
std::optional<std::string> struck_value(const store::Read& read, const FoundText& found)
{
    std::optional<std::string> value;
    walk(
        read,
        *found.table,
        "WHERE " + where_key(found, 1),
        [&](store::Statement& statement) { bind_key(statement, found, 1); },
        [&](const AnyRow& row) {
            if (row.is_null(*found.column) || row.text(*found.column) != found.text) return;
            auto text = replaced(found.text, found.spans, struck_out);
            value = found.column->is_sealed ? row.seal(*found.column, text) : std::move(text);
        }
    );
    return value;
}

void strike_one(store::Write& write, const FoundText& found)
{
    const auto value = struck_value(write, found);
    if (!value) throw Problem::conflict("changed-meanwhile", "A text was changed since you read it. Search again.");
    const bool has_changed_at = found.table->find_column("changed_at") != nullptr;
    const int first_of_key = has_changed_at ? 3 : 2;
    auto& statement = write.prepare(fmt::format(
        "UPDATE {} SET {} = $1{} WHERE {}",
        found.table->name,
        found.column->name,
        has_changed_at ? ", changed_at = $2" : "",
        where_key(found, first_of_key)
    ));
    const store::Using using_statement(statement);
    if (found.column->is_sealed)
        statement.bind_blob(1, *value);
    else
        statement.bind_text(1, *value);
    if (has_changed_at) store::bind_value(statement, 2, clock_now());
    bind_key(statement, found, first_of_key);
    statement.step();
}

/// Which line of the change log makes every copy of this text go.
store::Change change_for(const store::Read& read, const people::Actor& actor, const FoundText& found)
{
    using store::ChangeKind;
    store::Change change{
        .workspace_id = actor.workspace, .kind = ChangeKind::workspace_changed, .actor_id = actor.person};
    change.object_id = std::holds_alternative<Uuid>(found.key.back()) ? std::get<Uuid>(found.key.back())
                                                                      : static_cast<const Uuid&>(actor.workspace);
    if (found.task) {
        change.kind = found.table->name == "comments"      ? ChangeKind::comment_changed
                      : found.table->name == "attachments" ? ChangeKind::attachment_created // read anew
                                                           : ChangeKind::task_changed;
        if (change.kind == ChangeKind::task_changed) change.object_id = *found.task;
        change.task_id = found.task;
        change.project_id = store::query_one<ProjectId>(
            read, "SELECT project_id FROM tasks WHERE workspace_id = $1 AND id = $2", actor.workspace, *found.task
        );
        return change;
    }
    if (found.table->name == "projects") {
        change.kind = ChangeKind::project_changed;
        change.project_id = ProjectId(change.object_id);
    } else if (found.table->name == "teams")
        change.kind = ChangeKind::team_changed;
    else if (found.table->find_column("project_id")) {
        change.kind = found.table->name == "labels" ? ChangeKind::label_changed : ChangeKind::status_changed;
        change.project_id = store::query_one<ProjectId>(
            read,
            fmt::format("SELECT project_id FROM {} WHERE workspace_id = $1 AND id = $2", found.table->name),
            actor.workspace,
            change.object_id
        );
    } else
        change.object_id = actor.workspace;
    return change;
}

StrikeView to_view(const Strike& strike)
{
    return {
        .id = strike.id,
        .texts = strike.texts,
        .occurrences = strike.occurrences,
        .struck_by = strike.struck_by,
        .created_at = strike.created_at,
        .changed_at = strike.created_at,
    };
}

bool is_open(const std::optional<SubjectRequest>& request) { return request && !request->answered_at; }

/// False when there is none that waits.
bool answer_request(store::Write& write, WorkspaceId workspace, PersonId person)
{
    auto request = store::find<SubjectRequest>(write, workspace, person);
    if (!is_open(request)) return false;
    request->answered_at = clock_now();
    store::update(write, *request);
    return true;
}
} // namespace

StrikeView strike_out(
    store::Write& write,
    const people::Actor& actor,
    const std::vector<FoundText>& texts,
    std::optional<PersonId> subject
)
{
    Strike strike{
        .workspace_id = actor.workspace, .id = StrikeId::make(), .created_at = clock_now(), .struck_by = actor.person};
    for (const auto& text : texts) {
        strike_one(write, text);
        write.append(change_for(write, actor, text));
        ++strike.texts;
        strike.occurrences += static_cast<std::int64_t>(text.spans.size());
    }
    // An answer that is kept for a repeated request may hold the words as well.
    store::execute(
        write,
        "DELETE FROM kept_answers WHERE location LIKE $1",
        fmt::format("/api/v1/workspaces/{}/%", to_text(actor.workspace))
    );
    store::insert(write, strike);
    const auto what = fmt::format(
        R"({{"what":"words about a person were struck out","workspace":"{}","texts":{}}})",
        to_text(actor.workspace),
        strike.texts
    );
    store::log_of(write, store::LogKind::erasure, subject.value_or(actor.person), what);
    if (subject) answer_request(write, actor.workspace, *subject);
    return to_view(strike);
}

StrikeList list_strikes(store::Read& read, const people::Actor& actor)
{
    StrikeList list;
    for (const auto& strike :
         store::select<Strike>(read, "WHERE workspace_id = $1 ORDER BY id DESC LIMIT 500", actor.workspace))
        list.items.push_back(to_view(strike));
    return list;
}

SubjectRequestView ask_to_look(store::Write& write, const people::SignedIn& me, WorkspaceId workspace)
{
    if (!people::role_of(write, workspace, me.person)) throw Problem::not_found();
    const SubjectRequest request{.workspace_id = workspace, .person_id = me.person, .created_at = clock_now()};
    store::upsert(write, request);
    return {
        .id = me.person,
        .name = people::name_for_others(write, me.person),
        .created_at = request.created_at,
        .changed_at = request.created_at,
    };
}

SubjectRequestList list_subject_requests(store::Read& read, const people::Actor& actor)
{
    SubjectRequestList list;
    for (const auto& request : store::select<SubjectRequest>(
             read, "WHERE workspace_id = $1 AND answered_at IS NULL ORDER BY created_at", actor.workspace
         ))
        list.items.push_back({
            .id = request.person_id,
            .name = people::name_for_others(read, request.person_id),
            .created_at = request.created_at,
            .changed_at = request.created_at,
        });
    return list;
}

void close_subject_request(store::Write& write, const people::Actor& actor, PersonId person)
{
    if (!answer_request(write, actor.workspace, person)) throw Problem::not_found();
}

} // namespace dialpine::privacy
