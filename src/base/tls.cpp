#include "base/tls.hpp"

#include "base/log.hpp"

#include <boost/asio/ssl/context.hpp>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

namespace dialpine::http {
namespace asio = boost::asio;
namespace fs = std::filesystem;
namespace {
/// Of TLS 1.2: forward secrecy and authenticated encryption only. TLS 1.3 has nothing else.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* groups = "X25519:P-256:P-384";

/// HTTP/1.1 is what is spoken here; whoever insists on another protocol is told so by an alert (RFC 7301).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned offered_bytes, void*)
{
    constexpr std::string_view wanted = "http/1.1";
    for (unsigned at = 0; at < offered_bytes; at += 1U + offered[at]) {
        const unsigned char* name = offered + at + 1;
        if (at + 1U + offered[at] > offered_bytes || offered[at] != wanted.size()) continue;
        if (!std::equal(wanted.begin(), wanted.end(), name)) continue;
        *chosen = name;
        *length = offered[at];
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void check_key_file(const fs::path& file)
{
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0 || ::access(file.c_str(), R_OK) != 0)
        throw std::runtime_error(fmt::format("The TLS key {} cannot be read.", file.string()));
    if ((found.st_mode & (S_IRWXO | S_IWGRP | S_IXGRP)) != 0)
        throw std::runtime_error(fmt::format(
            "The TLS key {} may be read or written by others than its owner. Run: chmod 600 {}",
            file.string(),
            file.string()
        ));
}

/// Whatever OpenSSL still had to say is of no use to anybody later.
[[noreturn]] void refuse(const std::string& sentence)
{
    ::ERR_clear_error();
    throw std::runtime_error(sentence);
}

void load_certificate(asio::ssl::context& context, const fs::path& file)
{
    if (::access(file.c_str(), R_OK) != 0) refuse(fmt::format("The TLS certificate {} cannot be read.", file.string()));
    boost::system::error_code error;
    context.use_certificate_chain_file(file.string(), error);
    if (error)
        refuse(fmt::format("The TLS certificate {} is no certificate in PEM: {}.", file.string(), error.message()));
    const X509* certificate = ::SSL_CTX_get0_certificate(context.native_handle());
    if (::X509_cmp_current_time(::X509_get0_notAfter(certificate)) < 0)
        log::say(log::Level::warn, "The TLS certificate has expired; browsers refuse it", file.string());
    if (::X509_cmp_current_time(::X509_get0_notBefore(certificate)) > 0)
        log::say(log::Level::warn, "The TLS certificate does not hold yet; browsers refuse it", file.string());
}

void load_key(asio::ssl::context& context, const TlsFiles& files)
{
    check_key_file(files.key);
    boost::system::error_code error;
    bool is_asked_for_password = false;
    context.set_password_callback([&](std::size_t, asio::ssl::context::password_purpose) {
        is_asked_for_password = true;
        return std::string();
    });
    context.use_private_key_file(files.key.string(), asio::ssl::context::pem, error);
    context.set_password_callback([](std::size_t, asio::ssl::context::password_purpose) { return std::string(); });
    if (is_asked_for_password)
        refuse(fmt::format("The TLS key {} is locked by a password. Give one without.", files.key.string()));
    if (error && ERR_GET_REASON(static_cast<unsigned long>(error.value())) != X509_R_KEY_VALUES_MISMATCH)
        refuse(fmt::format("The TLS key {} is no private key in PEM: {}.", files.key.string(), error.message()));
    if (error || ::SSL_CTX_check_private_key(context.native_handle()) != 1)
        refuse(fmt::format(
            "The TLS key {} does not belong to the certificate {}.", files.key.string(), files.certificate.string()
        ));
}

std::shared_ptr<asio::ssl::context> load(const TlsFiles& files)
{
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* ssl = context->native_handle();
    ::SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
    // Tickets and sessions that are taken up again would live as long as the process, and undo forward secrecy with it.
    ::SSL_CTX_set_options(
        ssl, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET
    );
    ::SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    ::SSL_CTX_set_num_tickets(ssl, 0);
    // What a stream that rests keeps is its keys; a write that waited may come again from elsewhere (tls_stream.hpp).
    ::SSL_CTX_set_mode(
        ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
    );
    ::SSL_CTX_set_read_ahead(ssl, 1); // a head and its record in one call
    if (::SSL_CTX_set_cipher_list(ssl, ciphers) != 1 || ::SSL_CTX_set1_groups_list(ssl, groups) != 1)
        refuse("This OpenSSL has none of the ciphers that TLS needs.");
    ::SSL_CTX_set_alpn_select_cb(ssl, choose_protocol, nullptr);
    load_certificate(*context, files.certificate);
    load_key(*context, files);
    return context;
}
} // namespace

Certificates::Certificates(TlsFiles files) : files_(std::move(files)), seen_(stamp()), context_(load(files_)) {}

Certificates::Stamp Certificates::stamp() const
{
    Stamp stamp{};
    std::size_t at = 0;
    for (const auto& file : {files_.certificate, files_.key}) {
        struct stat found {};
        ::stat(file.c_str(), &found); // of a missing one, zeros
        for (const std::int64_t part :
             {static_cast<std::int64_t>(found.st_ino),
              static_cast<std::int64_t>(found.st_size),
              static_cast<std::int64_t>(found.st_mode),
              static_cast<std::int64_t>(found.st_mtim.tv_sec),
              static_cast<std::int64_t>(found.st_mtim.tv_nsec)})
            stamp.at(at++) = part;
    }
    return stamp;
}

std::shared_ptr<asio::ssl::context> Certificates::current()
{
    const auto now = stamp();
    if (now == seen_) return context_;
    seen_ = now;
    try {
        context_ = load(files_);
        log::say(log::Level::info, "The TLS certificate was read anew", files_.certificate.string());
    } catch (const std::exception& failure) {
        log::say(
            log::Level::error, "The TLS certificate that changed cannot be used; the one before stays", failure.what()
        );
    }
    return context_;
}

} // namespace dialpine::http
