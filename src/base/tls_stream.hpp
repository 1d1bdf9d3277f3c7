#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <memory>

struct ssl_st;
namespace boost::asio::ssl {
class context;
}

namespace dialpine::http {

/// The server's end of TLS on a socket, as Asio reads and writes it: one reading and one writing at a time. OpenSSL has the
/// socket itself and keeps no buffer while nothing comes, where Asio's own stream keeps four of a whole record each:
/// decision 0022. Errors are Asio's: eof after the other side's farewell, stream_truncated without one, or OpenSSL's.
class TlsStream {
public:
    using executor_type = boost::asio::ip::tcp::socket::executor_type;

    /// Throws std::bad_alloc.
    TlsStream(boost::asio::ip::tcp::socket, boost::asio::ssl::context&);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    executor_type get_executor() { return socket_.get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return socket_; }

    template <class Token>
    auto async_handshake(Token&& token)
    {
        return until_done<void(Error)>([](TlsStream& it) { return it.shake_hands(); }, std::forward<Token>(token));
    }
    /// Says farewell, and waits for the other side's.
    template <class Token>
    auto async_shutdown(Token&& token)
    {
        return until_done<void(Error)>([](TlsStream& it) { return it.shut_down(); }, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token)
    {
        const auto room = first_of<boost::asio::mutable_buffer>(buffers);
        const auto read = [room](TlsStream& it) { return it.read(room); };
        return until_done<void(Error, std::size_t)>(read, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token)
    {
        const auto bytes = first_of<boost::asio::const_buffer>(buffers);
        const auto write = [bytes](TlsStream& it) { return it.write(bytes); };
        return until_done<void(Error, std::size_t)>(write, std::forward<Token>(token));
    }

private:
    using Error = boost::system::error_code;
    /// How far it came: done, failed, or it waits for the socket.
    enum class State { done, wants_read, wants_write };
    struct Step {
        State state = State::done;
        Error error;
        std::size_t bytes = 0;
    };

    Step shake_hands();
    Step shut_down();
    Step read(boost::asio::mutable_buffer);
    Step write(boost::asio::const_buffer);
    Step outcome(int result, std::size_t bytes);

    template <class Buffer, class Buffers>
    static Buffer first_of(const Buffers& buffers)
    {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto each = boost::asio::buffer_sequence_begin(buffers); each != end; ++each)
            if (Buffer(*each).size() > 0) return Buffer(*each);
        return {};
    }

    /// Takes steps until one is done, and waits for the socket in between.
    template <class Signature, class Act>
    struct Operation;
    template <class Signature, class Act, class Token>
    auto until_done(Act act, Token&& token)
    {
        Operation<Signature, Act> operation{*this, std::move(act)};
        return boost::asio::async_compose<Token, Signature>(std::move(operation), token, socket_);
    }

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
};

template <class Signature, class Act>
struct TlsStream::Operation {
    TlsStream& stream;
    Act act;
    bool is_begun = false; ///< what is done at once is told later: Asio calls nobody before it has returned
    bool is_told_later = false;
    Step step{};

    template <class Self>
    void operator()(Self& self, Error error = {})
    {
        if (!is_told_later) {
            step = error ? Step{.error = error} : act(stream);
            const bool is_first = !std::exchange(is_begun, true);
            if (step.state != State::done) return wait(self);
            if (is_first) {
                is_told_later = true;
                return boost::asio::post(stream.get_executor(), std::move(self));
            }
        }
        if constexpr (std::is_same_v<Signature, void(Error)>)
            self.complete(step.error);
        else
            self.complete(step.error, step.bytes);
    }

    template <class Self>
    void wait(Self& self)
    {
        using Socket = boost::asio::ip::tcp::socket;
        stream.socket_.async_wait(
            step.state == State::wants_read ? Socket::wait_read : Socket::wait_write, std::move(self)
        );
    }
};

} // namespace dialpine::http
