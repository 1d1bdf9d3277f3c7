#pragma once
#include "base/http.hpp"
#include "base/http_websocket.hpp"
#include "base/http_wire.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <list>

namespace dialpine::http {

/// What all connections of a server share.
struct Everyone {
    ServerSettings settings;
    Handler handler;
    boost::asio::thread_pool& pool;
    std::string fixed_headers;        ///< the settings', as they are sent
    std::string fixed_secure_headers; ///< with those of TLS
    std::atomic<bool> is_stopping{false};
    std::atomic<std::size_t> open{0};
};

/// A connection that is counted, from when it is taken: whoever takes others must not run ahead of the count.
class Seat {
public:
    explicit Seat(std::atomic<std::size_t>& taken) : taken_(&taken) { ++taken; }
    Seat(Seat&& from) noexcept : taken_(std::exchange(from.taken_, nullptr)) {}
    ~Seat()
    {
        if (taken_) --*taken_;
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

private:
    std::atomic<std::size_t>* taken_;
};

/// One core's share of the connections. Touched on its own thread only.
struct Core {
    struct Place {
        Wire* wire = nullptr; ///< null once it has become a WebSocket
        std::weak_ptr<ServerSocket> socket;
        bool is_idle = true; ///< nothing is lost by closing it
    };
    std::list<Place> places; ///< before the context, whose end ends connections
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    bool is_watched = false; ///< somebody keeps the deadlines
};

/// One connection, from its first request to its last; over TLS where a certificate is given.
Awaitable<void>
converse(Everyone&, Core&, Seat, boost::asio::ip::tcp::socket, std::shared_ptr<boost::asio::ssl::context> certificate);

} // namespace dialpine::http
