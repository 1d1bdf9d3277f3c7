#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>

namespace dialpine::people {

using Name = Line<120>;
/// Any characters; its length is what counts (ASVS 5.0, 6.2).
using Password = std::string;
inline constexpr std::size_t least_password = 10;
inline constexpr std::size_t most_password = 256;

struct NewConsent {
    std::string policy_version;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewConsent, (), (policy_version))

struct NewAccount {
    Name name;
    Email email;
    Password password;
    int birth_year = 0; ///< asked neutrally, checked and forgotten
    NewConsent consent;
    std::optional<std::string> invitation; ///< an invitation's token
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (name, email, password, birth_year, consent, invitation))

/// The signed-in person, as they see themselves.
struct Me {
    PersonId id;
    std::string name;
    std::string email;
    std::optional<std::string> pending_email; ///< not confirmed yet
    bool is_operator = false;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Me, (), (id, name, email, pending_email, is_operator, created_at, changed_at))

struct MeChange {
    Change<Name> name;
    Change<Email> email;       ///< takes effect once confirmed
    Change<Password> password; ///< ends the other sessions
    Change<Password> current_password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(MeChange, (), (name, email, password, current_password))

struct EmailConfirmation {
    std::string token;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(EmailConfirmation, (), (token))

enum class SignUp : std::uint8_t { open, invited };
BOOST_DESCRIBE_ENUM(SignUp, open, invited)

/// Whether somebody born in this year is certainly 16 by now. Who turns 16 this year may still be 15, so waits until
/// the year is over.
bool is_surely_16(int birth_year, Instant now);

/// What is wrong with a new account besides its members' forms: age, consent to the policy in force, password. Throws
/// Problem 422.
void check_new_account(const NewAccount&, std::string_view policy_version, Instant now);
/// Throws Problem 422 with this pointer for a password that is too short or too long.
void check_password(const Password&, std::string_view pointer);

/// Makes the account; the first on an instance is its operator. With an invitation, joins its workspace.
/// Throws Problem 422 for an address that has an account, 403 where sign-up needs an invitation.
/// The consent is recorded by the caller (`privacy/consent.hpp`), in the same transaction.
Me create_account(store::Write&, const NewAccount&, const std::string& password_hash, SignUp);

/// An account that the operator makes on the command line; the first is the operator's. No consent is recorded: none
/// was given. Throws Problem 422 for an address that has an account.
PersonId add_account(store::Write&, const Name&, const Email&, const std::string& password_hash);

bool has_accounts(store::Read&);
Me find_me(store::Read&, const SignedIn&);
std::optional<Account> find_account(store::Read&, PersonId);
/// The account of an address, whatever its case.
std::optional<Account> find_account_by_email(store::Read&, std::string_view email);
std::optional<Person> find_person_by_email(store::Read&, std::string_view email);

/// Changes what was asked. The new password comes hashed. A new address waits for its confirmation: the link goes to
/// the outbox.
Me change_me(
    store::Write&,
    const SignedIn&,
    const MeChange&,
    const std::optional<std::string>& password_hash,
    std::string_view public_url
);
/// Throws Problem 404 for a token that is wrong, used or older than a day.
Me confirm_email(store::Write&, const SignedIn&, EmailConfirmation);

/// Sets another password and ends all sessions: the operator's help for one who forgot it.
void reset_password(store::Write&, PersonId, const std::string& password_hash);

struct OutboxMailView {
    OutboxMailId id;
    std::string to;
    std::string subject;
    std::string body;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(OutboxMailView, (), (id, to, subject, body, created_at, changed_at))
struct OutboxList {
    std::vector<OutboxMailView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(OutboxList, (), (items, next))

/// The newest 500 mails that would have been sent. That the operator read them goes into the transparency log.
OutboxList list_outbox(store::Write&, const SignedIn&);

} // namespace dialpine::people
