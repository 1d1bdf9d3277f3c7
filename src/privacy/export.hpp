#pragma once
#include "store/database.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace dialpine::privacy {

/// All that is held of the person, as the bytes of a zip archive: `my-data.json` (complete, with the rows as they
/// stand), `my-data.html` (to read or print) and `README.txt`. Nothing of other persons, no password or token hashes.
std::string export_person(const store::Read&, PersonId);

/// How far a long export is (0 to 1), and what it is doing.
using ExportProgress = std::function<void(double, std::string_view)>;

/// A workspace as a zip archive of JSON Lines, a file for each table, with `people.jsonl` (id and name of those whom
/// its rows name) and `manifest.json` (rows and SHA-256 of each file). Row by row, in little memory; `file` appears
/// only when it is whole. Throws Problem 404 when there is no such workspace, std::runtime_error when the file cannot
/// be written.
void export_workspace(
    const store::Read&, WorkspaceId, const std::filesystem::path& file, const ExportProgress& progress
);

} // namespace dialpine::privacy
