#pragma once
#include "links/import_report.hpp"
#include "links/import_source.hpp"
#include "people/actor.hpp"

namespace dialpine::store {
class Database;
}

namespace dialpine::links {

/// Brings a board in that Trello exported as JSON: as a project, with what the report says. The whole file is read and
/// checked before anything is written (Problem 422 if it is not a board); then it is written in small transactions, so
/// that nobody else waits long. The same board again adds nothing twice: what is new comes, and what changed in the
/// file since the last time is overwritten here; what was deleted here stays deleted. Runs as long as it takes, on a
/// thread that may wait.
ImportReport import_trello(store::Database&, const people::Actor&, ImportSource&, const Progress& progress);

} // namespace dialpine::links
