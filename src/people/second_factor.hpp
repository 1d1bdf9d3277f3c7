#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "store/database.hpp"

/// A second factor (promise P71): six digits of an app that shares a secret with DialPine and knows the time (TOTP, RFC
/// 6238), or one of ten recovery codes. The secret is sealed under the person's key; of the recovery codes only hashes
/// are kept. A code works once: whoever looks over a shoulder has nothing.
namespace dialpine::people {

struct SecondFactor {
    PersonId person_id;
    Sealed<std::string> secret;         ///< 160 random bits, in base32 as apps take it
    std::int64_t last_step = 0;         ///< of the last code that was taken; earlier ones and itself are refused
    std::optional<Instant> confirmed_at; ///< absent until the first right code: then it is asked for
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(SecondFactor, (), (person_id, secret, last_step, confirmed_at, created_at))

/// One that was not used yet.
struct RecoveryCode {
    PersonId person_id;
    crypto::Digest code_hash{};
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(RecoveryCode, (), (person_id, code_hash, created_at))

namespace declared {
inline constexpr Personal second_factor{
    .of = person_in<&SecondFactor::person_id>,
    .category = Category::session,
    .source = Source::the_person,
    .uses = {Use::sign_in, Use::security},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Second factor",
    .correct_at = "/me/account",
    .erase_at = "/me/account",
};
inline constexpr Personal second_factor_secret{
    .of = person_in<&SecondFactor::person_id>,
    .category = Category::password,
    .source = Source::the_program,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
    .is_withheld = true,
    .label = "The secret of your second factor",
    .erase_at = "/me/account",
};
inline constexpr auto second_factors = store::table<SecondFactor>(
    "second_factors",
    primary_key<&SecondFactor::person_id>,
    column<&SecondFactor::person_id>(second_factor),
    column<&SecondFactor::secret>(second_factor_secret),
    column<&SecondFactor::last_step>(second_factor),
    column<&SecondFactor::confirmed_at>(second_factor),
    column<&SecondFactor::created_at>(second_factor)
);
inline constexpr Personal recovery_code{
    .of = person_in<&RecoveryCode::person_id>,
    .category = Category::session,
    .source = Source::the_program,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Recovery codes that were not used",
    .erase_at = "/me/account",
};
inline constexpr Personal recovery_code_hash{
    .of = person_in<&RecoveryCode::person_id>,
    .category = Category::password,
    .source = Source::the_program,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .is_withheld = true,
};
inline constexpr auto recovery_codes = store::table<RecoveryCode>(
    "recovery_codes",
    primary_key<&RecoveryCode::person_id, &RecoveryCode::code_hash>,
    column<&RecoveryCode::person_id>(recovery_code),
    column<&RecoveryCode::code_hash>(recovery_code_hash),
    column<&RecoveryCode::created_at>(recovery_code)
);
inline constexpr store::Table second_factors_table = second_factors.plain();
inline constexpr store::Table recovery_codes_table = recovery_codes.plain();
} // namespace declared

inline constexpr int recovery_codes_at_once = 10;

enum class SecondFactorState : std::uint8_t { none, pending, active };
BOOST_DESCRIBE_ENUM(SecondFactorState, none, pending, active)

struct SecondFactorView {
    SecondFactorState state{};
    std::optional<Instant> since; ///< it is asked for
    std::int64_t recovery_codes_left = 0;
    bool required = false; ///< without it this person cannot do all that is theirs to do
};
BOOST_DESCRIBE_STRUCT(SecondFactorView, (), (state, since, recovery_codes_left, required))

/// For the app; shown once.
struct NewSecret {
    std::string secret; ///< base32
    std::string uri;    ///< otpauth://, for a QR code
};
BOOST_DESCRIBE_STRUCT(NewSecret, (), (secret, uri))

struct RecoveryCodes {
    std::vector<std::string> codes; ///< shown once
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

/// Who cannot do what is theirs without a second factor. Set once at start.
enum class SecondFactorRule : std::uint8_t { nobody, operators };
BOOST_DESCRIBE_ENUM(SecondFactorRule, nobody, operators)
void set_second_factor_rule(SecondFactorRule);
bool needs_second_factor(const SignedIn&);

SecondFactorView find_second_factor(store::Read&, const SignedIn&);
/// Makes a secret that counts once `confirm_second_factor` took a code of it. Throws Problem 409 where one counts
/// already.
NewSecret start_second_factor(store::Write&, const SignedIn&);
/// Absent for a wrong code. From now on codes are asked for, and the person's other sessions end. Throws Problem 409
/// where none was started.
std::optional<RecoveryCodes> confirm_second_factor(store::Write&, const SignedIn&, const std::string& code);
/// The earlier ones stop working. Throws Problem 409 without a second factor.
RecoveryCodes renew_recovery_codes(store::Write&, const SignedIn&);
/// Also of one that was only started.
void remove_second_factor(store::Write&, PersonId);

/// Whether a code is asked for when this person signs in.
bool has_second_factor(const store::Read&, PersonId);
/// Whether it is a code of now that was not taken before, or an unused recovery code; takes it.
bool accept_code(store::Write&, PersonId, std::string_view code);

/// The code of a secret (base32) at a time: what the person's app would show.
std::string code_at(std::string_view secret, Instant);

} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::SecondFactor> = &people::declared::second_factors_table;
template <>
inline constexpr const Table* table_of<people::RecoveryCode> = &people::declared::recovery_codes_table;
} // namespace dialpine::store
