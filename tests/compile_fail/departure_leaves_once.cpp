#include "egress/sender.hpp"

namespace dialpine::egress {
Reply good(Outbound& out, Departure departure) { return out.send(std::move(departure)); }

#ifdef BAD // expect: call to deleted constructor of 'Departure'
Reply bad(Outbound& out, const Departure& departure)
{
    out.send(departure);
    return out.send(departure);
}
#endif
} // namespace dialpine::egress
