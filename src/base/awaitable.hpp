#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace dialpine {

/// What a coroutine at the edges returns. The rules of the domain are ordinary functions.
template <class T = void>
using Awaitable = boost::asio::awaitable<T>;

} // namespace dialpine
