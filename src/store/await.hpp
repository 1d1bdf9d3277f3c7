#pragma once
#include "base/awaitable.hpp"
#include "store/database.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

namespace dialpine::store {

/// Waits, without blocking the thread, until the write is durable; then goes on where the coroutine lives. What `work`
/// throws comes out here.
inline Awaitable<void> write_and_wait(Database& database, std::function<void(Write&)> work)
{
    auto initiate = [&database](auto handler, std::function<void(Write&)> inner) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto done = [shared](std::exception_ptr failure) {
            const auto executor = boost::asio::get_associated_executor(*shared);
            boost::asio::post(executor, [shared, failure = std::move(failure)]() mutable {
                std::move (*shared)(std::move(failure));
            });
        };
        database.submit(std::move(inner), std::move(done));
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(std::exception_ptr)>(
        initiate, boost::asio::use_awaitable, std::move(work)
    );
}

template <class Work>
auto write(Database& database, Work work) -> Awaitable<std::invoke_result_t<Work&, Write&>>
{
    using Result = std::invoke_result_t<Work&, Write&>;
    if constexpr (std::is_void_v<Result>)
        co_await write_and_wait(database, std::move(work));
    else {
        const auto result = std::make_shared<std::optional<Result>>();
        auto keep = [result, inner = std::move(work)](Write& write) mutable { result->emplace(inner(write)); };
        co_await write_and_wait(database, std::move(keep));
        co_return std::move(**result);
    }
}

} // namespace dialpine::store
