#include "privacy/consent.hpp"

#include "people/choices.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "people/consented.hpp"
#include "privacy/disclosure.hpp"
#include "privacy/transparency.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::privacy {
namespace {
using people::Consent;
using people::ConsentState;
using people::has_objected;
using people::Objectable;

constexpr std::string_view schema = "ISO/IEC TS 27560:2023";
constexpr std::string_view withdrawal = "the switch beside it on the privacy page, or erasing the account";

std::optional<Consent> last_word(const store::Read& read, PersonId person, Purpose purpose)
{
    return people::last_consent(read, person, json::name_of(purpose));
}

ConsentRecord to_record(const Consent& consent)
{
    return {
        .schema_version = std::string(schema),
        .record_id = consent.id,
        .subject_id = consent.person_id,
        .notice_version = consent.policy_version,
        .notice_sha256 = consent.policy_sha256,
        .language = consent.language.value_or("en"),
        .purpose = json::parse_enum<Purpose>(consent.purpose).value_or(Purpose::account),
        .lawful_basis = consent.lawful_basis.value_or(""),
        .data_categories = consent.data_categories.value_or(""),
        .controller = consent.controller.value_or(""),
        .collection_method = consent.collection_method.value_or(""),
        .retention = consent.retention.value_or(""),
        .recipients = consent.recipients.value_or(""),
        .withdrawal_method = consent.withdrawal_method.value_or(""),
        .jurisdiction = consent.jurisdiction.value_or(""),
        .state = consent.state,
        .at = consent.at,
    };
}

/// The objection that stands against a use; absent for what the contract or a law asks for.
std::optional<Objectable> objectable(Use use)
{
    switch (use) {
    case Use::measure_use: return Objectable::measure_use;
    case Use::personalise: return Objectable::personalise;
    case Use::mend_errors: return Objectable::mend_errors;
    case Use::send_mail: return Objectable::send_mail;
    default: return std::nullopt;
    }
}

/// Purposes that learn from what a person does what they are like.
bool makes_profile(Purpose purpose)
{
    return purpose == Purpose::search_history || purpose == Purpose::collaboration_graph ||
           purpose == Purpose::personalisation || purpose == Purpose::internal_linking;
}

/// What the signature of a receipt is over.
std::string signed_bytes(const ConsentRecord& record) { return json::to_json(record); }
} // namespace

bool has_agreed(const store::Read& read, PersonId person, Purpose purpose)
{
    return people::has_consented(read, person, json::name_of(purpose));
}

bool is_refused(const store::Read& read, PersonId person, Purpose purpose)
{
    if (!has_agreed(read, person, purpose)) return true;
    const auto use = objectable(facts_of(purpose).use);
    if (use && has_objected(read, person, *use)) return true;
    return makes_profile(purpose) && has_objected(read, person, Objectable::profiling);
}

bool may_process(const store::Read& read, PersonId person, Purpose purpose)
{
    if (is_refused(read, person, purpose)) return false;
    // What the account itself needs goes on while the rest is restricted.
    return !objectable(facts_of(purpose).use) || !people::is_restricted(read, person);
}

Consent record_consent(
    store::Write& write, PersonId person, Purpose purpose, ConsentState state, const ConsentOccasion& occasion
)
{
    const auto& facts = facts_of(purpose);
    const bool before = last_word(write, person, purpose).has_value();
    const Consent consent{
        .id = ConsentId::make(),
        .person_id = person,
        .purpose = std::string(json::name_of(purpose)),
        .policy_version = occasion.policy_version,
        .policy_sha256 = occasion.policy_sha256,
        .state = state,
        .at = clock_now(),
        .language = "en",
        .lawful_basis = std::string(text_of(purpose == Purpose::account ? Basis::contract : Basis::consent)),
        .data_categories = std::string(text_of(facts.category).key),
        .controller = occasion.controller,
        .collection_method = occasion.method,
        .retention = std::string(facts.keep),
        .recipients = recipients_of(write, purpose),
        .withdrawal_method = std::string(withdrawal),
        .jurisdiction = "GDPR; CCPA",
    };
    store::insert(write, consent);
    // A first consent needs no note: an older database knows nothing of it, and denies.
    if (const bool withdraws = state == ConsentState::withdrawn; withdraws || before)
        store::note_choice(
            write,
            {
                .of = person,
                .what = fmt::format("withdrawal|{}", consent.purpose),
                .stands = withdraws,
                .at = consent.at,
            }
        );
    store::log_of(write, store::LogKind::consent, person, json::to_json(to_record(consent)));
    people::tell_choices_changed(write, person);
    return consent;
}

