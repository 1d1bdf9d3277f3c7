#pragma once
#include <span>
#include <string_view>

namespace dialpine::store {

class Connection;

/// One step from a version to the next. Never changes once released; a test shows that a migrated database equals a
/// fresh one.
struct Migration {
    int version;          ///< that it leads to
    std::string_view sql; ///< what has to be done besides adding new tables, nullable columns and indexes, which are
                          ///< known from the declarations
};
std::span<const Migration> migrations();

/// Makes a fresh database or brings an older one to this program's version, then compares it with the declarations
/// column by column. Throws Failure, with what to do, for a database of a newer version or one that is not as declared.
void prepare_schema(Connection&);

} // namespace dialpine::store
