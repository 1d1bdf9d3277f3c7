#include "privacy/disclosure.hpp"

namespace dialpine::privacy {
using egress::SharingPurpose::own_mail;

void good(store::Write& write, PersonId person, const egress::Outgoing<own_mail>& news)
{
    if (const auto yes = may_disclose<own_mail>(write, person)) egress::Gate::clear(write, {"List", {}}, news, *yes);
}

#ifdef BAD // expect: calling a private constructor of class
           // 'dialpine::egress::Permission<dialpine::egress::SharingPurpose::own_mail>'
void bad(store::Write& write, PersonId person, const egress::Outgoing<own_mail>& news)
{
    egress::Gate::clear(write, {"List", {}}, news, egress::Permission<own_mail>(person));
}
#endif
} // namespace dialpine::privacy
