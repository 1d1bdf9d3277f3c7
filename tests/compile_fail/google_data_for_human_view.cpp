#include "links/google_data.hpp"

#include <string>

namespace dialpine::links {
const std::string& good(const GoogleData<std::string>& event)
{
    return event.open_for<GoogleUse::feature_of_the_person>();
}

#ifdef BAD // expect: Limited Use: nobody else looks at Google data
const std::string& bad(const GoogleData<std::string>& event) { return event.open_for<GoogleUse::human_view>(); }
#endif
} // namespace dialpine::links
