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

/// Ranks at the ends of a list count like numbers of so many digits, from the middle on: 30 million places each way.
constexpr std::size_t head_digits = 5;
constexpr std::string_view highest_head = "zzzzz";
constexpr std::size_t middle_head = 18UL * 36 * 36 * 36 * 36;

std::size_t head_of(std::string_view rank)
{
    std::size_t head = 0;
    for (std::size_t i = 0; i < head_digits; ++i)
        head = head * base + static_cast<std::size_t>(digit_at(rank, i, 0));
    return head;
}

/// A last digit in the middle leaves room on both sides.
std::string with_head(std::size_t head)
{
    std::string rank(head_digits, '0');
    for (std::size_t i = head_digits; i-- > 0; head /= base) rank[i] = digits[head % base];
    return rank + "i";
}

std::string rank_after(std::string_view before)
{
    if (before.empty()) return with_head(middle_head);
    std::size_t used_up = 0;
    while (before.substr(used_up, head_digits) == highest_head) used_up += head_digits;
    return std::string(before.substr(0, used_up)) + with_head(head_of(before.substr(used_up)) + 1);
}
} // namespace

std::string rank_between(std::string_view before, std::optional<std::string_view> after)
{
    if (!after) return rank_after(before);
    if (!(before < *after)) throw std::invalid_argument("ranks out of order");
    if (before.empty() && head_of(*after) > 0) return with_head(head_of(*after) - 1);
    std::string rank;
    bool is_bounded = true;
    for (std::size_t i = 0;; ++i) {
        const int low = digit_at(before, i, 0);
        const int high = is_bounded ? digit_at(*after, i, 0) : base;
        const int middle = (low + high) / 2;
        if (middle > low) return rank += digits[static_cast<std::size_t>(middle)];
        rank += digits[static_cast<std::size_t>(low)];
        if (high > low) is_bounded = false; // now anything after `before` is before `after`
    }
}

std::string rank_at(std::size_t index) { return with_head(middle_head + index); }

} // namespace dialpine::work
