#pragma once
#include "base/http.hpp"

#include <boost/asio/thread_pool.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>

/// The HTTP server alone, and those who speak to it byte by byte.
namespace dialpine::support {

/// How a client of TLS begins.
struct TlsWish {
    int least = 0; ///< version as OpenSSL counts them; 0: its own
    int most = 0;
    std::string protocols; ///< by ALPN, in its form: each behind its length
};

/// An ordinary connection, read and written byte by byte.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    /// Throws std::runtime_error when the handshake fails. Believes any certificate.
    RawClient(std::uint16_t port, const TlsWish&);
    ~RawClient();
    RawClient(RawClient&&) noexcept;

    void send(std::string_view text);
    /// False when the other side takes no more.
    bool try_to_send(std::string_view text);
    /// An answer's head, without what follows; empty when the other side has closed.
    std::string head();
    std::string body(std::size_t length);
    /// All until the other side closes.
    std::string rest();
    /// A whole answer of known length: its head, and its body.
    std::pair<std::string, std::string> answer();
    /// Says that nothing more comes.
    void end_sending();
    /// How the other side ended what was read last: true in good order, false by a reset.
    [[nodiscard]] bool has_ended_well() const;

    [[nodiscard]] std::string certificate_name() const; ///< of the other side's certificate
    [[nodiscard]] std::string protocol() const;         ///< that ALPN agreed on
    [[nodiscard]] std::string version() const;          ///< of TLS
    [[nodiscard]] std::string cipher() const;
    /// All bytes that went over the network, in both directions.
    [[nodiscard]] const std::string& on_the_way() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// A new key and a certificate of it, signed by itself.
void make_certificate(const http::TlsFiles&, const std::string& name);

inline constexpr std::size_t long_answer = 10'000'000;

/// The server with the answers of these tests: `/echo` the body, `/small` the body if it has at most 10 bytes,
/// `/pieces` three pieces, `/long` `long_answer` bytes, `/endless` what never ends, `/socket` a WebSocket that says
/// hello, `/who` the asker's address and scheme,
/// `/unread` leaves the body where it is, all else the request line.
class HttpServer : public ::testing::Test {
protected:
    void start(http::ServerSettings settings = {});
    ~HttpServer() override;
    void stop();
    [[nodiscard]] RawClient connect() const { return RawClient(server->port()); }
    /// Whether somebody else is served on another connection right now.
    [[nodiscard]] bool serves_others() const;

    boost::asio::thread_pool pool{1};
    std::optional<http::Server> server;
    std::thread thread;
};

} // namespace dialpine::support
