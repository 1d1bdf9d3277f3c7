#include "links/export_archive.hpp"

#include "base/problem.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "store/keys.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <array>
#include <exception>

namespace dialpine::links {
namespace {
constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t most_files = 1'000'000;
constexpr std::size_t most_line_bytes = std::size_t{8} * 1024 * 1024;
/// Deflate makes a thousand bytes of one at best; tables are packed ten or twenty times smaller.
constexpr std::uint64_t most_times_larger = 250;
constexpr std::uint64_t always_allowed_bytes = std::uint64_t{64} * 1024 * 1024;
} // namespace

void refuse_archive(std::string_view where, std::string_view what)
{
    auto problem = Problem::invalid(std::string(where), std::string(what));
    problem.name = "not-an-export";
    problem.title = "Not an export that can be taken in";
    throw problem;
}

privacy::ArchiveSeal check_seal(const store::Read& read, ImportSource& source)
{
    source.rewind();
    privacy::ArchiveSealCheck check(source.size());
    std::array<char, block_bytes> block{};
    while (const auto count = source.read(block)) check.feed({block.data(), count});
    const auto seal = check.finish(crypto::public_key(read.keys().signing_key()));
    if (!seal)
        throw Problem(
            422,
            "export-altered",
            "Not an export as it was made",
            "The file is no export of DialPine, or it was changed or cut since it was made. Export it again."
        );
    return *seal;
}

struct ExportArchive::Inside {
    ImportSource& source;
    archive* reader = archive_read_new();
    archive_entry* entry = nullptr; ///< the reader's
    std::array<char, block_bytes> block{};
    std::exception_ptr failure; ///< of the source: it must not be thrown through C
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::size_t files = 0;
    std::string name;
    std::string waiting; ///< what was unpacked and not given yet
    std::size_t taken = 0;
    bool is_at_end = true;
    crypto::Sha256 hash;

    explicit Inside(ImportSource& source_) : source(source_)
    {
        if (!reader) throw std::bad_alloc();
    }
    ~Inside() { archive_read_free(reader); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    static la_ssize_t take(archive*, void* inside, const void** bytes)
    {
        auto& self = *static_cast<Inside*>(inside);
        try {
            const auto count = self.source.read(self.block);
            self.bytes_in += count;
            *bytes = self.block.data();
            return static_cast<la_ssize_t>(count);
        } catch (...) {
            self.failure = std::current_exception();
            return -1;
        }
    }

    void check(la_ssize_t code) const
    {
        if (code >= ARCHIVE_OK) return;
        if (failure) std::rethrow_exception(failure);
        refuse_archive(name, "is not packed as an export is");
    }

    /// Unpacks some more of the file; false at its end.
    bool unpack()
    {
        if (is_at_end) return false;
        waiting.erase(0, taken);
        taken = 0;
        const auto before = waiting.size();
        waiting.resize(before + block_bytes);
        const auto count = archive_read_data(reader, waiting.data() + before, block_bytes);
        waiting.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
        check(count);
        is_at_end = count == 0;
        bytes_out += static_cast<std::uint64_t>(count);
        if (bytes_out > always_allowed_bytes && bytes_out / most_times_larger > source.size())
            refuse_archive(name, "becomes far larger than an export of its size can be");
        hash.add({waiting.data() + before, static_cast<std::size_t>(count)});
        return !is_at_end;
    }
};

ExportArchive::ExportArchive(ImportSource& source) : inside_(std::make_unique<Inside>(source))
{
    source.rewind();
    inside_->check(archive_read_support_format_zip_streamable(inside_->reader));
    inside_->check(archive_read_open(inside_->reader, inside_.get(), nullptr, &Inside::take, nullptr));
}
ExportArchive::~ExportArchive() = default;

bool ExportArchive::next()
{
    while (inside_->unpack()) inside_->taken = inside_->waiting.size();
    const int code = archive_read_next_header(inside_->reader, &inside_->entry);
    inside_->waiting.clear();
    inside_->taken = 0;
    if (code == ARCHIVE_EOF) return false;
    inside_->check(code);
    const char* name = archive_entry_pathname(inside_->entry);
    inside_->name = name ? name : "";
    if (!is_utf8(inside_->name)) inside_->name.clear();
    if (++inside_->files > most_files) refuse_archive("", "holds more files than an export has");
    if (archive_entry_is_encrypted(inside_->entry)) refuse_archive("", "is encrypted");
    inside_->is_at_end = false;
    inside_->hash.clear();
    return true;
}

const std::string& ExportArchive::name() const { return inside_->name; }

bool ExportArchive::line(std::string& into)
{
    auto& waiting = inside_->waiting;
    std::size_t searched = inside_->taken;
    while (true) {
        if (const auto end = waiting.find('\n', searched); end != std::string::npos) {
            into.assign(waiting, inside_->taken, end - inside_->taken);
            inside_->taken = end + 1;
            return true;
        }
        const auto left = waiting.size() - inside_->taken;
        if (left > most_line_bytes) refuse_archive(inside_->name, "has a line that is too long");
        const bool has_more = inside_->unpack(); // moves what is left to the front
        searched = left;
        if (has_more) continue;
        into.assign(waiting, inside_->taken);
        inside_->taken = waiting.size();
        return !into.empty();
    }
}

std::string ExportArchive::piece()
{
    if (inside_->taken == inside_->waiting.size()) inside_->unpack();
    std::string piece(inside_->waiting, inside_->taken);
    inside_->taken = inside_->waiting.size();
    return piece;
}

std::string ExportArchive::rest(std::size_t most)
{
    while (inside_->waiting.size() - inside_->taken <= most && inside_->unpack()) {
    }
    if (inside_->waiting.size() - inside_->taken > most) refuse_archive(inside_->name, "is too large");
    std::string text(inside_->waiting, inside_->taken);
    inside_->taken = inside_->waiting.size();
    return text;
}

std::string ExportArchive::sha256()
{
    while (inside_->unpack()) inside_->taken = inside_->waiting.size();
    return inside_->hash.hex();
}

double ExportArchive::part_read() const
{
    const auto size = inside_->source.size();
    return size == 0 ? 1 : static_cast<double>(inside_->bytes_in) / static_cast<double>(size);
}

} // namespace dialpine::links
