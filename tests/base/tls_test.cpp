#include "support/house.hpp"
#include "support/wire.hpp"

#include <openssl/ssl.h>

#include <fstream>

namespace dialpine::http {
namespace {
using support::RawClient;
using support::TlsWish;
using namespace std::chrono_literals;

const std::string ask = "GET /who HTTP/1.1\r\nHost: x\r\n\r\n";

class Tls : public support::HttpServer {
protected:
    void start_tls(ServerSettings settings = {})
    {
        support::make_certificate(files, "pine.dialpine.example");
        settings.tls = files;
        start(std::move(settings));
    }
    RawClient connect_tls(const TlsWish& wish = {}) const { return {server->port(), wish}; }
    std::string name_now() const { return connect_tls().certificate_name(); }

    /// Puts a new pair in the place of the files, as an operator's renewal does: one after the other.
    void renew(const std::string& name)
    {
        const TlsFiles made{folder / "new.crt", folder / "new.key"};
        support::make_certificate(made, name);
        std::filesystem::rename(made.certificate, files.certificate);
        EXPECT_NO_THROW(connect_tls()) << "between the two, the pair before serves";
        std::filesystem::rename(made.key, files.key);
    }
    std::string start_failure()
    {
        ServerSettings settings{.port = 0};
        settings.tls = files;
        Server other(settings, {}, pool);
        try {
            other.listen();
        } catch (const std::runtime_error& failure) {
            return failure.what();
        }
        return {};
    }

