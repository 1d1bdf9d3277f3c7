#include "people/second_factor.hpp"

#include "base/problem.hpp"
#include "people/accounts.hpp"
#include "people/outbox.hpp"
#include "people/sessions.hpp"
#include "store/rows.hpp"

#include <liboath/oath.h>

#include <stdexcept>

namespace dialpine::people {
namespace {
constexpr std::size_t secret_bytes = 20;   // as long as the hash: RFC 4226, section 4
constexpr std::size_t recovery_bytes = 15; // 120 bits, so that a plain hash is enough (ASVS 5.0, 6.5.2)
constexpr std::size_t recovery_group = 4;
constexpr unsigned digits = 6;
constexpr std::int64_t step_seconds = 30;
constexpr std::int64_t steps_apart = 1; ///< how far the person's clock may be off, either way

SecondFactorRule& rule()
{
    static SecondFactorRule stored = SecondFactorRule::nobody;
    return stored;
}

std::string base32(std::string_view bytes)
{
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &length) != OATH_OK)
        throw std::runtime_error("base32 could not be written");
    std::string made(text, length);
    free(text);
    return made;
}

std::string from_base32(std::string_view text)
{
    char* bytes = nullptr;
    std::size_t length = 0;
    if (oath_base32_decode(text.data(), text.size(), &bytes, &length) != OATH_OK)
        throw std::runtime_error("a second factor's secret is no base32");
    std::string made(bytes, length);
    free(bytes);
    return made;
}

std::string random_base32(std::size_t bytes) { return base32(crypto::Key::random().bytes().substr(0, bytes)); }

std::int64_t step_at(Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / step_seconds;
}

std::string code_of_step(const std::string& secret, std::int64_t step)
{
    std::array<char, digits + 1> code{};
    if (oath_hotp_generate(
            secret.data(),
            secret.size(),
            static_cast<std::uint64_t>(step),
            digits,
            false,
            OATH_HOTP_DYNAMIC_TRUNCATION,
            code.data()
        ) != OATH_OK)
        throw std::runtime_error("a code could not be computed");
    return {code.data(), digits};
}

/// What a person typed, without the blanks and hyphens that make it readable.
std::string bare(std::string_view typed)
{
    std::string code;
    for (const char c : typed)
        if (c != ' ' && c != '-') code += c;
    return to_lower_ascii(code);
}

/// Takes a code of now. All steps are compared, so that the time tells nothing; of two equal codes the later counts.
bool take_code(store::Write& write, SecondFactor& factor, std::string_view code)
{
    const auto secret = from_base32(factor.secret.reveal());
    const auto now = step_at(clock_now());
    std::int64_t matching = -1;
    for (auto step = now - steps_apart; step <= now + steps_apart; ++step)
        if (crypto::equal(code_of_step(secret, step), code)) matching = step;
    if (matching <= factor.last_step) return false;
    factor.last_step = matching;
    store::update(write, factor);
    return true;
}

crypto::Digest hash_of(PersonId person, const std::string& bare_code)
{
    return crypto::token_hash(to_text(person) + "|" + bare_code);
}

RecoveryCodes make_recovery_codes(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM recovery_codes WHERE person_id = $1", person);
    RecoveryCodes made;
    for (int i = 0; i < recovery_codes_at_once; ++i) {
        const auto code = to_lower_ascii(random_base32(recovery_bytes));
        store::insert(
            write, RecoveryCode{.person_id = person, .code_hash = hash_of(person, code), .created_at = clock_now()}
        );
        std::string readable;
        for (std::size_t at = 0; at < code.size(); at += recovery_group)
            readable += (at > 0 ? "-" : "") + code.substr(at, recovery_group);
        made.codes.push_back(std::move(readable));
    }
    return made;
}

/// Whoever did not do it learns of it outside the session in which it was done.
void post_news(store::Write& write, PersonId id, const std::string& subject, const std::string& what)
{
    const auto person = store::find<Person>(write, id);
    const auto otherwise = "\n\nIf it was not you, sign in, end all other sessions and change your password.";
    if (person) queue_mail(write, *person, subject, what + otherwise);
}

