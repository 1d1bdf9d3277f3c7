#include "egress/doors.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace dialpine::tests {
namespace {
using namespace egress;

/// Listens on a free port of this machine.
class Listening {
public:
    Listening() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(socket_, 8) != 0)
            throw std::runtime_error("no port");
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~Listening() { ::close(socket_); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    [[nodiscard]] int port() const { return port_; }

    /// Takes one request and gives it, after answering so.
    std::string serve_one(const std::string& answer) const
    {
        const int connection = ::accept(socket_, nullptr, nullptr);
        std::string request;
        char piece[4096];
        while (request.find("\r\n\r\n") == std::string::npos || !request.ends_with('}')) {
            const auto count = ::read(connection, piece, sizeof piece);
            if (count <= 0) break;
            request.append(piece, static_cast<std::size_t>(count));
        }
        std::string_view left = answer;
        while (!left.empty()) {
            const auto count = ::send(connection, left.data(), left.size(), MSG_NOSIGNAL);
            if (count <= 0) break;
            left.remove_prefix(static_cast<std::size_t>(count));
        }
        ::close(connection);
        return request;
    }
    /// Whether somebody waits to be accepted.
    [[nodiscard]] bool is_called() const
    {
        ::fcntl(socket_, F_SETFL, O_NONBLOCK);
        const int connection = ::accept(socket_, nullptr, nullptr);
        if (connection >= 0) ::close(connection);
        return connection >= 0;
    }

private:
    int socket_;
    int port_ = 0;
};

class Sender : public support::Doors {
protected:
    Departure cleared(const std::string& url)
    {
        auto wish = wish_of("Here", SharingPurpose::analytics, {"feature"});
        wish.hosts = std::vector<std::string>{"127.0.0.1"};
        wish.endpoint = url;
        open(wish);
        return database.write([](store::Write& write) { return egress::Gate::clear_test(write, {"Here", {}}); });
    }

    Reply sent(const std::string& url, HttpTransport& transport_used)
    {
        return Outbound(database, transport_used).send(cleared(url));
    }

