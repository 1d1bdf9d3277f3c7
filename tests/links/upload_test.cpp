#include "base/problem.hpp"
#include "base/text.hpp"
#include "links/import_house.hpp"
#include "links/multipart.hpp"
#include "links/spool.hpp"

namespace dialpine::links {
namespace {

std::string rest_of(ImportSource& source, std::size_t piece)
{
    std::string all;
    std::vector<char> buffer(piece);
    for (auto size = source.read(buffer); size > 0; size = source.read(buffer)) all.append(buffer.data(), size);
    return all;
}

class SpoolFolder : public ::testing::Test {
protected:
    SpoolFolder()
        : folder(
              (crypto::initialise(), std::filesystem::temp_directory_path() / ("dialpine-test-" + to_text(new_uuid())))
          )
    {
    }
    ~SpoolFolder() override { std::filesystem::remove_all(folder); }
    [[nodiscard]] std::ptrdiff_t files() const
    {
        return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
    }
    std::filesystem::path folder;
};

TEST_F(SpoolFolder, GivesBackWhatItWasGivenAsOftenAsAsked)
{
    for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 300'001UL}) {
        std::string text;
        while (text.size() < size) text += fmt::format("{},", text.size());
        text.resize(size);
        Spool spool(folder);
        for (std::size_t at = 0; at < size; at += 10'007) spool.append(std::string_view(text).substr(at, 10'007));
        spool.finish();
        EXPECT_EQ(spool.size(), size);
        EXPECT_EQ(rest_of(spool, 1'000), text);
        spool.rewind();
        EXPECT_EQ(rest_of(spool, 70'000), text);
    }
}

TEST_F(SpoolFolder, LeavesNothingReadableAndNothingBehind)
{
    {
        Spool spool(folder);
        for (int i = 0; i < 5'000; ++i) spool.append("mia@dialpine.example and other secrets ");
        spool.finish();
        ASSERT_EQ(files(), 1);
        const auto path = std::filesystem::directory_iterator(folder)->path();
        EXPECT_EQ(text_of(path).find("dialpine.example"), std::string::npos);
        EXPECT_EQ(
            std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
        );
    }
    EXPECT_EQ(files(), 0);
}

TEST_F(SpoolFolder, LosesTheLeftoversOfAnEarlierRunOnly)
{
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "0198.upload") << "left";
    std::ofstream(folder / "notes.txt") << "mine";
    remove_leftovers(folder);
    EXPECT_EQ(files(), 1);
    remove_leftovers(folder / "never-made");
}

constexpr std::string_view form_type = "multipart/form-data; charset=utf-8; boundary=\"--=x'y\"";
const std::string form = "preamble\r\n----=x'y\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfile\r\n"
                         "----=x'y  \r\ncontent-type: application/json\r\nCONTENT-DISPOSITION: form-data; "
                         "filename=\"a\\\"b.json\"; name=file\r\n\r\n"
                         "{\"a\":1}\r\n----=x'\r\n--\r\n\r\n----=x'y--\r\nepilogue";
constexpr std::string_view content = "{\"a\":1}\r\n----=x'\r\n--\r\n";

std::string file_in(std::string_view type, std::string_view body, std::size_t piece)
{
    std::string file;
    MultipartFile parts(type, [&](std::string_view some) { file += some; });
    for (std::size_t at = 0; at < body.size(); at += piece) parts.feed(body.substr(at, piece));
    parts.finish();
    return file;
}

TEST(Multipart, FindsTheFileHoweverTheBodyIsCut)
{
    for (std::size_t piece = 1; piece <= form.size(); ++piece)
        EXPECT_EQ(file_in(form_type, form, piece), content) << piece;
}

TEST(Multipart, TakesAnEmptyFile)
{
    EXPECT_EQ(
        file_in(
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n--b--",
            3
        ),
        ""
    );
}

int status_for(std::string_view type, const std::string& body)
{
    try {
        file_in(type, body, 7);
    } catch (const Problem& problem) {
        return problem.status;
    }
    return 200;
}

TEST(Multipart, RefusesWhatIsNotAFormWithAFile)
{
    const std::string head = "--b\r\nContent-Disposition: form-data; name=\"";
    const std::string_view type = "multipart/form-data; boundary=b";
    EXPECT_EQ(status_for(type, head + "file\"\r\n\r\nx\r\n--b--\r\n"), 200);
    EXPECT_EQ(status_for(type, head + "other\"\r\n\r\nx\r\n--b--\r\n"), 422);
    EXPECT_EQ(status_for(type, "--b--\r\n"), 422);
    EXPECT_EQ(status_for(type, ""), 400);
    EXPECT_EQ(status_for(type, head + "file\"\r\n\r\nx"), 400);
    EXPECT_EQ(status_for(type, head + "file\"\r\n\r\nx\r\n--b"), 400);
    EXPECT_EQ(status_for(type, "--bx\r\n"), 400);
    EXPECT_EQ(status_for(type, "--b\r\nno colon\r\n\r\nx\r\n--b--"), 400);
    EXPECT_EQ(status_for(type, "--b\r\n" + std::string(20'000, 'a') + ": b\r\n\r\nx\r\n--b--"), 400);
    EXPECT_EQ(status_for(type, head + "file\"\r\n\r\nx\r\n" + head + "file\"\r\n\r\ny\r\n--b--"), 400);
    EXPECT_EQ(status_for("multipart/form-data", "--b--"), 400);
    EXPECT_EQ(status_for("multipart/form-data; boundary=", "--b--"), 400);
    EXPECT_EQ(status_for("multipart/form-data; boundary=" + std::string(71, 'b'), "--b--"), 400);
}

TEST(Multipart, ReadsParametersOfHeaders)
{
    EXPECT_EQ(header_parameter("form-data; name=\"a;b\"; filename=\"c\"", "filename"), "c");
    EXPECT_EQ(header_parameter("form-data; NAME = plain ; x=y", "name"), "plain");
    EXPECT_EQ(header_parameter("form-data; filename=\"name=file\"", "name"), "");
    EXPECT_EQ(header_parameter("form-data", "name"), "");
    EXPECT_EQ(header_parameter("form-data; name=\"open", "name"), "open");
}

TEST(FileSource, RefusesWhatIsNoFile)
{
    EXPECT_THROW(FileSource{"/nowhere/board.json"}, Problem);
    EXPECT_THROW(FileSource{std::filesystem::temp_directory_path()}, Problem);
}
} // namespace
} // namespace dialpine::links
