#include "base/problem.hpp"
#include "store/blobs.hpp"
#include "store/statement.hpp"
#include "support/full_disk.hpp"
#include "support/house.hpp"

namespace dialpine::store {
namespace {

class BlobsTest : public ::testing::Test {
protected:
    BlobsTest() { crypto::initialise(); }

    static std::string content(std::size_t bytes)
    {
        std::string text;
        for (std::size_t i = 0; text.size() < bytes; ++i) text += fmt::format("canary {};", i);
        text.resize(bytes);
        return text;
    }
    Uuid stored(const std::string& plain)
    {
        const auto id = new_uuid();
        auto writer = blobs.write(id, key, plain.size());
        for (std::size_t at = 0; at < plain.size(); at += 10'000)
            writer.append(std::string_view(plain).substr(at, 10'000));
        writer.finish();
        return id;
    }
    std::string read(const Uuid& id, std::uint64_t length, std::uint64_t from = 0)
    {
        auto reader = blobs.read(id, key, length);
        reader.seek(from);
        std::string bytes;
        for (auto next = reader.next(); !next.empty(); next = reader.next()) bytes += next;
        return bytes;
    }
    bool is_damaged(const Uuid& id, std::uint64_t length)
    {
        try {
            read(id, length);
        } catch (const Failure& failure) {
            return failure.is_damaged;
        }
        return false;
    }
    std::filesystem::path file(const Uuid& id)
    {
        const auto name = to_text(id);
        return folder.path() / "blobs" / name.substr(34) / name;
    }
    void change(const Uuid& id, std::size_t at)
    {
        std::fstream stream(file(id), std::ios::binary | std::ios::in | std::ios::out);
        stream.seekg(static_cast<std::streamoff>(at));
        const char before = static_cast<char>(stream.get());
        stream.seekp(static_cast<std::streamoff>(at));
        stream.put(static_cast<char>(before ^ 1));
    }

    support::Folder folder;
    Blobs blobs{folder / "blobs", true};
    crypto::Key key = crypto::Key::random();
    const std::size_t piece = blob_piece_bytes;
};

TEST_F(BlobsTest, GiveBackWhatTheyWereGivenFromAnyPlace)
{
    for (const std::size_t length : {std::size_t{1}, piece - 1, piece, piece + 1, 3 * piece + 5}) {
        const auto plain = content(length);
        const auto id = stored(plain);
        EXPECT_EQ(read(id, length), plain) << length;
        EXPECT_EQ(std::filesystem::file_size(file(id)), Blobs::stored_bytes_of(length));
        for (const std::size_t from : {std::size_t{0}, length / 2, length - 1, length})
            EXPECT_EQ(read(id, length, from), plain.substr(from)) << from << " of " << length;
    }
    EXPECT_TRUE(support::files_with(folder.path(), "canary").empty());
}

TEST_F(BlobsTest, FindAChangedByteInAnyPiece)
{
    const auto plain = content(3 * piece + 5);
    const auto sealed = piece + 40;
    for (const std::size_t at : {std::size_t{0}, std::size_t{100}, sealed + 3, 2 * sealed, 3 * sealed + 44}) {
        const auto id = stored(plain);
        change(id, at);
        EXPECT_TRUE(is_damaged(id, plain.size())) << at;
    }
}

TEST_F(BlobsTest, FindPiecesThatWereMovedLeftOutOrPutElsewhere)
{
    const auto plain = content(3 * piece);
    const auto swapped = stored(plain);
    auto bytes = support::bytes_of(file(swapped));
    const auto sealed = piece + 40;
    std::ofstream(file(swapped), std::ios::binary)
        << bytes.substr(sealed, sealed) << bytes.substr(0, sealed) << bytes.substr(2 * sealed);
    EXPECT_TRUE(is_damaged(swapped, plain.size())) << "two pieces changed places";

    const auto other = stored(plain);
    std::filesystem::copy_file(file(stored(plain)), file(other), std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(is_damaged(other, plain.size())) << "another blob of the same key and length";

    const auto cut = stored(plain);
    std::filesystem::resize_file(file(cut), 2 * sealed);
    EXPECT_TRUE(is_damaged(cut, plain.size()));
    EXPECT_TRUE(is_damaged(cut, 2 * piece)) << "also when somebody made its row say so";
    EXPECT_TRUE(is_damaged(new_uuid(), 5)) << "there is none";
}

TEST_F(BlobsTest, AppearOnlyWhole)
{
    const auto id = new_uuid();
    {
        auto writer = blobs.write(id, key, 3 * piece);
        writer.append(content(2 * piece));
        EXPECT_FALSE(blobs.stored_bytes(id));
        EXPECT_THROW(writer.finish(), std::logic_error) << "a piece is missing";
    }
    EXPECT_TRUE(blobs.all().empty());
    std::ofstream(file(id).string() + ".part") << "left by a killed process";
    EXPECT_EQ(blobs.keep_only({}), 1);
    EXPECT_TRUE(std::filesystem::is_empty(file(id).parent_path()));
}

TEST_F(BlobsTest, LeaveNothingWhereThereIsNoRoom)
{
    const auto plain = content(3 * piece);
    const support::FullDisk full(100'000);
    try {
        stored(plain);
        FAIL() << "it cannot be written";
    } catch (const Failure& failure) {
        EXPECT_EQ(to_problem(failure).status, 503);
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
        EXPECT_TRUE(entry.is_directory()) << entry.path();
}

} // namespace
} // namespace dialpine::store
