#include "store/sealed.hpp"

namespace dialpine {
bool good(const Sealed<std::string>& one, const Sealed<std::string>& other) { return one.reveal() == other.reveal(); }

#ifdef BAD // expect: invalid operands to binary expression
bool bad(const Sealed<std::string>& one, const Sealed<std::string>& other) { return one == other; }
#endif
} // namespace dialpine
