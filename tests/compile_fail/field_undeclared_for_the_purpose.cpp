#include "egress/outgoing.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::own_mail>& out, const Email& email) { out.with<Field::email>(email); }

#ifdef BAD // expect: this field is not declared for the purpose
void bad(Outgoing<SharingPurpose::analytics>& out, const Email& email) { out.with<Field::email>(email); }
#endif
} // namespace dialpine::egress
