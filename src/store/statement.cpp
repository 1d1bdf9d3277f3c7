#include "store/statement.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>

namespace dialpine::store {
namespace {
/// SQLite counts its memory under one lock, which all threads would wait for; nobody asks for that count.
void configure()
{
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::ignore = done;
}

/// Of the files of a connection, the log or journal and the database itself, the last error that it kept.
int error_of_files(sqlite3* connection)
{
    for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        sqlite3_file* file = nullptr;
        int error = 0;
        if (sqlite3_file_control(connection, "main", which, static_cast<void*>(&file)) != SQLITE_OK || !file || !file->pMethods) continue;
        if (file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK && error != 0) return error;
    }
    return 0;
}

/// The system's reason, where SQLite keeps it.
int error_of(sqlite3* connection, int kind)
{
    if (kind == SQLITE_FULL) return ENOSPC;
    if (kind == SQLITE_READONLY) return EROFS;
    if (kind == SQLITE_NOMEM) return ENOMEM;
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_INTERRUPT || kind == SQLITE_PROTOCOL) return EAGAIN;
    if (kind == SQLITE_CANTOPEN) return sqlite3_system_errno(connection);
    return kind == SQLITE_IOERR ? error_of_files(connection) : 0;
}

Failure failure_of(sqlite3* connection, std::string_view doing)
{
    const int code = sqlite3_extended_errcode(connection);
    const int kind = code & 0xff;
    const int error = error_of(connection, kind);
    const char* path = connection ? sqlite3_db_filename(connection, "main") : nullptr;
    const auto file = path ? std::filesystem::path(path).filename().string() : std::string("a database");
    Failure failure(fmt::format("{}: {} in {} ({}, errno {})", doing, sqlite3_errmsg(connection), file, code, error));
    failure.error = error;
    failure.is_device = kind == SQLITE_FULL || kind == SQLITE_READONLY ||
                        ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) && error != ENOMEM && error != EMFILE && error != ENFILE);
    const bool is_only_full = failure.is_full() && (kind == SQLITE_FULL || code == SQLITE_IOERR_WRITE);
    failure.is_lost = kind == SQLITE_IOERR && failure.is_device && !is_only_full;
    failure.is_damaged = kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB;
    failure.is_refused = kind == SQLITE_CONSTRAINT;
    return failure;
}

[[noreturn]] void fail(sqlite3* connection, std::string_view doing) { throw failure_of(connection, doing); }
} // namespace

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection)
{
    const int code = sqlite3_prepare_v3(
        connection, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_, nullptr
    );
    if (code != SQLITE_OK) fail(connection, sql);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind_null(int parameter) { sqlite3_bind_null(statement_, parameter); }
void Statement::bind(int parameter, std::int64_t value) { sqlite3_bind_int64(statement_, parameter, value); }
void Statement::bind(int parameter, double value) { sqlite3_bind_double(statement_, parameter, value); }

void Statement::bind_text(int parameter, std::string_view value)
{
    const char* data = value.data() ? value.data() : "";
    sqlite3_bind_text(statement_, parameter, data, static_cast<int>(value.size()), SQLITE_TRANSIENT);
}

void Statement::bind_blob(int parameter, std::string_view value)
{
    if (value.empty())
        sqlite3_bind_zeroblob(statement_, parameter, 0);
    else
        sqlite3_bind_blob(statement_, parameter, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
}

bool Statement::step()
{
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(connection_, "database");
}

void Statement::reset()
{
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Statement::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                : std::string_view();
}

std::string_view Statement::blob(int column) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string_view();
}

int Statement::column_count() const { return sqlite3_column_count(statement_); }
int Statement::changed_rows() const { return sqlite3_changes(connection_); }

Connection::Connection(const std::string& path, Mode mode)
{
    configure();
    const int flags =
        SQLITE_OPEN_NOMUTEX | (mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr) != SQLITE_OK) {
        auto failure = failure_of(connection_, "The database " + path + " cannot be opened");
        sqlite3_close(connection_);
        throw failure;
    }
    sqlite3_extended_result_codes(connection_, 1);
    sqlite3_busy_timeout(connection_, 5000);
}

Connection::~Connection()
{
    statements_.clear();
    sqlite3_close(connection_);
}

Statement& Connection::prepare(std::string_view sql)
{
    auto found = statements_.find(sql);
    if (found == statements_.end())
        found = statements_.emplace(sql, std::make_unique<Statement>(connection_, sql)).first;
    return *found->second;
}

void Connection::execute(const std::string& sql)
{
    if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(connection_, "database");
}

std::int64_t Connection::integer(const std::string& sql)
{
    Statement statement(connection_, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::text(const std::string& sql)
{
    Statement statement(connection_, sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

void Connection::together(const std::function<void()>& work)
{
    execute("BEGIN IMMEDIATE");
    try {
        work();
        execute("COMMIT");
    } catch (...) {
        if (sqlite3_get_autocommit(connection_) == 0) // SQLite may have rolled back by itself
            sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

void Connection::keep_log()
{
    // This hook takes the place of SQLite's own, which would move the log and keep to itself how that went.
    const auto note_pages = [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(connection_, note_pages, &log_pages_);
}

void Connection::leave_log() { sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

void Connection::interrupt() { sqlite3_interrupt(connection_); }

void Connection::back_up_to(const std::string& path)
{
    Connection target(path, Mode::write);
    sqlite3_backup* backup = sqlite3_backup_init(target.connection_, "main", connection_, "main");
    if (!backup) fail(target.connection_, "backup");
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) fail(target.connection_, "backup");
}

} // namespace dialpine::store
