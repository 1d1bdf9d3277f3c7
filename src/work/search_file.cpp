#include "work/search_file.hpp"

#include "base/log.hpp"

namespace dialpine::work {
using store::bind_value;
using store::Statement;
using store::Using;
using store::value_at;

namespace {
/// To be counted up when tokens or tables change: the file is then made anew.
constexpr int file_version = 2;
constexpr int pages_in_a_step = 400;

/// Documents of a workspace have numbers of their own range, so that a search reads no other's words, and so that the
/// newest come first.
constexpr int bits_in_a_range = 32;

constexpr std::string_view tables =
    "CREATE TABLE ranges (number INTEGER PRIMARY KEY, workspace_id BLOB NOT NULL UNIQUE);"
    "CREATE TABLE places (number INTEGER PRIMARY KEY, workspace_id BLOB NOT NULL, project_id BLOB NOT NULL, "
    "task_id BLOB NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL);"
    "CREATE UNIQUE INDEX places_id ON places (workspace_id, task_id, kind, id);"
    "CREATE TABLE followed (workspace_id BLOB PRIMARY KEY, number BIGINT NOT NULL) WITHOUT ROWID;"
    // Our tokens are separated by blanks; this tokenizer takes every byte above 127 as a letter and leaves them whole.
    "CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize = 'ascii', columnsize = 0);";

constexpr std::string_view where_place = "workspace_id = $1 AND task_id = $2 AND kind = $3 AND id = $4";

void bind_place(Statement& statement, const DocumentPlace& place)
{
    bind_value(statement, 1, place.workspace_id);
    bind_value(statement, 2, place.task_id);
    bind_value(statement, 3, place.kind);
    bind_value(statement, 4, place.id);
}

void run(Statement& statement)
{
    const Using using_statement(statement);
    statement.step();
}
} // namespace

SearchFile::SearchFile(std::filesystem::path path) : path_(std::move(path))
{
    try {
        open();
        read_some(); // nobody waits for all to be read: a search that finds the rest damaged has it made anew
    } catch (const store::Failure& failure) {
        if (failure.error != 0) throw; // the system's, not the file's
        log::say(log::Level::warn, "The search index is damaged and is made anew", failure.what());
        start_over();
    }
}

void SearchFile::open()
{
    connection_ = std::make_unique<store::Connection>(path_.string(), store::Connection::Mode::write);
    // Losing the last moments only means to follow them again, so there is no fsync for each group.
    connection_->execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; "
        "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000"
    );
    const auto version = connection_->integer("PRAGMA user_version");
    if (version == file_version) return;
    if (connection_->integer("SELECT count(*) FROM sqlite_schema") == 0)
        make();
    else
        start_over();
}

void SearchFile::make()
{
    connection_->execute("BEGIN IMMEDIATE");
    connection_->execute(std::string(tables));
    connection_->execute(fmt::format("PRAGMA user_version = {}; COMMIT", file_version));
}

void SearchFile::start_over()
{
    connection_.reset();
    for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
    has_remains_ = is_merging_ = false;
    next_numbers_.clear();
    open();
}

void SearchFile::together(const std::function<void()>& work)
{
    try {
        connection_->together(work);
    } catch (...) {
        next_numbers_.clear();
        throw;
    }
}

std::int64_t SearchFile::next_number(WorkspaceId workspace)
{
    const auto known = next_numbers_.find(workspace);
    if (known != next_numbers_.end()) return known->second++;
    auto& make = connection_->prepare("INSERT INTO ranges (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING");
    bind_value(make, 1, workspace);
    run(make);
    const auto range = range_of(*connection_, workspace).value();
    auto& last = connection_->prepare("SELECT max(number) FROM places WHERE number BETWEEN $1 AND $2");
    const Using using_last(last);
    last.bind(1, range.first);
    last.bind(2, range.last);
    const auto next = last.step() && !last.is_null(0) ? last.integer(0) + 1 : range.first;
    next_numbers_[workspace] = next + 1;
    return next;
}

std::optional<std::int64_t> SearchFile::number_of(const DocumentPlace& place)
{
    static const std::string sql = fmt::format("SELECT number FROM places WHERE {}", where_place);
    auto& find = connection_->prepare(sql);
    const Using using_find(find);
    bind_place(find, place);
    return find.step() ? std::optional(find.integer(0)) : std::nullopt;
}

bool SearchFile::says(std::int64_t number, std::string_view title, std::string_view body)
{
    auto& find = connection_->prepare("SELECT title, body FROM docs WHERE rowid = $1");
    const Using using_find(find);
    find.bind(1, number);
    return find.step() && find.text(0) == title && find.text(1) == body;
}

void SearchFile::put(const DocumentPlace& place, std::string_view title, std::string_view body)
{
    const auto number = number_of(place);
    if (title.empty() && body.empty()) {
        if (number) remove(place);
        return;
    }
    if (number) {
        if (says(*number, title, body)) return;
        auto& change = connection_->prepare("UPDATE docs SET title = $1, body = $2 WHERE rowid = $3");
        change.bind_text(1, title);
        change.bind_text(2, body);
        change.bind(3, *number);
        run(change);
        has_remains_ = true;
        is_merging_ = false;
        return;
    }
    auto& add_place = connection_->prepare(
        "INSERT INTO places (workspace_id, task_id, kind, id, project_id, number) VALUES ($1, $2, $3, $4, $5, $6)"
    );
    const auto next = next_number(place.workspace_id);
    bind_place(add_place, place);
    bind_value(add_place, 5, place.project_id);
    add_place.bind(6, next);
    run(add_place);
    auto& add = connection_->prepare("INSERT INTO docs (rowid, title, body) VALUES ($1, $2, $3)");
    add.bind(1, next);
    add.bind_text(2, title);
    add.bind_text(3, body);
    run(add);
}

