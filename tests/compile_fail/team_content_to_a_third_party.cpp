#include "egress/outgoing.hpp"
#include "work/team_content.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::analytics>& out) { out.with<Field::feature>(Word("board_opened")); }

#ifdef BAD // expect: TeamContent has no way out
void bad(Outgoing<SharingPurpose::analytics>& out, const work::TeamContent<std::string>& title)
{
    out.with<Field::feature>(title);
}
#endif
} // namespace dialpine::egress
