#include "work/search_file.hpp"

#include "base/log.hpp"

namespace dialpine::work {
using store::bind_value;
using store::Statement;
using store::Using;
using store::value_at;

namespace {
/// To be counted up when tokens or tables change: the file is then made anew.
constexpr int file_version = 1;
constexpr int pages_in_a_step = 400;

constexpr std::string_view tables =
    "CREATE TABLE places (number INTEGER PRIMARY KEY, workspace_id BLOB NOT NULL, project_id BLOB NOT NULL, "
    "task_id BLOB NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL);"
    "CREATE UNIQUE INDEX places_id ON places (workspace_id, task_id, kind, id);"
    "CREATE INDEX places_project_id ON places (workspace_id, project_id);"
    "CREATE TABLE followed (workspace_id BLOB PRIMARY KEY, number BIGINT NOT NULL) WITHOUT ROWID;"
    // Our tokens are separated by blanks; this tokenizer takes every byte above 127 as a letter and leaves them whole.
    "CREATE VIRTUAL TABLE docs USING fts5(scope, title, body, tokenize = 'ascii');"
    "INSERT INTO docs(docs, rank) VALUES ('rank', 'bm25(0.0, 10.0, 1.0)');";

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
    } catch (const store::Failure& failure) {
        if (!failure.is_damaged) throw;
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
        "PRAGMA cache_size=-16384"
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
    open();
}

void SearchFile::together(const std::function<void()>& work)
{
    connection_->execute("BEGIN IMMEDIATE");
    try {
        work();
        connection_->execute("COMMIT");
    } catch (...) {
        try {
            connection_->execute("ROLLBACK");
        } catch (const store::Failure&) {
            // SQLite has rolled back by itself; what went wrong first is what is told.
        }
        throw;
    }
}

void SearchFile::put(const DocumentPlace& place, std::string_view title, std::string_view body)
{
    if (title.empty() && body.empty()) return remove(place);
    auto& find = connection_->prepare(
        fmt::format("SELECT number, title, body FROM places JOIN docs ON docs.rowid = number WHERE {}", where_place)
    );
    std::optional<std::int64_t> number;
    {
        const Using using_find(find);
        bind_place(find, place);
        if (find.step()) {
            if (find.text(1) == title && find.text(2) == body) return;
            number = find.integer(0);
        }
    }
    if (number) {
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
        "INSERT INTO places (workspace_id, task_id, kind, id, project_id) VALUES ($1, $2, $3, $4, $5) RETURNING number"
    );
    const Using using_add_place(add_place);
    bind_place(add_place, place);
    bind_value(add_place, 5, place.project_id);
    add_place.step();
    auto& add = connection_->prepare("INSERT INTO docs (rowid, scope, title, body) VALUES ($1, $2, $3, $4)");
    add.bind(1, add_place.integer(0));
    add.bind_text(2, scope_of(place.workspace_id));
    add.bind_text(3, title);
    add.bind_text(4, body);
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
    auto& forget = connection_->prepare("DELETE FROM followed WHERE workspace_id = $1");
    bind(forget);
    run(forget);
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

std::string scope_of(WorkspaceId workspace)
{
    std::string scope = to_text(workspace);
    std::erase(scope, '-');
    return scope;
}

std::vector<DocumentPlace>
match(store::Connection& connection, std::string_view expression, std::int64_t offset, std::int64_t count)
{
    auto& find = connection.prepare(
        "SELECT workspace_id, project_id, task_id, kind, id FROM docs JOIN places ON number = docs.rowid "
        "WHERE docs MATCH $1 ORDER BY rank, docs.rowid LIMIT $2 OFFSET $3"
    );
    const Using using_find(find);
    find.bind_text(1, expression);
    find.bind(2, count);
    find.bind(3, offset);
    std::vector<DocumentPlace> places;
    while (find.step())
        places.push_back(
            {value_at<WorkspaceId>(find, 0),
             value_at<ProjectId>(find, 1),
             value_at<TaskId>(find, 2),
             value_at<SearchKind>(find, 3),
             value_at<Uuid>(find, 4)}
        );
    return places;
}

} // namespace dialpine::work
