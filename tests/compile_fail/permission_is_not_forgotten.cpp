#include "privacy/disclosure.hpp"

namespace dialpine::privacy {
using egress::SharingPurpose::analytics;

void good(store::Write& write, PersonId person, const egress::Outgoing<analytics>& figures)
{
    if (const auto yes = may_disclose<analytics>(write, person))
        egress::Gate::clear(write, {"Figures", {}}, figures, *yes);
}

#ifdef BAD // expect: no matching function for call to 'clear'
void bad(store::Write& write, const egress::Outgoing<analytics>& figures)
{
    egress::Gate::clear(write, {"Figures", {}}, figures);
}
#endif
} // namespace dialpine::privacy
