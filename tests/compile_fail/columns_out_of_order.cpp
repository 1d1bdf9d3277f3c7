// Binding walks over members and columns together.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    TaskId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, name))
constexpr NotPersonal fact{"facts of the row"};

constexpr auto good = table<Row>("rows", primary_key<&Row::id>, column<&Row::id>(fact), column<&Row::name>(fact));

#ifdef BAD // expect: columns stand in the order of the members
constexpr auto bad = table<Row>("rows", primary_key<&Row::id>, column<&Row::name>(fact), column<&Row::id>(fact));
#endif
} // namespace dialpine::store
