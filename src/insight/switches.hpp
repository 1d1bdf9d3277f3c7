#pragma once
#include "insight/kept.hpp"

#include <cstdint>
#include <shared_mutex>
#include <string>
#include <unordered_map>

namespace dialpine::insight {

/// Which purposes are on for a person now.
class SwitchedOn {
public:
    void add(Purpose purpose) { bits_ |= bit(purpose); }
    [[nodiscard]] bool has(Purpose purpose) const { return (bits_ & bit(purpose)) != 0; }
    [[nodiscard]] bool is_empty() const { return bits_ == 0; }

private:
    static std::uint32_t bit(Purpose purpose) { return std::uint32_t{1} << static_cast<unsigned>(purpose); }
    std::uint32_t bits_ = 0;
};

struct KnownSwitches {
    SwitchedOn on;         ///< of the purposes that a request can serve
    std::string pseudonym; ///< for the log; empty while there is none
    Instant until{};       ///< when the pseudonym is too old
};

/// What a request may tell of its person, kept in memory, so that it costs one look there. It only says what is worth
/// trying: what stores something asks the consent itself again, in its own transaction.
class Switches {
public:
    KnownSwitches of(store::Database&, PersonId);
    void forget(PersonId);

private:
    std::shared_mutex mutex_;
    std::unordered_map<PersonId, KnownSwitches> known_;
    std::uint64_t forgotten_ = 0;
};

/// The purposes that a request can serve: those of promises P12 to P24.
std::span<const Purpose> automatic_purposes();

/// Removes what was collected of the person for purposes that they refuse now.
void forget_refused(store::Write&, PersonId);
/// Removes all that was collected of the person for a purpose.
void forget_collected(store::Write&, PersonId, Purpose);

} // namespace dialpine::insight
