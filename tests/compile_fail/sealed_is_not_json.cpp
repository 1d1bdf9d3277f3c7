#include "base/json.hpp"
#include "store/sealed.hpp"

namespace dialpine {
std::string good(const Sealed<std::string>& name) { return json::to_json(name.reveal()); }

#ifdef BAD // expect: no matching member function for call to 'value'
std::string bad(const Sealed<std::string>& name) { return json::to_json(name); }
#endif
} // namespace dialpine
