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
} // namespace

std::string rank_between(std::string_view before, std::optional<std::string_view> after)
{
    if (after && !(before < *after)) throw std::invalid_argument("ranks out of order");
    std::string rank;
    bool is_bounded = after.has_value();
    for (std::size_t i = 0;; ++i) {
        const int low = digit_at(before, i, 0);
        const int high = is_bounded ? digit_at(*after, i, 0) : base;
        if (high - low > 1) {
            // At the end of a list small steps leave room: most things are added there.
            const int step = after ? (high - low) / 2 : std::min(4, (high - low) / 2);
            rank += digits[static_cast<std::size_t>(low + std::max(1, step))];
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
