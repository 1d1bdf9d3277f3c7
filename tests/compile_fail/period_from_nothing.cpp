// A period that counts from no point in time would never end.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    PersonId id;
    std::string name;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, name, at))

consteval Personal kept_since(std::string_view since)
{
    return {
        .of = itself_by<&Row::id>,
        .category = Category::content,
        .source = Source::the_person,
        .uses = {Use::provide_service},
        .basis = Basis::contract,
        .keep = {"a day", std::chrono::days{1}, since},
        .at_erasure = AtErasure::erase_row,
    };
}
constexpr NotPersonal fact{"when the row was made"};

constexpr auto good = table<Row>(
    "rows",
    primary_key<&Row::id>,
    column<&Row::id>(kept_since("at")),
    column<&Row::name>(kept_since("at")),
    column<&Row::at>(fact)
);

#ifdef BAD // expect: a period counts from a point in time of the same row
constexpr auto bad = table<Row>(
    "rows",
    primary_key<&Row::id>,
    column<&Row::id>(kept_since("at")),
    column<&Row::name>(kept_since("name")),
    column<&Row::at>(fact)
);
#endif
} // namespace dialpine::store
