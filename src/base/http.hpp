#pragma once
#include "base/awaitable.hpp"
#include "base/networks.hpp"
#include "base/tls.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boost::asio {
class thread_pool;
}

/// The HTTP server: sockets, TLS, parsing, limits, deadlines. Knows nothing of DialPine. Built on Boost.Beast, which
/// stays in `http_reader.cpp` and `http_websocket.cpp`.
namespace dialpine::http {

enum class Verb { get, head, post, put, patch, delete_, options, other };

using Header = std::pair<std::string, std::string>;

/// The head of a request. Header names are lower-case.
struct Request {
    Verb verb = Verb::get;
    std::string target;     ///< path and query, also where it was sent with scheme and host
    std::string path;       ///< percent-encoded still
    std::string query;      ///< without the question mark
    std::string address;    ///< the network address of who asks; of a trusted proxy's peer, where it says so
    bool is_secure = false; ///< it came over TLS, here or to a trusted proxy
    std::vector<Header> headers;

    /// A header's value; the first, if it came more than once; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
};

/// The body of a request, read when the handler wants it.
class Body {
public:
    virtual ~Body() = default;
    /// The whole body. Throws Problem 413 when it is larger than `limit` bytes.
    virtual Awaitable<std::string> read_all(std::size_t limit) = 0;
    /// Its next piece, empty at the end. Throws Problem 413 when pieces add up to more than `limit` bytes.
    virtual Awaitable<std::string> read_some(std::size_t limit) = 0;
};

/// An open WebSocket.
class Socket {
public:
    virtual ~Socket() = default;
    /// Sends one text message.
    virtual Awaitable<void> send(std::string text) = 0;
    /// Waits for the next message from the other side and drops it. False when the socket has closed.
    virtual Awaitable<bool> receive() = 0;
    virtual Awaitable<void> close() = 0;
};

/// Gives the next piece of a long body; empty means the end. Called on a thread that may wait.
using Pieces = std::function<std::string()>;

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::shared_ptr<const std::string> shared_body; ///< instead of `body`: kept elsewhere, sent as it is
    Pieces pieces;                                  ///< instead of both: sent in chunks, or as they come when
    std::optional<std::uint64_t> length;            ///< says how many bytes they are together
    /// Instead of an answer: the connection becomes a WebSocket and is given to this.
    std::function<Awaitable<void>(std::shared_ptr<Socket>)> upgrade;

    void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

/// Answers one request. Must not throw for anything that the other side caused.
using Handler = std::function<Awaitable<Response>(const Request&, Body&)>;

struct ServerSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080; ///< 0: any free one
    int threads = 1;
    /// Whoever comes beyond waits until somebody goes: each is an open file, and other files must be opened too.
    std::size_t most_connections = std::numeric_limits<std::size_t>::max();
    std::size_t most_header_bytes = 32 * 1024;
    std::chrono::milliseconds header_deadline{15'000};
    std::chrono::milliseconds idle_deadline{75'000};
    std::chrono::milliseconds body_deadline{30'000}; ///< between two pieces of a body or of an answer
    std::chrono::milliseconds stop_deadline{5'000};  ///< for running requests, when the server stops
    /// Whoever sends a body or reads an answer more slowly than this, over `body_deadline`, is cut off.
    std::size_t least_bytes_a_second = 4096;
    std::vector<Header> every_answer;        ///< headers that each answer carries
    std::vector<Header> every_secure_answer; ///< those that each answer over TLS carries besides
    std::optional<TlsFiles> tls;             ///< absent: plain HTTP
    Networks trusted_proxies;                ///< whose X-Forwarded-For and X-Forwarded-Proto are believed
};

class Server {
public:
    /// `pool`: threads that may wait, for answers that are made piece by piece. Must outlive the server.
    Server(ServerSettings, Handler, boost::asio::thread_pool& pool);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds the address. Throws std::system_error if it is taken, std::runtime_error if the certificate cannot be
    /// used.
    void listen();
    [[nodiscard]] std::uint16_t port() const;
    /// Serves until `stop`, on the settings' number of threads.
    void run();
    /// No new requests; running ones end within the stop deadline. From any thread or a signal's coroutine.
    void stop();
    [[nodiscard]] std::size_t connections() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// The standard phrase of a status.
std::string_view reason_of(int status);

} // namespace dialpine::http
