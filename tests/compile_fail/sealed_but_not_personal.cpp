// A sealed value opens with a person's key, so it is of a person.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    Sealed<std::string> text;
    std::string plain;
};
BOOST_DESCRIBE_STRUCT(Row, (), (text, plain))

constexpr auto good = column<&Row::plain>(NotPersonal{"the name of a thing"});

#ifdef BAD // expect: a sealed column is personal
constexpr auto bad = column<&Row::text>(NotPersonal{"the name of a thing"});
#endif
} // namespace dialpine::store
