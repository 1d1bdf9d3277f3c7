#include "support/wire.hpp"

#include <fmt/format.h>

#include <map>

/// Those who speak HTTP wrongly, slowly or too much: each is answered or closed rightly, and others do not notice.
namespace dialpine::http {
namespace {
using support::RawClient;
using namespace std::chrono_literals;

class HostileInput : public support::HttpServer {
protected:
    /// What a server says to these bytes: the status of its first answer and whether it closes after it; 0 for none.
    struct Told {
        int status = 0;
        bool closes = false;
        std::string body = {};
    };
    Told tell(const std::string& bytes)
    {
        auto client = connect();
        client.try_to_send(bytes); // it may have refused before all was sent
        const auto [head, body] = client.answer();
        if (head.empty()) return {0, true, {}};
        const bool closes = head.find("Connection: close\r\n") != std::string::npos;
        if (closes) {
            EXPECT_EQ(client.rest(), "") << "nothing more is taken for a request";
        }
        return {std::stoi(head.substr(9, 3)), closes, body};
    }
    void expect_refused(int status, const std::string& bytes)
    {
        const auto told = tell(bytes);
        EXPECT_EQ(told.status, status) << bytes.substr(0, 300);
        EXPECT_TRUE(told.closes) << bytes.substr(0, 300);
        EXPECT_NE(told.body.find(fmt::format(R"("status":{})", status)), std::string::npos)
            << "no problem: " << told.body;
        EXPECT_TRUE(serves_others());
    }
};

const std::string get = "GET /a HTTP/1.1\r\nHost: x\r\n";
const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

TEST_F(HostileInput, ThatTwoReadersWouldFrameDifferentlyIsRefused)
{
    start();
    const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const std::string headers :
         {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Content-Length: 5\r\nContent-Length: 6\r\n",
          "Content-Length: 5\r\nContent-Length: 5\r\n",
          "Content-Length: 5, 6\r\n",
          "Content-Length: +5\r\n",
          "Content-Length: -5\r\n",
          "Content-Length: 0x5\r\n",
          "Content-Length: 5 5\r\n",
          "Content-Length:\r\n",
          "Content-Length: 99999999999999999999999\r\n",
          "Content-Length : 5\r\n",
          " Content-Length: 5\r\n",
          "Content-Length: 5\nX: y\r\n",
          "X: y\nContent-Length: 5\r\n",
          "X: y\rContent-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding : chunked\r\n"})
        expect_refused(400, post + headers + "\r\n0\r\n\r\n" + smuggled);
    for (const std::string coding :
         {"xchunked", "chunked, identity", "gzip, chunked", "identity", "chunked;x=y", "\"chunked\""}) {
        const auto told = tell(post + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + smuggled);
        EXPECT_TRUE(told.status == 501 || told.status == 400) << coding << " " << told.status;
        EXPECT_TRUE(told.closes) << coding;
    }
    expect_refused(400, "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
}

TEST_F(HostileInput, WithAFoldedHeaderIsReadAsOneLineOrRefused)
{
    start();
    expect_refused(501, post + "Transfer-Encoding: chunked,\r\n identity\r\n\r\n0\r\n\r\n");
    expect_refused(400, post + "Content-Length: 5\r\n 6\r\n\r\n123456");
    const auto told = tell(get + "X-Test: a\r\n b\r\n\r\n");
    EXPECT_EQ(told.body, "/a||a b");
}

TEST_F(HostileInput, WithoutExactlyOneHostIsRefused)
{
    start();
    for (const std::string head :
         {"GET / HTTP/1.1\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\n",
          "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n",
          "GET / HTTP/1.1\r\nHost:\r\n",
          "GET / HTTP/1.1\r\nHost: x y\r\n",
          "GET / HTTP/1.1\r\nHost: x/y\r\n",
          "GET / HTTP/1.1\r\nHost: a@b\r\n",
          "GET / HTTP/1.1\r\nHost: \"x\"\r\n"})
        expect_refused(400, head + "\r\n");
    EXPECT_EQ(tell("GET / HTTP/1.0\r\n\r\n").status, 200) << "which has no Host";
    EXPECT_EQ(tell("GET / HTTP/1.1\r\nHost: [2001:db8::7]:8080\r\n\r\n").status, 200);
}

TEST_F(HostileInput, WithControlCharactersIsRefused)
{
    start();
    const auto with = [](std::string text, char character) {
        std::ranges::replace(text, '#', character);
        return text;
    };
    for (const char character : {'\0', '\x01', '\x0b', '\x1f', '\x7f'}) {
        expect_refused(400, with("GET /a# HTTP/1.1\r\nHost: x\r\n\r\n", character));
        expect_refused(400, with("GET /a HTTP/1.1\r\nHost: x\r\nX: a#b\r\n\r\n", character));
        expect_refused(400, with("GET /a HTTP/1.1\r\nHost: x\r\nX#: b\r\n\r\n", character));
        expect_refused(400, with("GET# /a HTTP/1.1\r\nHost: x\r\n\r\n", character));
    }
    expect_refused(400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n");
    expect_refused(400, "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n");
}

TEST_F(HostileInput, OfAnotherVersionIsRefused)
{
    start();
    for (const std::string line :
         {"GET /\r\n", "GET / HTTP/0.9\r\n", "GET / HTTP/2.0\r\n", "GET / HTTP/1.1x\r\n", "PRI * HTTP/2.0\r\n"})
        expect_refused(400, line + "Host: x\r\n\r\n");
    expect_refused(400, "GET /\r\n\r\n");
}

TEST_F(HostileInput, WithATargetInAnyFormOfTheStandardIsUnderstood)
{
    start();
    const std::map<std::string, std::string> same{
        {"http://y.example/a?b=c", "/a?b=c|b=c|"},
        {"HTTPS://y.example:8080/a", "/a||"},
        {"http://y.example", "/||"},
        {"http://y.example?b", "/?b|b|"},
    };
    for (const auto& [target, told] : same)
        EXPECT_EQ(tell("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").body, told);
    EXPECT_EQ(tell("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").body, "*||");
    for (const std::string target : {"a", "*", "?a", "http:///a", "ftp://y/a", "http://u@y/a", "y.example:443"})
        expect_refused(400, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    expect_refused(400, "CONNECT y.example:443 HTTP/1.1\r\nHost: x\r\n\r\n");
}

TEST_F(HostileInput, OfTooManyOrTooLongHeadersIsRefused)
{
    start();
    std::string many = get;
    for (int i = 0; i < 100'000; ++i) many += fmt::format("X{}: y\r\n", i);
    expect_refused(431, many + "\r\n");
    expect_refused(431, get + "X: " + std::string(1'000'000, 'y') + "\r\n\r\n");
    expect_refused(431, "GET /" + std::string(1'000'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n");
    expect_refused(431, get + std::string(1'000'000, 'n') + ": y\r\n\r\n");
    EXPECT_EQ(tell(get + "X: " + std::string(30'000, 'y') + "\r\n\r\n").status, 200);
}

TEST_F(HostileInput, InChunksThatAreNoneIsRefused)
{
    start({.body_deadline = 300ms});
    for (const std::string chunks :
         {"x\r\nwiki\r\n",
          "-1\r\nw\r\n",
          "ffffffffffffffffff\r\nw\r\n",
          "4\r\nwikipedia\r\n",
          " 4\r\nwiki\r\n0\r\n\r\n",
          "0x4\r\nwiki\r\n0\r\n\r\n",
          "4\r\nwiki0\r\n\r\n"})
        EXPECT_EQ(tell(chunked + chunks).status, 400) << chunks;
    EXPECT_EQ(tell(chunked + "4\nwiki\n0\n\n").status, 408) << "a line that has not ended";
    EXPECT_EQ(tell(chunked + "7fffffffffffffff\r\n" + std::string(1'100'000, 'w')).status, 413)
        << "as soon as it is too much";
    EXPECT_TRUE(serves_others());
}

TEST_F(HostileInput, InTinyChunksIsTakenAndInFramesWithoutContentIsNot)
{
    start();
    std::string tiny = chunked;
    for (int i = 0; i < 100'000; ++i) tiny += "1\r\nw\r\n";
    const auto told = tell(tiny + "0\r\n\r\n");
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.body, std::string(100'000, 'w'));

    const auto extended = "1;" + std::string(60'000, 'x') + "\r\nw\r\n";
    std::string framed = chunked;
    for (int i = 0; i < 10; ++i) framed += extended;
    EXPECT_EQ(tell(framed + "0\r\n\r\n").status, 400);
    EXPECT_EQ(tell(chunked + "1;" + std::string(500'000, 'x')).status, 400) << "a line without an end";
    std::string trailed = chunked + "1\r\nw\r\n0\r\n";
    for (int i = 0; i < 50'000; ++i) trailed += fmt::format("X{}: y\r\n", i);
    EXPECT_EQ(tell(trailed).status, 400) << "trailers without an end";
    EXPECT_EQ(tell(trailed + "\r\n").status, 400);
    EXPECT_TRUE(serves_others());
}

TEST_F(HostileInput, ThatExpectsWhatIsNotDoneIsRefused)
{
    start();
    expect_refused(417, post + "Expect: miracles\r\nContent-Length: 2\r\n\r\nok");
    auto client = connect();
    client.send(post + "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.head(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_EQ(client.answer().second, "ok");
    EXPECT_EQ(
        tell("POST /unread HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").closes, true
    ) << "who is not asked for a body may send it or not, so that nothing can follow";
}

TEST_F(HostileInput, ThatIsCompressedIsRefused)
{
    start();
    for (const std::string coding : {"gzip", "br", "deflate", "identity, gzip", "x"})
        expect_refused(415, post + "Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n\r\nok");
    EXPECT_EQ(tell(post + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\nok").body, "ok");
}

TEST_F(HostileInput, WithABodyWhereNoneIsWantedGoesOnBehindIt)
{
    start();
    auto client = connect();
    client.send(get + "Content-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.answer().second, "/a||");
    EXPECT_EQ(client.answer().second, "/b||") << "the body is not taken for a request";
}

TEST_F(HostileInput, InAPipelineIsAnsweredInOrderUpToTheFirstMistake)
{
    start();
    auto client = connect();
    std::string all;
    for (int i = 0; i < 200; ++i) all += fmt::format("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", i);
    client.send(all + "nonsense\r\n\r\nGET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    for (int i = 0; i < 200; ++i) ASSERT_EQ(client.answer().second, fmt::format("/{}||", i));
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 400 "));
    EXPECT_EQ(client.rest().find("never"), std::string::npos);
}

TEST_F(HostileInput, ThatComesByteByByteIsCutOffAtItsDeadline)
{
    start({.header_deadline = 300ms});
    auto client = connect();
    const auto started = std::chrono::steady_clock::now();
    const std::string head = get + "X: " + std::string(5000, 'y');
    std::size_t sent = 0;
    // Each byte comes long before the deadline of the whole.
    while (sent < head.size() && client.try_to_send(head.substr(sent, 1))) {
        ++sent;
        if (sent == 10) {
            EXPECT_TRUE(serves_others());
        }
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_LT(sent, head.size());
    EXPECT_LT(std::chrono::steady_clock::now() - started, 10s);
}

TEST_F(HostileInput, OnHundredsOfHalfOpenConnectionsIsClosedWhileOthersAreServed)
{
    start({.header_deadline = 500ms, .idle_deadline = 500ms});
    std::vector<RawClient> halves;
    for (int i = 0; i < 300; ++i) {
        halves.push_back(connect());
        if (i % 3 > 0) halves.back().send(i % 3 == 1 ? "G" : get); // or nothing at all
    }
    EXPECT_TRUE(serves_others());
    for (auto& half : halves) EXPECT_EQ(half.rest(), "");
    EXPECT_TRUE(serves_others());
}

TEST_F(HostileInput, OfABodyThatNeverEndsIsToldSo)
{
    start({.body_deadline = 300ms, .least_bytes_a_second = 1'000'000});
    auto silent = connect();
    silent.send(post + "Content-Length: 100000\r\n\r\nabc");
    EXPECT_TRUE(silent.answer().first.starts_with("HTTP/1.1 408 "));

    auto slow = connect(); // never silent for long, and never done
    std::thread trickle([&] {
        slow.try_to_send(post + "Content-Length: 100000\r\n\r\n");
        for (int i = 0; i < 1000 && slow.try_to_send("x"); ++i) std::this_thread::sleep_for(10ms);
    });
    auto other = connect();
    other.send(get + "\r\n");
    EXPECT_EQ(other.answer().second, "/a||");
    trickle.join();
    EXPECT_TRUE(serves_others());
}

TEST_F(HostileInput, ThatBreaksOffHalfwayEndsAlone)
{
    start();
    const std::string begun = post + "Content-Length: 10\r\n\r\nabc";
    for (const auto& half : {std::string(), std::string("GE"), get, begun, chunked + "4\r\nwi"}) {
        auto client = connect();
        client.send(half);
        client.end_sending();
        client.rest();
        EXPECT_TRUE(serves_others());
    }
}

TEST_F(HostileInput, OfOneWhoReadsNothingIsCutOff)
{
    start({.body_deadline = 300ms, .least_bytes_a_second = 1'000'000'000});
    auto client = connect();
    client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(serves_others());
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (server->connections() > 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_TRUE(client.head().starts_with("HTTP/1.1 200 ")) << "what has come can be read";
}

} // namespace
} // namespace dialpine::http