    HttpTransport http{{.patience = std::chrono::milliseconds{2000}, .authorities = {}}};
};

TEST_F(Sender, PostsTheDocumentAndNotesTheAnswer)
{
    const Listening other;
    std::string request;
    std::thread serving([&] { request = other.serve_one("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok"); });
    const auto reply = sent(fmt::format("http://127.0.0.1:{}/documents", other.port()), http);
    serving.join();
    EXPECT_EQ(reply.status, 202);
    EXPECT_TRUE(request.starts_with("POST /documents HTTP/1.1\r\n")) << request;
    EXPECT_NE(request.find(R"({"format":"dialpine-disclosure-1")"), std::string::npos) << request;
    EXPECT_EQ(request.find("Cookie"), std::string::npos);
    EXPECT_EQ(request.find("Referer"), std::string::npos);
    EXPECT_EQ(rows("disclosures", "state = 'sent' AND answer = 202"), 1);
}

TEST_F(Sender, FollowsNobodyElsewhere)
{
    const Listening other;
    const Listening elsewhere;
    std::thread serving([&] {
        other.serve_one(fmt::format(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{}/\r\nContent-Length: 0\r\n\r\n",
            elsewhere.port()
        ));
    });
    const auto reply = sent(fmt::format("http://127.0.0.1:{}/", other.port()), http);
    serving.join();
    EXPECT_EQ(reply.status, 307);
    EXPECT_FALSE(reply.is_good());
    EXPECT_FALSE(elsewhere.is_called());
    EXPECT_EQ(rows("disclosures", "state = 'failed' AND answer = 307"), 1);
}

TEST_F(Sender, GoesThroughNoProxyOfTheEnvironment)
{
    const Listening other;
    const Listening proxy;
    ::setenv("http_proxy", fmt::format("http://127.0.0.1:{}", proxy.port()).c_str(), 1);
    std::thread serving([&] { other.serve_one("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); });
    const auto reply = sent(fmt::format("http://127.0.0.1:{}/", other.port()), http);
    ::unsetenv("http_proxy");
    serving.join();
    EXPECT_EQ(reply.status, 200);
    EXPECT_FALSE(proxy.is_called());
}

TEST_F(Sender, TakesNoEndlessAnswerAndWaitsForNobody)
{
    const Listening other;
    std::thread serving([&] {
        other.serve_one("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x'));
    });
    const auto url = fmt::format("http://127.0.0.1:{}/", other.port());
    const auto reply = sent(url, http);
    serving.join();
    EXPECT_EQ(reply.status, 0);
    EXPECT_FALSE(reply.problem.empty());
    EXPECT_EQ(rows("disclosures", "state = 'failed'"), 1);

    HttpTransport impatient({.patience = std::chrono::milliseconds{300}, .authorities = {}});
    const auto begin = std::chrono::steady_clock::now(); // nobody accepts this one
    auto departure = database.write([](store::Write& write) { return egress::Gate::clear_test(write, {"Here", {}}); });
    EXPECT_EQ(Outbound(database, impatient).send(std::move(departure)).status, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
}

/// `openssl s_server` with a certificate that nobody signed but itself.
class TlsServer {
public:
    explicit TlsServer(const std::filesystem::path& folder) : certificate_(folder / "certificate.pem")
    {
        const auto key = (folder / "key.pem").string();
        const auto made = run_and_wait(
            {"openssl",
             "req",
             "-x509",
             "-newkey",
             "ec",
             "-pkeyopt",
             "ec_paramgen_curve:prime256v1",
             "-nodes",
             "-days",
             "2",
             "-subj",
             "/CN=127.0.0.1",
             "-addext",
             "subjectAltName=IP:127.0.0.1",
             "-keyout",
             key,
             "-out",
             certificate_.string()}
        );
        if (made != 0) return;
        {
            port_ = Listening().port();
        }
        int says[2];
        if (::pipe2(says, O_CLOEXEC) != 0) return;
        id_ = start(
            {"openssl",
             "s_server",
             "-www",
             "-accept",
             fmt::format("127.0.0.1:{}", port_),
             "-key",
             key,
             "-cert",
             certificate_.string()},
            says[1]
        );
        ::close(says[1]);
        wait_until_it_listens(says[0]);
        says_ = says[0];
    }
    ~TlsServer()
    {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
        ::close(says_);
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;
    [[nodiscard]] bool is_there() const { return id_ > 0; }
    [[nodiscard]] std::string url() const { return fmt::format("https://127.0.0.1:{}/", port_); }
    [[nodiscard]] std::string certificate() const { return certificate_.string(); }

private:
    /// It says ACCEPT once it does; the end of what it says is its own end.
    static void wait_until_it_listens(int says)
    {
        std::string said;
        char piece[256];
        while (said.find("ACCEPT") == std::string::npos) {
            const auto count = ::read(says, piece, sizeof piece);
            if (count <= 0) return;
            said.append(piece, static_cast<std::size_t>(count));
        }
    }
    static int start(std::vector<std::string> words, int says = -1)
    {
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        const int id = ::fork();
        if (id == 0) {
            const int nowhere = ::open("/dev/null", O_RDWR);
            for (const int file : {0, 1, 2}) ::dup2(nowhere, file);
            if (says >= 0) ::dup2(says, 1);
            ::execvp(argv[0], argv.data());
            ::_exit(127);
        }
        return id;
    }
    static int run_and_wait(std::vector<std::string> words)
    {
        int status = -1;
        ::waitpid(start(std::move(words)), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    std::filesystem::path certificate_;
    int port_ = 0;
    int id_ = -1;
    int says_ = -1;
};

TEST_F(Sender, ChecksTheCertificateOfTheOtherSide)
{
    const TlsServer server(folder.path());
    if (!server.is_there()) GTEST_SKIP() << "openssl is not installed";
    HttpTransport trusting({.patience = std::chrono::milliseconds{2000}, .authorities = server.certificate()});
    auto probe = cleared(server.url());
    // The certificate's own server is trusted: the handshake ends well, whatever the answer to a POST is.
    const Reply reply = trusting.post(probe);
    EXPECT_EQ(reply.problem.find("certificate"), std::string::npos) << reply.problem;
    EXPECT_EQ(reply.problem.find("connect"), std::string::npos) << reply.problem;
    const auto refused = http.post(probe);
    EXPECT_EQ(refused.status, 0);
    EXPECT_NE(refused.problem.find("certificate"), std::string::npos) << refused.problem;
}

} // namespace
} // namespace dialpine::tests
