#pragma once
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "store/failure.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace dialpine::store {

/// One SQL statement, prepared once and used many times. Parameters are `$1`, `$2`… in order of their first use, as
/// PostgreSQL has them too.
class Statement {
public:
    Statement(sqlite3* connection, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    void bind_null(int parameter);
    void bind(int parameter, std::int64_t);
    void bind(int parameter, double);
    void bind_text(int parameter, std::string_view);
    void bind_blob(int parameter, std::string_view);

    /// Goes to the next row; false after the last.
    bool step();
    /// To be called when done, so that it can be used again and holds no snapshot.
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] int column_count() const;
    [[nodiscard]] int changed_rows() const;

private:
    sqlite3* connection_;
    sqlite3_stmt* statement_ = nullptr;
};

/// A connection to one database file, with its prepared statements.
class Connection {
public:
    enum class Mode { read, write };
    Connection(const std::string& path, Mode mode);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The statement for this text, prepared at its first use.
    Statement& prepare(std::string_view sql);
    /// One or several statements without parameters.
    void execute(const std::string& sql);
    [[nodiscard]] std::int64_t integer(const std::string& sql);
    [[nodiscard]] std::string text(const std::string& sql);
    /// All that `work` does, or nothing. What goes wrong first comes out here.
    void together(const std::function<void()>& work);
    /// From now on the write-ahead log goes to the database when it is told to, or when the last connection closes.
    void keep_log();
    /// Closing leaves the write-ahead log as it is.
    void leave_log();
    /// In the write-ahead log after this connection's last commit.
    [[nodiscard]] int log_pages() const { return log_pages_; }
    /// Ends what runs on this connection at this moment, which then throws Failure. From any thread.
    void interrupt();
    /// Copies the whole database to a new file, while others go on using it.
    void back_up_to(const std::string& path);
    [[nodiscard]] sqlite3* handle() const { return connection_; }

private:
    sqlite3* connection_ = nullptr;
    int log_pages_ = 0;
    /// So that a text is looked up without a copy of it.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> statements_;
};

/// Resets a statement when its use ends, whatever happens.
class Using {
public:
    explicit Using(Statement& statement) : statement_(statement) {}
    ~Using() { statement_.reset(); }
    Using(const Using&) = delete;
    Using& operator=(const Using&) = delete;

private:
    Statement& statement_;
};

// ---- values

template <class T>
void bind_value(Statement& statement, int parameter, const T& value)
{
    if constexpr (json::is_a<T, std::optional>) {
        if (value)
            bind_value(statement, parameter, *value);
        else
            statement.bind_null(parameter);
    } else if constexpr (std::is_floating_point_v<T>)
        statement.bind(parameter, static_cast<double>(value));
    else if constexpr (std::is_integral_v<T>)
        statement.bind(parameter, static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<T, Instant>)
        statement.bind(parameter, static_cast<std::int64_t>(value.time_since_epoch().count()));
    else if constexpr (std::is_same_v<T, Day>)
        statement.bind_text(parameter, to_text(value));
    else if constexpr (json::is_id<T>)
        statement.bind_blob(parameter, {reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()});
    else if constexpr (std::is_same_v<T, crypto::Digest>)
        statement.bind_blob(parameter, crypto::view(value));
    else if constexpr (json::is_described_enum<T>)
        statement.bind_text(parameter, json::name_of(value));
    else
        statement.bind_text(parameter, std::string_view(value));
}

template <class T>
T value_at(const Statement& statement, int column)
{
    if constexpr (json::is_a<T, std::optional>) {
        if (statement.is_null(column)) return std::nullopt;
        return value_at<typename T::value_type>(statement, column);
    } else if constexpr (std::is_floating_point_v<T>)
        return static_cast<T>(statement.real(column));
    else if constexpr (std::is_same_v<T, bool>)
        return statement.integer(column) != 0;
    else if constexpr (std::is_integral_v<T>)
        return static_cast<T>(statement.integer(column));
    else if constexpr (std::is_same_v<T, Instant>)
        return Instant{std::chrono::milliseconds{statement.integer(column)}};
    else if constexpr (std::is_same_v<T, Day>)
        return parse_day(statement.text(column)).value_or(Day{});
    else if constexpr (json::is_id<T>) {
        T id;
        const auto bytes = statement.blob(column);
        if (bytes.size() == id.bytes.size()) std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
        return id;
    } else if constexpr (std::is_same_v<T, crypto::Digest>)
        return crypto::to_digest(statement.blob(column)).value_or(crypto::Digest{});
    else if constexpr (json::is_described_enum<T>) {
        const auto value = json::parse_enum<T>(statement.text(column));
        if (!value) throw Failure("a stored value is not one of its kind");
        return *value;
    } else
        return T(std::string(statement.text(column)));
}

} // namespace dialpine::store
