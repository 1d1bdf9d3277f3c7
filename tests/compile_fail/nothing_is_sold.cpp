#include "egress/outgoing.hpp"

namespace dialpine::egress {
Outgoing<SharingPurpose::payment> good() { return {}; }

#ifdef BAD // expect: no member named 'sale' in 'dialpine::egress::SharingPurpose'
Outgoing<SharingPurpose::sale> bad() { return {}; }
#endif
} // namespace dialpine::egress
