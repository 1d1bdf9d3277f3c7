// A project's id is never taken for a task's.
#include "store/ids.hpp"

namespace dialpine {
void open_task(TaskId);
void good(TaskId task) { open_task(task); }

#ifdef BAD // expect: no matching function for call to 'open_task'
void bad(ProjectId project) { open_task(project); }
#endif
} // namespace dialpine
