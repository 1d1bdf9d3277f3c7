#include "store/sealed.hpp"

namespace dialpine {
std::string good(const Sealed<std::string>& name) { return fmt::format("{}", name.reveal()); }

#ifdef BAD // expect: Cannot format an argument
std::string bad(const Sealed<std::string>& name) { return fmt::format("{}", name); }
#endif
} // namespace dialpine
