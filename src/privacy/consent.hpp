#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "privacy/policy.hpp"
#include "privacy/purpose.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine::privacy {

/// Whether the person's last word on this purpose is yes.
bool has_agreed(const store::Read&, PersonId, Purpose);
/// Not agreed to, or objected to: what was collected for it has to go. A restriction keeps it, unused.
bool is_refused(const store::Read&, PersonId, Purpose);
/// Whether data of the person may be processed for this purpose now: agreed to, not objected to, not restricted. The
/// one place that decides it.
bool may_process(const store::Read&, PersonId, Purpose);

template <Purpose Asked>
class Consented;
template <Purpose Asked>
std::optional<Consented<Asked>> consented(const store::Read&, PersonId);

/// The answer yes to the question whether a person agrees to a purpose. What processes for that purpose takes one, so
/// that nobody can forget to ask: it is only given out by `consented`. Not to be kept beyond the transaction.
template <Purpose Asked>
class Consented {
public:
    [[nodiscard]] PersonId person() const { return person_; }

private:
    explicit Consented(PersonId person) : person_(person) {}
    friend std::optional<Consented<Asked>> consented<Asked>(const store::Read&, PersonId);
    PersonId person_;
};

template <Purpose Asked>
std::optional<Consented<Asked>> consented(const store::Read& read, PersonId person)
{
    if (!may_process(read, person, Asked)) return std::nullopt;
    return Consented<Asked>(person);
}

/// Under which circumstances a consent is given or withdrawn.
struct ConsentOccasion {
    std::string policy_version;
    std::string policy_sha256;
    std::string method;     ///< "sign-up form", "switch on the privacy page", "Sec-GPC header"
    std::string controller; ///< who asks: the address of this instance
};
/// Appends an event to the person's consents and commits to it in the transparency log.
people::Consent record_consent(store::Write&, PersonId, Purpose, people::ConsentState, const ConsentOccasion&);

/// One event, with the members that ISO/IEC TS 27560 asks for.
struct ConsentRecord {
    std::string schema_version;
    ConsentId record_id;
    PersonId subject_id;
    std::string notice_version;
    std::string notice_sha256;
    std::string language;
    Purpose purpose{};
    std::string lawful_basis;
    std::string data_categories;
    std::string controller;
    std::string collection_method;
    std::string retention;
    std::string recipients;
    std::string withdrawal_method;
    std::string jurisdiction;
    people::ConsentState state{};
    Instant at{};
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(
    ConsentRecord,
    (),
    (schema_version,
     record_id,
     subject_id,
     notice_version,
     notice_sha256,
     language,
     purpose,
     lawful_basis,
     data_categories,
     controller,
     collection_method,
     retention,
     recipients,
     withdrawal_method,
     jurisdiction,
     state,
     at)
)

/// A purpose as the person sees it.
struct PurposeState {
    Purpose id{};
    std::string title;
    std::string needs;
    std::string when_off;
    std::string keep;
    bool given = false;
    std::optional<Instant> since;
    std::optional<std::string> policy_version;
    bool covered_by_gpc = false;
};
BOOST_DESCRIBE_STRUCT(PurposeState, (), (id, title, needs, when_off, keep, given, since, policy_version, covered_by_gpc))
struct ConsentsView {
    std::vector<PurposeState> purposes;
    std::vector<ConsentRecord> history; ///< newest first
};
BOOST_DESCRIBE_STRUCT(ConsentsView, (), (purposes, history))

struct ConsentWish {
    people::ConsentState state{};
    std::optional<bool>
        despite_signal; ///< the browser's Global Privacy Control asks not to, and the person does all the same
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(ConsentWish, (), (state, despite_signal))

/// A purpose in a path.
struct PurposeRef {
    Purpose purpose{};
    using is_in_path = void;
};

ConsentsView list_consents(store::Read&, const people::SignedIn&);
/// Throws Problem 409 for the account's own, which is withdrawn by erasure, and for one that the browser's signal asks
/// against.
ConsentsView set_consent(store::Write&, const people::SignedIn&, Purpose, const ConsentWish&, const ConsentOccasion&);

/// A record signed by this instance. The signature is over the record as JSON, as this program writes it.
struct Receipt {
    ConsentRecord record;
    std::string signature;
    std::string public_key;
    std::string key_id;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (record, signature, public_key, key_id))
/// Throws Problem 404 for a record that is not the person's own.
Receipt find_receipt(store::Read&, const people::SignedIn&, ConsentId);

/// What is wrong with a receipt; empty when it was signed by the key, in base64url, and nothing in it was changed.
std::string check_receipt(const Receipt&, std::string_view public_key);

struct ReceiptCheck {
    bool valid = false;
    std::string why;
    std::optional<bool> in_force; ///< whether it is still the person's last word; absent when it is not valid
};
BOOST_DESCRIBE_STRUCT(ReceiptCheck, (), (valid, why, in_force))
/// Against this instance's key and records.
ReceiptCheck verify_receipt(store::Read&, Receipt);

// ---- Global Privacy Control

/// A browser of this person asked not to sell or share their data and not to profile them.
struct PrivacySignal {
    PersonId person_id;
    Instant gpc_at{};
};
BOOST_DESCRIBE_STRUCT(PrivacySignal, (), (person_id, gpc_at))

/// Records the signal once, and withdraws what it covers. Gives whether it was new.
bool record_gpc(store::Write&, PersonId, const ConsentOccasion&);
std::optional<Instant> gpc_since(const store::Read&, PersonId);

namespace declared {
inline constexpr store::Personal signal{
    .of = store::person_in<&PrivacySignal::person_id>,
    .category = Category::consent,
    .source = Source::the_browser,
    .uses = {Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Global Privacy Control, first seen",
};
inline constexpr auto privacy_signals = store::table<PrivacySignal>(
    "privacy_signals",
    store::primary_key<&PrivacySignal::person_id>,
    store::column<&PrivacySignal::person_id>(signal),
    store::column<&PrivacySignal::gpc_at>(signal)
);
inline constexpr store::Table privacy_signals_table = privacy_signals.plain();
} // namespace declared

} // namespace dialpine::privacy

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<privacy::PrivacySignal> = &privacy::declared::privacy_signals_table;
} // namespace dialpine::store

namespace dialpine::json {
template <>
inline std::string_view read_text(std::string_view text, privacy::PurposeRef& into)
{
    const auto purpose = parse_enum<privacy::Purpose>(text);
    if (!purpose) return "is not a purpose";
    into.purpose = *purpose;
    return {};
}
} // namespace dialpine::json
