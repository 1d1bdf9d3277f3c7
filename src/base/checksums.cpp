#include "base/checksums.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dialpine::checksum {
namespace {
int digit(char c) { return c - '0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) value = value * 10 + digit(c);
    return value;
}

bool is_all_same(std::string_view text) { return text.find_first_not_of(text.front()) == std::string_view::npos; }

bool is_luhn(std::string_view digits)
{
    int sum = 0;
    bool is_doubled = false;
    for (auto place = digits.rbegin(); place != digits.rend(); ++place, is_doubled = !is_doubled) {
        const int value = digit(*place) * (is_doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

bool is_day_of_year(int month, int day)
{
    constexpr std::array days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month - 1)];
}

template <std::size_t Count>
int weighted(std::string_view digits, const std::array<int, Count>& weights)
{
    int sum = 0;
    for (std::size_t i = 0; i < Count; ++i) sum += digit(digits[i]) * weights[i];
    return sum;
}

int modulo(std::string_view digits, int by)
{
    int rest = 0;
    for (const char c : digits) rest = (rest * 10 + digit(c)) % by;
    return rest;
}
} // namespace

bool is_payment_card(std::string_view digits)
{
    if (is_all_same(digits) || !is_luhn(digits)) return false;
    const auto length = digits.size();
    const int two = number(digits.substr(0, 2));
    const int three = number(digits.substr(0, 3));
    const int four = number(digits.substr(0, 4));
    if (digits.front() == '4') return length == 13 || length == 16 || length == 19;
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length == 16;
    if (two == 34 || two == 37) return length == 15;
    if (two == 36 || two == 38 || (three >= 300 && three <= 305)) return length == 14;
    if (four >= 3528 && four <= 3589) return length >= 16;
    if (four == 6011 || two == 65 || (three >= 644 && three <= 649)) return length == 16 || length == 19;
    if (two == 62) return length >= 16;
    return false;
}

bool is_us_ssn(std::string_view digits)
{
    const int area = number(digits.substr(0, 3));
    return area != 0 && area != 666 && area < 900 && digits.substr(3, 2) != "00" && digits.substr(5) != "0000" &&
           digits != "123456789" && !is_all_same(digits);
}

bool is_uk_nino(std::string_view text)
{
    constexpr std::string_view never_first = "DFIQUV";
    constexpr std::string_view never_second = "DFIOQUV";
    constexpr std::array<std::string_view, 7> never_given{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    const auto prefix = text.substr(0, 2);
    return never_first.find(prefix[0]) == std::string_view::npos &&
           never_second.find(prefix[1]) == std::string_view::npos &&
           std::ranges::find(never_given, prefix) == never_given.end() && text.back() >= 'A' && text.back() <= 'D';
}

bool is_de_tax_id(std::string_view digits)
{
    if (digits.front() == '0') return false;
    std::array<int, 10> count{};
    for (const char c : digits.substr(0, 10)) ++count[static_cast<std::size_t>(digit(c))];
    // Of the first ten digits one stands twice or three times, all others at most once.
    const auto repeated = std::ranges::count_if(count, [](int each) { return each > 1; });
    if (repeated != 1 || std::ranges::max(count) > 3) return false;
    int product = 10;
    for (const char c : digits.substr(0, 10)) {
        const int sum = (digit(c) + product) % 10;
        product = ((sum == 0 ? 10 : sum) * 2) % 11;
    }
    return digit(digits[10]) == (11 - product) % 10;
}

bool is_fr_nir(std::string_view text)
{
    if (text[0] != '1' && text[0] != '2') return false;
    const int month = number(text.substr(3, 2));
    if (month < 1 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
    std::array<char, 13> digits{};
    std::ranges::copy(text.substr(0, 13), digits.begin());
    if (text[6] == 'A' || text[6] == 'B') { // Corsica
        if (text[5] != '2') return false;
        digits[5] = '1';
        digits[6] = text[6] == 'A' ? '9' : '8';
    }
    return 97 - modulo({digits.data(), digits.size()}, 97) == number(text.substr(13));
}

bool is_es_dni(std::string_view text)
{
    constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    int value = 0;
    if (is_digit(text[0]))
        value = number(text.substr(0, 8));
    else if (text[0] >= 'X' && text[0] <= 'Z')
        value = (text[0] - 'X') * 10'000'000 + number(text.substr(1, 7));
    else
        return false;
    return letters[static_cast<std::size_t>(value % 23)] == text[8];
}

bool is_it_codice_fiscale(std::string_view text)
{
    constexpr std::array odd{1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                             20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    constexpr std::string_view months = "ABCDEHLMPRST";
    if (months.find(text[8]) == std::string_view::npos) return false;
    const int day = number(text.substr(9, 2));
    if (day < 1 || (day > 31 && day < 41) || day > 71) return false;
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const int value = is_digit(text[i]) ? digit(text[i]) : text[i] - 'A';
        sum += i % 2 == 0 ? odd[static_cast<std::size_t>(value)] : value;
    }
    return text[15] == static_cast<char>('A' + sum % 26);
}

bool is_pl_pesel(std::string_view digits)
{
    constexpr std::array weights{1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    return is_day_of_year(number(digits.substr(2, 2)) % 20, number(digits.substr(4, 2))) &&
           (10 - weighted(digits, weights) % 10) % 10 == digit(digits[10]);
}

bool is_nl_bsn(std::string_view digits)
{
    constexpr std::array weights{9, 8, 7, 6, 5, 4, 3, 2, -1};
    return !is_all_same(digits) && weighted(digits, weights) % 11 == 0;
}

bool is_be_national(std::string_view digits)
{
    if (!is_day_of_year(number(digits.substr(2, 2)), number(digits.substr(4, 2)))) return false;
    const int check = number(digits.substr(9));
    const int base = modulo(digits.substr(0, 9), 97);
    constexpr int of_2000 = 2'000'000'000 % 97; // those born since have a 2 before the number
    return check == 97 - base || check == 97 - (base + of_2000) % 97;
}

bool is_ch_ahv(std::string_view digits)
{
    constexpr std::array weights{1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3};
    return digits.starts_with("756") && (10 - weighted(digits, weights) % 10) % 10 == digit(digits[12]);
}

bool is_se_personnummer(std::string_view digits)
{
    if (digits.size() == 12) {
        if (!digits.starts_with("19") && !digits.starts_with("20")) return false;
        digits.remove_prefix(2);
    }
    return is_day_of_year(number(digits.substr(2, 2)), number(digits.substr(4, 2))) && is_luhn(digits);
}

bool is_fi_hetu(std::string_view text)
{
    constexpr std::string_view letters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    const auto serial = text.substr(text.size() - 4, 3); // before it may stand the century: an A
    const int value = number(text.substr(0, 6)) * 1000 + number(serial);
    return is_day_of_year(number(text.substr(2, 2)), number(text.substr(0, 2))) &&
           letters[static_cast<std::size_t>(value % 31)] == text.back();
}

bool is_br_cpf(std::string_view digits)
{
    if (is_all_same(digits)) return false;
    const auto check = [&](std::size_t count) {
        int sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += digit(digits[i]) * static_cast<int>(count + 1 - i);
        return sum * 10 % 11 % 10;
    };
    return check(9) == digit(digits[9]) && check(10) == digit(digits[10]);
}

bool is_in_aadhaar(std::string_view digits)
{
    if (digits.front() < '2' || is_all_same(digits)) return false;
    // The dihedral group of order ten, and the permutation that J. Verhoeff chose (1969).
    const auto times = [](int a, int b) {
        if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
    };
    constexpr std::array first{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int check = 0;
    int place = 0;
    for (auto each = digits.rbegin(); each != digits.rend(); ++each, ++place) {
        int value = digit(*each);
        for (int i = 0; i < place % 8; ++i) value = first[static_cast<std::size_t>(value)];
        check = times(check, value);
    }
    return check == 0;
}

bool is_cn_resident_id(std::string_view text)
{
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view checks = "10X98765432";
    const int century = number(text.substr(6, 2));
    return text[0] >= '1' && text[0] <= '8' && (century == 19 || century == 20) &&
           is_day_of_year(number(text.substr(10, 2)), number(text.substr(12, 2))) &&
           checks[static_cast<std::size_t>(weighted(text, weights) % 11)] == text[17];
}

bool is_kr_rrn(std::string_view digits)
{
    constexpr std::array weights{2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    return is_day_of_year(number(digits.substr(2, 2)), number(digits.substr(4, 2))) && digits[6] >= '1' &&
           digits[6] <= '8' && (11 - weighted(digits, weights) % 11) % 10 == digit(digits[12]);
}

bool is_jp_my_number(std::string_view digits)
{
    constexpr std::array weights{6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    const int rest = weighted(digits, weights) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == digit(digits[11]);
}

bool is_ca_sin(std::string_view digits) { return digits.front() != '8' && !is_all_same(digits) && is_luhn(digits); }

bool is_au_tfn(std::string_view digits)
{
    constexpr std::array weights{1, 4, 3, 7, 5, 8, 6, 9, 10};
    return !is_all_same(digits) && weighted(digits, weights) % 11 == 0;
}

} // namespace dialpine::checksum
