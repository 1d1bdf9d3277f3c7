#include "egress/outgoing.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::analytics>& out, std::string_view family)
{
    if (const auto known = Word::one_of(family, {"Firefox", "Chromium"})) out.with<Field::browser_family>(*known);
}

#ifdef BAD // expect: call to consteval function 'dialpine::egress::Word::Word' is not a constant expression
void bad(Outgoing<SharingPurpose::analytics>& out, const std::string& comment)
{
    out.with<Field::browser_family>(Word(comment.c_str()));
}
#endif
} // namespace dialpine::egress
