#pragma once
#include "links/export_archive.hpp"
#include "privacy/export.hpp"
#include "store/schema.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

/// Which files an export of a workspace has, looked at before anything of it is taken in.
namespace dialpine::links {

/// The table whose rows the file holds; null for what is for people to read, or for the other files of an export.
const store::Table* table_of_file(std::string_view name);

/// `files/ID/NAME`, or `damaged/ID.txt`.
struct FilePath {
    Uuid id;
    std::string name;
    bool is_damaged = false;
};
std::optional<FilePath> file_path_of(std::string_view name);

/// What one walk over the archive learned.
struct Outline {
    privacy::Manifest manifest;
    std::map<std::string, privacy::ExportedFile, std::less<>> files; ///< as they are
    std::map<PersonId, std::string> people;                          ///< by their ids in the export
    std::set<PersonId> ids;                                          ///< of those
    std::int64_t lines = 0;
};

/// Calls `each` on every line of a file, with where it stands.
template <class Each>
std::int64_t for_each_line(ExportArchive& archive, Each each)
{
    std::int64_t count = 0;
    for (std::string line; archive.line(line);) each(line, fmt::format("{}:{}", archive.name(), ++count));
    return count;
}

/// First walk: which people there are, and whether every file is what the manifest says. Throws Problem 422 with what
/// is not.
Outline outline_of(ImportSource& source);

} // namespace dialpine::links
