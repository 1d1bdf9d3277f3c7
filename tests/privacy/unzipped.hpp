#pragma once
#include <archive.h>
#include <archive_entry.h>

#include <map>
#include <stdexcept>
#include <string>

namespace dialpine::privacy {

/// The files of a zip archive and their contents.
inline std::map<std::string, std::string> unzipped(const std::string& bytes)
{
    std::map<std::string, std::string> files;
    archive* reader = archive_read_new();
    archive_read_support_format_zip(reader);
    if (archive_read_open_memory(reader, bytes.data(), bytes.size()) != ARCHIVE_OK)
        throw std::runtime_error(archive_error_string(reader));
    archive_entry* entry = nullptr;
    int code = ARCHIVE_OK;
    while ((code = archive_read_next_header(reader, &entry)) == ARCHIVE_OK) {
        auto& content = files[archive_entry_pathname(entry)];
        std::string piece(4096, '\0');
        la_ssize_t length = 0;
        while ((length = archive_read_data(reader, piece.data(), piece.size())) > 0)
            content.append(piece, 0, static_cast<std::size_t>(length));
        if (length < 0) throw std::runtime_error(archive_error_string(reader));
    }
    if (code != ARCHIVE_EOF) throw std::runtime_error(archive_error_string(reader));
    archive_read_free(reader);
    return files;
}

} // namespace dialpine::privacy
