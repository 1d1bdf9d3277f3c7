#include "store/sealed.hpp"

namespace dialpine {
std::string good(const Sealed<std::string>& name) { return name.reveal(); }

#ifdef BAD // expect: no viable conversion from returned value of type 'const Sealed<std::string>'
std::string bad(const Sealed<std::string>& name) { return name; }
#endif
} // namespace dialpine
