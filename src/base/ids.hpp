#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dialpine {

/// 128 bits that name one thing for ever. New ones are UUIDv7 (RFC 9562): they sort by the time they were made.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
};

/// A new UUIDv7; strictly increasing within this process.
Uuid new_uuid();
/// The 36 lower-case characters of RFC 9562, section 4.
std::string to_text(const Uuid&);
/// Takes lower- and upper-case; anything else than a whole UUID is absent.
std::optional<Uuid> parse_uuid(std::string_view);

/// An id that knows what it is the id of, so that a project's is never taken for a task's.
template <class Thing>
struct Id : Uuid {
    Id() = default;
    explicit Id(const Uuid& uuid) : Uuid(uuid) {}
    static Id make() { return Id(new_uuid()); }
    auto operator<=>(const Id&) const = default;
};

} // namespace dialpine

template <>
struct std::hash<dialpine::Uuid> {
    std::size_t operator()(const dialpine::Uuid& uuid) const noexcept;
};
template <class Thing>
struct std::hash<dialpine::Id<Thing>> {
    std::size_t operator()(const dialpine::Id<Thing>& id) const noexcept { return std::hash<dialpine::Uuid>{}(id); }
};
