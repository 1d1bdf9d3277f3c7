#include "privacy/subject_search.hpp"

#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "privacy/catalogue.hpp"
#include "store/keys.hpp"
#include "store/transparency.hpp"
#include "work/mentions.hpp"
#include "work/task.hpp"

#include <algorithm>

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

constexpr std::size_t most_hits = 500;
constexpr std::size_t around = 160; ///< bytes of context on each side
constexpr std::string_view another = "[another person]";

/// Texts that programs make and nobody writes into.
constexpr std::array made_by_programs{
    std::string_view("tasks.position"),
    std::string_view("projects.key"),
    std::string_view("imported_people.source"),
    std::string_view("imported_things.source"),
};

bool is_in_key(const Table& table, const Column& column)
{
    return std::ranges::find(table.key, column.name) != table.key.end();
}

std::variant<Uuid, std::string> key_value(const AnyRow& row, const Column& column)
{
    if (column.kind != store::Kind::id) return row.text(column);
    Uuid id;
    const auto bytes = row.bytes(column);
    if (bytes.size() == id.bytes.size()) std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

/// Of this text in this place: whoever approves a hit approves what they read.
std::string hit_id(const store::Read& read, const FoundText& found)
{
    std::string place = fmt::format("strike|{}|{}|", found.table->name, found.column->name);
    for (const auto& part : found.key)
        place += std::holds_alternative<Uuid>(part) ? to_text(std::get<Uuid>(part)) : std::get<std::string>(part) + "|";
    const auto digest = read.keys().lookup(place + found.text);
    return to_hex(crypto::view(digest).substr(0, 16));
}

std::optional<TaskId> task_of_row(const AnyRow& row)
{
    const auto* column = row.table().find_column(&row.table() == store::table_of<work::Task> ? "id" : "task_id");
    if (!column || column->kind != store::Kind::id || row.is_null(*column)) return std::nullopt;
    return TaskId(std::get<Uuid>(key_value(row, *column)));
}

bool wrote_it(const AnyRow& row, const Column& column, std::optional<PersonId> subject)
{
    return subject && column.personal && row.person(column.personal->of.column) == *subject;
}

void find_in_row(
    const AnyRow& row,
    const std::vector<const Column*>& columns,
    const SubjectWords& words,
    std::optional<PersonId> subject,
    std::vector<FoundText>& into
)
{
    for (const Column* column : columns) {
        if (row.is_null(*column) || wrote_it(row, *column, subject)) continue;
        auto text = row.text(*column);
        auto spans = words.find(text);
        if (spans.empty()) continue;
        FoundText found{
            .table = &row.table(),
            .column = column,
            .key = {},
            .task = task_of_row(row),
            .id = {},
            .text = std::move(text),
            .spans = std::move(spans),
        };
        for (const auto& name : row.table().key) found.key.push_back(key_value(row, *row.table().find_column(name)));
        found.id = hit_id(row.read(), found);
        into.push_back(std::move(found));
    }
}

// ---- how a hit reads

/// The part of the text around its first hit, cut between words.
std::string_view window_of(const FoundText& found)
{
    const std::string_view text = found.text;
    const auto first = found.spans.front();
    auto begin = first.begin > around ? first.begin - around : 0;
    auto end = std::min(text.size(), first.end + around);
    while (begin > 0 && begin < first.begin && text[begin - 1] != ' ' && text[begin - 1] != '\n') ++begin;
    while (end < text.size() && end > first.end && text[end] != ' ' && text[end] != '\n') --end;
    return text.substr(begin, end - begin);
}

bool overlap(const Span& a, const Span& b) { return a.begin < b.end && b.begin < a.end; }

std::string marked(std::string_view text, const std::vector<Span>& spans)
{
    std::string html;
    std::size_t from = 0;
    for (const auto& span : spans) {
        html += escaped_html(text.substr(from, span.begin - from));
        html += fmt::format("<mark>{}</mark>", escaped_html(text.substr(span.begin, span.end - span.begin)));
        from = span.end;
    }
    return html + escaped_html(text.substr(from));
}

/// Addresses: what stands without a blank on both sides of an `@`, mentions too.
std::vector<Span> addresses_in(std::string_view text)
{
    constexpr std::string_view ends = " \t\n<>(),;\"";
    std::vector<Span> spans;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto before = text.find_last_of(ends, at);
        const auto begin = before == std::string_view::npos ? 0 : before + 1;
        const auto end = std::min(text.find_first_of(ends, at), text.size());
        if (end - at > 1 && (spans.empty() || spans.back().end <= begin)) spans.push_back({begin, end});
    }
    return spans;
}

std::string redacted(std::string_view text, const std::vector<Span>& subject, const SubjectWords& others)
{
    auto spans = others.find(text);
    for (const auto& address : addresses_in(text)) {
        std::erase_if(spans, [&](const Span& each) { return overlap(each, address); });
        spans.push_back(address);
    }
    std::erase_if(spans, [&](const Span& each) {
        return std::ranges::any_of(subject, [&](const Span& own) { return overlap(each, own); });
    });
    std::ranges::sort(spans, {}, &Span::begin);
    return replaced(text, spans, another);
}

/// The names of everybody else in the workspace.
SubjectWords names_of_others(const store::Read& read, WorkspaceId workspace, std::optional<PersonId> subject)
{
    SubjectWords others;
    store::query(
        read,
        "SELECT person_id FROM memberships WHERE workspace_id = $1 UNION SELECT person_id FROM imported_people WHERE "
        "workspace_id = $1",
        [&](const store::Statement& row) {
            const auto person = store::value_at<PersonId>(row, 0);
            if (person == subject) return;
            if (const auto known = store::find<people::Person>(read, person)) others.add_name(known->name.reveal());
        },
        workspace
    );
    return others;
}

