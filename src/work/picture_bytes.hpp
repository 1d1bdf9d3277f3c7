#pragma once
#include "work/pictures.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What the readers of all kinds of pictures need.
namespace dialpine::work::pictures {

/// Not built as its type says.
struct Malformed {};

/// Reads a file from front to end. Throws Malformed where it ends too early.
class Scanner {
public:
    explicit Scanner(ByteSource& source) : source_(source), buffer_(64 * 1024, '\0') { source_.rewind(); }

    [[nodiscard]] std::uint64_t position() const { return before_ + at_; }
    [[nodiscard]] bool is_at_end() { return at_ == filled_ && !fill(); }
    std::uint8_t byte()
    {
        if (is_at_end()) throw Malformed();
        return static_cast<std::uint8_t>(buffer_[at_++]);
    }
    std::string take(std::size_t count);
    void skip(std::uint64_t count);

private:
    bool fill();

    ByteSource& source_;
    std::string buffer_;
    std::uint64_t before_ = 0;
    std::size_t at_ = 0;
    std::size_t filled_ = 0;
};

/// What is kept, as it is found.
class Stretches {
public:
    /// Throws Malformed for more of them than any picture has.
    void keep(std::uint64_t from, std::uint64_t to);
    void put(std::string bytes) { kept_.stretches.push_back({.instead = std::move(bytes)}); }
    /// Where something may be put in later.
    [[nodiscard]] std::size_t mark() const { return kept_.stretches.size(); }
    void put_at(std::size_t mark, std::string bytes);
    Kept& all() { return kept_; }

private:
    Kept kept_;
};

// Numbers of up to four bytes.
std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t count);
std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count);
std::string big_text(std::uint32_t value, std::size_t count);
std::string little_text(std::uint32_t value);

/// How the picture is to be turned (1 to 8), out of Exif's block, which is a TIFF; 1 when it does not say.
std::uint32_t orientation_of(std::string_view tiff);
/// A TIFF that says how to turn the picture, and nothing else.
std::string tiff_of(std::uint32_t orientation);
/// The TIFF in an Exif block of PNG or WebP, which begins with JPEG's head in some files.
std::string without_exif_head(std::string block);

} // namespace dialpine::work::pictures
