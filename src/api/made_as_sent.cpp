#include "api/made_as_sent.hpp"

#include "base/heavy_pool.hpp"
#include "base/log.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace dialpine::api {
namespace {
constexpr std::size_t most_waiting_bytes = 1024 * 1024;

struct NobodyWaits : std::exception {
    [[nodiscard]] const char* what() const noexcept override { return "nobody waits for it any more"; }
};

class Stream {
public:
    explicit Stream(std::function<void(const Give&)> make) : thread_([this, make = std::move(make)] { run(make); }) {}
    ~Stream()
    {
        {
            const std::lock_guard lock(mutex_);
            is_abandoned_ = true;
        }
        room_.notify_all();
        thread_.join();
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    std::string next()
    {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [this] { return !pieces_.empty() || is_over_; });
        if (pieces_.empty()) {
            if (failure_) std::rethrow_exception(failure_);
            return {};
        }
        auto piece = std::move(pieces_.front());
        pieces_.pop_front();
        waiting_bytes_ -= piece.size();
        room_.notify_one();
        return piece;
    }

private:
    void run(const std::function<void(const Give&)>& make)
    {
        give_way();
        std::exception_ptr failure;
        try {
            make([this](std::string_view piece) { give(piece); });
        } catch (const NobodyWaits&) { // a download that was stopped is nobody's mistake
        } catch (const std::exception& mistake) {
            log::say(log::Level::error, "An answer could not be made to its end", mistake.what());
            failure = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        failure_ = failure;
        is_over_ = true;
        filled_.notify_all();
    }

    void give(std::string_view piece)
    {
        if (piece.empty()) return; // would be taken for the end
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return waiting_bytes_ < most_waiting_bytes || is_abandoned_; });
        if (is_abandoned_) throw NobodyWaits();
        waiting_bytes_ += piece.size();
        pieces_.emplace_back(piece);
        filled_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable room_;
    std::deque<std::string> pieces_;
    std::size_t waiting_bytes_ = 0;
    bool is_over_ = false;
    bool is_abandoned_ = false;
    std::exception_ptr failure_;
    std::thread thread_; ///< last: it uses the others
};
} // namespace

http::Pieces made_as_sent(std::function<void(const Give&)> make)
{
    auto stream = std::make_shared<Stream>(std::move(make));
    return [stream = std::move(stream)] { return stream->next(); };
}

} // namespace dialpine::api
