#include "egress/outgoing.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::payment>& out) { out.with<Field::amount_cents>(std::int64_t{900}); }

#ifdef BAD // expect: this field is held by the machine and never sent
void bad(Outgoing<SharingPurpose::hosting>& out) { out.with<Field::stored_data>(NeverSent{}); }
#endif
} // namespace dialpine::egress
