#pragma once
#include "privacy/archive_seal.hpp"
#include "store/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

struct ExportedFile {
    std::string name;
    std::int64_t rows = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(ExportedFile, (), (name, rows, sha256))

/// What `manifest.json` says of a workspace's archive.
struct Manifest {
    std::string format;
    int version = 0;
    WorkspaceId workspace_id;
    Instant exported_at{};
    std::vector<ExportedFile> files;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (format, version, workspace_id, exported_at, files))
inline constexpr std::string_view workspace_format = "dialpine-workspace";
inline constexpr int workspace_format_version = 1;
/// Holds a note, named by the file's id, for each whose content could not be read: the rest of the archive is worth
/// having.
inline constexpr std::string_view damaged_folder = "damaged/";

/// How many rows of one table an export of the workspace would have.
struct TableRows {
    std::string table;
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(TableRows, (), (table, rows))
std::vector<TableRows> count_workspace(const store::Read&, WorkspaceId);

/// A workspace as a zip archive of JSON Lines, a file for each table, with `people.jsonl` (id and name of those whom
/// its rows name), `tasks.csv` and `comments.csv` for people, `README.txt` and `manifest.json` (rows and SHA-256 of
/// each file), sealed by its comment. Row by row, in little memory. Throws Problem 404 when there is no such workspace.
void export_workspace(const store::Read&, WorkspaceId, const ByteSink&, const ExportProgress&);

/// The same into a file, which only its owner may read and which appears only when it is whole. Throws
/// std::runtime_error when it cannot be written.
void export_workspace(const store::Read&, WorkspaceId, const std::filesystem::path& file, const ExportProgress&);

} // namespace dialpine::privacy
