#include "store/keys.hpp"
#include "support/house.hpp"

#include <cstdlib>

namespace dialpine::store {
namespace {
using std::filesystem::perms;

class KeysTest : public ::testing::Test {
protected:
    KeysTest() { crypto::initialise(); }
    ~KeysTest() override { ::unsetenv("DIALPINE_MASTER_KEY"); }

    std::string refusal()
    {
        try {
            Keys keys(folder.path(), false);
        } catch (const std::runtime_error& failure) {
            return failure.what();
        }
        return {};
    }
    static perms mode_of(const std::filesystem::path& file) { return std::filesystem::status(file).permissions(); }

    support::Folder folder;
    PersonId mia = PersonId::make();
};

TEST_F(KeysTest, KeepAPersonsKey)
{
    std::string bytes;
    {
        Keys keys(folder.path(), false);
        EXPECT_FALSE(keys.find(mia));
        keys.make(mia);
        bytes = keys.find(mia)->bytes();
    }
    Keys keys(folder.path(), false);
    ASSERT_TRUE(keys.find(mia));
    EXPECT_EQ(keys.find(mia)->bytes(), bytes);
    EXPECT_TRUE(support::files_with(folder.path(), bytes).empty()) << "keys lie wrapped";
}

TEST_F(KeysTest, AreDifferentForEachPerson)
{
    Keys keys(folder.path(), false);
    const auto sten = PersonId::make();
    keys.make(mia);
    keys.make(sten);
    EXPECT_NE(keys.find(mia)->bytes(), keys.find(sten)->bytes());
}

TEST_F(KeysTest, AreForTheirOwnerOnly)
{
    Keys keys(folder.path(), false);
    EXPECT_EQ(mode_of(folder / "master.key"), perms::owner_read | perms::owner_write);
    EXPECT_EQ(mode_of(folder.path()), perms::owner_all);
}

TEST_F(KeysTest, RefuseAMasterKeyThatOthersCanRead)
{
    {
        Keys keys(folder.path(), false);
    }
    std::filesystem::permissions(folder / "master.key", perms::group_read, std::filesystem::perm_options::add);
    EXPECT_NE(refusal().find("can be read by others"), std::string::npos);
}

TEST_F(KeysTest, RefuseAMasterKeyThatIsNotTheirs)
{
    {
        Keys keys(folder.path(), false);
    }
    const auto write = [&](const std::string& text) { std::ofstream(folder / "master.key") << text; };
    write(std::string(64, 'a') + "\n");
    EXPECT_NE(refusal().find("does not belong to the key store"), std::string::npos);
    write("short");
    EXPECT_NE(refusal().find("is damaged"), std::string::npos);
    std::filesystem::remove(folder / "master.key");
    EXPECT_NE(refusal().find("has no master.key"), std::string::npos) << "a new one would hide the loss";
    EXPECT_FALSE(std::filesystem::exists(folder / "master.key"));
}

TEST_F(KeysTest, TakeTheMasterKeyOfTheEnvironment)
{
    ::setenv("DIALPINE_MASTER_KEY", std::string(64, 'b').c_str(), 1);
    {
        Keys keys(folder.path(), false);
        keys.make(mia);
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "master.key"));
    EXPECT_EQ(refusal(), "");
    ::setenv("DIALPINE_MASTER_KEY", std::string(64, 'c').c_str(), 1);
    EXPECT_NE(refusal(), "");
    ::setenv("DIALPINE_MASTER_KEY", "nonsense", 1);
    EXPECT_NE(refusal(), "");
}

TEST_F(KeysTest, StayDestroyed)
{
    std::string wrapped;
    {
        Keys keys(folder.path(), false);
        keys.make(mia);
        {
            Connection look((folder / "keys.db").string(), Connection::Mode::read);
            wrapped = look.text("SELECT hex(wrapped) FROM person_keys");
        }
        keys.destroy(mia);
        EXPECT_FALSE(keys.find(mia));
    }
    ASSERT_EQ(wrapped.size(), 2 * (24 + 32 + 16U));
    std::string bytes;
    for (std::size_t i = 0; i < wrapped.size(); i += 2)
        bytes += static_cast<char>(std::stoi(wrapped.substr(i, 2), nullptr, 16));
    EXPECT_TRUE(support::files_with(folder.path(), bytes).empty()) << "no copy of it lies in the file or its journal";

    Keys again(folder.path(), false);
    EXPECT_FALSE(again.find(mia));
    EXPECT_EQ(again.tombstones(), std::vector{mia});
}

TEST_F(KeysTest, AreDestroyedInARestoredStoreToo)
{
    support::Folder backup;
    std::vector<PersonId> gone;
    {
        Keys keys(folder.path(), false);
        keys.make(mia);
        keys.back_up_to(backup.path());
        keys.destroy(mia);
        gone = keys.tombstones();
    }
    Keys restored(backup.path(), false);
    EXPECT_TRUE(restored.find(mia));
    restored.adopt_tombstones(gone);
    EXPECT_FALSE(restored.find(mia));
    EXPECT_EQ(restored.tombstones(), gone);
}

TEST_F(KeysTest, HashForLookUpWithTheirOwnSecret)
{
    Keys keys(folder.path(), false);
    support::Folder other_folder;
    Keys other(other_folder.path(), false);
    EXPECT_EQ(keys.lookup("mia@dialpine.example"), keys.lookup("mia@dialpine.example"));
    EXPECT_NE(keys.lookup("mia@dialpine.example"), other.lookup("mia@dialpine.example"));
}

} // namespace
} // namespace dialpine::store
