#include "base/http_wire.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace dialpine::http {
namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
constexpr std::chrono::seconds farewell{2};
/// For the other side's last word of TLS, which nobody has to wait for: ours has gone out.
constexpr std::chrono::milliseconds tls_farewell{200};
}

void Wire::keep_deadline(Clock::time_point now)
{
    if (deadline_ < now) cancel(); // and again at the next look: what begins after the deadline is over, too
}

void Wire::cancel()
{
    error_code ignored;
    socket().cancel(ignored);
}

Awaitable<bool> Wire::shake_hands(std::shared_ptr<asio::ssl::context> context, Clock::duration deadline)
{
    error_code error;
    tls_ = std::make_unique<TlsStream>(std::move(plain_), *context);
    expires_after(deadline);
    co_await tls_->async_handshake(redirect_error(use_awaitable, error));
    expires_never();
    if (!error) co_return true;
    plain_ = std::move(tls_->socket());
    tls_.reset();
    // What came was something else, perhaps plain HTTP; or else nothing comes any more.
    if (error.category() == asio::error::get_ssl_category()) co_await let_read();
    co_return false;
}

Awaitable<void> Wire::end_tls()
{
    if (!tls_) co_return;
    error_code error;
    expires_after(tls_farewell);
    co_await tls_->async_shutdown(redirect_error(use_awaitable, error));
}

Awaitable<void> Wire::let_read()
{
    co_await end_tls();
    error_code error;
    expires_after(farewell);
    socket().shutdown(tcp::socket::shutdown_send, error);
    std::string dropped(16 * 1024, '\0');
    // Of the socket itself: what it means is of no interest any more.
    while (!error) co_await socket().async_read_some(asio::buffer(dropped), redirect_error(use_awaitable, error));
}

Awaitable<void> Wire::finish()
{
    co_await end_tls();
    error_code error;
    socket().shutdown(tcp::socket::shutdown_both, error);
}

} // namespace dialpine::http
