#pragma once
#include "base/awaitable.hpp"
#include "base/scrub.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace dialpine {

/// Runs `work` on the pool while this coroutine waits, and comes back to the coroutine's own thread with its result.
template <class Work>
auto elsewhere(boost::asio::thread_pool& pool, Work work) -> Awaitable<decltype(work())>
{
    // The closure is a named parameter of a coroutine function, so it lives as long as the body runs.
    auto run = [](Work inner) -> Awaitable<decltype(inner())> {
        const ScrubsStack scrubs;
        co_return inner();
    };
    co_return co_await boost::asio::co_spawn(pool, run(std::move(work)), boost::asio::use_awaitable);
}

} // namespace dialpine
