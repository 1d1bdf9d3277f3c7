#include "store/database.hpp"

#include "base/log.hpp"
#include "base/measures.hpp"
#include "base/problem.hpp"
#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "store/folder_lock.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/orphans.hpp"
#include "store/restore.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

#include <atomic>
#include <condition_variable>
#include <future>
#include <thread>

namespace dialpine::store {
namespace {
constexpr std::size_t most_in_a_group = 256;
/// Above this the write-ahead log is begun anew, as soon as no reader stands in its way.
constexpr std::uintmax_t large_log_bytes = std::uintmax_t{64} * 1024 * 1024;
constexpr std::size_t commits_between_looks = 64;

std::filesystem::path made(std::filesystem::path folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}

/// New keys beside an old database would hide that the old ones are lost.
const std::filesystem::path& with_keys(const std::filesystem::path& folder)
{
    if (std::filesystem::exists(folder / "dialpine.db") && !std::filesystem::exists(folder / "keys" / "keys.db"))
        throw Failure(
            "The database in " + folder.string() +
            " is there, but not its keys (keys/keys.db), without which nothing sealed can be read. Put the keys folder "
            "back from its backup, or restore both: dialpine restore DIR."
        );
    return folder;
}

/// The folder as it is once a restore that was cut off is done or undone.
std::filesystem::path settled(const std::filesystem::path& folder)
{
    finish_restore(folder);
    return folder;
}

struct Waiting {
    std::function<void(Write&)> work;
    std::function<void(std::exception_ptr)> done;
    std::exception_ptr failure = nullptr;
};
} // namespace

Statement& Read::prepare(std::string_view sql) const { return connection_.prepare(sql); }

void Write::append(Change change)
{
    change.at = clock_now();
    constexpr std::string_view last_change = "SELECT max(number) FROM changes WHERE workspace_id = $1";
    const auto [last, is_new] = last_changes_.try_emplace(change.workspace_id, 0);
    if (is_new) last->second = query_one<std::int64_t>(*this, last_change, change.workspace_id).value_or(0);
    change.number = ++last->second;
    insert(*this, change);
    changes_.push_back(change);
}

struct Database::Inside {
    Settings settings;
    std::filesystem::path folder;
    FolderLock lock;
    Keys keys;
    Blobs blobs;
    Connection writer;
    LastChanges last_changes; ///< on the writer's thread only
    std::function<void(std::span<const Change>)> listener = [](std::span<const Change>) {};

    std::mutex readers_mutex;
    std::vector<std::unique_ptr<Connection>> readers;
    std::uint64_t generation = 0; ///< of readers; an older one is closed instead of kept

    mutable std::mutex queue_mutex;
    std::condition_variable queue_filled;
    std::vector<Waiting> queue;
    bool is_ending = false;

    std::atomic<std::uint64_t> commits{0};
    std::atomic<std::uint64_t> writes{0};
    std::atomic<std::uint64_t> commit_microseconds{0};
    std::thread thread;

    explicit Inside(Settings settings_)
        : settings(std::move(settings_)), folder(made(settings.folder)), lock(folder),
          keys(with_keys(settled(folder)) / "keys", settings.is_durable), blobs(folder / "blobs", settings.is_durable),
          writer((folder / "dialpine.db").string(), Connection::Mode::write)
    {
        writer.execute(
            "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768"
        );
        writer.execute(settings.is_durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
        prepare_schema(writer);
        if (const auto why = why_keys_are_foreign(writer, keys); !why.empty()) throw Failure(why);
        thread = std::thread([this] { run(); });
    }

    ~Inside()
    {
        {
            const std::lock_guard guard(queue_mutex);
            is_ending = true;
        }
        queue_filled.notify_all();
        thread.join();
    }

    void run()
    {
        std::vector<Waiting> group;
        while (true) {
            group.clear();
            {
                std::unique_lock guard(queue_mutex);
                queue_filled.wait(guard, [this] { return is_ending || !queue.empty(); });
                if (queue.empty()) return;
                if (queue.size() <= most_in_a_group)
                    group.swap(queue);
                else {
                    const auto end = queue.begin() + most_in_a_group;
                    std::move(queue.begin(), end, std::back_inserter(group));
                    queue.erase(queue.begin(), end);
                }
            }
            commit(group);
            if (commits % commits_between_looks == 0) shorten_log();
        }
    }

    /// SQLite moves the log to the database by itself, but begins it anew only when no reader is using it, which under
    /// steady reads may be never: then it grows. Waits for readers a moment; if that is not enough, the next look tries
    /// again.
    void shorten_log()
    {
        std::error_code unknown;
        const auto bytes = std::filesystem::file_size(folder / "dialpine.db-wal", unknown);
        if (unknown || bytes < large_log_bytes) return;
        try {
            writer.execute("PRAGMA busy_timeout = 50; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000");
        } catch (const Failure& failure) {
            log::say(log::Level::warn, "The write-ahead log could not be shortened", failure.what());
        }
    }

    /// Runs a group of writes and commits them together. One that fails takes back its own changes only.
    void commit(std::vector<Waiting>& group)
    {
        const auto started = std::chrono::steady_clock::now();
        std::vector<Change> changes;
        std::vector<std::function<void()>> deferred;
        try {
            step("BEGIN IMMEDIATE");
            for (auto& waiting : group) run_one(waiting, changes, deferred);
            const auto worked = std::chrono::steady_clock::now();
            step("COMMIT");
            measures::observe(measures::Spread::group_writes, static_cast<double>(group.size()));
            measures::observe(
                measures::Spread::fsync_seconds,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - worked).count()
            );
        } catch (...) {
            const auto failure = std::current_exception();
            last_changes.clear();
            try {
                writer.execute("ROLLBACK");
            } catch (const Failure&) { // SQLite has rolled back by itself
            }
            for (auto& waiting : group)
                if (!waiting.failure) waiting.failure = failure;
            changes.clear();
            deferred.clear();
        }
        ++commits;
        writes += group.size();
        commit_microseconds += static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count()
        );
        for (const auto& what : deferred) what();
        if (!changes.empty()) listener(changes);
        // Handed over, not shared: who waits may be done with it before this thread is.
        for (auto& waiting : group) waiting.done(std::exchange(waiting.failure, nullptr));
    }

