#include "store/readers.hpp"

#include "store/statement.hpp"

#include <algorithm>
#include <cerrno>

namespace dialpine::store {
namespace {
constexpr std::chrono::seconds patience_of_readers{5};
constexpr std::chrono::milliseconds between_interrupts{50};

/// Who reads within a read must not wait for the end of all reads.
thread_local int reads_of_this_thread = 0;
} // namespace

Readers::Readers(std::filesystem::path file, std::size_t most_kept) : file_(std::move(file)), most_kept_(most_kept) {}
Readers::~Readers() = default;

std::unique_ptr<Connection> Readers::take()
{
    std::unique_lock lock(mutex_);
    if (reads_of_this_thread == 0 && !opened_.wait_for(lock, patience_of_readers, [this] { return !is_closed_; }))
        throw device_failure("The database is closed until its disk works again", EBUSY);
    std::unique_ptr<Connection> connection;
    if (kept_.empty()) {
        connection = std::make_unique<Connection>(file_.string(), Connection::Mode::read);
        connection->execute("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096");
    } else {
        connection = std::move(kept_.back());
        kept_.pop_back();
    }
    out_.push_back({connection.get(), false});
    ++reads_of_this_thread;
    return connection;
}

void Readers::give_back(std::unique_ptr<Connection> connection, bool is_whole)
{
    const std::lock_guard lock(mutex_);
    --reads_of_this_thread;
    const auto out = std::ranges::find(out_, connection.get(), &Out::connection);
    const bool is_old = out->is_old;
    out_.erase(out);
    if (is_whole && !is_old && !is_closed_ && kept_.size() < most_kept_)
        kept_.push_back(std::move(connection));
    else
        connection.reset();
    if (is_closed_) given_back_.notify_all();
}

void Readers::renew()
{
    std::vector<std::unique_ptr<Connection>> closing;
    const std::lock_guard lock(mutex_);
    for (auto& out : out_) out.is_old = true;
    closing.swap(kept_);
}

bool Readers::close(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(mutex_);
    is_closed_ = true;
    kept_.clear();
    while (!out_.empty() && std::chrono::steady_clock::now() < end) {
        for (const auto& out : out_) out.connection->interrupt();
        given_back_.wait_for(lock, between_interrupts, [this] { return out_.empty(); });
    }
    return out_.empty();
}

void Readers::open()
{
    {
        const std::lock_guard lock(mutex_);
        is_closed_ = false;
    }
    opened_.notify_all();
}

ClosedReaders::ClosedReaders(Readers& readers, std::chrono::milliseconds patience) : readers_(readers)
{
    if (readers_.close(patience)) return;
    readers_.open();
    throw device_failure("Reads that do not end keep the database from being opened anew", EBUSY);
}

} // namespace dialpine::store
