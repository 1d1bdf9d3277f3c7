#include "egress/outgoing.hpp"

namespace dialpine::egress {
Outgoing<Purpose::own_mail> good() { return {}; }

#ifdef BAD // expect: no member named 'third_party_advertising' in 'dialpine::egress::Purpose'
Outgoing<Purpose::third_party_advertising> bad() { return {}; }
#endif
} // namespace dialpine::egress
