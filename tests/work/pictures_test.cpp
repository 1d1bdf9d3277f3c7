#include "support/bytes.hpp"
#include "work/pictures.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

namespace dialpine::work {
namespace {
using support::Bytes;

constexpr std::size_t small_pieces = 7;

/// The picture as it is stored; absent when it is not built as its type says.
std::optional<std::string> stripped(std::string_view type, const std::string& bytes)
{
    Bytes source(bytes, small_pieces);
    const auto kept = without_metadata(type, source);
    if (!kept) return std::nullopt;
    std::string out;
    for (const auto& stretch : kept->stretches)
        out += stretch.instead.empty() ? bytes.substr(stretch.from, stretch.length) : stretch.instead;
    EXPECT_EQ(out.size(), kept->size());
    return out;
}

std::string big(std::uint32_t value, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = count; i-- > 0;) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}
std::string little(std::uint32_t value)
{
    auto bytes = big(value, 4);
    std::ranges::reverse(bytes);
    return bytes;
}

/// Exif as a telephone writes it: orientation, maker, and the place.
std::string exif(std::uint32_t orientation)
{
    return std::string("MM\0\x2a\0\0\0\x08", 8) + big(3, 2) +                        //
           big(0x010f, 2) + big(2, 2) + big(15, 4) + big(50, 4) +                     // maker
           big(0x0112, 2) + big(3, 2) + big(1, 4) + big(orientation, 2) + big(0, 2) + //
           big(0x8825, 2) + big(4, 2) + big(1, 4) + big(66, 4) + big(0, 4) +          // GPS
           std::string("CANARY-maker\0\0\0\0", 16) + "CANARY-GPS-48.137N-11.575E";
}

std::string segment(char marker, const std::string& content)
{
    return std::string{'\xff', marker} + big(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

std::string exif_segment(std::uint32_t orientation)
{
    return segment('\xe1', std::string("Exif\0\0", 6) + exif(orientation));
}

const std::string jfif = segment('\xe0', std::string("JFIF\0\1\1\0\0\1\0\1\1\1", 14) + "CANARY-thumbnail");
const std::string tables = segment('\xdb', std::string(65, '\1'));
const std::string frame = segment('\xc2', std::string("\x08\0\x10\0\x10\1\1\x11\0", 9));
const std::string scan = segment('\xda', std::string("\1\1\0\0\x3f\0", 6)) +
                         std::string("abc\xff\0def\xff\xd3ghi", 13) + segment('\xc4', std::string(20, '\2')) +
                         segment('\xda', std::string("\1\1\0\1\x3f\0", 6)) + "jkl";

TEST(Pictures, JpegKeepsThePictureAlone)
{
    const auto colours = segment('\xe2', std::string("ICC_PROFILE\0\1\1", 14) + "curves");
    const auto adobe = segment('\xee', "Adobe and how its colours are turned");
    const std::string photo =
        "\xff\xd8" + jfif + exif_segment(6) + segment('\xe1', "http://ns.adobe.com/xap/1.0/ CANARY-xmp") +
        segment('\xed', "Photoshop 3.0 CANARY-iptc") + colours + segment('\xe2', "MPF CANARY-more-pictures") + adobe +
        segment('\xfe', "CANARY-comment") + segment('\xea', "CANARY-unknown") + tables + frame + scan +
        "\xff\xd9" + "CANARY-trailer";
    const auto out = stripped("image/jpeg", photo);
    ASSERT_TRUE(out);
    EXPECT_EQ(out->find("CANARY"), std::string::npos);
    const auto rest = colours + adobe + tables + frame + scan + "\xff\xd9";
    ASSERT_TRUE(out->ends_with(rest)) << "the picture itself is untouched";
    const auto front = out->substr(0, out->size() - rest.size());
    EXPECT_TRUE(front.starts_with(std::string("\xff\xd8\xff\xe0\0\x10JFIF\0", 11))) << "how dense it is stays";
    EXPECT_NE(front.find(std::string("\x01\x12\0\3\0\0\0\1\0\6\0\0", 12)), std::string::npos) << "how it is turned stays";
    EXPECT_EQ(stripped("image/jpeg", *out), out) << "nothing is left to be taken out";
}

TEST(Pictures, JpegWithoutAnythingGetsNothing)
{
    const auto plain = "\xff\xd8" + tables + frame + scan + "\xff\xd9";
    EXPECT_EQ(stripped("image/jpeg", plain), plain);
    const auto upright = "\xff\xd8" + exif_segment(1) + tables + frame + scan + "\xff\xd9";
    EXPECT_EQ(stripped("image/jpeg", upright), plain) << "upright is what it is without saying so";
}

TEST(Pictures, JpegThatWasCutShortIsEndedAndFreedOfItAll)
{
    const auto cut = stripped("image/jpeg", "\xff\xd8" + exif_segment(3) + tables + frame + scan);
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->find("CANARY"), std::string::npos);
    EXPECT_TRUE(cut->ends_with("jkl\xff\xd9"));
    EXPECT_FALSE(stripped("image/jpeg", "\xff\xd8\xff\xe1\xff\xff short"));
    EXPECT_FALSE(stripped("image/jpeg", "\xff\xd8 no markers"));
}

std::string chunk(const std::string& type, const std::string& content)
{
    const auto checked = type + content;
    const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return big(static_cast<std::uint32_t>(content.size()), 4) + checked + big(static_cast<std::uint32_t>(sum), 4);
}

TEST(Pictures, PngKeepsWhatIsListed)
{
    const std::string magic = "\x89PNG\r\n\x1a\n";
    const auto head = chunk("IHDR", std::string(13, '\1'));
    const auto data = chunk("IDAT", std::string(40'000, 'd')) + chunk("IDAT", "more");
    const auto turned = stripped(
        "image/png",
        magic + head + chunk("tEXt", "Author CANARY-author") + chunk("gAMA", "1234") + chunk("iTXt", "CANARY-xmp") +
            chunk("zTXt", "CANARY") + data + chunk("eXIf", exif(8)) + chunk("tIME", "CANARY") +
            chunk("caBX", "CANARY") + chunk("IEND", "") + "CANARY-trailer"
    );
    ASSERT_TRUE(turned);
    EXPECT_EQ(turned->find("CANARY"), std::string::npos);
    EXPECT_TRUE(turned->ends_with(chunk("gAMA", "1234") + data + chunk("IEND", "")));
    EXPECT_NE(turned->find("eXIf"), std::string::npos);
    EXPECT_NE(turned->find(std::string("\x01\x12\0\3\0\0\0\1\0\x08\0\0", 12)), std::string::npos);
    EXPECT_EQ(stripped("image/png", *turned), turned);

    const auto plain = magic + head + data + chunk("IEND", "");
    EXPECT_EQ(stripped("image/png", plain), plain);
    EXPECT_FALSE(stripped("image/png", magic + head + data)) << "without an end";
    EXPECT_FALSE(stripped("image/png", magic + big(0xffffffff, 4) + "IHDR"));
}

std::string riff_chunk(const std::string& type, const std::string& content)
{
    return type + little(static_cast<std::uint32_t>(content.size())) + content + (content.size() % 2 ? "x" : "");
}

std::string webp(const std::string& chunks)
{
    return "RIFF" + little(static_cast<std::uint32_t>(chunks.size() + 4)) + "WEBP" + chunks;
}

std::string webp_extension(char flags)
{
    return riff_chunk("VP8X", std::string{flags} + std::string("\0\0\0\x0f\0\0\x0f\0\0", 9));
}

std::string webp_frame(const std::string& chunks) { return riff_chunk("ANMF", std::string(16, 'p') + chunks); }

std::string webp_film(const std::string& frames)
{
    return webp(webp_extension('\x02') + riff_chunk("ANIM", "colour") + frames);
}

TEST(Pictures, WebpKeepsWhatIsListed)
{
    const auto picture = riff_chunk("ICCP", "colours") + riff_chunk("VP8L", std::string(999, 'v'));
    const auto photo = webp(
        webp_extension('\x2c') + picture + riff_chunk("EXIF", std::string("Exif\0\0", 6) + exif(6)) +
        riff_chunk("XMP ", "CANARY-xmp") + riff_chunk("WHAT", "CANARY")
    );
    const auto out = stripped("image/webp", photo + "CANARY-trailer");
    ASSERT_TRUE(out);
    EXPECT_EQ(out->find("CANARY"), std::string::npos);
    EXPECT_EQ(out->substr(4, 4), little(static_cast<std::uint32_t>(out->size() - 8))) << "the length is its own";
    EXPECT_TRUE(out->substr(12).starts_with(webp_extension('\x28') + picture + "EXIF"));
    EXPECT_EQ(stripped("image/webp", *out), out);
    EXPECT_EQ(
        stripped("image/webp", webp(webp_extension('\x24') + picture + riff_chunk("XMP ", "CANARY"))),
        webp(webp_extension('\x20') + picture)
    );
    const auto simple = webp(riff_chunk("VP8 ", "odd"));
    EXPECT_EQ(stripped("image/webp", simple), simple);
}

TEST(Pictures, WebpKeepsOfAFilmsFramesWhatDraws)
{
    const auto alpha = riff_chunk("ALPH", "odd");
    const auto lossy = riff_chunk("VP8 ", std::string(500, 'l'));
    const auto lossless = riff_chunk("VP8L", std::string(77, 'w'));
    const auto unknown = riff_chunk("WHAT", "CANARY-unknown");
    const auto xmp = riff_chunk("XMP ", "CANARY-xmp.");

    const auto film = webp_film(webp_frame(alpha + lossy) + webp_frame(lossless));
    EXPECT_EQ(stripped("image/webp", film), film);
    const auto cut_short = std::string("VP8L") + little(4711) + "CANARY-cut";
    const auto out = stripped(
        "image/webp",
        webp_film(
            webp_frame(unknown + alpha + xmp + lossy + "CANARY") + webp_frame(unknown) + riff_chunk("ANMF", "CANARY") +
            webp_frame(lossless + cut_short)
        )
    );
    EXPECT_EQ(out, film);

    const auto unpadded = lossless.substr(0, lossless.size() - 1);
    const auto odd = stripped("image/webp", webp_film(webp_frame(unknown + unpadded)));
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->size() % 2, 0U) << "what follows a frame begins at an even place";
    EXPECT_EQ(stripped("image/webp", *odd), odd);
}

TEST(Pictures, GifKeepsThePicturesAndHowOftenTheyAreShown)
{
    const std::string head = "GIF89a" + std::string("\2\0\2\0\x80\0\0", 7) + std::string(6, 'c');
    const std::string loop = "\x21\xff\x0bNETSCAPE2.0" + std::string("\3\1\0\0\0", 5);
    const std::string control = std::string("\x21\xf9\4\0\0\0\0\0", 8);
    const std::string picture = std::string("\x2c\0\0\0\0\2\0\2\0\0\2\3abc\0", 16);
    const auto out = stripped(
        "image/gif",
        head + loop + std::string("\x21\xfe\6CANARY\0", 10) +
            std::string("\x21\xff\x0bXMP DataXMP\6CANARY\0", 22) + control + picture + ";CANARY-trailer"
    );
    ASSERT_TRUE(out);
    EXPECT_EQ(*out, head + loop + control + picture + ";");
    EXPECT_FALSE(stripped("image/gif", head + "what"));
}

TEST(Pictures, OfOtherFormatsAreSaidToBeKept)
{
    for (const auto* type : {"image/heic", "image/tiff", "image/svg+xml", "application/pdf", "text/html"})
        EXPECT_FALSE(stripped(type, "anything"));
}

TEST(Pictures, WithAnyBytesChangedAreReadToAnEnd)
{
    std::mt19937 random(20261125);
    const std::string photo = "\xff\xd8" + jfif + exif_segment(6) + tables + frame + scan + "\xff\xd9";
    const std::string drawing = "\x89PNG\r\n\x1a\n" + chunk("IHDR", std::string(13, '\1')) + chunk("eXIf", exif(5)) +
                                chunk("IDAT", "d") + chunk("IEND", "");
    const auto film = webp_film(
        webp_frame(riff_chunk("ALPH", "odd") + riff_chunk("WHAT", "even") + riff_chunk("VP8 ", "lossy")) +
        webp_frame(riff_chunk("VP8L", "lossless"))
    );
    for (int i = 0; i < 20'000; ++i) {
        for (const auto& [type, good] : {std::pair{"image/jpeg", photo}, {"image/png", drawing}, {"image/webp", film}}) {
            auto bytes = good;
            for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
            bytes.resize(1 + random() % bytes.size());
            Bytes source(bytes);
            if (const auto kept = without_metadata(type, source))
                for (const auto& stretch : kept->stretches)
                    ASSERT_LE(stretch.instead.empty() ? stretch.from + stretch.length : 0, bytes.size());
        }
    }
}

} // namespace
} // namespace dialpine::work
