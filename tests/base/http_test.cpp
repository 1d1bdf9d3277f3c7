#include "support/wire.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace dialpine::http {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;
using support::HttpServer;
using support::RawClient;

TEST_F(HttpServer, AnswersSeveralRequestsOnOneConnection)
{
    start({.every_answer = {{"X-Always", "yes"}}});
    auto client = connect();
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
    auto client = connect();
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
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n");
    client.send("6\r\npedia \r\n0\r\n\r\n");
    client.head();
    EXPECT_EQ(client.body(10), "Wikipedia ");
}

TEST_F(HttpServer, TakesLongBodiesWhole)
{
    start();
    auto client = connect();
    const std::string long_body(700'000, 'x');
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n");
    client.send(long_body);
    client.head();
    EXPECT_EQ(client.body(long_body.size()), long_body);
}

TEST_F(HttpServer, SaysContinueToThoseWhoWait)
{
    start();
    auto client = connect();
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
        auto client = connect();
        client.send("POST /small HTTP/1.1\r\nHost: x\r\n" + sent);
        EXPECT_TRUE(client.head().starts_with("HTTP/1.1 413 "));
    }
    auto endless = connect();
    endless.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    EXPECT_TRUE(endless.head().starts_with("HTTP/1.1 413 ")) << "before anything of it has come";
}

TEST_F(HttpServer, LetsARefusedUploadReadItsAnswer)
{
    start();
    auto client = connect();
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n");
    for (int i = 0; i < 30; ++i) client.send(std::string(1'000'000, 'x'));
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 413 "));
}

TEST_F(HttpServer, SendsPiecesInChunks)
{
    start();
    auto client = connect();
    client.send("GET /pieces HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.head().find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(client.body(38), "6\r\npiece;\r\n6\r\npiece;\r\n6\r\npiece;\r\n0\r\n\r\n");

    auto old = connect();
    old.send("GET /pieces HTTP/1.0\r\n\r\n");
    const auto head = old.head();
    EXPECT_EQ(head.find("chunked"), std::string::npos) << head;
    EXPECT_EQ(old.rest(), "piece;piece;piece;");
}

TEST_F(HttpServer, AnswersHeadWithoutBody)
{
    start();
    auto client = connect();
    client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.head().find("Content-Length: 6\r\n"), std::string::npos);
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200"));
    EXPECT_EQ(client.body(7), "/next||");
}

TEST_F(HttpServer, GoesOnAfterABodyThatNobodyRead)
{
    start();
    auto client = connect();
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
    auto client = connect();
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
        auto client = connect();
        client.send(nonsense);
        const auto [head, body] = client.answer();
        EXPECT_TRUE(head.starts_with("HTTP/1.1 400 ")) << nonsense;
        EXPECT_NE(body.find(R"("type":"/problems/bad-request")"), std::string::npos) << body;
        EXPECT_EQ(client.rest(), "") << nonsense;
    }
}

TEST_F(HttpServer, ClosesAConnectionWhoseHeaderNeverEnds)
{
    start({.header_deadline = std::chrono::seconds{1}});
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(client.rest(), "");
}

TEST_F(HttpServer, ClosesAnIdleConnection)
{
    start({.idle_deadline = std::chrono::seconds{1}});
    auto client = connect();
    EXPECT_EQ(client.rest(), "");
}

TEST_F(HttpServer, EndsWithIdleConnectionsOpen)
{
    start({.threads = 2});
    auto one = connect();
    auto two = connect();
    one.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    one.head();
    const auto port = server->port();
    stop();
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
    Server other({.port = server->port()}, {}, pool);
    EXPECT_THROW(other.listen(), std::system_error);
}

} // namespace
} // namespace dialpine::http
