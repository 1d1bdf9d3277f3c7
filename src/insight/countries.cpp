#include "insight/countries.hpp"

#include "base/log.hpp"

#include <arpa/inet.h>
#include <maxminddb.h>

#include <algorithm>

namespace dialpine::insight {
namespace {
/// The text at a path of names in the address's record.
template <class... Names>
std::optional<std::string> text_at(MMDB_entry_s& entry, Names... names)
{
    MMDB_entry_data_s found{};
    if (MMDB_get_value(&entry, &found, names..., nullptr) != MMDB_SUCCESS) return std::nullopt;
    if (!found.has_data || found.type != MMDB_DATA_TYPE_UTF8_STRING) return std::nullopt;
    return std::string(found.utf8_string, found.data_size);
}
/// Addresses of a local network are in no country, whatever the registries' files say of them.
bool is_local(const std::string& address)
{
    in_addr v4{};
    if (inet_pton(AF_INET, address.c_str(), &v4) == 1) {
        const auto bits = ntohl(v4.s_addr);
        const auto is_in = [&](std::uint32_t network, int length) { return (bits ^ network) >> (32 - length) == 0; };
        return is_in(0x0A000000, 8) || is_in(0xAC100000, 12) || is_in(0xC0A80000, 16) || is_in(0x64400000, 10) ||
               is_in(0xA9FE0000, 16);
    }
    in6_addr v6{};
    if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return false;
    const bool is_unique_local = (v6.s6_addr[0] & 0xFE) == 0xFC;
    const bool is_link_local = v6.s6_addr[0] == 0xFE && (v6.s6_addr[1] & 0xC0) == 0x80;
    return is_unique_local || is_link_local;
}
} // namespace

bool is_country(std::string_view text)
{
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Countries::Countries(const std::filesystem::path& file)
{
    if (file.empty() || !std::filesystem::exists(file)) return;
    auto opened = std::make_unique<MMDB_s>();
    const int failure = MMDB_open(file.c_str(), MMDB_MODE_MMAP, opened.get());
    if (failure == MMDB_SUCCESS)
        file_ = std::move(opened);
    else
        log::say(log::Level::warn, "The country database cannot be read", MMDB_strerror(failure));
}

Countries::~Countries()
{
    if (file_) MMDB_close(file_.get());
}

std::optional<std::string> Countries::country_of(const std::string& address) const
{
    if (!file_ || is_local(address)) return std::nullopt;
    int not_an_address = 0;
    int failure = MMDB_SUCCESS;
    auto found = MMDB_lookup_string(file_.get(), address.c_str(), &not_an_address, &failure);
    if (not_an_address != 0 || failure != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
    // The two forms in which such files are made.
    auto country = text_at(found.entry, "country_code");
    if (!country) country = text_at(found.entry, "country", "iso_code");
    return country && is_country(*country) ? country : std::nullopt;
}

} // namespace dialpine::insight
