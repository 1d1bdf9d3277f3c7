#include "egress/outgoing.hpp"

namespace dialpine::egress {
Outgoing<SharingPurpose::own_mail> good() { return {}; }

#ifdef BAD // expect: no member named 'third_party_advertising' in 'dialpine::egress::SharingPurpose'
Outgoing<SharingPurpose::third_party_advertising> bad() { return {}; }
#endif
} // namespace dialpine::egress
