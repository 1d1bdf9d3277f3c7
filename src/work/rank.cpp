#include "work/rank.hpp"

#include <stdexcept>

namespace dialpine::work {
namespace {
constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr int base = 36;

int digit_at(std::string_view rank, std::size_t index, int beyond)
{
    if (index >= rank.size()) return beyond;
    const auto found = digits.find(rank[index]);
    if (found == std::string_view::npos) throw std::invalid_argument("not a rank");
    return static_cast<int>(found);
}

/// At the ends of a list ranks are counters, since most things are added there: up from the first one with 'z's before
/// it, down with '0's. With so many of these before it a counter has twice as many digits for each; when it is used up,
/// one more of them begins the next.
constexpr std::size_t most_signs = 5;
constexpr int step = 4; ///< leaves room for what is put between two of them

/// The counter of a rank by `step`, which may be less than 0; absent when it has no such successor.
std::optional<std::string> counted(std::string counter, int by, char sign)
{
    int carry = by;
    for (std::size_t i = counter.size(); i-- > 0 && carry != 0;) {
        const int sum = digit_at(counter, i, 0) + carry;
        const int digit = ((sum % base) + base) % base;
        carry = (sum - digit) / base;
        counter[i] = digits[static_cast<std::size_t>(digit)];
    }
    if (carry != 0 || counter.front() == sign) return std::nullopt;
    if (counter.back() == '0') return counted(std::move(counter), by > 0 ? 1 : -1, sign); // no rank ends so
    return counter;
}

/// The rank at an end beyond `rank`: after it for the sign 'z', before it for '0'. Absent where ranks of another kind
/// stand there.
std::optional<std::string> beyond(std::string_view rank, char sign)
{
    const auto signs = std::min(rank.find_first_not_of(sign), rank.size());
    if (signs > most_signs) return std::nullopt;
    const auto width = std::size_t{1} << signs;
    std::string counter(rank.substr(signs, width));
    counter.resize(width, '0');
    if (const auto next = counted(std::move(counter), sign == 'z' ? step : -step, sign))
        return std::string(signs, sign) + *next;
    return std::string(signs + 1, sign) +
           (sign == 'z' ? std::string(width * 2 - 1, '0') + digits[step] : std::string(width * 2, 'z'));
}
} // namespace

std::string rank_between(std::string_view before, std::optional<std::string_view> after)
{
    if (after && !(before < *after)) throw std::invalid_argument("ranks out of order");
    if (!after || before.empty())
        if (auto rank = beyond(after ? *after : before, after ? '0' : 'z')) return std::move(*rank);
    std::string rank;
    bool is_bounded = after.has_value();
    for (std::size_t i = 0;; ++i) {
        const int low = digit_at(before, i, 0);
        const int high = is_bounded ? digit_at(*after, i, 0) : base;
        if (high - low > 1) {
            rank += digits[static_cast<std::size_t>(low + (high - low) / 2)];
            return rank;
        }
        rank += digits[static_cast<std::size_t>(low)];
        if (high > low) is_bounded = false; // now anything after `before` is before `after`
    }
}

std::string rank_at(std::size_t index)
{
    // Five digits hold 60 million places; a last digit in the middle leaves room on both sides.
    std::string rank(5, '0');
    std::size_t rest = index + 1;
    for (std::size_t i = rank.size(); i-- > 0; rest /= base) rank[i] = digits[rest % base];
    return rank + "i";
}

} // namespace dialpine::work
