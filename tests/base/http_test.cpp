#include "base/http.hpp"
#include "base/problem.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace dialpine::http {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;

/// What the routes of these tests answer: `/echo` the body, `/small` the body if it has at most 10 bytes, `/pieces`
/// three pieces,
/// `/unread` leaves the body where it is, all else the request line.
Awaitable<Response> respond(const Request& request, Body& body)
{
    Response response;
    response.set("Content-Type", "text/plain");
    try {
        if (request.path == "/echo")
            response.body = co_await body.read_all(1'000'000);
        else if (request.path == "/small")
            response.body = co_await body.read_all(10);
        else if (request.path == "/pieces")
            response.pieces = [left = 3]() mutable { return left-- > 0 ? std::string("piece;") : std::string(); };
        else
            response.body = request.target + "|" + request.query + "|" + std::string(request.header("x-test"));
    } catch (const Problem& problem) {
        response.status = problem.status;
        response.body = problem.detail;
    }
    co_return response;
}

class HttpServer : public ::testing::Test {
protected:
    void start(ServerSettings settings = {})
    {
        settings.port = 0;
        server.emplace(std::move(settings), respond, pool);
        server->listen();
        thread = std::thread([this] { server->run(); });
    }
    ~HttpServer() override
    {
        if (!server) return;
        server->stop();
        thread.join();
    }

    asio::thread_pool pool{1};
    std::optional<Server> server;
    std::thread thread;
};

/// An ordinary connection, read and written byte by byte.
class Client {
public:
    explicit Client(const Server& server) { socket_.connect({asio::ip::make_address("127.0.0.1"), server.port()}); }

    void send(std::string_view text) { asio::write(socket_, asio::buffer(text)); }

    /// An answer's head, without the empty line; empty when the other side has closed.
    std::string head()
    {
        boost::system::error_code error;
        const auto length = asio::read_until(socket_, asio::dynamic_buffer(read_), "\r\n\r\n", error);
        if (error) return {};
        return take(length);
    }
    std::string body(std::size_t length)
    {
        if (read_.size() < length)
            asio::read(socket_, asio::dynamic_buffer(read_), asio::transfer_exactly(length - read_.size()));
        return take(length);
    }
    std::string rest()
    {
        boost::system::error_code error;
        asio::read(socket_, asio::dynamic_buffer(read_), error);
        return take(read_.size());
    }

private:
    std::string take(std::size_t length)
    {
        auto taken = read_.substr(0, length);
        read_.erase(0, length);
        return taken;
    }

    asio::io_context context_;
    tcp::socket socket_{context_};
    std::string read_;
};

