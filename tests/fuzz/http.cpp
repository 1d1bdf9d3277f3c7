#include "base/http_connection.hpp"
#include "base/problem.hpp"
#include "targets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>

#include <sys/socket.h>
#include <unistd.h>

namespace dialpine::fuzz {
namespace {
namespace asio = boost::asio;
using boost::asio::ip::tcp;

constexpr std::size_t most_input = 16 * 1024; ///< fits into a socket's buffer, so that no write waits
constexpr std::size_t most_body = 1000;

Awaitable<void> listen(std::shared_ptr<http::Socket> socket)
{
    while (co_await socket->receive()) co_await socket->send("heard");
}

/// Everything that was understood of the request, for others to compare.
Awaitable<http::Response> understood(const http::Request& request, http::Body& body)
{
    http::Response response;
    if (request.path == "/socket") {
        response.upgrade = listen;
        co_return response;
    }
    try {
        response.body = fmt::format("{} {}", static_cast<int>(request.verb), request.target);
        for (const auto& [name, value] : request.headers) response.body += "\n" + name + ": " + value;
        if (request.path != "/unread") response.body += "\n\n" + co_await body.read_all(most_body);
    } catch (const Problem& problem) {
        response.status = problem.status;
        response.body = problem.detail;
    }
    co_return response;
}

http::ServerSettings settings()
{
    http::ServerSettings settings;
    settings.trusted_proxies.add("192.0.2.0/24");
    return settings;
}

/// What the server says to these bytes until it closes, when they come `piece` at a time and nothing after them.
std::string said_to(std::string_view bytes, std::size_t piece)
{
    static asio::thread_pool pool(1);
    http::Everyone everyone{settings(), understood, pool, {}, {}, {}, {}};
    int ends[2];
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0, "no sockets");
    std::string said;
    const auto hear = [&] {
        char heard[4096];
        for (ssize_t count; (count = read(ends[1], heard, sizeof heard)) > 0;)
            said.append(heard, static_cast<std::size_t>(count));
    };
    {
        http::Core core;
        asio::co_spawn(
            core.context,
            http::converse(everyone, core, http::Seat(everyone.open), tcp::socket(core.context, tcp::v4(), ends[0]), nullptr),
            [](const std::exception_ptr& thrown) {
                try {
                    if (thrown) std::rethrow_exception(thrown);
                } catch (const std::exception&) { // a connection that ended early, as the server takes it
                }
            }
        );
        core.context.poll();
        for (std::size_t at = 0; at < bytes.size() && everyone.open > 0; at += piece) {
            const auto next = bytes.substr(at, piece);
            if (send(ends[1], next.data(), next.size(), MSG_NOSIGNAL) < 0) break;
            core.context.poll();
            hear();
        }
        shutdown(ends[1], SHUT_WR);
        for (int i = 0; i < 1000 && everyone.open > 0; ++i) {
            core.context.poll();
            hear();
        }
        require(everyone.open == 0, "waits for more after the end");
    }
    hear();
    close(ends[1]);
    return said;
}
} // namespace

void http(std::string_view input)
{
    if (input.empty()) return;
    const auto piece = static_cast<unsigned char>(input.front());
    input = input.substr(1, most_input);
    const auto whole = said_to(input, most_input);
    const auto in_pieces = said_to(input, piece + 1U);
    // Who asks for a WebSocket waits for the answer; what came too early is dropped with the request that it came with.
    if (in_pieces.find("HTTP/1.1 101 ") != std::string::npos) return;
    // A head that has mistakes and no end is refused or only closed, as far as Beast had looked at it.
    const auto& [less, more] = std::minmax(whole, in_pieces, [](const auto& a, const auto& b) { return a.size() < b.size(); });
    const bool is_refused_besides = more.substr(less.size()).starts_with("HTTP/1.1 400 ");
    require(
        more.starts_with(less) && (more.size() == less.size() || is_refused_besides),
        "what is understood depends on how it was cut"
    );
}

} // namespace dialpine::fuzz
