#include "base/http_websocket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

namespace dialpine::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;

// What Beast asks of a stream that is not its own, found by the type's namespace.
void beast_close_socket(Wire& wire)
{
    error_code ignored;
    wire.socket().close(ignored);
}

/// After the closing handshake of the WebSocket, TLS need not say the same once more.
template <class Handler>
void async_teardown(beast::role_type, Wire& wire, Handler&& handler)
{
    error_code error;
    wire.socket().shutdown(asio::ip::tcp::socket::shutdown_both, error);
    asio::post(wire.get_executor(), beast::bind_front_handler(std::forward<Handler>(handler), error_code()));
}

namespace {
constexpr std::size_t most_message_bytes = 64 * 1024;

class BeastSocket final : public ServerSocket {
public:
    explicit BeastSocket(Wire wire) : stream_(std::move(wire))
    {
        stream_.set_option(beast::websocket::stream_base::timeout::suggested(beast::role_type::server));
        stream_.read_message_max(most_message_bytes);
    }

    Awaitable<void> accept(const Request& asked) override
    {
        bhttp::request<bhttp::empty_body> request(bhttp::verb::get, asked.target, 11);
        for (const auto& [name, value] : asked.headers) request.insert(name, value);
        stream_.next_layer().expires_never(); // Beast keeps the time from here on
        co_await stream_.async_accept(request, use_awaitable);
    }
    Awaitable<void> send(std::string text) override
    {
        stream_.text(true);
        co_await stream_.async_write(asio::buffer(text), use_awaitable);
    }
    Awaitable<bool> receive() override
    {
        beast::flat_buffer dropped;
        error_code error;
        co_await stream_.async_read(dropped, redirect_error(use_awaitable, error));
        co_return !error;
    }
    Awaitable<void> close() override
    {
        error_code error;
        co_await stream_.async_close(beast::websocket::close_code::going_away, redirect_error(use_awaitable, error));
    }
    void cut() override { stream_.next_layer().cancel(); }

private:
    beast::websocket::stream<Wire> stream_;
};
} // namespace

std::shared_ptr<ServerSocket> make_websocket(Wire wire) { return std::make_shared<BeastSocket>(std::move(wire)); }

} // namespace dialpine::http
