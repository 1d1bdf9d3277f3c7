#include "store/rows.hpp"
#include "work/task.hpp"

namespace dialpine::store {
struct Undeclared {
    TaskId id;
};
BOOST_DESCRIBE_STRUCT(Undeclared, (), (id))

void good(Write& write, const work::Task& task) { insert(write, task); }

#ifdef BAD // expect: this row type has no declared table
void bad(Write& write, const Undeclared& row) { insert(write, row); }
#endif
} // namespace dialpine::store
