// Nothing is held without a lawful basis.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    PersonId person_id;
    Sealed<std::string> text;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(Row, (), (person_id, text, at))

constexpr Personal good{
    .of = person_in<&Row::person_id>,
    .category = Category::content,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
};
constexpr auto good_column = column<&Row::text>(good);

#ifdef BAD // expect: a personal column names its lawful basis
constexpr Personal bad{
    .of = person_in<&Row::person_id>,
    .category = Category::content,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
};
constexpr auto bad_column = column<&Row::text>(bad);
#endif
} // namespace dialpine::store
