#include "people/accounts.hpp"

#include "base/problem.hpp"
#include "egress/disclosures.hpp"
#include "people/invitations.hpp"
#include "people/restriction.hpp"
#include "people/sessions.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::people {
namespace {

Me to_me(const Person& person, const Account& account)
{
    return {
        .id = person.id,
        .name = person.name.reveal(),
        .email = person.email ? std::string(person.email->reveal()) : std::string(),
        .pending_email =
            account.pending_email ? std::optional<std::string>(account.pending_email->reveal()) : std::nullopt,
        .is_operator = account.is_operator,
        .created_at = account.created_at,
        .changed_at = std::max(person.changed_at, account.changed_at),
    };
}

Problem address_taken() { return Problem::invalid("/email", "belongs to an account already; sign in with it"); }

void post_confirmation(store::Write& write, PersonId person, const Email& to, const std::string& link)
{
    store::insert(
        write,
        OutboxMail{
            .id = OutboxMailId::make(),
            .person_id = person,
            .address = Sealed<std::string>(to),
            .subject = Sealed<std::string>("Confirm your e-mail address"),
            .body = Sealed<std::string>(
                "Open this link while you are signed in to DialPine, within a day:\n\n" + link +
                "\n\nIf you did not ask for it, do nothing."
            ),
            .created_at = clock_now(),
        }
    );
}

void start_email_change(store::Write& write, Account& account, const Email& email, std::string_view public_url)
{
    const auto other = find_person_by_email(write, email);
    if (other && other->id != account.person_id) throw address_taken();
    const auto token = crypto::new_token();
    account.pending_email = Sealed<Email>(email);
    account.pending_token_hash = crypto::token_hash(token);
    account.pending_until = clock_now() + std::chrono::days{1};
    // After the hash sign: the token reaches no server log on its way.
    post_confirmation(write, account.person_id, email, std::string(public_url) + "/confirm-email#" + token);
}
} // namespace

bool is_surely_16(int birth_year, Instant now) { return year_of(now) - birth_year > 16; }

void check_password(const Password& password, std::string_view pointer)
{
    if (!is_utf8(password)) throw Problem::invalid(std::string(pointer), "is not valid UTF-8");
    if (count_characters(password) < least_password)
        throw Problem::invalid(std::string(pointer), "must have at least 10 characters");
    if (password.size() > most_password) throw Problem::invalid(std::string(pointer), "must have at most 256 bytes");
}

void check_new_account(const NewAccount& wish, std::string_view policy_version, Instant now)
{
    const int year = year_of(now);
    if (wish.birth_year < year - 130 || wish.birth_year > year)
        throw Problem::invalid("/birth_year", "must be a year of birth, such as 1990");
    if (!is_surely_16(wish.birth_year, now))
        throw Problem::invalid("/birth_year", "means that you cannot have an account yet; nothing was stored");
    if (wish.consent.policy_version != policy_version)
        throw Problem::invalid("/consent/policy_version", "is not the version in force; read it and agree again");
    check_password(wish.password, "/password");
}

bool has_accounts(store::Read& read)
{
    return store::query_one<std::int64_t>(read, "SELECT 1 FROM accounts LIMIT 1").has_value();
}

PersonId add_account(store::Write& write, const Name& name, const Email& email, const std::string& password_hash)
{
    if (find_person_by_email(write, email)) throw address_taken();
    const Instant now = clock_now();
    const Person person{
        .id = PersonId::make(),
        .name = Sealed<std::string>(name),
        .email = Sealed<Email>(email),
        .created_at = now,
        .changed_at = now,
    };
    const bool is_first = !has_accounts(write);
    write.keys().make(person.id);
    store::insert(write, person);
    store::insert(
        write,
        Account{
            .person_id = person.id,
            .password_hash = password_hash,
            .is_operator = is_first,
            .created_at = now,
            .changed_at = now,
        }
    );
    return person.id;
}

