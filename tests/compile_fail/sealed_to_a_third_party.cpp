#include "egress/outgoing.hpp"
#include "people/person.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::own_mail>& out, const people::Person& person)
{
    if (person.email) out.with<Field::email>(person.email->reveal());
}

#ifdef BAD // expect: a sealed value has no way out
void bad(Outgoing<SharingPurpose::own_mail>& out, const people::Person& person)
{
    out.with<Field::email>(*person.email);
}
#endif
} // namespace dialpine::egress
