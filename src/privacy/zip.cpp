#include "privacy/zip.hpp"

#include "base/clock.hpp"
#include "base/sha256.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace dialpine::privacy {
namespace {
constexpr int block_bytes = 64 * 1024;
}

struct Zip::Inside {
    std::function<void(std::string_view)> sink;
    std::exception_ptr failure; ///< of the sink: it must not be thrown through C
    archive* writer = archive_write_new();
    archive_entry* entry = archive_entry_new();
    crypto::Sha256 hash;

    Inside(std::function<void(std::string_view)> sink_, int level) : sink(std::move(sink_))
    {
        if (!writer || !entry) throw std::bad_alloc();
        check(archive_write_set_format_zip(writer));
        check(archive_write_zip_set_compression_deflate(writer));
        check(archive_write_set_format_option(writer, "zip", "compression-level", std::to_string(level).c_str()));
        check(archive_write_set_bytes_per_block(writer, block_bytes));
        // Without padding to whole blocks at the end.
        check(archive_write_set_bytes_in_last_block(writer, 1));
    }
    ~Inside()
    {
        archive_entry_free(entry);
        archive_write_free(writer);
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    static la_ssize_t give(archive*, void* inside, const void* bytes, std::size_t length)
    {
        auto& self = *static_cast<Inside*>(inside);
        if (self.failure) return -1; // it closes itself when it goes
        try {
            self.sink({static_cast<const char*>(bytes), length});
            return static_cast<la_ssize_t>(length);
        } catch (...) {
            self.failure = std::current_exception();
            return -1;
        }
    }

    void check(int code) const
    {
        if (code >= ARCHIVE_WARN) return;
        if (failure) std::rethrow_exception(failure);
        const char* reason = archive_error_string(writer);
        throw std::runtime_error(std::string("The archive cannot be written: ") + (reason ? reason : "unknown reason"));
    }
};

Zip::Zip(std::function<void(std::string_view)> sink, int level)
    : inside_(std::make_unique<Inside>(std::move(sink), level))
{
    inside_->check(archive_write_open(inside_->writer, inside_.get(), nullptr, &Inside::give, nullptr));
}

Zip::~Zip() = default;

void Zip::open_entry(std::string_view name, std::optional<std::uint64_t> length)
{
    archive_entry_clear(inside_->entry);
    archive_entry_set_pathname(inside_->entry, std::string(name).c_str());
    archive_entry_set_filetype(inside_->entry, AE_IFREG);
    archive_entry_set_perm(inside_->entry, 0600);
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_now().time_since_epoch());
    archive_entry_set_mtime(inside_->entry, now.count(), 0);
    if (length) archive_entry_set_size(inside_->entry, static_cast<la_int64_t>(*length));
    inside_->check(archive_write_header(inside_->writer, inside_->entry));
    inside_->hash.clear();
}

void Zip::add(std::string_view name, std::string_view content)
{
    open_entry(name, content.size());
    write(content);
    end();
}

void Zip::begin(std::string_view name) { open_entry(name, std::nullopt); }

void Zip::write(std::string_view piece)
{
    inside_->hash.add(piece);
    while (!piece.empty()) {
        const auto written = archive_write_data(inside_->writer, piece.data(), piece.size());
        if (written <= 0) inside_->check(ARCHIVE_FATAL);
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string Zip::end()
{
    inside_->check(archive_write_finish_entry(inside_->writer));
    return inside_->hash.hex();
}

void Zip::close() { inside_->check(archive_write_close(inside_->writer)); }

} // namespace dialpine::privacy