/// Where a hit's task is found: by its key, in its project.
void add_task(const store::Read& read, WorkspaceId workspace, SubjectHit& hit)
{
    if (!hit.task_id) return;
    store::query(
        read,
        "SELECT projects.key, tasks.number, projects.id FROM tasks JOIN projects ON projects.workspace_id = "
        "tasks.workspace_id AND projects.id = tasks.project_id WHERE tasks.workspace_id = $1 AND tasks.id = $2",
        [&](const store::Statement& row) {
            hit.task_key = fmt::format("{}-{}", row.text(0), row.integer(1));
            hit.project_id = store::value_at<ProjectId>(row, 2);
        },
        workspace,
        *hit.task_id
    );
}

/// By themselves, or of whom the team reads the name anyway.
void add_person(const store::Read& read, SubjectWords& words, PersonId id)
{
    const auto person = store::find<people::Person>(read, id);
    if (!person) return;
    words.add_name(person->name.reveal());
    if (person->email) words.add(person->email->reveal());
}
} // namespace

bool is_searched(const Table& table, const Column& column)
{
    if (!table.is_in_workspace() || column.kind != store::Kind::text) return false;
    // What is sealed is a person's alone, unless others can be named in it.
    if (column.is_sealed && !column.personal->names_others) return false;
    if (column.personal && column.personal->is_withheld) return false;
    const auto name = fmt::format("{}.{}", table.name, column.name);
    return !is_in_key(table, column) && std::ranges::find(made_by_programs, name) == made_by_programs.end();
}

SubjectWords words_for(const store::Read& read, const people::Actor& actor, const SubjectWish& wish)
{
    SubjectWords words;
    if (wish.person_id) {
        const auto known = store::query_one<std::int64_t>(
            read,
            "SELECT 1 FROM memberships WHERE workspace_id = $1 AND person_id = $2 UNION SELECT 1 FROM imported_people "
            "WHERE workspace_id = $1 AND person_id = $2",
            actor.workspace,
            *wish.person_id
        );
        if (!known) throw Problem::invalid("/person_id", "is nobody of this workspace");
        // A name that is hidden from the team is looked for only when its owner asks.
        const auto request = store::find<SubjectRequest>(read, actor.workspace, *wish.person_id);
        const bool is_hidden = people::name_for_others(read, *wish.person_id) == people::hidden_name;
        const bool waits = request && !request->answered_at;
        if (!is_hidden || waits) add_person(read, words, *wish.person_id);
    }
    if (wish.name) words.add_name(*wish.name);
    if (wish.email) words.add(*wish.email);
    if (wish.words)
        for (const auto& each : *wish.words) words.add(each);
    if (words.is_empty()) throw Problem::invalid("/name", "or another of person_id, email and words is required");
    return words;
}

std::vector<FoundText>
find_texts(const store::Read& read, WorkspaceId workspace, const SubjectWords& words, std::optional<PersonId> subject)
{
    std::vector<FoundText> found;
    for (const Table* table : store::all_tables()) {
        std::vector<const Column*> columns;
        for (const auto& column : table->columns)
            if (is_searched(*table, column)) columns.push_back(&column);
        if (columns.empty()) continue;
        const auto each = [&](const AnyRow& row) { find_in_row(row, columns, words, subject, found); };
        walk_with(read, *table, "WHERE workspace_id = $1", each, workspace);
    }
    return found;
}

SubjectHits to_hits(
    const store::Read& read,
    const people::Actor& actor,
    const std::vector<FoundText>& found,
    std::optional<PersonId> subject
)
{
    const auto others = names_of_others(read, actor.workspace, subject);
    SubjectHits hits{.items = {}, .texts = static_cast<std::int64_t>(found.size()), .next = {}};
    for (const auto& each : found) {
        if (hits.items.size() == most_hits) break;
        const auto window = window_of(each);
        const auto offset = static_cast<std::size_t>(window.data() - each.text.data());
        std::vector<Span> spans;
        for (const auto& span : each.spans)
            if (span.begin >= offset && span.end <= offset + window.size())
                spans.push_back({span.begin - offset, span.end - offset});
        hits.items.push_back({
            .id = each.id,
            .place = fmt::format("{}.{}", each.table->name, each.column->name),
            .task_id = each.task,
            .task_key = {},
            .project_id = {},
            .occurrences = static_cast<std::int64_t>(each.spans.size()),
            .snippet = marked(window, spans),
            .redacted = redacted(window, spans, others),
        });
        add_task(read, actor.workspace, hits.items.back());
    }
    return hits;
}

void log_subject_search(store::Write& write, const people::Actor& actor, std::optional<PersonId> subject)
{
    const auto what = fmt::format(
        R"({{"what":"search for what others wrote about a person","workspace":"{}"}})", to_text(actor.workspace)
    );
    store::log_of(write, store::LogKind::staff_read, subject.value_or(actor.person), what);
}

WrittenAboutList list_written_about(store::Read& read, const people::SignedIn& me)
{
    SubjectWords words;
    add_person(read, words, me.person);
    WrittenAboutList list;
    for (const auto& workspace : people::list_workspaces(read, me).items) {
        const auto request = store::find<SubjectRequest>(read, workspace.id, me.person);
        list.items.push_back({
            .id = workspace.id,
            .name = workspace.name,
            .texts = static_cast<std::int64_t>(find_texts(read, workspace.id, words, me.person).size()),
            .asked_at = request ? std::optional(request->created_at) : std::nullopt,
            .answered_at = request ? request->answered_at : std::nullopt,
        });
    }
    return list;
}

} // namespace dialpine::privacy
