#include "support/wire.hpp"

#include "base/problem.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <filesystem>

namespace dialpine::support {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
/// A socket that keeps a copy of all that goes through it.
class Recorded {
public:
    using executor_type = tcp::socket::executor_type;
    using lowest_layer_type = tcp::socket::lowest_layer_type;
    explicit Recorded(asio::io_context& context) : socket(context) {}
    executor_type get_executor() { return socket.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket.lowest_layer(); }

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& error)
    {
        const auto count = socket.read_some(buffers, error);
        keep(buffers, count);
        return count;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, error_code& error)
    {
        const auto count = socket.write_some(buffers, error);
        keep(buffers, count);
        return count;
    }

    tcp::socket socket;
    std::string bytes;

private:
    template <class Buffers>
    void keep(const Buffers& buffers, std::size_t count)
    {
        const auto before = bytes.size();
        bytes.resize(before + count);
        asio::buffer_copy(asio::buffer(bytes) + before, buffers, count);
    }
};
} // namespace

struct RawClient::Inside {
    asio::io_context context;
    asio::ssl::context tls_context{asio::ssl::context::tls_client};
    Recorded plain{context};
    std::optional<asio::ssl::stream<Recorded&>> tls;
    std::string read;
    error_code last;

    explicit Inside(std::uint16_t port) { plain.socket.connect({asio::ip::make_address("127.0.0.1"), port}); }

    template <class Work>
    auto with_stream(Work work)
    {
        return tls ? work(*tls) : work(plain);
    }
    std::string take(std::size_t length)
    {
        auto taken = read.substr(0, length);
        read.erase(0, length);
        return taken;
    }
};

RawClient::RawClient(std::uint16_t port) : inside_(std::make_unique<Inside>(port)) {}
RawClient::RawClient(std::uint16_t port, const TlsWish& wish) : RawClient(port)
{
    SSL_CTX* context = inside_->tls_context.native_handle();
    ::SSL_CTX_set_security_level(context, 0); // the client would refuse by itself what the server has to
    ::SSL_CTX_set_min_proto_version(context, wish.least);
    ::SSL_CTX_set_max_proto_version(context, wish.most);
    ::SSL_CTX_set_alpn_protos(
        context,
        reinterpret_cast<const unsigned char*>(wish.protocols.data()),
        static_cast<unsigned>(wish.protocols.size())
    );
    inside_->tls.emplace(inside_->plain, inside_->tls_context);
    inside_->tls->handshake(asio::ssl::stream_base::client);
}
RawClient::~RawClient() = default;
RawClient::RawClient(RawClient&&) noexcept = default;

void RawClient::send(std::string_view text)
{
    if (!try_to_send(text)) throw std::system_error(inside_->last);
}
bool RawClient::try_to_send(std::string_view text)
{
    inside_->with_stream([&](auto& stream) { return asio::write(stream, asio::buffer(text), inside_->last); });
    return !inside_->last;
}

std::string RawClient::head()
{
    const auto length = inside_->with_stream([&](auto& stream) {
        return asio::read_until(stream, asio::dynamic_buffer(inside_->read), "\r\n\r\n", inside_->last);
    });
    return inside_->last ? std::string() : inside_->take(length);
}
std::string RawClient::body(std::size_t length)
{
    if (inside_->read.size() < length)
        inside_->with_stream([&](auto& stream) {
            const auto missing = asio::transfer_exactly(length - inside_->read.size());
            return asio::read(stream, asio::dynamic_buffer(inside_->read), missing, inside_->last);
        });
    return inside_->take(length);
}
std::string RawClient::rest()
{
    inside_->with_stream([&](auto& stream) {
        return asio::read(stream, asio::dynamic_buffer(inside_->read), inside_->last);
    });
    return inside_->take(inside_->read.size());
}
std::pair<std::string, std::string> RawClient::answer()
{
    auto said = head();
    constexpr std::string_view name = "Content-Length: ";
    const auto at = said.find(name);
    auto whole = at == std::string::npos ? std::string() : body(std::stoul(said.substr(at + name.size())));
    return {std::move(said), std::move(whole)};
}
void RawClient::end_sending() { inside_->plain.socket.shutdown(tcp::socket::shutdown_send); }
bool RawClient::has_ended_well() const { return inside_->last == asio::error::eof; }

std::string RawClient::certificate_name() const
{
    X509* certificate = ::SSL_get1_peer_certificate(inside_->tls->native_handle());
    std::array<char, 200> name{};
    ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
    ::X509_free(certificate);
    return name.data();
}
std::string RawClient::protocol() const
{
    const unsigned char* name = nullptr;
    unsigned length = 0;
    ::SSL_get0_alpn_selected(inside_->tls->native_handle(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
}
std::string RawClient::version() const { return ::SSL_get_version(inside_->tls->native_handle()); }
std::string RawClient::cipher() const { return ::SSL_get_cipher_name(inside_->tls->native_handle()); }
const std::string& RawClient::on_the_way() const { return inside_->plain.bytes; }

void make_certificate(const http::TlsFiles& files, const std::string& name)
{
    EVP_PKEY* key = ::EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    X509* certificate = ::X509_new();
    ::X509_set_version(certificate, 2);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate), 1);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate), -3600);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate), 24 * 3600L);
    X509_NAME* subject = ::X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
    ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    ::X509_set_issuer_name(certificate, subject);
    ::X509_set_pubkey(certificate, key);
    ::X509_sign(certificate, key, ::EVP_sha256());
    std::FILE* file = std::fopen(files.certificate.c_str(), "w");
    ::PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(files.key.c_str(), "w");
    ::PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    std::filesystem::permissions(files.key, std::filesystem::perms{0600});
    ::X509_free(certificate);
    ::EVP_PKEY_free(key);
}

namespace {
Awaitable<void> say_hello(std::shared_ptr<http::Socket> socket)
{
    co_await socket->send("hello");
    while (co_await socket->receive()) {
    }
}

Awaitable<http::Response> respond(const http::Request& request, http::Body& body)
{
    http::Response response;
    response.set("Content-Type", "text/plain");
    try {
        if (request.path == "/echo")
            response.body = co_await body.read_all(1'000'000);
        else if (request.path == "/small")
            response.body = co_await body.read_all(10);
        else if (request.path == "/pieces")
            response.pieces = [left = 3]() mutable { return left-- > 0 ? std::string("piece;") : std::string(); };
        else if (request.path == "/long")
            response.shared_body = std::make_shared<const std::string>(long_answer, 'x');
        else if (request.path == "/endless")
            response.pieces = [] { return std::string(64 * 1024, 'x'); };
        else if (request.path == "/socket")
            response.upgrade = say_hello;
        else if (request.path == "/who")
            response.body = request.address + (request.is_secure ? " https" : " http");
        else
            response.body = request.target + "|" + request.query + "|" + std::string(request.header("x-test"));
    } catch (const Problem& problem) {
        response.status = problem.status;
        response.body = problem.detail;
    }
    co_return response;
}
} // namespace

void HttpServer::start(http::ServerSettings settings)
{
    settings.port = 0;
    server.emplace(std::move(settings), respond, pool);
    server->listen();
    thread = std::thread([this] { server->run(); });
}
void HttpServer::stop()
{
    server->stop();
    thread.join();
}
HttpServer::~HttpServer()
{
    if (server && thread.joinable()) stop();
}

bool HttpServer::serves_others() const
{
    RawClient other(server->port());
    other.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
    return other.answer().second == "/other||";
}

} // namespace dialpine::support
