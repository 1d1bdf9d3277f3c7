#include "base/crypto.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace dialpine::crypto {
namespace {

class Crypto : public ::testing::Test {
protected:
    Crypto() { initialise(); }
};

TEST_F(Crypto, OpensWhatItSealed)
{
    const auto key = Key::random();
    for (const std::string plain : {"", "Mia Example", "\x00\xff"}) {
        const auto sealed = seal(key, plain, "people|name|1");
        EXPECT_EQ(open(key, sealed, "people|name|1"), plain);
        EXPECT_EQ(sealed.size(), plain.size() + 24 + 16);
        if (!plain.empty()) EXPECT_EQ(sealed.find(plain), std::string::npos);
    }
}

TEST_F(Crypto, SealsEqualTextsDifferently)
{
    const auto key = Key::random();
    EXPECT_NE(seal(key, "Mia Example", ""), seal(key, "Mia Example", ""));
}

TEST_F(Crypto, OpensNothingElse)
{
    const auto key = Key::random();
    const auto sealed = seal(key, "Mia Example", "people|name|1");
    EXPECT_FALSE(open(Key::random(), sealed, "people|name|1"));
    EXPECT_FALSE(open(key, sealed, "people|name|2")) << "sealed for another row";
    EXPECT_FALSE(open(key, sealed, ""));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open(key, changed, "people|name|1")) << "byte " << i;
    }
    for (std::size_t length = 0; length < sealed.size(); ++length)
        EXPECT_FALSE(open(key, std::string_view(sealed).substr(0, length), "people|name|1"));
}

TEST_F(Crypto, KeysAreOf32Bytes)
{
    const auto key = Key::random();
    EXPECT_EQ(Key::from_bytes(key.bytes())->bytes(), key.bytes());
    EXPECT_FALSE(Key::from_bytes(std::string(31, 'x')));
    EXPECT_FALSE(Key::from_bytes(std::string(33, 'x')));
    EXPECT_NE(Key::random().bytes(), Key::random().bytes());
}

TEST_F(Crypto, HashesAsOthersDo)
{
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash("abc"), hash("abc"));
    EXPECT_NE(hash("abc"), hash("abd"));
    const auto key = Key::random();
    EXPECT_EQ(keyed_hash(key, "abc"), keyed_hash(key, "abc"));
    EXPECT_NE(keyed_hash(key, "abc"), keyed_hash(Key::random(), "abc"));
    EXPECT_NE(keyed_hash(key, "abc"), hash("abc"));
    EXPECT_EQ(to_digest(view(hash("abc"))), hash("abc"));
    EXPECT_FALSE(to_digest("short"));
}

TEST_F(Crypto, ComparesWholeTexts)
{
    EXPECT_TRUE(equal("", ""));
    EXPECT_TRUE(equal("token", "token"));
    EXPECT_FALSE(equal("token", "tokeN"));
    EXPECT_FALSE(equal("token", "tokens"));
    EXPECT_FALSE(equal("", "x"));
}

TEST_F(Crypto, MakesTokensForUrls)
{
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) {
        const auto token = new_token();
        EXPECT_EQ(token.size(), 43U);
        EXPECT_EQ(
            token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos
        );
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 100U);
    EXPECT_EQ(token_hash("a"), token_hash("a"));
    EXPECT_NE(token_hash("a"), token_hash("b"));
}

TEST_F(Crypto, KnowsPasswordsByArgon2id)
{
    const auto known = hash_password("correct horse");
    EXPECT_TRUE(known.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << known;
    EXPECT_TRUE(is_password(known, "correct horse"));
    EXPECT_FALSE(is_password(known, "correct horsf"));
    EXPECT_FALSE(is_password("", "correct horse"));
    EXPECT_FALSE(is_password("$argon2id$nonsense", "correct horse"));
}

TEST_F(Crypto, SealsStreamsPieceByPiece)
{
    const auto key = Key::random();
    std::string header;
    StreamSealer sealer(key, header);
    const auto first = sealer.seal("one", false);
    const auto second = sealer.seal("two", true);
    EXPECT_EQ(header.size(), StreamOpener::header_bytes);
    EXPECT_EQ(first.size(), 3 + StreamOpener::overhead_bytes);

    StreamOpener opener(key, header);
    EXPECT_EQ(opener.open(first), "one");
    EXPECT_EQ(opener.open(second), "two");

    StreamOpener out_of_order(key, header);
    EXPECT_THROW(out_of_order.open(second), std::runtime_error);
    StreamOpener cut(key, header);
    EXPECT_THROW(cut.open(std::string_view(first).substr(1)), std::runtime_error);
    EXPECT_THROW(cut.open("x"), std::runtime_error);
    StreamOpener other(Key::random(), header);
    EXPECT_THROW(other.open(first), std::runtime_error);
    EXPECT_THROW(StreamOpener(key, "short"), std::runtime_error);
}

/// The second test vector of RFC 8032, section 7.1.
TEST_F(Crypto, SignsAsTheStandardSays)
{
    const auto seed = Key::from_bytes(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    const auto known = public_key(*seed);
    EXPECT_EQ(to_hex(view(known)), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = sign(*seed, "r");
    EXPECT_EQ(
        to_hex(signature),
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
        "ee"
        "b00d291612bb0c00"
    );
    EXPECT_TRUE(is_signature(view(known), "r", signature));
    EXPECT_FALSE(is_signature(view(known), "s", signature));
    EXPECT_FALSE(is_signature(view(known), "r", signature.substr(1)));
    EXPECT_FALSE(is_signature("", "r", signature));
}

} // namespace
} // namespace dialpine::crypto
