#include "base/http.hpp"

#include "base/elsewhere.hpp"
#include "base/log.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <atomic>
#include <iterator>
#include <list>
#include <thread>

namespace dialpine::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

std::string_view Request::header(std::string_view lower_case_name) const
{
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

std::string_view reason_of(int status)
{
    const auto reason = bhttp::obsolete_reason(static_cast<bhttp::status>(status));
    return {reason.data(), reason.size()};
}

namespace {
using Parser = bhttp::request_parser<bhttp::buffer_body>;

Verb to_verb(bhttp::verb verb)
{
    switch (verb) {
    case bhttp::verb::get: return Verb::get;
    case bhttp::verb::head: return Verb::head;
    case bhttp::verb::post: return Verb::post;
    case bhttp::verb::put: return Verb::put;
    case bhttp::verb::patch: return Verb::patch;
    case bhttp::verb::delete_: return Verb::delete_;
    case bhttp::verb::options: return Verb::options;
    default: return Verb::other;
    }
}

Request to_request(const Parser& parser, const std::string& address)
{
    Request request;
    const auto& message = parser.get();
    request.verb = to_verb(message.method());
    request.target = std::string(message.target());
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    if (question != std::string::npos) request.query = request.target.substr(question + 1);
    request.address = address;
    for (const auto& field : message)
        request.headers.emplace_back(
            to_lower_ascii({field.name_string().data(), field.name_string().size()}), std::string(field.value())
        );
    return request;
}

class StreamBody final : public Body {
public:
    StreamBody(beast::tcp_stream& stream, beast::flat_buffer& buffer, Parser& parser, std::chrono::seconds deadline)
        : stream_(stream), buffer_(buffer), parser_(parser), deadline_(deadline)
    {
    }

    Awaitable<std::string> read_all(std::size_t limit) override
    {
        const auto length = parser_.content_length();
        if (length && *length > limit) throw too_large(limit);
        std::string whole;
        while (true) {
            const std::string piece = co_await read_some(limit);
            if (piece.empty()) break;
            whole += piece;
        }
        co_return whole;
    }

    Awaitable<std::string> read_some(std::size_t limit) override
    {
        if (parser_.is_done()) co_return std::string();
        co_await say_continue();
        std::string piece(std::min<std::size_t>(64 * 1024, limit - std::min(limit, taken_) + 1), '\0');
        std::size_t filled = 0;
        while (filled == 0 && !parser_.is_done()) {
            parser_.get().body().data = piece.data();
            parser_.get().body().size = piece.size();
            stream_.expires_after(deadline_);
            error_code error;
            co_await bhttp::async_read_some(stream_, buffer_, parser_, redirect_error(use_awaitable, error));
            if (error && error != bhttp::error::need_buffer) throw beast::system_error(error);
            filled = piece.size() - parser_.get().body().size;
        }
        taken_ += filled;
        if (taken_ > limit) throw too_large(limit);
        piece.resize(filled);
        co_return piece;
    }

    /// Whether it is worth to wait for the rest: little of it is left, and the other side does not wait to be asked for
    /// it.
    [[nodiscard]] bool is_nearly_here() const
    {
        const auto left = parser_.content_length_remaining();
        return left && *left <= 64 * 1024 && (has_continued_ || !waits_for_continue());
    }

private:
    [[nodiscard]] bool waits_for_continue() const
    {
        return beast::iequals(parser_.get()[bhttp::field::expect], "100-continue");
    }

    static Problem too_large(std::size_t limit)
    {
        return Problem::too_large("At most " + std::to_string(limit) + " bytes are taken here.");
    }

    Awaitable<void> say_continue()
    {
        if (has_continued_ || !waits_for_continue()) co_return;
        has_continued_ = true;
        static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(line), use_awaitable);
    }

    beast::tcp_stream& stream_;
    beast::flat_buffer& buffer_;
    Parser& parser_;
    std::chrono::seconds deadline_;
    std::size_t taken_ = 0;
    bool has_continued_ = false;
};

class BeastSocket final : public Socket {
public:
    explicit BeastSocket(beast::tcp_stream stream) : stream_(std::move(stream))
    {
        stream_.set_option(beast::websocket::stream_base::timeout::suggested(beast::role_type::server));
        stream_.read_message_max(64 * 1024);
    }

    Awaitable<void> accept(const bhttp::request<bhttp::empty_body>& request)
    {
        beast::get_lowest_layer(stream_).expires_never();
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
    void cut() { beast::get_lowest_layer(stream_).cancel(); }

private:
    beast::websocket::stream<beast::tcp_stream> stream_;
};

/// One core's share of the connections.
struct Core {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    struct Connection {
        beast::tcp_stream* stream = nullptr; ///< null once it has become a WebSocket
        std::weak_ptr<BeastSocket> socket;
        bool is_idle = true;
    };
    std::list<Connection> connections; ///< touched on this core's thread only
};
} // namespace

struct Server::Inside {
    ServerSettings settings;
    Handler handler;
    asio::thread_pool& pool;
    std::vector<std::unique_ptr<Core>> cores;
    std::unique_ptr<tcp::acceptor> acceptor;
    std::atomic<bool> is_stopping{false};
    std::atomic<std::size_t> open{0};
    std::string fixed_headers;

    Awaitable<void> accept()
    {
        std::size_t next = 0;
        while (!is_stopping) {
            Core& core = *cores[next++ % cores.size()];
            error_code error;
            tcp::socket socket = co_await acceptor->async_accept(core.context, redirect_error(use_awaitable, error));
            if (error == asio::error::operation_aborted) co_return;
            if (error) {
                // Out of file descriptors or memory: others may end soon.
                asio::steady_timer pause(acceptor->get_executor(), std::chrono::milliseconds(50));
                co_await pause.async_wait(redirect_error(use_awaitable, error));
                continue;
            }
            socket.set_option(tcp::no_delay(true), error);
            asio::co_spawn(
                core.context,
                converse(core, beast::tcp_stream(std::move(socket))),
                [](std::exception_ptr e) {
                    if (!e) return;
                    try {
                        std::rethrow_exception(e);
                    } catch (const std::exception& failure) {
                        log::say(log::Level::debug, "A connection ended early", failure.what());
                    }
                }
            );
        }
    }

    /// One connection, from its first request to its last.
    Awaitable<void> converse(Core& core, beast::tcp_stream stream)
    {
        const auto place = core.connections.insert(core.connections.end(), {.stream = &stream, .socket = {}});
        ++open;
        const struct Leave {
            Inside& inside;
            Core& core;
            std::list<Core::Connection>::iterator place;
            ~Leave()
            {
                core.connections.erase(place);
                --inside.open;
            }
        } leave{*this, core, place};

        error_code error;
        const auto peer = stream.socket().remote_endpoint(error);
        const std::string address = error ? std::string() : peer.address().to_string();
        beast::flat_buffer buffer;

        while (!is_stopping) {
            place->is_idle = true;
            if (buffer.size() == 0 && !co_await wait_for_bytes(stream, buffer)) break;
            place->is_idle = false;

            Parser parser;
            parser.header_limit(static_cast<std::uint32_t>(settings.most_header_bytes));
            parser.body_limit(boost::none);
            stream.expires_after(settings.header_deadline);
            co_await bhttp::async_read_header(stream, buffer, parser, redirect_error(use_awaitable, error));
            if (error) {
                if (error != beast::error::timeout && error != bhttp::error::end_of_stream &&
                    error.category() == bhttp::make_error_code(bhttp::error::bad_version).category())
                    co_await refuse(stream, error);
                break;
            }
            const Request request = to_request(parser, address);
            StreamBody body(stream, buffer, parser, settings.body_deadline);
            stream.expires_never();
            Response response = co_await handler(request, body);

            if (response.upgrade) {
                co_await upgrade(*place, std::move(stream), parser, response);
                co_return;
            }
            const bool is_drained = parser.is_done() || (body.is_nearly_here() && co_await drain(body));
            const bool keeps_alive = parser.get().keep_alive() && is_drained && !is_stopping;
            co_await answer(stream, request, parser.get().version(), response, keeps_alive);
            place->is_idle = true; // a server that stops need not wait for the rest
            if (!is_drained) co_await let_read(stream);
            if (!keeps_alive) break;
        }
        stream.socket().shutdown(tcp::socket::shutdown_both, error);
    }

    Awaitable<bool> wait_for_bytes(beast::tcp_stream& stream, beast::flat_buffer& buffer) const
    {
        error_code error;
        stream.expires_after(settings.idle_deadline);
        const auto count = co_await stream.async_read_some(buffer.prepare(4096), redirect_error(use_awaitable, error));
        buffer.commit(count);
        co_return !error;
    }

    /// Closing while the other side still sends would take the answer away from it: what comes is dropped for a moment.
    static Awaitable<void> let_read(beast::tcp_stream& stream)
    {
        error_code error;
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
        stream.expires_after(std::chrono::seconds(5));
        std::string dropped(64 * 1024, '\0');
        while (!error) co_await stream.async_read_some(asio::buffer(dropped), redirect_error(use_awaitable, error));
    }

    /// Takes the rest of a small body that the handler left, so that the connection can go on.
    static Awaitable<bool> drain(StreamBody& body)
    {
        try {
            while (!(co_await body.read_some(64 * 1024)).empty()) {
            }
        } catch (const std::exception&) {
            co_return false;
        }
        co_return true;
    }

    Awaitable<void> refuse(beast::tcp_stream& stream, error_code reason)
    {
        const bool is_large = reason == bhttp::error::header_limit;
        const int status = is_large ? 431 : 400;
        const std::string head = "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason_of(status)) +
                                 "\r\nConnection: close\r\nContent-Length: 0\r\n" + fixed_headers + "\r\n";
        error_code ignored;
        stream.expires_after(settings.body_deadline);
        co_await asio::async_write(stream, asio::buffer(head), redirect_error(use_awaitable, ignored));
    }

    Awaitable<void>
    answer(beast::tcp_stream& stream, const Request& request, unsigned version, Response& response, bool keeps_alive)
    {
        const bool is_chunked = static_cast<bool>(response.pieces) && !response.length && version >= 11;
        const std::string& body = response.shared_body ? *response.shared_body : response.body;
        const bool has_no_body = request.verb == Verb::head || response.status == 204 || response.status == 304;
        std::string head;
        head.reserve(512);
        fmt::format_to(
            std::back_inserter(head), "HTTP/1.1 {} {}\r\n{}", response.status, reason_of(response.status), fixed_headers
        );
        for (const auto& [name, value] : response.headers)
            fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
        if (is_chunked)
            head += "Transfer-Encoding: chunked\r\n";
        else if (response.pieces && response.length)
            fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *response.length);
        else if (response.pieces)
            keeps_alive = false; // HTTP/1.0: the end of the connection is the end of the body
        else if (response.status != 204 && response.status != 304)
            fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", body.size());
        head += keeps_alive ? "\r\n" : "Connection: close\r\n\r\n";

        stream.expires_after(settings.body_deadline);
        if (has_no_body || response.pieces)
            co_await asio::async_write(stream, asio::buffer(head), use_awaitable);
        else {
            const std::array<asio::const_buffer, 2> both{asio::buffer(head), asio::buffer(body)};
            co_await asio::async_write(stream, both, use_awaitable);
        }
        if (response.pieces && !has_no_body) co_await send_pieces(stream, response.pieces, is_chunked);
    }

    Awaitable<void> send_pieces(beast::tcp_stream& stream, const Pieces& pieces, bool is_chunked)
    {
        while (true) {
            std::string piece = co_await elsewhere(pool, [&pieces] { return pieces(); });
            const bool is_last = piece.empty();
            if (is_last && !is_chunked) co_return;
            if (is_chunked) piece = fmt::format("{:x}\r\n", piece.size()) + piece + "\r\n";
            stream.expires_after(settings.body_deadline);
            co_await asio::async_write(stream, asio::buffer(piece), use_awaitable);
            if (is_last) co_return;
        }
    }

    static Awaitable<void>
    upgrade(Core::Connection& place, beast::tcp_stream stream, const Parser& parser, Response& response)
    {
        const auto socket = std::make_shared<BeastSocket>(std::move(stream));
        place.stream = nullptr;
        place.socket = socket;
        place.is_idle = false;
        bhttp::request<bhttp::empty_body> request(parser.get().base());
        co_await socket->accept(request);
        co_await response.upgrade(socket);
    }

    /// On the core's own thread: closes what waits, lets run what runs.
    static void close_idle(Core& core)
    {
        for (auto& connection : core.connections) {
            if (connection.stream && connection.is_idle) connection.stream->cancel();
            if (const auto socket = connection.socket.lock()) socket->cut();
        }
        core.work.reset();
    }
};

