#pragma once
#include "base/json.hpp"
#include "egress/field.hpp"
#include "store/holding.hpp"

#include <vector>

/// Each field that can go out, as a declared thing, from the closed list of fields.
namespace dialpine::egress::declared {

/// The first purpose for which the field is declared.
consteval const PurposeFacts& purpose_of(Field field)
{
    for (const auto& purpose : purposes)
        if (is_declared_for(purpose.purpose, field)) return purpose;
    throw "a field belongs to a purpose";
}

template <Field F>
inline constexpr store::HeldOfPerson outgoing{
    .of = "whoever agreed to it, or has a contract that needs it",
    .category = facts_of(F).category.value_or(Category::disclosure),
    .source = Source::the_program,
    .uses = {purpose_of(F).use},
    .basis = purpose_of(F).basis,
    .keep = {"not here; at the recipient as the agreement with it says"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "disclosures: who received which field",
};

inline std::vector<store::Holding> egress_holdings()
{
    std::vector<store::Holding> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Field>>([&](auto each) {
        constexpr Field field = decltype(each)::value;
        store::Holding made{
            .kind = store::HoldingKind::outbound_field, .name = json::name_of(field), .holds = facts_of(field).title};
        if constexpr (facts_of(field).category)
            made.personal = &outgoing<field>;
        else
            made.not_personal = "says nothing of a person";
        all.push_back(made);
    });
    return all;
}
} // namespace dialpine::egress::declared
