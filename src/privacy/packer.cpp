#include "privacy/packer.hpp"

#include "privacy/archive_seal.hpp"
#include "privacy/zip.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace dialpine::privacy {
namespace {
constexpr std::size_t most_waiting = 16;
} // namespace

struct Packer::Inside {
    using Work = std::function<void()>;

    ArchiveSealer sealer;
    Zip zip;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Work> waiting;
    bool is_working = false;
    bool is_ending = false;
    std::exception_ptr failure;
    std::thread thread; ///< last: it uses the others

    Inside(const crypto::Key& key, std::function<void(std::string_view)> sink, int level)
        : sealer(key, std::move(sink)), zip([this](std::string_view piece) { sealer.append(piece); }, level),
          thread([this] { run(); })
    {
    }
    ~Inside()
    {
        {
            const std::lock_guard lock(mutex);
            waiting.clear();
            is_ending = true;
        }
        changed.notify_all();
        thread.join();
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    void run()
    {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return is_ending || !waiting.empty(); });
            if (waiting.empty()) return;
            const auto work = std::move(waiting.front());
            waiting.pop_front();
            is_working = true;
            lock.unlock();
            std::exception_ptr thrown;
            try {
                work();
            } catch (...) {
                thrown = std::current_exception();
            }
            lock.lock();
            is_working = false;
            if (thrown) {
                failure = thrown;
                waiting.clear(); // nothing after it can be right
            }
            changed.notify_all();
        }
    }

    void give(Work work)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return failure || waiting.size() < most_waiting; });
        if (failure) std::rethrow_exception(failure);
        waiting.push_back(std::move(work));
        changed.notify_all();
    }

    void wait_until_done()
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return failure || (waiting.empty() && !is_working); });
        if (failure) std::rethrow_exception(failure);
    }
};

Packer::Packer(const crypto::Key& signing_key, std::function<void(std::string_view)> sink, int level)
    : inside_(std::make_unique<Inside>(signing_key, std::move(sink), level))
{
}
Packer::~Packer() = default;

void Packer::begin(std::string name)
{
    inside_->give([this, name = std::move(name)] { inside_->zip.begin(name); });
}

void Packer::write(std::string piece)
{
    if (!piece.empty()) inside_->give([this, piece = std::move(piece)] { inside_->zip.write(piece); });
}

std::string Packer::end()
{
    std::string digest;
    inside_->give([this, &digest] { digest = inside_->zip.end(); });
    inside_->wait_until_done();
    return digest;
}

void Packer::add(std::string name, std::string content)
{
    inside_->give([this, name = std::move(name), content = std::move(content)] { inside_->zip.add(name, content); });
}

void Packer::close()
{
    inside_->give([this] {
        inside_->zip.close();
        inside_->sealer.finish();
    });
    inside_->wait_until_done();
}

} // namespace dialpine::privacy
