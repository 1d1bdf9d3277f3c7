#include "base/tls_stream.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <new>

namespace dialpine::http {
namespace asio = boost::asio;

TlsStream::TlsStream(asio::ip::tcp::socket socket, asio::ssl::context& context)
    : socket_(std::move(socket)), ssl_(::SSL_new(context.native_handle()), ::SSL_free)
{
    if (!ssl_ || ::SSL_set_fd(ssl_.get(), socket_.native_handle()) != 1) throw std::bad_alloc();
    ::SSL_set_accept_state(ssl_.get());
    Error ignored; // it then waits for longer than it need
    socket_.native_non_blocking(true, ignored);
}

TlsStream::~TlsStream() = default;

TlsStream::Step TlsStream::shake_hands()
{
    ::ERR_clear_error();
    return outcome(::SSL_do_handshake(ssl_.get()), 0);
}

TlsStream::Step TlsStream::shut_down()
{
    ::ERR_clear_error();
    int result = ::SSL_shutdown(ssl_.get());
    if (result == 0) result = ::SSL_shutdown(ssl_.get()); // ours has gone out; now the other side's
    return outcome(result, 0);
}

TlsStream::Step TlsStream::read(asio::mutable_buffer room)
{
    if (room.size() == 0) return {};
    ::ERR_clear_error();
    std::size_t bytes = 0;
    const int result = ::SSL_read_ex(ssl_.get(), room.data(), room.size(), &bytes);
    return outcome(result, bytes);
}

TlsStream::Step TlsStream::write(asio::const_buffer buffer)
{
    if (buffer.size() == 0) return {};
    ::ERR_clear_error();
    std::size_t bytes = 0;
    const int result = ::SSL_write_ex(ssl_.get(), buffer.data(), buffer.size(), &bytes);
    return outcome(result, bytes);
}

TlsStream::Step TlsStream::outcome(int result, std::size_t bytes)
{
    const int system_error = errno;
    switch (::SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE: return {.bytes = bytes};
    case SSL_ERROR_WANT_READ: return {.state = State::wants_read};
    case SSL_ERROR_WANT_WRITE: return {.state = State::wants_write};
    case SSL_ERROR_ZERO_RETURN: return {.error = asio::error::eof};
    case SSL_ERROR_SYSCALL:
        if (system_error != 0) return {.error = Error(system_error, boost::system::system_category())};
        return {.error = asio::ssl::error::stream_truncated};
    default: break;
    }
    const auto error = ::ERR_get_error();
    ::ERR_clear_error();
    if (ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return {.error = asio::ssl::error::stream_truncated};
    return {.error = Error(static_cast<int>(error), asio::error::get_ssl_category())};
}

} // namespace dialpine::http
