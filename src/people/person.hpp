#pragma once
#include "base/text.hpp"
#include "store/schema.hpp"

namespace dialpine::people {

/// Every human being that DialPine has ever heard of: the account holder, the name in an imported board.
struct Person {
    PersonId id;
    Sealed<std::string> name;
    std::optional<Sealed<Email>> email;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, name, email, created_at, changed_at))

/// What a person needs to sign in. A person without one is known by name only.
struct Account {
    PersonId person_id;
    std::string password_hash;
    bool is_operator = false;
    bool is_16_or_older = true;
    std::optional<Sealed<Email>> pending_email;
    std::optional<crypto::Digest> pending_token_hash;
    std::optional<Instant> pending_until;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    Account,
    (),
    (person_id,
     password_hash,
     is_operator,
     is_16_or_older,
     pending_email,
     pending_token_hash,
     pending_until,
     created_at,
     changed_at)
)

struct Session {
    SessionId id;
    PersonId person_id;
    crypto::Digest token_hash{};
    Sealed<std::string> client;                 ///< "Firefox on Linux"
    std::optional<Sealed<std::string>> address; ///< truncated to its network
    Instant created_at{};
    Instant last_seen_at{};
    Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, person_id, token_hash, client, address, created_at, last_seen_at, expires_at))

enum class ConsentState : std::uint8_t { given, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentState, given, withdrawn)

/// One event in the history of a person's consent; rows are only ever added.
struct Consent {
    ConsentId id;
    PersonId person_id;
    std::string purpose;
    std::string policy_version;
    std::string policy_sha256;
    ConsentState state{};
    Instant at{};
    // The rest of what ISO/IEC TS 27560 asks for; absent in rows of the first version.
    std::optional<std::string> language;
    std::optional<std::string> lawful_basis;
    std::optional<std::string> data_categories;
    std::optional<std::string> controller;
    std::optional<std::string> collection_method;
    std::optional<std::string> retention;
    std::optional<std::string> recipients;
    std::optional<std::string> withdrawal_method;
    std::optional<std::string> jurisdiction;
};
BOOST_DESCRIBE_STRUCT(
    Consent,
    (),
    (id,
     person_id,
     purpose,
     policy_version,
     policy_sha256,
     state,
     at,
     language,
     lawful_basis,
     data_categories,
     controller,
     collection_method,
     retention,
     recipients,
     withdrawal_method,
     jurisdiction)
)

