#include "privacy/consent.hpp"

namespace dialpine::privacy {
void note_search(const Consented<Purpose::search_history>&) {}

void good(const store::Read& read, PersonId person)
{
    if (const auto yes = consented<Purpose::search_history>(read, person)) note_search(*yes);
}

#ifdef BAD // expect: no matching function for call to 'note_search'
void bad(PersonId person) { note_search(person); }
#endif
} // namespace dialpine::privacy
