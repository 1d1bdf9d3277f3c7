#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

/// Writes a small file in MaxMind DB format 2.0, of a few networks.
namespace dialpine::insight {

struct Network {
    std::uint32_t address = 0; ///< 192.0.2.0 is 0xC0000200
    int bits = 0;
    std::string country;
};

namespace detail {
inline std::string text(const std::string& value) { return static_cast<char>(0x40 | value.size()) + value; }
inline std::string number(int type, std::uint64_t value, int bytes)
{
    std::string encoded;
    if (type > 7) {
        encoded += static_cast<char>(bytes);
        encoded += static_cast<char>(type - 7);
    } else
        encoded += static_cast<char>(type << 5 | bytes);
    for (int i = bytes - 1; i >= 0; --i) encoded += static_cast<char>(value >> (8 * i) & 0xFF);
    return encoded;
}
inline std::string map(std::size_t pairs) { return {static_cast<char>(0xE0 | pairs)}; }
} // namespace detail

inline void write_country_file(const std::filesystem::path& file, const std::vector<Network>& networks)
{
    struct Node {
        int next[2]{-1, -1}; // another node; -1: nothing; below: the network of index -2 - next
    };
    std::vector<Node> nodes(1);
    std::string data;
    std::vector<std::size_t> offsets;
    for (const auto& network : networks) {
        offsets.push_back(data.size());
        data += detail::map(1) + detail::text("country_code") + detail::text(network.country);
        std::size_t at = 0;
        for (int bit = 0; bit < network.bits; ++bit) {
            const auto side = network.address >> (31 - bit) & 1U;
            if (bit + 1 == network.bits) {
                nodes[at].next[side] = -2 - static_cast<int>(offsets.size() - 1);
                break;
            }
            if (nodes[at].next[side] < 0) {
                nodes[at].next[side] = static_cast<int>(nodes.size());
                nodes.emplace_back();
            }
            at = static_cast<std::size_t>(nodes[at].next[side]);
        }
    }
    std::string tree;
    for (const auto& node : nodes)
        for (const int next : node.next) {
            const auto value = next >= 0    ? static_cast<std::size_t>(next)
                               : next == -1 ? nodes.size()
                                            : nodes.size() + 16 + offsets[static_cast<std::size_t>(-2 - next)];
            for (int i = 2; i >= 0; --i) tree += static_cast<char>(value >> (8 * i) & 0xFF);
        }
    const std::string about = detail::map(9) + detail::text("node_count") + detail::number(6, nodes.size(), 4) +
                              detail::text("record_size") + detail::number(5, 24, 2) + detail::text("ip_version") +
                              detail::number(5, 4, 2) + detail::text("database_type") + detail::text("Test-Country") +
                              detail::text("languages") + std::string("\x00\x04", 2) +
                              detail::text("binary_format_major_version") + detail::number(5, 2, 2) +
                              detail::text("binary_format_minor_version") + detail::number(5, 0, 2) +
                              detail::text("build_epoch") + detail::number(9, 1'700'000'000, 8) +
                              detail::text("description") + detail::map(0);
    std::ofstream(file, std::ios::binary) << tree << std::string(16, '\0') << data << "\xAB\xCD\xEFMaxMind.com" << about;
}

} // namespace dialpine::insight
