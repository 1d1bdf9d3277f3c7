#pragma once
#include "links/import_source.hpp"
#include "privacy/archive_seal.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Archives that a DialPine exported, on their way into this one. Nothing of them is written to a file, so their names
/// lead nowhere; what is too large, cut, changed or no export is refused (Problem 422).
namespace dialpine::links {

/// Reads the whole source. Throws Problem 422 `export-altered` unless every byte is as it was when it was made.
privacy::ArchiveSeal check_seal(const store::Read&, ImportSource&);

/// What is wrong with an archive beyond a changed byte, and where: `tasks.jsonl:17`.
[[noreturn]] void refuse_archive(std::string_view where, std::string_view what);

/// The files of the archive, one after the other.
class ExportArchive {
public:
    explicit ExportArchive(ImportSource&);
    ~ExportArchive();
    ExportArchive(const ExportArchive&) = delete;
    ExportArchive& operator=(const ExportArchive&) = delete;

    /// Goes to the next file; false after the last.
    bool next();
    [[nodiscard]] const std::string& name() const;
    /// The next line without its end; false after the last.
    bool line(std::string& into);
    /// The next bytes of the file; empty at its end.
    std::string piece();
    /// All that is left of the file, at most this many bytes.
    std::string rest(std::size_t most);
    /// In lower-case hexadecimal, of what was read of this file.
    [[nodiscard]] std::string sha256();
    /// How much of the source was read, 0 to 1.
    [[nodiscard]] double part_read() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::links
