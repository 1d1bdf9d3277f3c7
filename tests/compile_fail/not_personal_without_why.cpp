#include "store/schema.hpp"

namespace dialpine::store {
constexpr NotPersonal good{"counts of long work"};

#ifdef BAD // expect: a column that is not personal says why
constexpr NotPersonal bad{""};
#endif
} // namespace dialpine::store
