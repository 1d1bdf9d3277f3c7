#pragma once
#include "store/change.hpp"
#include "store/ids.hpp"

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace dialpine::store {

class Blobs;
class Connection;
class Keys;
class Statement;

/// A consistent view of the database: a snapshot that others' writes do not change.
class Read {
public:
    Read(Connection& connection, Keys& keys, Blobs& blobs) : connection_(connection), keys_(keys), blobs_(blobs) {}
    Read(const Read&) = delete;
    Read& operator=(const Read&) = delete;

    [[nodiscard]] Statement& prepare(std::string_view sql) const;
    [[nodiscard]] Keys& keys() const { return keys_; }
    [[nodiscard]] Blobs& blobs() const { return blobs_; }

protected:
    Connection& connection_;

private:
    Keys& keys_;
    Blobs& blobs_;
};

/// The number of each workspace's last change, as far as the writer knows it. Forgotten when writes are taken back.
using LastChanges = std::unordered_map<WorkspaceId, std::int64_t>;

/// A transaction that may write. What it does becomes durable together, or not at all.
class Write : public Read {
public:
    Write(Connection& connection, Keys& keys, Blobs& blobs, LastChanges& last_changes)
        : Read(connection, keys, blobs), last_changes_(last_changes)
    {
    }
    /// Appends to the workspace's change log and gives the change its number. Told to listeners once it is durable.
    void append(Change);
    [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
    /// To be done once this write is durable, on the writer's thread, before the writer is told: forget what is in
    /// memory.
    void after_commit(std::function<void()> what) { after_commit_.push_back(std::move(what)); }
    [[nodiscard]] const std::vector<std::function<void()>>& deferred() const { return after_commit_; }

private:
    LastChanges& last_changes_;
    std::vector<Change> changes_;
    std::vector<std::function<void()>> after_commit_;
};

struct Settings {
    std::filesystem::path folder;
    bool is_durable = true; ///< false in tests that do not pull the plug: no fsync
    int readers = 4;
};

/// The embedded database: `dialpine.db` in the data folder. One writer takes all waiting writes, each in its savepoint,
/// and commits them together, so that one fsync serves many; readers never wait for it. Only one process may have it
/// open. Where the disk fails, writes are answered with Failure until it works again, and reads go on; decision 0018
/// says what is trusted then.
class Database {
public:
    /// Throws Failure with a sentence for the operator: opened by another process, of a newer version, not as declared,
    /// damaged.
    explicit Database(Settings);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    template <class Work>
    auto read(Work&& work) -> std::invoke_result_t<Work&, Read&>
    {
        const Reader reader(*this);
        return work(reader.read());
    }

    /// Waits until it is durable. What `work` throws comes out here, with nothing changed.
    template <class Work>
    auto write(Work work) -> std::invoke_result_t<Work&, Write&>
    {
        using Result = std::invoke_result_t<Work&, Write&>;
        if constexpr (std::is_void_v<Result>)
            write_and_wait([&](Write& write) { work(write); });
        else {
            std::optional<Result> result;
            write_and_wait([&](Write& write) { result.emplace(work(write)); });
            return std::move(*result);
        }
    }

    /// Queues a write. `done` is called on the writer's thread once it is durable, or with what went wrong.
    void submit(std::function<void(Write&)> work, std::function<void(std::exception_ptr)> done);

    /// Called on the writer's thread with each group of durable changes, before the writers are told. Set before the
    /// first write.
    void on_changes(std::function<void(std::span<const Change>)> listener);
    /// Called on the writer's thread after everything was opened anew, because the disk had failed: what was kept in
    /// memory or beside the database is to be made again. Set before the first write.
    void on_reopened(std::function<void()> listener);
    /// What keeps writes from being done, in a sentence for the operator; absent while all is well.
    [[nodiscard]] std::optional<std::string> trouble() const;

    [[nodiscard]] Keys& keys() const;
    [[nodiscard]] Blobs& blobs() const;
    [[nodiscard]] const std::filesystem::path& folder() const;
    /// A consistent copy with the blobs in `folder`/database, and one of the keys in `folder`/keys, while everything
    /// goes on.
    void back_up_to(const std::filesystem::path& folder);
    /// Closes the connections of readers, at once or when they are given back: their caches may hold pages from before
    /// now.
    void renew_readers();
    /// Moves everything from the write-ahead log to the database and cuts the log to nothing. False when a reader keeps
    /// it for longer than a moment, or the disk fails: then whoever needs it tries again.
    bool checkpoint();

    struct Figures {
        std::uint64_t commits = 0;
        std::uint64_t writes = 0;
        std::uint64_t commit_microseconds = 0;
        std::size_t waiting = 0;
    };
    [[nodiscard]] Figures figures() const;

private:
    struct Inside;
    class Reader {
    public:
        explicit Reader(Database& database);
        ~Reader();
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;
        [[nodiscard]] Read& read() const { return *read_; }
        [[nodiscard]] Connection& connection() const { return *connection_; }

    private:
        Database& database_;
        std::unique_ptr<Connection> connection_;
        std::unique_ptr<Read> read_;
    };
    void write_and_wait(std::function<void(Write&)> work);

    std::unique_ptr<Inside> inside_;
};

/// The version of the schema that this program writes.
int schema_version();

} // namespace dialpine::store
