#pragma once
#include "base/clock.hpp"
#include "base/text.hpp"
#include "store/catalogue.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

/// What may leave, and for what: two closed lists. There is no purpose to sell, to advertise for others or to train a
/// model, so that no code can name one (promises P10, P48).
namespace dialpine::egress {

enum class SharingPurpose : std::uint8_t {
    hosting,
    analytics,
    error_tracking,
    own_mail,
    mail_delivery,
    payment,
    fraud_screening,
};
BOOST_DESCRIBE_ENUM(
    SharingPurpose, hosting, analytics, error_tracking, own_mail, mail_delivery, payment, fraud_screening
)

/// None holds text that a person wrote: no title, comment, description, file or name has a field.
enum class Field : std::uint8_t {
    stored_data,
    feature,
    day,
    count,
    country,
    language,
    browser_family,
    os_family,
    program_version,
    program_place,
    error_kind,
    email,
    mail_template,
    mailing_list,
    amount_cents,
    currency,
    account_age_days,
};
BOOST_DESCRIBE_ENUM(
    Field,
    stored_data,
    feature,
    day,
    count,
    country,
    language,
    browser_family,
    os_family,
    program_version,
    program_place,
    error_kind,
    email,
    mail_template,
    mailing_list,
    amount_cents,
    currency,
    account_age_days
)

/// A word that stands in the source of this program, so that nobody wrote it into DialPine.
class Word {
public:
    consteval Word(const char* literal) : text_(literal) {}
    /// The word of the list that is the same as `text`; absent when none is.
    static constexpr std::optional<Word> one_of(std::string_view text, std::initializer_list<Word> words)
    {
        for (const Word word : words)
            if (word.text_ == text) return word;
        return std::nullopt;
    }
    [[nodiscard]] constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// Two letters of ISO 3166-1.
class Country {
public:
    /// Absent for anything but two capital letters.
    static std::optional<Country> parse(std::string_view text);
    [[nodiscard]] std::string_view text() const { return {letters_, 2}; }

private:
    Country(char first, char second) : letters_{first, second} {}
    char letters_[2];
};

/// What has no value that a sender could be given: the machine holds it, sealed as each column says.
struct NeverSent {};

namespace detail {
template <Field>
struct ValueTypeOf {
    using type = Word;
};
template <>
struct ValueTypeOf<Field::stored_data> {
    using type = NeverSent;
};
template <>
struct ValueTypeOf<Field::day> {
    using type = Day;
};
template <>
struct ValueTypeOf<Field::count> {
    using type = std::int64_t;
};
template <>
struct ValueTypeOf<Field::country> {
    using type = Country;
};
template <>
struct ValueTypeOf<Field::email> {
    using type = Email;
};
template <>
struct ValueTypeOf<Field::amount_cents> {
    using type = std::int64_t;
};
template <>
struct ValueTypeOf<Field::account_age_days> {
    using type = std::int64_t;
};
} // namespace detail

/// The one type in which a field goes out.
template <Field F>
using ValueOf = typename detail::ValueTypeOf<F>::type;

struct FieldFacts {
    Field field{};
    std::string_view title;
    std::optional<Category> category; ///< absent: says nothing of a person
};

struct PurposeFacts {
    SharingPurpose purpose{};
    std::string_view title;
    Use use{};
    Basis basis{};
    std::span<const Field> fields; ///< all that may go out for it
};

namespace declared {
inline constexpr Field for_hosting[]{Field::stored_data};
inline constexpr Field for_analytics[]{
    Field::feature, Field::day, Field::count, Field::country, Field::browser_family, Field::os_family};
inline constexpr Field for_error_tracking[]{
    Field::error_kind,
    Field::program_place,
    Field::program_version,
    Field::day,
    Field::browser_family,
    Field::os_family};
inline constexpr Field for_own_mail[]{Field::email, Field::language, Field::mailing_list};
inline constexpr Field for_mail_delivery[]{Field::email, Field::language, Field::mail_template};
inline constexpr Field for_payment[]{Field::amount_cents, Field::currency, Field::country};
inline constexpr Field for_fraud_screening[]{Field::country, Field::amount_cents, Field::account_age_days};

// clang-format off
inline constexpr PurposeFacts purposes[]{
    {SharingPurpose::hosting,         "Running the machine on which this instance stores its data", Use::provide_service, Basis::contract,            for_hosting},
    {SharingPurpose::analytics,       "Counting which features are used",                           Use::measure_use,     Basis::consent,             for_analytics},
    {SharingPurpose::error_tracking,  "Mending errors of the program",                              Use::mend_errors,     Basis::consent,             for_error_tracking},
    {SharingPurpose::own_mail,        "Our own news by mail",                                       Use::send_mail,       Basis::consent,             for_own_mail},
    {SharingPurpose::mail_delivery,   "Delivering mail that an account needs",                      Use::send_mail,       Basis::contract,            for_mail_delivery},
    {SharingPurpose::payment,         "Taking payments by card",                                    Use::provide_service, Basis::contract,            for_payment},
    {SharingPurpose::fraud_screening, "Screening payments for fraud",                               Use::security,        Basis::legitimate_interest, for_fraud_screening},
};
inline constexpr FieldFacts fields[]{
    {Field::stored_data,      "what this instance stores, sealed as its register says", Category::content},
    {Field::feature,          "which feature was used",                                 Category::usage},
    {Field::day,              "the day",                                                {}},
    {Field::count,            "how often",                                              Category::usage},
    {Field::country,          "the country",                                            Category::place},
    {Field::language,         "the language",                                           Category::profile},
    {Field::browser_family,   "the family of the browser",                              Category::device},
    {Field::os_family,        "the family of the operating system",                     Category::device},
    {Field::program_version,  "the version of the program",                             {}},
    {Field::program_place,    "where in the program it happened",                       Category::crash},
    {Field::error_kind,       "which error it was",                                     Category::crash},
    {Field::email,            "the e-mail address",                                     Category::email},
    {Field::mail_template,    "which of our own mails it is",                           Category::email},
    {Field::mailing_list,     "which of our own mailing lists it is",                   Category::email},
    {Field::amount_cents,     "the amount",                                             Category::usage},
    {Field::currency,         "the currency",                                           {}},
    {Field::account_age_days, "how many days old the account is",                       Category::session},
};
// clang-format on
} // namespace declared

constexpr const PurposeFacts& facts_of(SharingPurpose purpose)
{
    for (const auto& facts : declared::purposes)
        if (facts.purpose == purpose) return facts;
    throw "a purpose is declared";
}

constexpr const FieldFacts& facts_of(Field field)
{
    for (const auto& facts : declared::fields)
        if (facts.field == field) return facts;
    throw "a field is declared";
}

constexpr bool is_declared_for(SharingPurpose purpose, Field field)
{
    for (const Field each : facts_of(purpose).fields)
        if (each == field) return true;
    return false;
}

} // namespace dialpine::egress
