#include "work/pictures.hpp"

#include "work/picture_bytes.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace dialpine::work {
namespace {
using namespace pictures;

constexpr std::size_t most_exif = 64 * 1024;

// ---- JPEG (ITU T.81, annex B)

bool is_wanted_in_jpeg(std::uint8_t marker, std::string_view segment)
{
    constexpr std::uint8_t first_application = 0xe0;
    constexpr std::uint8_t colours = 0xe2;
    constexpr std::uint8_t adobe = 0xee;
    constexpr std::uint8_t last_application = 0xef;
    if (marker == colours) return segment.starts_with(std::string_view("ICC_PROFILE\0", 12));
    if (marker == adobe) return segment.starts_with("Adobe");
    if (marker >= first_application && marker <= last_application) return false;
    // Frames, tables, scans and their lengths; neither comments (0xfe) nor what the standard leaves open (0xf0, …).
    return marker >= 0xc0 && marker <= 0xdf;
}

/// Passes the compressed picture up to the next marker, which it gives: 0 when the file ends.
std::uint8_t pass_scan(Scanner& scanner)
{
    while (!scanner.is_at_end()) {
        if (scanner.byte() != 0xff) continue;
        std::uint8_t marker = 0xff;
        while (marker == 0xff && !scanner.is_at_end()) marker = scanner.byte();
        const bool is_in_scan = marker == 0 || (marker >= 0xd0 && marker <= 0xd7) || marker == 0xff;
        if (!is_in_scan) return marker;
    }
    return 0;
}

Kept jpeg(Scanner& scanner)
{
    constexpr std::uint8_t end_of_image = 0xd9;
    constexpr std::uint8_t start_of_scan = 0xda;
    Stretches kept;
    if (scanner.take(2) != "\xff\xd8") throw Malformed();
    kept.keep(0, 2);
    const auto front = kept.mark();
    std::uint32_t orientation = 1;
    std::string beginning; // JFIF's own block, made anew: it can hold a small picture
    if (scanner.byte() != 0xff) throw Malformed();
    std::uint8_t marker = scanner.byte();
    while (marker != end_of_image && marker != 0) {
        while (marker == 0xff) marker = scanner.byte();
        const auto length = big(scanner.take(2), 0, 2);
        if (length < 2) throw Malformed();
        const auto begin = scanner.position() - 4;
        const auto segment = scanner.take(length - 2);
        if (marker == 0xe0 && beginning.empty() && segment.starts_with(std::string_view("JFIF\0", 5)) &&
            segment.size() >= 12)
            beginning = std::string("\xff\xe0\x00\x10", 4) + segment.substr(0, 12) + std::string(2, '\0');
        if (marker == 0xe1 && segment.starts_with(std::string_view("Exif\0\0", 6)) && orientation == 1)
            orientation = orientation_of(std::string_view(segment).substr(6));
        if (is_wanted_in_jpeg(marker, segment)) {
            kept.put(std::string{'\xff', static_cast<char>(marker)});
            kept.keep(begin + 2, scanner.position());
        }
        if (marker == start_of_scan) {
            const auto scan = scanner.position();
            marker = pass_scan(scanner);
            kept.keep(scan, marker == 0 ? scanner.position() : scanner.position() - 2);
            continue;
        }
        if (scanner.byte() != 0xff) throw Malformed();
        marker = scanner.byte();
    }
    kept.put("\xff\xd9");
    if (orientation != 1) {
        const auto exif = std::string("Exif\0\0", 6) + tiff_of(orientation);
        beginning += "\xff\xe1" + big_text(static_cast<std::uint32_t>(exif.size() + 2), 2) + exif;
    }
    if (!beginning.empty()) kept.put_at(front, beginning);
    return std::move(kept.all());
}

// ---- PNG (third edition)

bool is_wanted_in_png(std::string_view type)
{
    static constexpr std::array<std::string_view, 19> wanted{
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB",
        "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT", "hIST",
    };
    return std::ranges::find(wanted, type) != wanted.end();
}

std::string png_chunk(const std::string& type, const std::string& content)
{
    const std::string checked = type + content;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return big_text(static_cast<std::uint32_t>(content.size()), 4) + checked +
           big_text(static_cast<std::uint32_t>(sum), 4);
}

Kept png(Scanner& scanner)
{
    Stretches kept;
    if (scanner.take(8) != "\x89PNG\r\n\x1a\n") throw Malformed();
    kept.keep(0, 8);
    std::uint32_t orientation = 1;
    std::optional<std::size_t> after_head;
    for (std::string type; type != "IEND";) {
        const auto begin = scanner.position();
        const auto length = big(scanner.take(4), 0, 4);
        type = scanner.take(4);
        if (type == "eXIf" && length <= most_exif)
            orientation = orientation_of(without_exif_head(scanner.take(length)));
        else
            scanner.skip(length);
        scanner.skip(4);
        if (!is_wanted_in_png(type)) continue;
        kept.keep(begin, scanner.position());
        if (type != "IHDR") continue;
        after_head = kept.mark();
        kept.put({}); // a place that may stay empty, so that what follows is a stretch of its own
    }
    if (!after_head) throw Malformed();
    if (orientation != 1) kept.put_at(*after_head, png_chunk("eXIf", tiff_of(orientation)));
    return std::move(kept.all());
}

// ---- WebP (RFC 9649)

bool draws_in_webp(std::string_view type) { return type == "VP8 " || type == "VP8L" || type == "ALPH"; }

/// A frame of a film is a chunk of chunks, of which only those that draw are kept; one in which none does goes.
void keep_webp_frame(Scanner& scanner, Stretches& kept, std::uint32_t length)
{
    constexpr std::uint32_t head_bytes = 16; // where it is drawn, and for how long
    const auto begin = scanner.position() - 8;
    const auto end = scanner.position() + length;
    const auto head = scanner.take(std::min(length, head_bytes));
    Stretches drawn;
    while (scanner.position() + 8 <= end) {
        const auto from = scanner.position();
        const auto chunk = scanner.take(8);
        const std::uint64_t size = little(chunk, 4, 4);
        const auto left = end - scanner.position();
        scanner.skip(std::min(size + size % 2, left));
        if (size <= left && draws_in_webp(chunk.substr(0, 4))) drawn.keep(from, scanner.position());
    }
    scanner.skip(end - scanner.position() + length % 2);
    const auto bytes = drawn.all().size();
    if (bytes == 0) return;
    if (head_bytes + bytes == length) return kept.keep(begin, scanner.position());
    kept.put("ANMF" + little_text(static_cast<std::uint32_t>(head_bytes + bytes)) + head);
    for (const auto& stretch : drawn.all().stretches) kept.keep(stretch.from, stretch.from + stretch.length);
    if (bytes % 2 != 0) kept.put(std::string(1, '\0'));
}

Kept webp(Scanner& scanner)
{
    constexpr std::uint32_t says_exif = 0x08;
    constexpr std::uint32_t says_xmp = 0x04;
    Stretches kept;
    const auto head = scanner.take(12);
    if (!head.starts_with("RIFF") || !head.ends_with("WEBP")) throw Malformed();
    const std::uint64_t end = 8 + std::uint64_t{little(head, 4, 4)};
    std::uint32_t orientation = 1;
    std::optional<std::size_t> extended;
    std::string extension;
    while (scanner.position() + 8 <= end && !scanner.is_at_end()) {
        const auto begin = scanner.position();
        const auto chunk = scanner.take(8);
        const auto type = chunk.substr(0, 4);
        const auto length = little(chunk, 4, 4);
        if (type == "VP8X" && length == 10 && !extended) {
            extension = chunk + scanner.take(10);
            extended = kept.mark();
            kept.put({});
            continue;
        }
        if (type == "EXIF" && length <= most_exif) {
            orientation = orientation_of(without_exif_head(scanner.take(length)));
            scanner.skip(length % 2);
            continue;
        }
        if (type == "ANMF") {
            keep_webp_frame(scanner, kept, length);
            continue;
        }
        scanner.skip(std::uint64_t{length} + length % 2);
        if (draws_in_webp(type) || type == "ANIM" || type == "ICCP") kept.keep(begin, scanner.position());
    }
    if (extended) {
        const auto flags = static_cast<std::uint8_t>(extension[8]) & ~(says_exif | says_xmp);
        extension[8] = static_cast<char>(orientation == 1 ? flags : flags | says_exif);
        kept.put_at(*extended, extension);
        const auto tiff = tiff_of(orientation);
        if (orientation != 1) kept.put("EXIF" + little_text(static_cast<std::uint32_t>(tiff.size())) + tiff);
    }
    if (kept.all().stretches.empty()) throw Malformed();
    const auto size = static_cast<std::uint32_t>(kept.all().size() + 4);
    kept.put_at(0, "RIFF" + little_text(size) + "WEBP");
    return std::move(kept.all());
}

// ---- GIF (89a)

void pass_blocks(Scanner& scanner)
{
    while (const auto length = scanner.byte()) scanner.skip(length);
}

std::uint64_t colour_table_bytes(std::uint8_t flags)
{
    return (flags & 0x80) != 0 ? std::uint64_t{3} << ((flags & 0x07) + 1) : 0;
}

Kept gif(Scanner& scanner)
{
    constexpr std::uint8_t extension = 0x21;
    constexpr std::uint8_t picture = 0x2c;
    constexpr std::uint8_t end = 0x3b;
    constexpr std::uint8_t control = 0xf9;
    constexpr std::uint8_t application = 0xff;
    Stretches kept;
    if (!scanner.take(6).starts_with("GIF8")) throw Malformed();
    const auto screen = scanner.take(7);
    scanner.skip(colour_table_bytes(static_cast<std::uint8_t>(screen[4])));
    kept.keep(0, scanner.position());
    for (std::uint8_t kind = 0; kind != end && !scanner.is_at_end();) {
        const auto begin = scanner.position();
        kind = scanner.byte();
        bool is_wanted = kind == end;
        if (kind == extension) {
            const auto label = scanner.byte();
            if (label == application) { // of those only the one that says how often a film is repeated
                const auto name = scanner.take(scanner.byte());
                is_wanted = name == "NETSCAPE2.0" || name == "ANIMEXTS1.0";
            } else
                is_wanted = label == control;
            pass_blocks(scanner);
        } else if (kind == picture) {
            const auto place = scanner.take(9);
            scanner.skip(colour_table_bytes(static_cast<std::uint8_t>(place[8])) + 1);
            pass_blocks(scanner);
            is_wanted = true;
        } else if (kind != end)
            throw Malformed();
        if (is_wanted) kept.keep(begin, scanner.position());
    }
    return std::move(kept.all());
}
} // namespace

std::uint64_t Kept::size() const
{
    std::uint64_t bytes = 0;
    for (const auto& stretch : stretches) bytes += stretch.size();
    return bytes;
}

std::optional<Kept> without_metadata(std::string_view media_type, ByteSource& source)
{
    try {
        Scanner scanner(source);
        if (media_type == "image/jpeg") return jpeg(scanner);
        if (media_type == "image/png") return png(scanner);
        if (media_type == "image/webp") return webp(scanner);
        if (media_type == "image/gif") return gif(scanner);
    } catch (const Malformed&) {
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace dialpine::work
