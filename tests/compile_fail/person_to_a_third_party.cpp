#include "egress/outgoing.hpp"
#include "people/person.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::mail_delivery>& out) { out.with<Field::mail_template>(Word("invitation")); }

#ifdef BAD // expect: a field goes out in its declared type only
void bad(Outgoing<SharingPurpose::mail_delivery>& out, const people::Person& person)
{
    out.with<Field::mail_template>(person);
}
#endif
} // namespace dialpine::egress