TEST_F(HttpServer, AnswersSeveralRequestsOnOneConnection)
{
    start({.every_answer = {{"X-Always", "yes"}}});
    Client client(*server);
    for (int i = 0; i < 3; ++i) {
        client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Test: t\r\n\r\n");
        const auto head = client.head();
        EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\n")) << head;
        EXPECT_NE(head.find("X-Always: yes\r\n"), std::string::npos);
        EXPECT_NE(head.find("Content-Type: text/plain\r\n"), std::string::npos);
        EXPECT_NE(head.find("Content-Length: 12\r\n"), std::string::npos) << head;
        EXPECT_EQ(client.body(12), "/a?b=c|b=c|t");
    }
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder)
{
    start();
    Client client(*server);
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\ntwo"
                "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    client.head();
    EXPECT_EQ(client.body(3), "one");
    client.head();
    EXPECT_EQ(client.body(3), "two");
    EXPECT_NE(client.head().find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(client.rest(), "/3||");
}

TEST_F(HttpServer, TakesChunkedBodies)
{
    start();
    Client client(*server);
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n");
    client.send("6\r\npedia \r\n0\r\n\r\n");
    client.head();
    EXPECT_EQ(client.body(10), "Wikipedia ");
}

TEST_F(HttpServer, TakesLongBodiesWhole)
{
    start();
    Client client(*server);
    const std::string long_body(700'000, 'x');
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n");
    client.send(long_body);
    client.head();
    EXPECT_EQ(client.body(long_body.size()), long_body);
}

TEST_F(HttpServer, SaysContinueToThoseWhoWait)
{
    start();
    Client client(*server);
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.head(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200"));
    EXPECT_EQ(client.body(2), "ok");
}

TEST_F(HttpServer, RefusesBodiesThatAreTooLarge)
{
    start();
    for (const std::string sent :
         {"Content-Length: 11\r\n\r\n12345678901", "Transfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n"}) {
        Client client(*server);
        client.send("POST /small HTTP/1.1\r\nHost: x\r\n" + sent);
        EXPECT_TRUE(client.head().starts_with("HTTP/1.1 413 "));
    }
    Client endless(*server);
    endless.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    EXPECT_TRUE(endless.head().starts_with("HTTP/1.1 413 ")) << "before anything of it has come";
}

TEST_F(HttpServer, LetsARefusedUploadReadItsAnswer)
{
    start();
    Client client(*server);
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n");
    for (int i = 0; i < 30; ++i) client.send(std::string(1'000'000, 'x'));
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 413 "));
}

TEST_F(HttpServer, SendsPiecesInChunks)
{
    start();
    Client client(*server);
    client.send("GET /pieces HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.head().find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(client.body(38), "6\r\npiece;\r\n6\r\npiece;\r\n6\r\npiece;\r\n0\r\n\r\n");

    Client old(*server);
    old.send("GET /pieces HTTP/1.0\r\n\r\n");
    const auto head = old.head();
    EXPECT_EQ(head.find("chunked"), std::string::npos) << head;
    EXPECT_EQ(old.rest(), "piece;piece;piece;");
}

TEST_F(HttpServer, AnswersHeadWithoutBody)
{
    start();
    Client client(*server);
    client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.head().find("Content-Length: 6\r\n"), std::string::npos);
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200"));
    EXPECT_EQ(client.body(7), "/next||");
}

TEST_F(HttpServer, GoesOnAfterABodyThatNobodyRead)
{
    start();
    Client client(*server);
    client.send(
        "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345GET /next HTTP/1.1\r\nHost: x\r\n\r\n"
    );
    client.head();
    EXPECT_EQ(client.body(9), "/unread||");
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200"));
    EXPECT_EQ(client.body(7), "/next||");
}

TEST_F(HttpServer, RefusesHeadersThatAreTooLarge)
{
    start({.most_header_bytes = 2048});
    Client client(*server);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(4000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 431 "));
}

TEST_F(HttpServer, RefusesWhatIsNotHttp)
{
    start();
    for (const std::string nonsense :
         {"nonsense\r\n\r\n",
          "GET / HTTP/1.1\r\nHost x\r\n\r\n",
          "GET / HTTP/9.9\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
        Client client(*server);
        client.send(nonsense);
        EXPECT_TRUE(client.head().starts_with("HTTP/1.1 400 ")) << nonsense;
        EXPECT_EQ(client.rest(), "") << nonsense;
    }
}

TEST_F(HttpServer, ClosesAConnectionWhoseHeaderNeverEnds)
{
    start({.header_deadline = std::chrono::seconds{1}});
    Client client(*server);
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(client.rest(), "");
}

TEST_F(HttpServer, ClosesAnIdleConnection)
{
    start({.idle_deadline = std::chrono::seconds{1}});
    Client client(*server);
    EXPECT_EQ(client.rest(), "");
}

TEST_F(HttpServer, EndsWithIdleConnectionsOpen)
{
    start({.threads = 2});
    Client one(*server);
    Client two(*server);
    one.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    one.head();
    const auto port = server->port();
    server->stop();
    thread.join();
    EXPECT_EQ(one.body(4), "/1||");
    EXPECT_EQ(one.rest(), "");
    EXPECT_EQ(two.rest(), "");
    server.reset();
    asio::io_context context;
    tcp::socket late(context);
    boost::system::error_code error;
    late.connect({asio::ip::make_address("127.0.0.1"), port}, error);
    EXPECT_TRUE(error);
}

TEST_F(HttpServer, DoesNotShareItsPort)
{
    start();
    Server other({.port = server->port()}, respond, pool);
    EXPECT_THROW(other.listen(), std::system_error);
}

} // namespace
} // namespace dialpine::http
