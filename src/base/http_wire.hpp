#pragma once
#include "base/awaitable.hpp"
#include "base/tls_stream.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>

namespace dialpine::http {

/// A connection's bytes, over TCP or over TLS, as Asio and Beast read and write them. Its deadline is kept by the core
/// that it belongs to, which looks at all of its wires a few times a second: cheaper than a timer for each read.
class Wire {
public:
    using executor_type = boost::asio::ip::tcp::socket::executor_type;
    using Clock = std::chrono::steady_clock;
    template <class Token>
    using Result = typename boost::asio::
        async_result<std::decay_t<Token>, void(boost::system::error_code, std::size_t)>::return_type;

    explicit Wire(boost::asio::ip::tcp::socket socket) : plain_(std::move(socket)) {}

    executor_type get_executor() { return socket().get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return tls_ ? tls_->socket() : plain_; }
    [[nodiscard]] bool is_secure() const { return tls_ != nullptr; }

    template <class Buffers, class Token>
    Result<Token> async_read_some(const Buffers& buffers, Token&& token)
    {
        return tls_ ? tls_->async_read_some(buffers, std::forward<Token>(token))
                    : plain_.async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    Result<Token> async_write_some(const Buffers& buffers, Token&& token)
    {
        return tls_ ? tls_->async_write_some(buffers, std::forward<Token>(token))
                    : plain_.async_write_some(buffers, std::forward<Token>(token));
    }

    /// From here on, the other side has this long; what waits then ends with an error.
    void expires_after(Clock::duration time) { deadline_ = Clock::now() + time; }
    void expires_never() { deadline_ = Clock::time_point::max(); }
    [[nodiscard]] bool is_late() const { return deadline_ <= Clock::now(); }
    /// Ends what waits, if the deadline is over.
    void keep_deadline(Clock::time_point now);
    void cancel();

    /// Makes it a wire of TLS. False, and nothing more is to be said, when the other side does not speak it well enough.
    Awaitable<bool> shake_hands(std::shared_ptr<boost::asio::ssl::context>, Clock::duration deadline);
    /// Says that nothing more is sent, and for a moment drops what still comes: a socket that closes over unread bytes
    /// takes the last answer away from the other side.
    Awaitable<void> let_read();
    /// Ends it in good order.
    Awaitable<void> finish();

private:
    Awaitable<void> end_tls();

    boost::asio::ip::tcp::socket plain_; ///< closed once TLS has taken it over
    std::unique_ptr<TlsStream> tls_;
    Clock::time_point deadline_ = Clock::time_point::max();
};

} // namespace dialpine::http
