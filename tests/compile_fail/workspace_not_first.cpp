// A workspace's rows lie together, and can spread over many machines by that column.
#include "store/schema.hpp"

namespace dialpine::store {
struct Row {
    WorkspaceId workspace_id;
    TaskId id;
};
BOOST_DESCRIBE_STRUCT(Row, (), (workspace_id, id))
constexpr NotPersonal fact{"ids of the row"};

constexpr auto good = table<Row>(
    "rows", primary_key<&Row::workspace_id, &Row::id>, column<&Row::workspace_id>(fact), column<&Row::id>(fact)
);

#ifdef BAD // expect: a table of a workspace has workspace_id first in its primary key
constexpr auto bad =
    table<Row>("rows", primary_key<&Row::id>, column<&Row::workspace_id>(fact), column<&Row::id>(fact));
#endif
} // namespace dialpine::store
