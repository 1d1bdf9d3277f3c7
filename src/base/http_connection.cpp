#include "base/http_connection.hpp"

#include "base/elsewhere.hpp"
#include "base/http_reader.hpp"
#include "base/measures.hpp"
#include "base/problem.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <iterator>

namespace dialpine::http {
namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
/// Over TLS, head and body go out together when they fit into one record.
constexpr std::size_t most_together = 12 * 1024;

class Connection {
public:
    Connection(Everyone& everyone, Core& core, tcp::socket socket)
        : everyone_(everyone), core_(core), wire_(std::move(socket)),
          place_(core.places.insert(core.places.end(), {.wire = &wire_, .socket = {}}))
    {
    }
    ~Connection() { core_.places.erase(place_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Awaitable<void> run(std::shared_ptr<asio::ssl::context> certificate)
    {
        error_code error;
        const auto peer = wire_.socket().remote_endpoint(error);
        const auto address = error ? std::nullopt : plain_address(peer.address().to_string());
        if (certificate && !co_await wire_.shake_hands(std::move(certificate), everyone_.settings.header_deadline)) co_return;
        Reader reader(wire_, everyone_.settings, address.value_or(std::string()));
        while (!everyone_.is_stopping) {
            place_->is_idle = true;
            if (!co_await reader.wait()) break;
            place_->is_idle = false;
            if (!co_await answer_next(reader)) co_return;
        }
        co_await wire_.finish();
    }

private:
    /// Whether the connection can go on.
    Awaitable<bool> answer_next(Reader& reader)
    {
        std::optional<Problem> refusal;
        try {
            if (!co_await reader.read_head()) co_return false;
        } catch (const Problem& problem) {
            refusal = problem;
        }
        if (refusal) {
            co_await refuse(*refusal);
            co_await wire_.let_read();
            co_return false;
        }
        Response response = co_await everyone_.handler(reader.request(), reader);
        if (response.upgrade) {
            co_await upgrade(reader.request(), response);
            co_return false;
        }
        const bool is_drained = co_await reader.finish();
        const bool has_no_length = response.pieces && !response.length;
        const bool is_chunked = has_no_length && reader.version() >= 11;
        // In HTTP/1.0 the end of the connection is the end of the body.
        const bool is_ended_by_closing = has_no_length && !is_chunked;
        const bool keeps_alive = reader.wants_more() && is_drained && !is_ended_by_closing && !everyone_.is_stopping;
        const bool is_whole = co_await answer(reader.request(), response, is_chunked, keeps_alive);
        place_->is_idle = true; // a server that stops need not wait for the rest
        if (!is_whole) co_return false;
        if (!is_drained && !reader.is_over())
            co_await wire_.let_read();
        else if (!keeps_alive)
            co_await wire_.finish();
        co_return keeps_alive;
    }

    /// Sends all of it, at the pace that is asked of everybody.
    template <class Buffers>
    Awaitable<bool> send(Buffers buffers)
    {
        error_code error;
        const auto& settings = everyone_.settings;
        const std::chrono::seconds earned(asio::buffer_size(buffers) / settings.least_bytes_a_second);
        wire_.expires_after(settings.body_deadline + earned);
        co_await asio::async_write(wire_, buffers, redirect_error(use_awaitable, error));
        wire_.expires_never();
        co_return !error;
    }

    [[nodiscard]] const std::string& fixed_headers(bool is_secure) const
    {
        return is_secure ? everyone_.fixed_secure_headers : everyone_.fixed_headers;
    }

    Awaitable<void> refuse(const Problem& problem)
    {
        measures::count_refused_head(problem.status);
        const std::string body = problem.to_json();
        const std::string answer = fmt::format(
            "HTTP/1.1 {} {}\r\n{}Content-Type: application/problem+json\r\nCache-Control: no-store\r\n{}"
            "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
            problem.status,
            reason_of(problem.status),
            fixed_headers(wire_.is_secure()),
            problem.status == 415 ? "Accept-Encoding: identity\r\n" : "",
            body.size(),
            body
        );
        co_await send(asio::buffer(answer));
    }

    [[nodiscard]] std::string
    head_of(const Request& request, const Response& response, bool is_chunked, bool keeps_alive)
    {
        std::string head;
        head.reserve(512);
        const auto out = std::back_inserter(head);
        fmt::format_to(
            out, "HTTP/1.1 {} {}\r\n{}", response.status, reason_of(response.status), fixed_headers(request.is_secure)
        );
        for (const auto& [name, value] : response.headers) fmt::format_to(out, "{}: {}\r\n", name, value);
        if (is_chunked)
            head += "Transfer-Encoding: chunked\r\n";
        else if (response.pieces && response.length)
            fmt::format_to(out, "Content-Length: {}\r\n", *response.length);
        else if (!response.pieces && response.status != 204 && response.status != 304)
            fmt::format_to(
                out,
                "Content-Length: {}\r\n",
                response.shared_body ? response.shared_body->size() : response.body.size()
            );
        head += keeps_alive ? "\r\n" : "Connection: close\r\n\r\n";
        return head;
    }

    /// Whether all of it was taken.
    Awaitable<bool> answer(const Request& request, const Response& response, bool is_chunked, bool keeps_alive)
    {
        std::string head = head_of(request, response, is_chunked, keeps_alive);
        if (request.verb == Verb::head || response.status == 204 || response.status == 304)
            co_return co_await send(asio::buffer(head));
        if (response.pieces)
            co_return co_await send(asio::buffer(head)) && co_await send_pieces(response.pieces, is_chunked);
        const std::string& body = response.shared_body ? *response.shared_body : response.body;
        if (wire_.is_secure() && body.size() <= most_together) {
            head += body;
            co_return co_await send(asio::buffer(head));
        }
        co_return co_await send(std::array<asio::const_buffer, 2>{asio::buffer(head), asio::buffer(body)});
    }

    Awaitable<bool> send_pieces(const Pieces& pieces, bool is_chunked)
    {
        while (true) {
            std::string piece = co_await elsewhere(everyone_.pool, [&pieces] { return pieces(); });
            const bool is_last = piece.empty();
            if (is_last && !is_chunked) co_return true;
            if (is_chunked) piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
            if (!co_await send(asio::buffer(piece))) co_return false;
            if (is_last) co_return true;
        }
    }

    Awaitable<void> upgrade(const Request& request, const Response& response)
    {
        place_->wire = nullptr;
        const auto socket = make_websocket(std::move(wire_));
        place_->socket = socket;
        co_await socket->accept(request);
        co_await response.upgrade(socket);
    }

    Everyone& everyone_;
    Core& core_;
    Wire wire_;
    std::list<Core::Place>::iterator place_;
};
} // namespace

Awaitable<void>
converse(Everyone& everyone, Core& core, Seat, tcp::socket socket, std::shared_ptr<asio::ssl::context> certificate)
{
    Connection connection(everyone, core, std::move(socket));
    co_await connection.run(std::move(certificate));
}

} // namespace dialpine::http
