#pragma once
#include "base/elsewhere.hpp"
#include "base/urgency.hpp"

#include <atomic>
#include <cstddef>

namespace dialpine {

/// Threads for work that costs the processor much and is asked for by anybody: it takes so much at a time and no more.
class HeavyPool {
public:
    HeavyPool(std::size_t threads, std::size_t most_at_once) : most_at_once_(most_at_once), threads_(threads) {}

    /// Runs `work` there, in its turn, while this coroutine waits. Throws Problem 503 when as much as is taken waits or
    /// runs already.
    template <class Work>
    auto run(Work work) -> Awaitable<decltype(work())>
    {
        const Place place(*this);
        auto give_way_and_work = [inner = std::move(work)]() mutable {
            give_way();
            return inner();
        };
        co_return co_await elsewhere(threads_, std::move(give_way_and_work));
    }
    void join() { threads_.join(); }

private:
    /// One of those that are taken at once. Throws Problem 503 when there is none left.
    class Place {
    public:
        explicit Place(HeavyPool&);
        ~Place() { --pool_.taken_; }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        HeavyPool& pool_;
    };

    const std::size_t most_at_once_;
    std::atomic<std::size_t> taken_{0};
    boost::asio::thread_pool threads_;
};

} // namespace dialpine
