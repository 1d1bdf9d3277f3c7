#pragma once
#include "store/database.hpp"
#include "store/failure.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace dialpine::store {

class Readers;

/// The one who writes to the database, on a thread of its own: takes all waiting writes, each in its savepoint, commits
/// them together, and moves the write-ahead log to the database. Where the disk fails, refuses all until it works again,
/// and then opens everything anew: decision 0018.
class Writer {
public:
    /// Throws Failure. What it is given must outlive it.
    Writer(const std::filesystem::path& folder, bool is_durable, Keys&, Blobs&, Readers&);
    /// Does what waits first.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// For the schema, before `start`.
    [[nodiscard]] Connection& connection() { return *connection_; }
    void start();

    // As of the Database.
    void submit(std::function<void(Write&)> work, std::function<void(std::exception_ptr)> done);
    void on_changes(std::function<void(std::span<const Change>)> listener) { listener_ = std::move(listener); }
    void on_reopened(std::function<void()> listener) { reopened_ = std::move(listener); }
    [[nodiscard]] std::optional<Failure> trouble() const;
    bool checkpoint();
    [[nodiscard]] Database::Figures figures() const;

private:
    using Clock = std::chrono::steady_clock;
    struct Waiting {
        std::function<void(Write&)> work;
        std::function<void(std::exception_ptr)> done;
        std::exception_ptr failure = nullptr;
    };
    using Group = std::vector<Waiting>;

    void open();
    void run();
    bool take(Group&);

    void note_trouble(const Failure&);
    bool mend();
    void reopen();
    static void refuse(Group&, const std::exception_ptr&);
    void move_log();
    void shorten_log();

    void commit(Group&);
    void run_one(Waiting&, std::vector<Change>&, std::vector<std::function<void()>>& deferred);
    void take_back(Waiting&);
    void take_all_back(Group&, const std::exception&);
    void do_or_owe(std::function<void()>);
    void step(std::string_view sql);

    const std::filesystem::path file_;
    const std::filesystem::path log_;
    const bool is_durable_;
    Keys& keys_;
    Blobs& blobs_;
    Readers& readers_;
    std::unique_ptr<Connection> connection_; ///< absent while the database could not be opened anew
    LastChanges last_changes_;               ///< on the writer's thread only
    std::function<void(std::span<const Change>)> listener_ = [](std::span<const Change>) {};
    std::function<void()> reopened_ = [] {};

    std::mutex checkpoint_mutex_; ///< held by who moves the log to the database
    mutable std::mutex trouble_mutex_;
    std::optional<Failure> trouble_; ///< why the last write was not done
    bool must_reopen_ = false;       ///< nothing that was written before is trusted
    Clock::time_point next_try_;
    std::vector<std::function<void()>> owed_; ///< to be done after a commit, which the disk refused

    mutable std::mutex queue_mutex_;
    std::condition_variable queue_filled_;
    Group queue_;
    bool is_ending_ = false;

    std::atomic<std::uint64_t> commits_{0};
    std::atomic<std::uint64_t> writes_{0};
    std::atomic<std::uint64_t> commit_microseconds_{0};
    std::thread thread_;
};

} // namespace dialpine::store
