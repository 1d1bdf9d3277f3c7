// What a column says is one of two things, not any remark.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Row, (), (name))

constexpr auto good = column<&Row::name>(NotPersonal{"the name of a thing"});

#ifdef BAD // expect: a column says either Personal or NotPersonal{"why"}
constexpr auto bad = column<&Row::name>(42);
#endif
} // namespace dialpine::store
