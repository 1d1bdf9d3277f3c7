#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine {

/// Networks of IP addresses, such as `192.0.2.0/24`, `2001:db8::/32` or one address alone. An IPv4 address counts the
/// same when it is written as IPv6 (`::ffff:192.0.2.7`).
class Networks {
public:
    /// Throws std::invalid_argument for what is neither an address nor a network.
    void add(std::string_view text);
    [[nodiscard]] bool contains(std::string_view address) const;
    [[nodiscard]] bool empty() const { return networks_.empty(); }

private:
    struct Network {
        std::array<std::uint8_t, 16> bytes;
        unsigned bits; ///< of `bytes`, how many count
    };
    std::vector<Network> networks_;
};

/// Who asks, as far as it can be believed: the right-most address of an `X-Forwarded-For` that is no trusted proxy's.
/// What stands left of it anybody can have written. The peer itself, where it is not trusted or says nothing that is an
/// address.
std::string forwarded_address(const Networks& trusted, std::string_view peer, std::string_view forwarded_for);

/// An address as it is compared and shown: IPv4 as such, without port or brackets. Absent when it is none.
std::optional<std::string> plain_address(std::string_view text);

} // namespace dialpine