    void run_one(Waiting& waiting, std::vector<Change>& changes, std::vector<std::function<void()>>& deferred)
    {
        step("SAVEPOINT one");
        try {
            Write write(writer, keys, blobs, last_changes);
            waiting.work(write);
            changes.insert(changes.end(), write.changes().begin(), write.changes().end());
            deferred.insert(deferred.end(), write.deferred().begin(), write.deferred().end());
        } catch (const Failure& failure) {
            if (!failure.is_refused) throw; // the database itself: nothing of this group can be trusted
            take_back(waiting);
        } catch (...) {
            take_back(waiting);
        }
        step("RELEASE one");
    }

    /// Within a catch.
    void take_back(Waiting& waiting)
    {
        waiting.failure = std::current_exception();
        last_changes.clear();
        step("ROLLBACK TO one");
    }

    void step(std::string_view sql)
    {
        auto& statement = writer.prepare(sql);
        const Using using_statement(statement);
        statement.step();
    }
};

Database::Database(Settings settings) : inside_(std::make_unique<Inside>(std::move(settings))) {}
Database::~Database() = default;

Database::Reader::Reader(Database& database) : database_(database)
{
    auto& inside = *database.inside_;
    {
        const std::lock_guard guard(inside.readers_mutex);
        generation_ = inside.generation;
        if (!inside.readers.empty()) {
            connection_ = std::move(inside.readers.back());
            inside.readers.pop_back();
        }
    }
    if (!connection_) {
        connection_ = std::make_unique<Connection>((inside.folder / "dialpine.db").string(), Connection::Mode::read);
        connection_->execute("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096; PRAGMA mmap_size=268435456");
    }
    auto& begin = connection_->prepare("BEGIN");
    const Using using_begin(begin);
    begin.step();
    read_ = std::make_unique<Read>(*connection_, inside.keys, inside.blobs);
}

Database::Reader::~Reader()
{
    try {
        auto& commit = connection_->prepare("COMMIT");
        const Using using_commit(commit);
        commit.step();
    } catch (const Failure& failure) {
        log::say(log::Level::warn, "A read did not end cleanly", failure.what());
        return; // the connection goes with it
    }
    auto& inside = *database_.inside_;
    const std::lock_guard guard(inside.readers_mutex);
    if (generation_ == inside.generation && inside.readers.size() < static_cast<std::size_t>(inside.settings.readers))
        inside.readers.push_back(std::move(connection_));
}

void Database::submit(std::function<void(Write&)> work, std::function<void(std::exception_ptr)> done)
{
    {
        const std::lock_guard guard(inside_->queue_mutex);
        inside_->queue.push_back({std::move(work), std::move(done), nullptr});
    }
    inside_->queue_filled.notify_one();
}

void Database::write_and_wait(std::function<void(Write&)> work)
{
    std::promise<void> durable;
    submit(std::move(work), [&](std::exception_ptr failure) {
        if (failure)
            durable.set_exception(std::move(failure));
        else
            durable.set_value();
    });
    durable.get_future().get();
}

void Database::on_changes(std::function<void(std::span<const Change>)> listener)
{
    inside_->listener = std::move(listener);
}

Keys& Database::keys() const { return inside_->keys; }
Blobs& Database::blobs() const { return inside_->blobs; }
const std::filesystem::path& Database::folder() const { return inside_->folder; }

void Database::back_up_to(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder / "database");
    const Instant now = clock_now();
    const Uuid backup = new_uuid();
    // The database first: every person in it then has a key in the copy of the keys, unless erased in between.
    Connection source((inside_->folder / "dialpine.db").string(), Connection::Mode::read);
    source.back_up_to((folder / "database" / "dialpine.db").string());
    inside_->blobs.copy_to(folder / "database" / "blobs");
    inside_->keys.back_up_to(folder / "keys");
    write_manifest(folder / "database", "database", backup, now);
    write_manifest(folder / "keys", "keys", backup, now);
    note_key_backup(inside_->folder, folder);
}

void Database::renew_readers()
{
    std::vector<std::unique_ptr<Connection>> closing;
    const std::lock_guard guard(inside_->readers_mutex);
    ++inside_->generation;
    closing.swap(inside_->readers);
}

void Database::checkpoint()
{
    Connection connection((inside_->folder / "dialpine.db").string(), Connection::Mode::write);
    // While it waits for readers, writers wait for it.
    connection.execute("PRAGMA busy_timeout = 100; PRAGMA wal_checkpoint(TRUNCATE)");
}

Database::Figures Database::figures() const
{
    const std::lock_guard guard(inside_->queue_mutex);
    return {inside_->commits, inside_->writes, inside_->commit_microseconds, inside_->queue.size()};
}

} // namespace dialpine::store
