#include "links/google_data.hpp"

#include <string>

namespace dialpine::links {
const std::string& good(const GoogleData<std::string>& event)
{
    return event.open_for<GoogleUse::feature_of_the_person>();
}

#ifdef BAD // expect: Limited Use: Google data goes to no third party
const std::string& bad(const GoogleData<std::string>& event) { return event.open_for<GoogleUse::third_party>(); }
#endif
} // namespace dialpine::links
