#include "store/holding.hpp"

namespace dialpine::store {
constexpr auto good = holding(HoldingKind::cache, "a.hpp", "numbers", OfNobody{"counts of long work"});

#ifdef BAD // expect: what is not personal says why
constexpr auto bad = holding(HoldingKind::cache, "a.hpp", "numbers", OfNobody{""});
#endif
} // namespace dialpine::store
