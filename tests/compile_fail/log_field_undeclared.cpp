#include "base/log.hpp"

namespace dialpine::log {
constexpr auto good = Field::route;

#ifdef BAD // expect: no member named 'email' in 'dialpine::log::Field'
constexpr auto bad = Field::email;
#endif
} // namespace dialpine::log
