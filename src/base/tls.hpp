#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace boost::asio::ssl {
class context;
}

namespace dialpine::http {

/// Where the server's certificate lies, both files in PEM: the certificate with those between it and its authority, and
/// its private key.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

/// The certificate that new connections get. Read anew when one of its files has changed. Used on one thread.
class Certificates {
public:
    /// Throws std::runtime_error, with a sentence that names the file, where they cannot be used.
    explicit Certificates(TlsFiles);
    /// Looks at the files first: two calls of `stat`. What cannot be used is logged once, and the one before stays.
    std::shared_ptr<boost::asio::ssl::context> current();

private:
    /// Tells one state of both files from another.
    using Stamp = std::array<std::int64_t, 10>;
    [[nodiscard]] Stamp stamp() const;

    TlsFiles files_;
    Stamp seen_{};
    std::shared_ptr<boost::asio::ssl::context> context_;
};

} // namespace dialpine::http
