#pragma once
#include "egress/gate.hpp"

#include <chrono>

namespace dialpine::egress {

/// What the other side said.
struct Reply {
    int status = 0;      ///< 0: there was no answer
    std::string problem; ///< why, without what was sent; empty when there was an answer
    [[nodiscard]] bool is_good() const { return status >= 200 && status < 300; }
};

/// How bytes leave this machine.
class Transport {
public:
    virtual ~Transport() = default;
    virtual Reply post(const Departure&) = 0;
};

/// HTTP by libcurl: TLS is checked, redirects are not followed, no proxy of the environment is asked, the answer's body
/// is dropped. Blocks its thread for as long as `patience`.
class HttpTransport : public Transport {
public:
    struct Settings {
        std::chrono::milliseconds patience{10'000};
        std::string authorities; ///< a file with the certificates to trust; empty: the system's
    };
    HttpTransport();
    explicit HttpTransport(Settings settings);
    Reply post(const Departure&) override;

private:
    Settings settings_;
};

class Outbound {
public:
    Outbound(store::Database& database, Transport& transport) : database_(database), transport_(transport) {}

    /// Sends what passed the gate, if its row in the ledger is durable and the recipient is still one. The row then
    /// says how it ended. Throws Problem 403 when the recipient ended meanwhile; std::logic_error for a departure whose
    /// transaction was not committed, or that was sent before.
    Reply send(Departure);

private:
    store::Database& database_;
    Transport& transport_;
};

} // namespace dialpine::egress
