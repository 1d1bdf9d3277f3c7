#include "base/ids.hpp"

#include "base/clock.hpp"

#include <sodium.h>

#include <cstring>
#include <mutex>

namespace dialpine {

Uuid new_uuid()
{
    static std::mutex mutex;
    static std::uint64_t last = 0; // 48 bits of milliseconds and 12 of a counter

    std::uint64_t stamp = static_cast<std::uint64_t>(clock_now().time_since_epoch().count()) << 12;
    {
        const std::lock_guard lock(mutex);
        // Within a millisecond, and when the clock is set back, count on from the last one.
        if (stamp <= last) stamp = last + 1;
        last = stamp;
    }
    Uuid uuid;
    randombytes_buf(uuid.bytes.data() + 8, 8);
    for (std::size_t i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(stamp >> (52 - 8 * i));
    uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | ((stamp >> 8) & 0x0f));
    uuid.bytes[7] = static_cast<std::uint8_t>(stamp & 0xff);
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

std::string to_text(const Uuid& uuid)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[uuid.bytes[i] >> 4];
        text += digits[uuid.bytes[i] & 15];
    }
    return text;
}

namespace {
int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
} // namespace

std::optional<Uuid> parse_uuid(std::string_view text)
{
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-') return std::nullopt;
        }
        const int high = hex_digit(text[at++]);
        const int low = hex_digit(text[at++]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return uuid;
}

} // namespace dialpine

std::size_t std::hash<dialpine::Uuid>::operator()(const dialpine::Uuid& uuid) const noexcept
{
    std::size_t hash = 0;
    std::memcpy(&hash, uuid.bytes.data() + 8, sizeof hash); // the random half
    return hash;
}
