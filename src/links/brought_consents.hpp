#pragma once
#include "people/person.hpp"

/// What a person agreed to, or took back, on another DialPine, as their export from there says it. A history to keep,
/// and in force for nothing here: whoever asks for consent never looks at it.
namespace dialpine::links {

struct BroughtConsent {
    PersonId person_id;
    Uuid id; ///< its id there, so that the same export twice adds nothing twice
    std::string purpose;
    std::string policy_version;
    people::ConsentState state{};
    Instant at{};
    std::string from_key; ///< the key of the instance that made the export
    Instant brought_at{};
};
BOOST_DESCRIBE_STRUCT(BroughtConsent, (), (person_id, id, purpose, policy_version, state, at, from_key, brought_at))

namespace declared {
using store::column;
inline constexpr store::Personal brought_consent{
    .of = store::person_in<&BroughtConsent::person_id>,
    .category = Category::consent,
    .source = Source::an_import,
    .uses = {Use::import_once},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Consents you brought along from another DialPine",
};
inline constexpr auto brought_consents = store::table<BroughtConsent>(
    "brought_consents",
    store::primary_key<&BroughtConsent::person_id, &BroughtConsent::id>,
    column<&BroughtConsent::person_id>(brought_consent),
    column<&BroughtConsent::id>(brought_consent),
    column<&BroughtConsent::purpose>(brought_consent, store::names_row),
    column<&BroughtConsent::policy_version>(brought_consent),
    column<&BroughtConsent::state>(brought_consent),
    column<&BroughtConsent::at>(brought_consent),
    column<&BroughtConsent::from_key>(store::NotPersonal{"which instance made the export"}),
    column<&BroughtConsent::brought_at>(brought_consent)
);
inline constexpr store::Table brought_consents_table = brought_consents.plain();
} // namespace declared
} // namespace dialpine::links

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<links::BroughtConsent> = &links::declared::brought_consents_table;
} // namespace dialpine::store