    support::Folder folder;
    TlsFiles files{folder / "tls.crt", folder / "tls.key"};
};

TEST_F(Tls, CarriesRequestsByVersionsThatAreSafeAndNoOthers)
{
    start_tls({.every_secure_answer = {{"X-Secure", "yes"}}});
    for (const auto& [version, name] : {std::pair(TLS1_2_VERSION, "TLSv1.2"), std::pair(TLS1_3_VERSION, "TLSv1.3")}) {
        auto client = connect_tls({.least = version, .most = version});
        EXPECT_EQ(client.version(), name);
        const auto cipher = client.cipher();
        EXPECT_TRUE(cipher.starts_with("TLS_") || cipher.starts_with("ECDHE-")) << cipher;
        EXPECT_TRUE(cipher.find("GCM") != std::string::npos || cipher.find("CHACHA20") != std::string::npos) << cipher;
        for (int i = 0; i < 3; ++i) {
            client.send(ask);
            const auto [head, body] = client.answer();
            EXPECT_EQ(body, "127.0.0.1 https");
            EXPECT_NE(head.find("X-Secure: yes\r\n"), std::string::npos);
        }
    }
    for (const int old : {TLS1_VERSION, TLS1_1_VERSION})
        EXPECT_THROW(connect_tls({.most = old}), std::runtime_error) << old;
    EXPECT_TRUE(connect_tls().certificate_name() == "pine.dialpine.example");
}

TEST_F(Tls, SpeaksTheProtocolThatItAgreesOn)
{
    start_tls();
    EXPECT_EQ(connect_tls({.protocols = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
    EXPECT_EQ(connect_tls().protocol(), "");
    EXPECT_THROW(connect_tls({.protocols = "\x02h2"}), std::runtime_error);
}

TEST_F(Tls, CarriesLongBodiesAnswersAndPieces)
{
    start_tls();
    auto client = connect_tls();
    const std::string long_body(700'000, 'x');
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n" + long_body);
    EXPECT_EQ(client.answer().second, long_body);
    client.send("GET /pieces HTTP/1.1\r\nHost: x\r\n\r\n");
    client.head();
    EXPECT_EQ(client.body(38), "6\r\npiece;\r\n6\r\npiece;\r\n6\r\npiece;\r\n0\r\n\r\n");
    client.send("GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.answer().second, std::string(support::long_answer, 'x'));
    EXPECT_EQ(client.rest(), "");
    EXPECT_TRUE(client.has_ended_well()) << "so that nobody on the way can have cut it short";
}

TEST_F(Tls, CarriesWebSockets)
{
    start_tls();
    auto client = connect_tls();
    client.send(
        "GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    const auto head = client.head();
    EXPECT_TRUE(head.starts_with("HTTP/1.1 101 ")) << head;
    EXPECT_NE(head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), std::string::npos) << "the example of RFC 6455";
    EXPECT_EQ(client.body(7), "\x81\x05hello");
    client.send(std::string("\x88\x80\0\0\0\0", 6)); // closes it
    EXPECT_EQ(client.body(1), "\x88");
}

TEST_F(Tls, LetsNobodyOnTheWayReadWhatIsSent)
{
    start_tls();
    auto client = connect_tls();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nCookie: secret-cookie\r\nContent-Length: 11\r\n\r\nMia Example");
    EXPECT_EQ(client.answer().second, "Mia Example");
    EXPECT_GT(client.on_the_way().size(), 500U);
    for (const auto* word : {"Mia", "secret-cookie", "/echo", "HTTP/1.1"})
        EXPECT_EQ(client.on_the_way().find(word), std::string::npos) << word;
    stop();

    server.reset();
    start();
    auto plain = connect();
    plain.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nMia Example");
    plain.answer();
    EXPECT_NE(plain.on_the_way().find("Mia"), std::string::npos) << "without it anybody can, so the test would see it";
}

TEST_F(Tls, ClosesPlainHttpInGoodOrder)
{
    start_tls();
    auto plain = connect();
    plain.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
    plain.end_sending();
    EXPECT_EQ(plain.rest().find("HTTP/"), std::string::npos);
    EXPECT_TRUE(plain.has_ended_well());
    auto client = connect_tls();
    client.send(ask);
    EXPECT_EQ(client.answer().second, "127.0.0.1 https");
}

TEST_F(Tls, WaitsForAHandshakeNoLongerThanForAHead)
{
    start_tls({.header_deadline = 300ms});
    auto silent = connect();
    silent.send("\x16\x03\x01");
    silent.end_sending();
    silent.rest();
    auto nothing = connect();
    nothing.rest();
    auto client = connect_tls();
    client.send(ask);
    EXPECT_EQ(client.answer().second, "127.0.0.1 https");
}

TEST_F(Tls, GivesNewConnectionsTheNewCertificate)
{
    start_tls();
    auto before = connect_tls();
    renew("new.dialpine.example");
    EXPECT_EQ(name_now(), "new.dialpine.example");
    before.send(ask);
    EXPECT_EQ(before.answer().second, "127.0.0.1 https") << "who is connected goes on";
}

TEST_F(Tls, KeepsTheCertificateBeforeWhenTheNewOneIsBroken)
{
    start_tls();
    std::ofstream(files.certificate) << "-----BEGIN CERTIFICATE-----\nbroken\n";
    EXPECT_EQ(name_now(), "pine.dialpine.example");
    std::filesystem::remove(files.certificate);
    EXPECT_EQ(name_now(), "pine.dialpine.example");
    support::make_certificate(files, "whole.dialpine.example");
    std::filesystem::permissions(files.key, std::filesystem::perms{0644});
    EXPECT_EQ(name_now(), "pine.dialpine.example") << "a key that others can read is not taken later either";
    std::filesystem::permissions(files.key, std::filesystem::perms{0600});
    EXPECT_EQ(name_now(), "whole.dialpine.example");
}

TEST_F(Tls, SaysAtTheStartWhatIsWrongWithItsFiles)
{
    const auto says = [&](std::string_view words) {
        const auto failure = start_failure();
        EXPECT_NE(failure.find(words), std::string::npos) << words << " is not in: " << failure;
    };
    says("tls.crt cannot be read");
    support::make_certificate(files, "pine.dialpine.example");
    EXPECT_EQ(start_failure(), "");
    std::filesystem::remove(files.key);
    says("tls.key cannot be read");
    std::ofstream(files.key) << "nonsense";
    std::filesystem::permissions(files.key, std::filesystem::perms{0600});
    says("tls.key is no private key in PEM");
    support::make_certificate({folder / "other.crt", files.key}, "other.dialpine.example");
    says("does not belong to the certificate");
    support::make_certificate(files, "pine.dialpine.example");
    std::filesystem::permissions(files.key, std::filesystem::perms{0644});
    says("may be read or written by others");
    std::ofstream(files.certificate) << "nonsense";
    says("tls.crt is no certificate in PEM");
}

} // namespace
} // namespace dialpine::http
