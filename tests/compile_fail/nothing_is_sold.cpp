#include "egress/outgoing.hpp"

namespace dialpine::egress {
Outgoing<Purpose::payment> good() { return {}; }

#ifdef BAD // expect: no member named 'sale' in 'dialpine::egress::Purpose'
Outgoing<Purpose::sale> bad() { return {}; }
#endif
} // namespace dialpine::egress
