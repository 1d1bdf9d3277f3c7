#include "egress/outgoing.hpp"
#include "work/task.hpp"

namespace dialpine::egress {
void good(Outgoing<SharingPurpose::error_tracking>& out) { out.with<Field::program_place>(Word("work/tasks.cpp:12")); }

#ifdef BAD // expect: a field goes out in its declared type only
void bad(Outgoing<SharingPurpose::error_tracking>& out, const work::Task& task)
{
    out.with<Field::program_place>(task.title);
}
#endif
} // namespace dialpine::egress
