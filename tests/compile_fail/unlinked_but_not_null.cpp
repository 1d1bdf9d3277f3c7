// What is unlinked becomes NULL.
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

#ifdef BAD // expect: only a nullable column can be unlinked
constexpr Personal bad{
    .of = person_in<&Row::person_id>,
    .category = Category::content,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::unlink,
};
constexpr auto bad_column = column<&Row::text>(bad);
#endif
} // namespace dialpine::store
