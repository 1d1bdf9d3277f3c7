#include "privacy/consent.hpp"

namespace dialpine::privacy {
void note_search(const Consented<Purpose::search_history>&) {}

void good(const store::Read& read, PersonId person)
{
    if (const auto yes = consented<Purpose::search_history>(read, person)) note_search(*yes);
}

#ifdef BAD // expect: calling a private constructor of class 'dialpine::privacy::Consented<dialpine::privacy::Purpose::search_history>'
void bad(PersonId person) { note_search(Consented<Purpose::search_history>(person)); }
#endif
} // namespace dialpine::privacy
