#pragma once
#include <string_view>

/// Whether a number without its separators is one of its kind: checksum, ranges and dates as its issuer defines them.
/// Each takes text of the right length and alphabet.
namespace dialpine::checksum {

bool is_payment_card(std::string_view);      ///< ISO/IEC 7812: known prefix, its length, Luhn
bool is_us_ssn(std::string_view);            ///< 9 digits; area, group and serial that are given out
bool is_uk_nino(std::string_view);           ///< 2 letters, 6 digits, a letter; prefixes that are given out
bool is_de_tax_id(std::string_view);         ///< 11 digits; ISO 7064 MOD 11,10 and its rule of repeated digits
bool is_fr_nir(std::string_view);            ///< 15 characters, key modulo 97
bool is_es_dni(std::string_view);            ///< 8 digits and a letter, or NIE with X, Y, Z
bool is_it_codice_fiscale(std::string_view); ///< 16 characters with check character
bool is_pl_pesel(std::string_view);          ///< 11 digits with date
bool is_nl_bsn(std::string_view);            ///< 9 digits, the test of eleven
bool is_be_national(std::string_view);       ///< 11 digits, modulo 97
bool is_ch_ahv(std::string_view);            ///< 13 digits beginning with 756, EAN-13
bool is_se_personnummer(std::string_view);   ///< 10 or 12 digits with date, Luhn
bool is_fi_hetu(std::string_view);           ///< ddmmyyCzzzQ without the sign: 10 characters
bool is_br_cpf(std::string_view);            ///< 11 digits, two check digits
bool is_in_aadhaar(std::string_view);        ///< 12 digits, Verhoeff
bool is_cn_resident_id(std::string_view);    ///< 18 characters with date, ISO 7064 MOD 11-2
bool is_kr_rrn(std::string_view);            ///< 13 digits with date
bool is_jp_my_number(std::string_view);      ///< 12 digits
bool is_ca_sin(std::string_view);            ///< 9 digits, Luhn
bool is_au_tfn(std::string_view);            ///< 9 digits, modulo 11

} // namespace dialpine::checksum
