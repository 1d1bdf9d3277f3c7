#include "store/writer.hpp"

#include "base/log.hpp"
#include "base/measures.hpp"
#include "base/urgency.hpp"
#include "store/keys.hpp"
#include "store/readers.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"
#include "store/write_ahead_log.hpp"

#include <cerrno>

namespace dialpine::store {
namespace {
constexpr std::size_t most_in_a_group = 256;
/// From here on the log goes to the database after a commit, as far as readers let it. As SQLite has it, in pages.
constexpr int long_log_pages = 1000;
/// Above this it is begun anew, as soon as no reader stands in its way.
constexpr std::uintmax_t large_log_bytes = std::uintmax_t{64} * 1024 * 1024;
constexpr std::size_t commits_between_looks = 64;
/// How often a disk that failed is tried, and how long its readers have to end.
constexpr std::chrono::milliseconds between_tries{500};
constexpr std::chrono::seconds patience_with_readers{3};

/// Nothing that is only told, as where there is no memory left, ends the one thread that writes.
template <class Tell>
void surely(Tell tell)
{
    try {
        tell();
    } catch (const std::exception& failure) {
        log::say(log::Level::error, "What follows a write could not be told", failure.what());
    }
}
} // namespace

Writer::Writer(const std::filesystem::path& folder, bool is_durable, Keys& keys, Blobs& blobs, Readers& readers)
    : file_(folder / "dialpine.db"), log_(folder / "dialpine.db-wal"), is_durable_(is_durable), keys_(keys), blobs_(blobs),
      readers_(readers)
{
    make_durable(log_); // the process before may have ended in the middle of a disk's failure
    open();
}

Writer::~Writer()
{
    {
        const std::lock_guard guard(queue_mutex_);
        is_ending_ = true;
    }
    queue_filled_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (trouble_ && connection_) connection_->leave_log();
    readers_.renew(); // the last who closes the database moves its log, which who only reads cannot
}

void Writer::open()
{
    connection_ = std::make_unique<Connection>(file_.string(), Connection::Mode::write);
    connection_->execute(
        "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768"
    );
    connection_->execute(is_durable_ ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    connection_->keep_log();
}

void Writer::start()
{
    thread_ = std::thread([this] { run(); });
}

void Writer::submit(std::function<void(Write&)> work, std::function<void(std::exception_ptr)> done)
{
    {
        const std::lock_guard guard(queue_mutex_);
        queue_.push_back({std::move(work), std::move(done), nullptr});
    }
    queue_filled_.notify_one();
}

Database::Figures Writer::figures() const
{
    const std::lock_guard guard(queue_mutex_);
    return {commits_, writes_, commit_microseconds_, queue_.size()};
}

void Writer::run()
{
    step_back();
    Group group;
    while (take(group)) {
        if (trouble() && !mend())
            refuse(group, std::make_exception_ptr(trouble().value()));
        else if (!group.empty())
            commit(group);
        move_log();
    }
}

/// The next writes; none when it is time to look at a disk that failed. False at the end.
bool Writer::take(Group& group)
{
    group.clear();
    const bool is_in_trouble = trouble().has_value();
    std::unique_lock guard(queue_mutex_);
    const auto is_news = [this] { return is_ending_ || !queue_.empty(); };
    if (is_in_trouble)
        queue_filled_.wait_for(guard, between_tries, is_news);
    else
        queue_filled_.wait(guard, is_news);
    if (queue_.empty()) return !is_ending_;
    if (queue_.size() <= most_in_a_group)
        group.swap(queue_);
    else {
        const auto end = queue_.begin() + most_in_a_group;
        std::move(queue_.begin(), end, std::back_inserter(group));
        queue_.erase(queue_.begin(), end);
    }
    return true;
}

// ---- a disk that fails

std::optional<Failure> Writer::trouble() const
{
    const std::lock_guard guard(trouble_mutex_);
    return trouble_;
}

void Writer::note_trouble(const Failure& failure)
{
    if (!failure.is_device) return;
    const std::lock_guard guard(trouble_mutex_);
    if (!trouble_) log::say(log::Level::error, "Writes are refused until the disk works again", failure.what());
    must_reopen_ = must_reopen_ || failure.is_lost;
    trouble_ = failure;
}

/// Whether the disk works again. Not tried for each group: those who wait for a failing disk wait in vain.
bool Writer::mend()
{
    if (Clock::now() < next_try_) return false;
    try {
        if (connection_) overwrite_what_failed(*connection_);
        const bool is_reopening = must_reopen_;
        if (is_reopening) reopen();
        while (!owed_.empty()) {
            owed_.back()();
            owed_.pop_back();
        }
        log::say(log::Level::warn, "The disk works again", is_reopening ? "everything was opened anew" : "");
        if (is_reopening) surely(reopened_);
        const std::lock_guard guard(trouble_mutex_);
        trouble_.reset();
        return true;
    } catch (const Failure& failure) {
        note_trouble(failure);
    } catch (const std::exception& failure) {
        log::say(log::Level::error, "The store could not be opened anew", failure.what());
    }
    next_try_ = Clock::now() + between_tries;
    return false;
}

/// Decision 0018 says why in this order.
void Writer::reopen()
{
    const std::lock_guard only(checkpoint_mutex_);
    make_durable(log_);
    const ClosedReaders closed(readers_, patience_with_readers);
    keys_.reopen();
    if (connection_) connection_->leave_log();
    connection_.reset();
    open();
    if (connection_->integer("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        throw device_failure("Another program keeps the database from being opened anew", EBUSY);
    last_changes_.clear();
    must_reopen_ = false;
}

void Writer::refuse(Group& group, const std::exception_ptr& failure)
{
    for (auto& waiting : group) surely([&] { waiting.done(failure); });
}

bool Writer::checkpoint()
{
    const std::lock_guard only(checkpoint_mutex_);
    if (trouble()) return false;
    try {
        Connection connection(file_.string(), Connection::Mode::write);
        // While it waits for readers, writers wait for it.
        connection.execute("PRAGMA busy_timeout = 100");
        return connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    } catch (const Failure& failure) {
        note_trouble(failure);
        throw;
    }
}

void Writer::move_log()
{
    if (trouble() || connection_->log_pages() < long_log_pages) return;
    const std::unique_lock only(checkpoint_mutex_, std::try_to_lock);
    if (!only) return;
    try {
        std::ignore = connection_->integer("PRAGMA wal_checkpoint(PASSIVE)");
        if (commits_ % commits_between_looks == 0) shorten_log();
    } catch (const Failure& failure) {
        log::say(log::Level::warn, "The write-ahead log could not be moved to the database", failure.what());
        note_trouble(failure);
    }
}

/// SQLite begins the log anew only when no reader is using it, which under steady reads may be never: then it grows.
/// Waits for readers a moment; if that is not enough, the next look tries again.
void Writer::shorten_log()
{
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(log_, unknown);
    if (unknown || bytes < large_log_bytes) return;
    connection_->execute("PRAGMA busy_timeout = 50; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000");
}

// ---- writes

/// Runs a group of writes and commits them together. One that fails takes back its own changes only.
void Writer::commit(Group& group)
{
    const auto started = Clock::now();
    std::vector<Change> changes;
    std::vector<std::function<void()>> deferred;
    try {
        step("BEGIN IMMEDIATE");
        for (auto& waiting : group) run_one(waiting, changes, deferred);
        const auto worked = Clock::now();
        step("COMMIT");
        measures::observe(measures::Spread::group_writes, static_cast<double>(group.size()));
        measures::observe(
            measures::Spread::fsync_seconds, std::chrono::duration<double>(Clock::now() - worked).count()
        );
    } catch (const std::exception& failure) {
        take_all_back(group, failure);
        changes.clear();
        deferred.clear();
    }
    ++commits_;
    writes_ += group.size();
    commit_microseconds_ += static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started).count()
    );
    for (auto& what : deferred) do_or_owe(std::move(what));
    if (!changes.empty()) surely([&] { listener_(changes); });
    // Handed over, not shared: who waits may be done with it before this thread is.
    for (auto& waiting : group) surely([&] { waiting.done(std::exchange(waiting.failure, nullptr)); });
}

void Writer::run_one(Waiting& waiting, std::vector<Change>& changes, std::vector<std::function<void()>>& deferred)
{
    step("SAVEPOINT one");
    try {
        Write write(*connection_, keys_, blobs_, last_changes_);
        waiting.work(write);
        changes.insert(changes.end(), write.changes().begin(), write.changes().end());
        deferred.insert(deferred.end(), write.deferred().begin(), write.deferred().end());
    } catch (const Failure& failure) {
        // Not a row, the database itself: nothing of this group can be trusted.
        if (failure.is_device || failure.error != 0) throw;
        take_back(waiting);
    } catch (...) {
        take_back(waiting);
    }
    step("RELEASE one");
}

/// Within a catch.
void Writer::take_back(Waiting& waiting)
{
    waiting.failure = std::current_exception();
    last_changes_.clear();
    step("ROLLBACK TO one");
}

/// Within a catch of `failure`.
void Writer::take_all_back(Group& group, const std::exception& failure)
{
    const auto thrown = std::current_exception();
    if (const auto* of_disk = dynamic_cast<const Failure*>(&failure)) note_trouble(*of_disk);
    last_changes_.clear();
    try {
        connection_->execute("ROLLBACK");
    } catch (const Failure&) { // SQLite has rolled back by itself
    }
    for (auto& waiting : group)
        if (!waiting.failure) waiting.failure = thrown;
}

/// What is durable is not taken back for what comes after it: where the disk refuses that, it is done later.
void Writer::do_or_owe(std::function<void()> what)
{
    try {
        what();
    } catch (const Failure& failure) {
        note_trouble(failure);
        if (failure.is_device) owed_.push_back(std::move(what));
    } catch (const std::exception& failure) {
        log::say(log::Level::error, "What follows a write could not be done", failure.what());
    }
}

void Writer::step(std::string_view sql)
{
    auto& statement = connection_->prepare(sql);
    const Using using_statement(statement);
    statement.step();
}

} // namespace dialpine::store
