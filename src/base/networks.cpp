#include "base/networks.hpp"

#include "base/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace dialpine {
namespace ip = boost::asio::ip;
namespace {
using Bytes = std::array<std::uint8_t, 16>;

std::optional<ip::address> to_address(std::string_view text)
{
    boost::system::error_code error;
    auto address = ip::make_address(std::string(text), error);
    if (error || (address.is_v6() && address.to_v6().scope_id() != 0)) return std::nullopt;
    return address;
}

/// IPv4 as the part of IPv6 that is set aside for it (RFC 4291, 2.5.5.2).
Bytes to_bytes(const ip::address& address)
{
    return (address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6()).to_bytes();
}

bool begin_alike(const Bytes& a, const Bytes& b, unsigned bits)
{
    const std::size_t whole = bits / 8;
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
    return bits % 8 == 0 || ((a.at(whole) ^ b.at(whole)) >> (8 - bits % 8)) == 0;
}

/// `192.0.2.7:4711`, `[2001:db8::7]:4711` and `[2001:db8::7]` without what is not the address.
std::string_view without_port(std::string_view text)
{
    if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
    return std::ranges::count(text, ':') == 1 ? text.substr(0, text.find(':')) : text;
}
} // namespace

std::optional<std::string> plain_address(std::string_view text)
{
    const auto address = to_address(without_port(text));
    if (!address) return std::nullopt;
    if (address->is_v6() && address->to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address->to_v6()).to_string();
    return address->to_string();
}

void Networks::add(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = to_address(text.substr(0, slash));
    const unsigned most = address && address->is_v4() ? 32 : 128;
    unsigned bits = most;
    if (slash != std::string_view::npos) {
        const auto number = text.substr(slash + 1);
        const auto* end = number.data() + number.size();
        const auto [stop, error] = std::from_chars(number.data(), end, bits);
        if (error != std::errc{} || stop != end) bits = most + 1;
    }
    if (!address || bits > most)
        throw std::invalid_argument("must be an address or a network such as 192.0.2.0/24, not " + std::string(text));
    networks_.push_back({to_bytes(*address), bits + (128 - most)});
}

bool Networks::contains(std::string_view text) const
{
    const auto address = to_address(text);
    if (!address) return false;
    const auto bytes = to_bytes(*address);
    return std::ranges::any_of(networks_, [&](const Network& each) {
        return begin_alike(each.bytes, bytes, each.bits);
    });
}

std::string forwarded_address(const Networks& trusted, std::string_view peer, std::string_view forwarded_for)
{
    std::string believed(peer);
    while (!forwarded_for.empty() && trusted.contains(believed)) {
        const auto comma = forwarded_for.rfind(',');
        const auto last = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        const auto address = plain_address(trimmed(last));
        if (!address) break;
        believed = *address;
        forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
    }
    return believed;
}

} // namespace dialpine
