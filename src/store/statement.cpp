#include "store/statement.hpp"

#include <sqlite3.h>

namespace dialpine::store {
namespace {
/// SQLite counts its memory under one lock, which all threads would wait for; nobody asks for that count.
void configure()
{
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::ignore = done;
}

[[noreturn]] void fail(sqlite3* connection, std::string_view doing)
{
    const int code = sqlite3_extended_errcode(connection);
    Failure failure(fmt::format("{}: {} ({})", doing, sqlite3_errmsg(connection), code));
    failure.is_full = (code & 0xff) == SQLITE_FULL;
    failure.is_damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    failure.is_refused = (code & 0xff) == SQLITE_CONSTRAINT;
    throw failure;
}
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
        const std::string reason = connection_ ? sqlite3_errmsg(connection_) : "out of memory";
        sqlite3_close(connection_);
        throw Failure("The database " + path + " cannot be opened: " + reason);
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