ConsentsView list_consents(store::Read& read, const people::SignedIn& me)
{
    ConsentsView view;
    for (const auto& facts : all_purposes()) {
        const auto last = last_word(read, me.person, facts.purpose);
        view.purposes.push_back({
            .id = facts.purpose,
            .title = std::string(facts.title),
            .needs = std::string(facts.needs),
            .when_off = std::string(facts.when_off),
            .keep = std::string(facts.keep),
            .given = has_agreed(read, me.person, facts.purpose),
            .since = last ? std::optional(last->at) : std::nullopt,
            .policy_version = last ? std::optional(last->policy_version) : std::nullopt,
            .covered_by_gpc = facts.is_covered_by_gpc,
        });
    }
    for (const auto& consent :
         store::select<Consent>(read, "WHERE person_id = $1 ORDER BY at DESC, id DESC", me.person))
        view.history.push_back(to_record(consent));
    return view;
}

ConsentsView set_consent(
    store::Write& write,
    const people::SignedIn& me,
    Purpose purpose,
    const ConsentWish& wish,
    const ConsentOccasion& occasion
)
{
    const bool gives = wish.state == ConsentState::given;
    if (purpose == Purpose::account && !gives)
        throw Problem(
            409, "erasure-instead", "An account cannot be without this", "To withdraw it, erase your account."
        );
    const bool is_against_signal = facts_of(purpose).is_covered_by_gpc && gpc_since(write, me.person);
    if (gives && is_against_signal && !wish.despite_signal.value_or(false))
        throw Problem(
            409,
            "privacy-signal",
            "Your browser asks against this",
            "Global Privacy Control is on. Say `despite_signal` to agree all the same."
        );
    if (has_agreed(write, me.person, purpose) != gives)
        record_consent(write, me.person, purpose, wish.state, occasion);
    return list_consents(write, me);
}

Receipt find_receipt(store::Read& read, const people::SignedIn& me, ConsentId id)
{
    const auto consent = store::find<Consent>(read, id);
    if (!consent || consent->person_id != me.person) throw Problem::not_found();
    const auto& seed = read.keys().signing_key();
    const auto key = crypto::public_key(seed);
    Receipt receipt{
        .record = to_record(*consent),
        .signature = {},
        .public_key = to_base64url(crypto::view(key)),
        .key_id = key_id_of(key),
    };
    receipt.signature = to_base64url(crypto::sign(seed, signed_bytes(receipt.record)));
    return receipt;
}

std::string check_receipt(const Receipt& receipt, std::string_view public_key)
{
    const auto key = from_base64url(public_key);
    const auto signature = from_base64url(receipt.signature);
    if (!key || !crypto::to_digest(*key)) return "The key is no Ed25519 public key in base64url.";
    if (!crypto::equal(receipt.public_key, public_key)) return "It was signed by another instance's key.";
    if (receipt.key_id != key_id_of(*crypto::to_digest(*key))) return "The key's id is not that of its key.";
    if (!signature || !crypto::is_signature(*key, signed_bytes(receipt.record), *signature))
        return "The signature is not over this record: it was changed or forged.";
    return {};
}

ReceiptCheck verify_receipt(store::Read& read, Receipt receipt)
{
    const auto key = crypto::public_key(read.keys().signing_key());
    if (const auto wrong = check_receipt(receipt, to_base64url(crypto::view(key))); !wrong.empty())
        return {.valid = false, .why = wrong, .in_force = std::nullopt};
    const auto last = last_word(read, receipt.record.subject_id, receipt.record.purpose);
    const bool is_last = last && last->id == receipt.record.record_id;
    std::string why = "It is the last word on this purpose.";
    if (!last)
        why = "Nothing is held of this person any more.";
    else if (!is_last)
        why = fmt::format("It was {} on {}.", json::name_of(last->state), to_text(last->at));
    return {.valid = true, .why = std::move(why), .in_force = is_last};
}

bool record_gpc(store::Write& write, PersonId person, const ConsentOccasion& occasion)
{
    if (gpc_since(write, person)) return false;
    store::insert(write, PrivacySignal{.person_id = person, .gpc_at = clock_now()});
    store::note_choice(write, {.of = person, .what = "signal", .stands = true, .at = clock_now()});
    for (const auto& facts : all_purposes())
        if (facts.is_covered_by_gpc && has_agreed(write, person, facts.purpose))
            record_consent(write, person, facts.purpose, ConsentState::withdrawn, occasion);
    return true;
}

std::optional<Instant> gpc_since(const store::Read& read, PersonId person)
{
    const auto signal = store::find<PrivacySignal>(read, person);
    return signal ? std::optional(signal->gpc_at) : std::nullopt;
}

} // namespace dialpine::privacy
