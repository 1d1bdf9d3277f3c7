#pragma once
#include <boost/describe.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

/// Finds in a text what nobody should put there without thinking (promises P36, P92): payment cards, national numbers,
/// and words of illness beside a person. Precise rather than noisy: a number counts with its form and its checksum, one
/// that has no checksum worth the name only with a word before it that says what it is. What it finds and misses is
/// measured on `tests/fixtures/sensitive.tsv`.
namespace dialpine {

enum class SensitiveKind : std::uint8_t { payment_card, national_number, health };
BOOST_DESCRIBE_ENUM(SensitiveKind, payment_card, national_number, health)

struct SensitiveFinding {
    SensitiveKind kind{};
    std::size_t at = 0; ///< in bytes
    std::size_t length = 0;
};

/// Whether a folded word is somebody's name here. Asked only beside a word of illness.
using IsName = std::function<bool(std::string_view folded_word)>;

/// In the order in which they stand, none over another.
std::vector<SensitiveFinding> find_sensitive(std::string_view text, const IsName& is_name = nullptr);

namespace sensitive {
/// Payment cards and national numbers.
void find_numbers(std::string_view text, std::vector<SensitiveFinding>& findings);
/// Words of illness within a few words of a person.
void find_health(std::string_view text, const IsName& is_name, std::vector<SensitiveFinding>& findings);
} // namespace sensitive

} // namespace dialpine
