#include "egress/sender.hpp"

namespace dialpine::egress {
Reply good(Outbound& out, store::Database& database)
{
    return out.send(database.write([](store::Write& write) { return Gate::clear_test(write, {"List", {}}); }));
}

#ifdef BAD // expect: calling a private constructor of class 'dialpine::egress::Departure'
Reply bad(Outbound& out) { return out.send(Departure(DisclosureId::make(), "https://list.example/", "{}")); }
#endif
} // namespace dialpine::egress
