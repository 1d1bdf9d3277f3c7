#pragma once
#include "store/database.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dialpine::privacy {

/// All that is held of the person, as a zip archive that is made while it is fetched: `README.txt`, `my-data.html` (to
/// read or print), `my-data.json` (complete, with the rows as they stand), and in `files/` what they uploaded. Nothing of
/// other persons, no password or token hashes. The rows are as they were when it began; of the files one piece is in
/// memory.
class PersonExport {
public:
    PersonExport(const store::Read&, PersonId);
    ~PersonExport();
    PersonExport(const PersonExport&) = delete;
    PersonExport& operator=(const PersonExport&) = delete;
    /// The next bytes; empty at the end.
    std::string next();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// The same at once, in memory.
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