void SearchFile::remove_where(std::string_view where, const std::function<void(Statement&)>& bind)
{
    auto& docs =
        connection_->prepare(fmt::format("DELETE FROM docs WHERE rowid IN (SELECT number FROM places WHERE {})", where)
        );
    bind(docs);
    run(docs);
    auto& places = connection_->prepare(fmt::format("DELETE FROM places WHERE {}", where));
    bind(places);
    run(places);
    if (places.changed_rows() == 0) return;
    has_remains_ = true;
    is_merging_ = false;
}

void SearchFile::remove(const DocumentPlace& place)
{
    remove_where(where_place, [&](Statement& statement) { bind_place(statement, place); });
}

void SearchFile::remove_task(WorkspaceId workspace, TaskId task)
{
    remove_where("workspace_id = $1 AND task_id = $2", [&](Statement& statement) {
        bind_value(statement, 1, workspace);
        bind_value(statement, 2, task);
    });
}

void SearchFile::remove_project(WorkspaceId workspace, ProjectId project)
{
    remove_where("workspace_id = $1 AND project_id = $2", [&](Statement& statement) {
        bind_value(statement, 1, workspace);
        bind_value(statement, 2, project);
    });
}

void SearchFile::remove_workspace(WorkspaceId workspace)
{
    const auto bind = [&](Statement& statement) { bind_value(statement, 1, workspace); };
    remove_where("workspace_id = $1", bind);
    for (const auto* table : {"followed", "ranges"}) {
        auto& forget = connection_->prepare(fmt::format("DELETE FROM {} WHERE workspace_id = $1", table));
        bind(forget);
        run(forget);
    }
    next_numbers_.erase(workspace);
}

void SearchFile::read_some()
{
    std::ignore = followed();
    std::ignore = connection_->integer("SELECT count(*) FROM places");
    std::ignore = connection_->integer("SELECT count(*) FROM docs WHERE docs MATCH 'zz'");
}

std::map<WorkspaceId, std::int64_t> SearchFile::followed()
{
    auto& all = connection_->prepare("SELECT workspace_id, number FROM followed");
    const Using using_all(all);
    std::map<WorkspaceId, std::int64_t> numbers;
    while (all.step()) numbers.emplace(value_at<WorkspaceId>(all, 0), all.integer(1));
    return numbers;
}

void SearchFile::set_followed(WorkspaceId workspace, std::int64_t number)
{
    auto& set = connection_->prepare(
        "INSERT INTO followed VALUES ($1, $2) ON CONFLICT (workspace_id) DO UPDATE SET number = excluded.number"
    );
    bind_value(set, 1, workspace);
    set.bind(2, number);
    run(set);
}

void SearchFile::wipe()
{
    // A removed document's words stay in the older parts of the search tree until all parts are merged into one. A
    // negative number of pages begins such a merge, further steps go on with it until one finds nothing more to do.
    const auto before = connection_->integer("SELECT total_changes()");
    auto& merge = connection_->prepare("INSERT INTO docs(docs, rank) VALUES ('merge', $1)");
    merge.bind(1, std::int64_t{is_merging_ ? pages_in_a_step : -pages_in_a_step});
    run(merge);
    const bool was_merging = std::exchange(is_merging_, true);
    if (!was_merging || connection_->integer("SELECT total_changes()") - before >= 2) return;
    is_merging_ = false;
    // The first column says whether a reader was in the way.
    has_remains_ = connection_->integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
}

std::optional<NumberRange> range_of(store::Connection& connection, WorkspaceId workspace)
{
    auto& find = connection.prepare("SELECT number FROM ranges WHERE workspace_id = $1");
    const Using using_find(find);
    bind_value(find, 1, workspace);
    if (!find.step()) return std::nullopt;
    const auto first = find.integer(0) << bits_in_a_range;
    return NumberRange{first, first + (std::int64_t{1} << bits_in_a_range) - 1};
}

std::vector<std::int64_t>
match(store::Connection& connection, std::string_view expression, NumberRange range, std::int64_t count)
{
    auto& find = connection.prepare(
        "SELECT rowid FROM docs WHERE docs MATCH $1 AND rowid BETWEEN $2 AND $3 ORDER BY rowid DESC LIMIT $4"
    );
    const Using using_find(find);
    find.bind_text(1, expression);
    find.bind(2, range.first);
    find.bind(3, range.last);
    find.bind(4, count);
    std::vector<std::int64_t> numbers;
    while (find.step()) numbers.push_back(find.integer(0));
    return numbers;
}

DocumentPlace place_at(store::Connection& connection, std::int64_t number)
{
    auto& find = connection.prepare("SELECT workspace_id, project_id, task_id, kind, id FROM places WHERE number = $1");
    const Using using_find(find);
    find.bind(1, number);
    if (!find.step()) return {};
    return {
        value_at<WorkspaceId>(find, 0),
        value_at<ProjectId>(find, 1),
        value_at<TaskId>(find, 2),
        value_at<SearchKind>(find, 3),
        value_at<Uuid>(find, 4)};
}

} // namespace dialpine::work
