#include "store/holding.hpp"

namespace dialpine::store {
constexpr HeldOfPerson whole{
    .of = "whoever",
    .category = Category::name,
    .source = Source::the_person,
    .uses = {Use::security},
    .basis = Basis::contract,
    .keep = {"an hour"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "name",
};
constexpr auto good = holding(HoldingKind::cache, "a.hpp", "names", &whole);

#ifdef BAD // expect: what is held of a person has a lawful basis
constexpr HeldOfPerson without{
    .of = "whoever",
    .category = Category::name,
    .source = Source::the_person,
    .uses = {Use::security},
    .keep = {"an hour"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "name",
};
constexpr auto bad = holding(HoldingKind::cache, "a.hpp", "names", &without);
#endif
} // namespace dialpine::store