/// A mail that would be sent if there were a mail server; the operator reads it in the outbox.
struct OutboxMail {
    OutboxMailId id;
    PersonId person_id;
    Sealed<std::string> address;
    Sealed<std::string> subject;
    Sealed<std::string> body;
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(OutboxMail, (), (id, person_id, address, subject, body, created_at))

namespace declared {
using store::column;
using store::itself_by;
using store::NotPersonal;
using store::person_in;
using store::Personal;
using store::primary_key;

inline constexpr Personal identity{
    .of = itself_by<&Person::id>,
    .category = Category::name,
    .source = Source::the_person,
    .uses = {Use::sign_in, Use::show_to_team},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
    .correct_at = "/me/account",
    .erase_at = "/me/erase",
};
inline constexpr Personal own_id{
    .of = itself_by<&Person::id>,
    .category = Category::name,
    .source = Source::the_program,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Your number in DialPine",
};
inline constexpr Personal address{
    .of = itself_by<&Person::id>,
    .category = Category::email,
    .source = Source::the_person,
    .uses = {Use::sign_in, Use::send_mail},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
    .correct_at = "/me/account",
    .erase_at = "/me/erase",
};
inline constexpr auto people = store::table<Person>(
    "people",
    primary_key<&Person::id>,
    column<&Person::id>(own_id),
    column<&Person::name>(identity),
    column<&Person::email>(address, store::looked_up, store::unique),
    column<&Person::created_at>(NotPersonal{"when the row was made"}),
    column<&Person::changed_at>(NotPersonal{"when the row was changed"})
);

inline constexpr Personal account{
    .of = person_in<&Account::person_id>,
    .category = Category::session,
    .source = Source::the_program,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Account",
};
inline constexpr Personal password{
    .of = person_in<&Account::person_id>,
    .category = Category::password,
    .source = Source::the_person,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .is_withheld = true,
    .correct_at = "/me/account",
};
inline constexpr Personal age{
    .of = person_in<&Account::person_id>,
    .category = Category::age_range,
    .source = Source::the_person,
    .uses = {Use::prove_consent},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "16 or older",
};
inline constexpr Personal pending_address{
    .of = person_in<&Account::person_id>,
    .category = Category::email,
    .source = Source::the_person,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
    .label = "New e-mail address, not confirmed yet",
    .correct_at = "/me/account",
};
inline constexpr auto accounts = store::table<Account>(
    "accounts",
    primary_key<&Account::person_id>,
    column<&Account::person_id>(account),
    column<&Account::password_hash>(password),
    column<&Account::is_operator>(account),
    column<&Account::is_16_or_older>(age),
    column<&Account::pending_email>(pending_address),
    column<&Account::pending_token_hash>(password),
    column<&Account::pending_until>(NotPersonal{"until when the link in the mail works"}),
    column<&Account::created_at>(account),
    column<&Account::changed_at>(NotPersonal{"when the row was changed"}),
    store::indexed_by<&Account::pending_token_hash>()
);

inline constexpr Keep session_days{"30 days after it was last used", std::chrono::days{30}, "last_seen_at"};
inline constexpr Personal session{
    .of = person_in<&Session::person_id>,
    .category = Category::session,
    .source = Source::the_browser,
    .uses = {Use::sign_in, Use::security},
    .basis = Basis::contract,
    .keep = session_days,
    .at_erasure = AtErasure::erase_row,
    .erase_at = "/me/sessions",
};
inline constexpr Personal session_token{
    .of = person_in<&Session::person_id>,
    .category = Category::session,
    .source = Source::the_program,
    .uses = {Use::sign_in},
    .basis = Basis::contract,
    .keep = session_days,
    .at_erasure = AtErasure::erase_row,
    .is_withheld = true,
};
inline constexpr Personal session_client{
    .of = person_in<&Session::person_id>,
    .category = Category::user_agent,
    .source = Source::the_browser,
    .uses = {Use::security},
    .basis = Basis::legitimate_interest,
    .keep = session_days,
    .at_erasure = AtErasure::destroy_key,
    .erase_at = "/me/sessions",
};
inline constexpr Personal session_address{
    .of = person_in<&Session::person_id>,
    .category = Category::ip_address,
    .source = Source::the_browser,
    .uses = {Use::security},
    .basis = Basis::legitimate_interest,
    .keep = session_days,
    .at_erasure = AtErasure::destroy_key,
    .erase_at = "/me/sessions",
};
inline constexpr auto sessions = store::table<Session>(
    "sessions",
    primary_key<&Session::id>,
    column<&Session::id>(NotPersonal{"the row's own id"}),
    column<&Session::person_id>(session),
    column<&Session::token_hash>(session_token, store::unique),
    column<&Session::client>(session_client, store::names_row),
    column<&Session::address>(session_address),
    column<&Session::created_at>(session),
    column<&Session::last_seen_at>(session),
    column<&Session::expires_at>(NotPersonal{"until when the session works"}),
    store::indexed_by<&Session::person_id>()
);

inline constexpr Personal consent{
    .of = person_in<&Consent::person_id>,
    .category = Category::consent,
    .source = Source::the_person,
    .uses = {Use::prove_consent},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
};
inline constexpr auto consents = store::table<Consent>(
    "consents",
    primary_key<&Consent::id>,
    column<&Consent::id>(NotPersonal{"the row's own id"}),
    column<&Consent::person_id>(consent),
    column<&Consent::purpose>(consent, store::names_row),
    column<&Consent::policy_version>(consent),
    column<&Consent::policy_sha256>(NotPersonal{"which text the version is"}),
    column<&Consent::state>(consent),
    column<&Consent::at>(consent),
    column<&Consent::language>(consent),
    column<&Consent::lawful_basis>(consent),
    column<&Consent::data_categories>(consent),
    column<&Consent::controller>(consent),
    column<&Consent::collection_method>(consent),
    column<&Consent::retention>(consent),
    column<&Consent::recipients>(consent),
    column<&Consent::withdrawal_method>(consent),
    column<&Consent::jurisdiction>(consent),
    store::indexed_by<&Consent::person_id, &Consent::purpose, &Consent::at>()
);

inline constexpr Personal mail{
    .of = person_in<&OutboxMail::person_id>,
    .category = Category::email,
    .source = Source::the_program,
    .uses = {Use::send_mail},
    .basis = Basis::contract,
    .keep = {"7 days", std::chrono::days{7}, "created_at"},
    .at_erasure = AtErasure::destroy_key,
    .label = "Mail to you",
};
inline constexpr auto outbox = store::table<OutboxMail>(
    "outbox",
    primary_key<&OutboxMail::id>,
    column<&OutboxMail::id>(NotPersonal{"the row's own id"}),
    column<&OutboxMail::person_id>(mail),
    column<&OutboxMail::address>(mail),
    column<&OutboxMail::subject>(mail, store::names_row),
    column<&OutboxMail::body>(mail),
    column<&OutboxMail::created_at>(mail),
    store::indexed_by<&OutboxMail::person_id>()
);

inline constexpr store::Table people_table = people.plain();
inline constexpr store::Table accounts_table = accounts.plain();
inline constexpr store::Table sessions_table = sessions.plain();
inline constexpr store::Table consents_table = consents.plain();
inline constexpr store::Table outbox_table = outbox.plain();
} // namespace declared
} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::Person> = &people::declared::people_table;
template <>
inline constexpr const Table* table_of<people::Account> = &people::declared::accounts_table;
template <>
inline constexpr const Table* table_of<people::Session> = &people::declared::sessions_table;
template <>
inline constexpr const Table* table_of<people::Consent> = &people::declared::consents_table;
template <>
inline constexpr const Table* table_of<people::OutboxMail> = &people::declared::outbox_table;
} // namespace dialpine::store
