#include "base/sensitive.hpp"

#include "base/checksums.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace dialpine {
namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
/// Bytes of other alphabets count as letters too.
bool is_word(char c)
{
    return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// How a number is written: `9` a digit, `A` a capital, `X` either; anything else is itself.
struct Form {
    SensitiveKind kind;
    std::string_view shape;
    bool (*is_right)(std::string_view without_separators);
    std::string_view context; ///< words of which one must stand before it, separated by `|`; empty: none need
};

using enum SensitiveKind;
using namespace checksum;
constexpr std::array forms{
    Form{payment_card, "9999999999999999999", is_payment_card, {}},
    Form{payment_card, "999999999999999999", is_payment_card, {}},
    Form{payment_card, "9999999999999999", is_payment_card, {}},
    Form{payment_card, "999999999999999", is_payment_card, {}},
    Form{payment_card, "99999999999999", is_payment_card, {}},
    Form{payment_card, "9999999999999", is_payment_card, {}},
    Form{payment_card, "9999 9999 9999 9999 999", is_payment_card, {}},
    Form{payment_card, "9999 9999 9999 9999", is_payment_card, {}},
    Form{payment_card, "9999-9999-9999-9999", is_payment_card, {}},
    Form{payment_card, "9999 999999 99999", is_payment_card, {}},
    Form{payment_card, "9999-999999-99999", is_payment_card, {}},
    Form{payment_card, "9999 999999 9999", is_payment_card, {}},
    Form{payment_card, "9999-999999-9999", is_payment_card, {}},
    Form{national_number, "99999999999999999X", is_cn_resident_id, {}},
    Form{national_number, "AAAAAA99A99A999A", is_it_codice_fiscale, {}},
    Form{national_number, "999999X99999999", is_fr_nir, {}},
    Form{national_number, "9 99 99 9X 999 999 99", is_fr_nir, {}},
    Form{national_number, "9 99 99 9X 999 999  99", is_fr_nir, {}},
    Form{national_number, "999.9999.9999.99", is_ch_ahv, {}},
    Form{national_number, "9999999999999", is_ch_ahv, {}},
    Form{national_number, "99.99.99-999.99", is_be_national, {}},
    Form{national_number, "999999-9999999", is_kr_rrn, {}},
    Form{national_number, "99999999-9999", is_se_personnummer, {}},
    Form{national_number, "999999-9999", is_se_personnummer, {}},
    Form{national_number, "999999+9999", is_se_personnummer, {}},
    Form{national_number, "9999999999", is_se_personnummer, "personnummer|pnr"},
    Form{national_number, "999999-999X", is_fi_hetu, {}},
    Form{national_number, "999999A999X", is_fi_hetu, {}},
    Form{national_number, "999.999.999-99", is_br_cpf, {}},
    Form{national_number, "99999999999", is_br_cpf, "cpf"},
    Form{national_number, "9999 9999 9999", is_in_aadhaar, {}},
    Form{national_number, "9999-9999-9999", is_in_aadhaar, "aadhaar|aadhar|uidai"},
    Form{national_number, "999999999999", is_in_aadhaar, "aadhaar|aadhar|uidai"},
    Form{national_number, "999999999999", is_jp_my_number, "my number|マイナンバー|個人番号"},
    Form{national_number, "9999 9999 9999", is_jp_my_number, "my number|マイナンバー|個人番号"},
    Form{national_number, "99 999 999 999", is_de_tax_id, {}},
    Form{national_number, "99999999999", is_de_tax_id, {}},
    Form{national_number, "99999999999", is_pl_pesel, {}},
    Form{national_number, "99999999A", is_es_dni, {}},
    Form{national_number, "99999999-A", is_es_dni, {}},
    Form{national_number, "A9999999A", is_es_dni, {}},
    Form{national_number, "A-9999999-A", is_es_dni, {}},
    Form{national_number, "AA999999A", is_uk_nino, {}},
    Form{national_number, "AA 99 99 99 A", is_uk_nino, {}},
    Form{national_number, "999-99-9999", is_us_ssn, {}},
    Form{national_number, "999 99 9999", is_us_ssn, "ssn|social security"},
    Form{national_number, "999999999", is_us_ssn, "ssn|social security"},
    Form{national_number, "999999999", is_nl_bsn, "bsn|burgerservicenummer|sofinummer"},
    Form{national_number, "999 999 999", is_ca_sin, "sin|social insurance|nas"},
    Form{national_number, "999-999-999", is_ca_sin, "sin|social insurance|nas"},
    Form{national_number, "999999999", is_ca_sin, "social insurance"},
    Form{national_number, "999 999 999", is_au_tfn, "tfn|tax file number"},
    Form{national_number, "999999999", is_au_tfn, "tfn|tax file number"},
};

bool has_shape(std::string_view text, std::string_view shape)
{
    if (text.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[i];
        const bool fits = shape[i] == '9'   ? is_digit(c)
                          : shape[i] == 'A' ? is_upper(c)
                          : shape[i] == 'X' ? is_digit(c) || is_upper(c)
                                            : c == shape[i];
        if (!fits) return false;
    }
    return true;
}

/// How many digits stand in a row, from here on forwards or backwards.
std::size_t digits_from(std::string_view text) { return std::min(text.find_first_not_of("0123456789"), text.size()); }
std::size_t digits_before(std::string_view text)
{
    const auto last = text.find_last_not_of("0123456789");
    return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}

/// Whether what begins here goes on from something before it: a serial number, an address.
bool is_going_on(std::string_view before)
{
    if (before.empty()) return false;
    const char last = before.back();
    if (is_word(last) && !(static_cast<unsigned char>(last) >= 0x80)) return true;
    if (last == '#' || last == '+' || last == '/') return true;
    return (last == '-' || last == '.') && before.size() > 1 && is_word(before[before.size() - 2]);
}

/// Whether something longer goes on after it, or it is a part of a row of groups.
bool is_cut_off(std::string_view text, std::size_t at, std::string_view shape)
{
    const auto before = text.substr(0, at);
    const auto after = text.substr(at + shape.size());
    if (!after.empty()) {
        if (is_word(after.front()) && !(static_cast<unsigned char>(after.front()) >= 0x80)) return true;
        const bool joins = after.front() == '-' || after.front() == '.' || after.front() == '/';
        if (joins && after.size() > 1 && is_word(after[1])) return true;
    }
    constexpr std::size_t least_group = 4;
    if (shape.find(' ') == std::string_view::npos) return false;
    if (!before.empty() && before.back() == ' ' && digits_before(before.substr(0, at - 1)) >= least_group) return true;
    return !after.empty() && after.front() == ' ' && digits_from(after.substr(1)) >= least_group;
}

/// The context that can say what a number is: what stands before it on its line.
bool has_context(std::string_view text, std::size_t at, std::string_view words)
{
    if (words.empty()) return true;
    constexpr std::size_t reach = 48;
    auto before = text.substr(0, at);
    if (const auto line = before.rfind('\n'); line != std::string_view::npos) before.remove_prefix(line + 1);
    if (before.size() > reach) before.remove_prefix(before.size() - reach);
    const auto lower = to_lower_ascii(before);
    while (!words.empty()) {
        const auto end = std::min(words.find('|'), words.size());
        const auto word = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        for (auto found = lower.find(word); found != std::string::npos; found = lower.find(word, found + 1)) {
            const auto next = found + word.size();
            const bool begins = found == 0 || !is_word(lower[found - 1]) || !is_word(word.front());
            const bool ends = next >= lower.size() || !(lower[next] >= 'a' && lower[next] <= 'z');
            if ((begins && ends) || static_cast<unsigned char>(word.front()) >= 0x80) return true;
        }
    }
    return false;
}

std::string without_separators(std::string_view written)
{
    std::string bare;
    for (const char c : written)
        if (is_digit(c) || is_upper(c)) bare += c;
    return bare;
}
} // namespace

namespace sensitive {
void find_numbers(std::string_view text, std::vector<SensitiveFinding>& findings)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at]) && !is_upper(text[at])) continue;
        if (is_going_on(text.substr(0, at))) continue;
        for (const auto& form : forms) {
            const bool is_there = has_shape(text.substr(at), form.shape) && !is_cut_off(text, at, form.shape) &&
                                  form.is_right(without_separators(text.substr(at, form.shape.size()))) &&
                                  has_context(text, at, form.context);
            if (!is_there) continue;
            findings.push_back({form.kind, at, form.shape.size()});
            at += form.shape.size() - 1;
            break;
        }
    }
}
} // namespace sensitive

std::vector<SensitiveFinding> find_sensitive(std::string_view text, const IsName& is_name)
{
    std::vector<SensitiveFinding> findings;
    sensitive::find_numbers(text, findings);
    sensitive::find_health(text, is_name, findings);
    std::ranges::sort(findings, {}, &SensitiveFinding::at);
    return findings;
}

} // namespace dialpine