Server::Server(ServerSettings settings, Handler handler, asio::thread_pool& pool)
    : inside_(new Inside{std::move(settings), std::move(handler), pool, {}, nullptr, {}, {}, {}})
{
    for (int i = 0; i < std::max(1, inside_->settings.threads); ++i) inside_->cores.push_back(std::make_unique<Core>());
    for (const auto& [name, value] : inside_->settings.every_answer)
        inside_->fixed_headers += name + ": " + value + "\r\n";
}

Server::~Server() = default;

void Server::listen()
{
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(inside_->settings.host), inside_->settings.port);
        inside_->acceptor = std::make_unique<tcp::acceptor>(inside_->cores.front()->context, endpoint);
    } catch (const boost::system::system_error& failure) {
        throw std::system_error(failure.code());
    }
    asio::co_spawn(inside_->cores.front()->context, inside_->accept(), [](std::exception_ptr) {});
}

std::uint16_t Server::port() const { return inside_->acceptor->local_endpoint().port(); }
std::size_t Server::connections() const { return inside_->open; }

void Server::run()
{
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < inside_->cores.size(); ++i)
        threads.emplace_back([&core = *inside_->cores[i]] { core.context.run(); });
    inside_->cores.front()->context.run();
    for (auto& thread : threads) thread.join();
}

void Server::stop()
{
    if (inside_->is_stopping.exchange(true)) return;
    asio::post(inside_->cores.front()->context, [inside = inside_.get()] {
        error_code ignored;
        inside->acceptor->close(ignored);
    });
    for (const auto& core : inside_->cores) {
        asio::post(core->context, [&core = *core, deadline = inside_->settings.stop_deadline] {
            Inside::close_idle(core);
            // What still runs after the deadline is cut off with the context. The timer itself keeps nothing alive.
            auto timer = std::make_shared<asio::steady_timer>(core.context, deadline);
            timer->async_wait([&core, timer](error_code) { core.context.stop(); });
            auto check = std::make_shared<asio::steady_timer>(core.context);
            auto look = [&core, check, timer](auto&& self) -> void {
                if (core.connections.empty()) {
                    timer->cancel();
                    core.context.stop();
                    return;
                }
                check->expires_after(std::chrono::milliseconds(10));
                check->async_wait([self](error_code) { self(self); });
            };
            look(look);
        });
    }
}

} // namespace dialpine::http