std::string percent_encoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text) {
        const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_';
        encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

Problem none_here()
{
    return Problem::conflict("no-second-factor", "No second factor was set up here. Begin with setting one up.");
}
} // namespace

void set_second_factor_rule(SecondFactorRule new_rule) { rule() = new_rule; }
bool needs_second_factor(const SignedIn& me) { return rule() == SecondFactorRule::operators && me.is_operator; }

std::string code_at(std::string_view secret, Instant at) { return code_of_step(from_base32(secret), step_at(at)); }

SecondFactorView find_second_factor(store::Read& read, const SignedIn& me)
{
    const auto factor = store::find<SecondFactor>(read, me.person);
    const auto left =
        store::query_one<std::int64_t>(read, "SELECT count(*) FROM recovery_codes WHERE person_id = $1", me.person);
    return {
        .state = !factor                ? SecondFactorState::none
                 : factor->confirmed_at ? SecondFactorState::active
                                        : SecondFactorState::pending,
        .since = factor ? factor->confirmed_at : std::nullopt,
        .recovery_codes_left = left.value_or(0),
        .required = needs_second_factor(me),
    };
}

NewSecret start_second_factor(store::Write& write, const SignedIn& me)
{
    if (has_second_factor(write, me.person))
        throw Problem::conflict("already-there", "You have a second factor. Remove it to set up another.");
    const auto secret = random_base32(secret_bytes);
    store::upsert(
        write, SecondFactor{.person_id = me.person, .secret = Sealed<std::string>(secret), .created_at = clock_now()}
    );
    const auto account = percent_encoded(find_me(write, me).email);
    return {
        .secret = secret,
        .uri = fmt::format(
            "otpauth://totp/DialPine:{}?secret={}&issuer=DialPine&algorithm=SHA1&digits={}&period={}",
            account,
            secret,
            digits,
            step_seconds
        ),
    };
}

std::optional<RecoveryCodes> confirm_second_factor(store::Write& write, const SignedIn& me, const std::string& code)
{
    auto factor = store::find<SecondFactor>(write, me.person);
    if (!factor) throw none_here();
    if (factor->confirmed_at) throw Problem::conflict("already-there", "Your second factor counts already.");
    if (!take_code(write, *factor, bare(code))) return std::nullopt;
    factor->confirmed_at = clock_now();
    store::update(write, *factor);
    end_other_sessions(write, me);
    post_news(
        write,
        me.person,
        "A second factor was added",
        "Signing in to DialPine now asks for a code besides your password."
    );
    return make_recovery_codes(write, me.person);
}

RecoveryCodes renew_recovery_codes(store::Write& write, const SignedIn& me)
{
    if (!has_second_factor(write, me.person)) throw none_here();
    post_news(write, me.person, "New recovery codes", "New recovery codes were made; the earlier ones do not work.");
    return make_recovery_codes(write, me.person);
}

void remove_second_factor(store::Write& write, PersonId person)
{
    const bool counted = has_second_factor(write, person);
    store::remove<SecondFactor>(write, person);
    store::execute(write, "DELETE FROM recovery_codes WHERE person_id = $1", person);
    if (counted)
        post_news(
            write, person, "Your second factor was removed", "Signing in to DialPine asks for your password alone."
        );
}

bool has_second_factor(const store::Read& read, PersonId person)
{
    const auto factor = store::find<SecondFactor>(read, person);
    return factor && factor->confirmed_at;
}

bool accept_code(store::Write& write, PersonId person, std::string_view typed)
{
    auto factor = store::find<SecondFactor>(write, person);
    if (!factor || !factor->confirmed_at) return false;
    const auto code = bare(typed);
    if (code.size() == digits) return take_code(write, *factor, code);
    return store::remove<RecoveryCode>(write, person, hash_of(person, code));
}

} // namespace dialpine::people
