#include "egress/outgoing.hpp"
#include "links/google_data.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::own_mail>& out) { out.with<Field::mailing_list>(Word("news")); }

#ifdef BAD // expect: GoogleData has no way out
void bad(Outgoing<SharingPurpose::own_mail>& out, const links::GoogleData<Word>& label)
{
    out.with<Field::mailing_list>(label);
}
#endif
} // namespace dialpine::egress
