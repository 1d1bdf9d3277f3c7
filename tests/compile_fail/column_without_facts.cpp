// A column says of whom it is, or why it is of nobody.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, name))

constexpr auto good = column<&Row::name>(NotPersonal{"the name of a thing"});

#ifdef BAD // expect: no matching function for call to 'column'
constexpr auto bad = column<&Row::name>();
#endif
} // namespace dialpine::store
