#pragma once
#include "base/json.hpp"
#include "links/import_report.hpp"
#include "links/import_source.hpp"
#include "people/accounts.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>
#include <vector>

/// A workspace that another DialPine, or this one, exported comes in as a new workspace (promise P41).
namespace dialpine::links {

struct MovedTable {
    std::string table;
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(MovedTable, (), (table, rows))

/// Counts and our own words, never text from the file.
struct MoveReport {
    WorkspaceId workspace_id;
    std::string signed_by; ///< the key of the instance that made the archive
    bool made_here = false;
    std::int64_t people = 0;
    std::vector<MovedTable> tables;
    std::vector<Skipped> skipped;
};
BOOST_DESCRIBE_STRUCT(MoveReport, (), (workspace_id, signed_by, made_here, people, tables, skipped))

struct MoveWish {
    PersonId owner;                   ///< of the new workspace
    WorkspaceId workspace;            ///< its id, known before so that an interrupted import is found again
    std::optional<people::Name> name; ///< instead of the one that it had
};

/// Reads and checks everything first (Problem 422 names file and line). Then writes in small transactions, so that
/// nobody else waits long; the workspace itself is there only after the last of them. On any failure nothing stays.
/// Runs as long as it takes, on a thread that may wait.
MoveReport import_workspace(store::Database&, const MoveWish&, ImportSource&, const Progress&);

/// Removes what an import that was cut off has left of this workspace; nothing happens if the workspace is there.
void discard_unfinished(store::Database&, WorkspaceId);

/// The report of a job whose import has not ended: says of which workspace something may be left.
std::string unfinished_report(WorkspaceId);
/// At start: removes what imports left that a crash cut off.
void discard_cut_off(store::Database&);

} // namespace dialpine::links
