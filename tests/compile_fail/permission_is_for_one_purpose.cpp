#include "privacy/disclosure.hpp"

namespace dialpine::privacy {
using egress::SharingPurpose::analytics;
using egress::SharingPurpose::own_mail;

void good(store::Write& write, const egress::Outgoing<own_mail>& news, const egress::Permission<own_mail>& yes)
{
    egress::Gate::clear(write, {"List", {}}, news, yes);
}

#ifdef BAD // expect: no matching function for call to 'clear'
void bad(store::Write& write, const egress::Outgoing<own_mail>& news, const egress::Permission<analytics>& yes)
{
    egress::Gate::clear(write, {"List", {}}, news, yes);
}
#endif
} // namespace dialpine::privacy