Me create_account(store::Write& write, const NewAccount& wish, const std::string& password_hash, SignUp sign_up)
{
    const bool is_first = !has_accounts(write);
    if (!is_first && sign_up == SignUp::invited && !wish.invitation)
        throw Problem(403, "sign-up-closed", "Sign-up needs an invitation", "Ask an admin of a workspace for a link.");
    if (wish.invitation)
        look_up_invitation(write, {*wish.invitation}); // before a key is made, which no rollback takes back
    const PersonId person = add_account(write, wish.name, wish.email, password_hash);
    const SignedIn me{.person = person};
    if (wish.invitation) accept_invitation(write, me, {*wish.invitation});
    return find_me(write, me);
}

std::optional<Account> find_account(store::Read& read, PersonId person) { return store::find<Account>(read, person); }

std::optional<Person> find_person_by_email(store::Read& read, std::string_view email)
{
    return store::find_sealed<Person>(read, "email", email);
}

std::optional<Account> find_account_by_email(store::Read& read, std::string_view email)
{
    const auto person = find_person_by_email(read, email);
    return person ? find_account(read, person->id) : std::nullopt;
}

Me find_me(store::Read& read, const SignedIn& me)
{
    const auto person = store::find<Person>(read, me.person);
    const auto account = find_account(read, me.person);
    if (!person || !account) throw Problem::unauthorized();
    return to_me(*person, *account);
}

Me change_me(
    store::Write& write,
    const SignedIn& me,
    const MeChange& change,
    const std::optional<std::string>& password_hash,
    std::string_view public_url
)
{
    auto person = store::find<Person>(write, me.person);
    auto account = find_account(write, me.person);
    if (!person || !account) throw Problem::unauthorized();
    const Instant now = clock_now();
    if (change.name && *change.name != person->name.reveal()) {
        person->name = Sealed<std::string>(*change.name);
        person->changed_at = now;
        store::update(write, *person);
        tell_workspaces_of(write, me.person);
        egress::queue_notices(write, me.person, egress::NoticeKind::correction);
    }
    if (change.email) start_email_change(write, *account, *change.email, public_url);
    if (password_hash) {
        account->password_hash = *password_hash;
        end_other_sessions(write, me);
    }
    if (change.email || password_hash) {
        account->changed_at = now;
        store::update(write, *account);
    }
    return to_me(*person, *account);
}

Me confirm_email(store::Write& write, const SignedIn& me, EmailConfirmation confirmation)
{
    auto person = store::find<Person>(write, me.person);
    auto account = find_account(write, me.person);
    if (!person || !account) throw Problem::unauthorized();
    const bool is_right =
        account->pending_email && account->pending_token_hash && account->pending_until &&
        *account->pending_until > clock_now() &&
        crypto::equal(crypto::view(*account->pending_token_hash), crypto::view(crypto::token_hash(confirmation.token)));
    if (!is_right) throw Problem::not_found();
    const auto other = find_person_by_email(write, account->pending_email->reveal());
    if (other && other->id != me.person) throw address_taken();
    person->email = account->pending_email;
    person->changed_at = account->changed_at = clock_now();
    account->pending_email.reset();
    account->pending_token_hash.reset();
    account->pending_until.reset();
    store::update(write, *person);
    store::update(write, *account);
    store::execute(write, "DELETE FROM outbox WHERE person_id = $1", me.person);
    egress::queue_notices(write, me.person, egress::NoticeKind::correction);
    return to_me(*person, *account);
}

void reset_password(store::Write& write, PersonId person, const std::string& password_hash)
{
    auto account = find_account(write, person);
    if (!account) throw Problem::not_found();
    account->password_hash = password_hash;
    account->changed_at = clock_now();
    store::update(write, *account);
    end_all_sessions(write, person);
}

OutboxList list_outbox(store::Write& write, const SignedIn&)
{
    OutboxList list;
    for (const auto& mail : store::select<OutboxMail>(write, "ORDER BY id DESC LIMIT 500")) {
        // Whoever is restricted gets only what they asked for since: a confirmation.
        if (const auto since = restricted_since(write, mail.person_id); since && mail.created_at < *since) continue;
        list.items.push_back({
            .id = mail.id,
            .to = mail.address.reveal(),
            .subject = mail.subject.reveal(),
            .body = mail.body.reveal(),
            .created_at = mail.created_at,
            .changed_at = mail.created_at,
        });
    }
    store::log_public(
        write, store::LogKind::staff_read, fmt::format(R"({{"what":"outbox","mails":{}}})", list.items.size())
    );
    return list;
}

} // namespace dialpine::people
