#include "fixture.hpp"
#include "privacy/erasure.hpp"
#include "privacy/transparency.hpp"

namespace dialpine::privacy {
namespace {
using store::LogKind;

class TransparencyLog : public House {
protected:
    std::int64_t log_of(PersonId person, const std::string& statement)
    {
        return database.write([&](store::Write& write) {
            return store::log_of(write, LogKind::consent, person, statement);
        });
    }
    store::LogHead head()
    {
        return database.write([](store::Write& write) { return store::sign_log(write); });
    }
    std::vector<std::string> wrong(const std::optional<store::LogHead>& older = std::nullopt)
    {
        return database.read([&](store::Read& read) { return store::verify_log(read, older); });
    }
    void tamper(const std::string& sql)
    {
        const auto changed = database.write([&](store::Write& write) { return store::execute(write, sql); });
        EXPECT_GT(changed, 0) << sql;
    }
    InclusionProof proof_of(std::int64_t number)
    {
        return database.read([&](store::Read& read) { return prove_inclusion(read, {.index = number, .size = {}}); });
    }
    MyLogList own(PersonId person)
    {
        return database.read([&](store::Read& read) { return list_my_log_entries(read, {.person = person}, {}); });
    }

    PersonId mia = person("Mia Example");
    PersonId sten = person("Sten Example");
};

crypto::Digest digest(const std::string& hex) { return *crypto::to_digest(*from_hex(hex)); }

TEST_F(TransparencyLog, ProvesEveryEntryAgainstItsSignedHead)
{
    for (int i = 0; i < 13; ++i) log_of(i % 2 ? mia : sten, fmt::format(R"({{"i":{}}})", i));
    const auto signed_head = head();
    EXPECT_EQ(signed_head.size, 13);
    const auto key = crypto::public_key(database.keys().signing_key());
    EXPECT_TRUE(
        crypto::is_signature(crypto::view(key), store::signed_text(signed_head), *from_base64url(signed_head.signature))
    );
    for (int i = 0; i < 13; ++i) {
        const auto proof = proof_of(i);
        std::vector<crypto::Digest> path;
        for (const auto& step : proof.path) path.push_back(digest(step));
        EXPECT_TRUE(
            merkle::is_included(digest(proof.leaf_hash), static_cast<std::uint64_t>(i), 13, path, signed_head.root)
        );
    }
    EXPECT_EQ(wrong(signed_head), std::vector<std::string>());
}

TEST_F(TransparencyLog, TellsThePersonAloneWhatTheirEntriesCommitTo)
{
    log_of(sten, R"({"of":"sten"})");
    log_of(mia, R"({"of":"mia"})");
    const auto entries = own(mia).items;
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].number, 1);
    EXPECT_EQ(entries[0].statement, R"({"of":"mia"})");
    EXPECT_EQ(crypto::sha256_hex(entries[0].salt + entries[0].statement), entries[0].commitment);
    EXPECT_EQ(files_with(folder.path(), R"({"of":"mia"})"), std::vector<std::string>());
    const auto everybodys = database.read([](store::Read& read) { return list_log_entries(read, {}); });
    ASSERT_EQ(everybodys.items.size(), 2U);
    EXPECT_FALSE(everybodys.items[1].statement);
}

TEST_F(TransparencyLog, CommitsToEqualStatementsDifferently)
{
    log_of(mia, "{}");
    log_of(sten, "{}");
    EXPECT_NE(own(mia).items[0].commitment, own(sten).items[0].commitment);
}

TEST_F(TransparencyLog, ShowsThatItHasOnlyGrown)
{
    for (int i = 0; i < 5; ++i) log_of(mia, "{}");
    const auto older = head();
    for (int i = 0; i < 6; ++i) log_of(sten, "{}");
    EXPECT_EQ(wrong(older), std::vector<std::string>());
    const auto proof = database.read([](store::Read& read) { return prove_consistency(read, {.from = 5, .to = {}}); });
    std::vector<crypto::Digest> path;
    for (const auto& step : proof.path) path.push_back(digest(step));
    EXPECT_TRUE(merkle::is_consistent(5, older.root, 11, digest(proof.to_root), path));
}

TEST_F(TransparencyLog, FindsAChangedByteAnywhere)
{
    database.write([](store::Write& write) { store::log_public(write, LogKind::policy_version, "{}"); });
    for (int i = 0; i < 6; ++i) log_of(mia, "{}");
    head();
    ASSERT_EQ(wrong(), std::vector<std::string>());
    const std::vector<std::string> changes{
        "log_entries SET commitment = substr(commitment, 1, 31) || x'00' WHERE number = 3",
        "log_entries SET at = at + 1 WHERE number = 3",
        "log_entries SET kind = 'erasure' WHERE number = 3",
        "log_entries SET number = 90 WHERE number = 6",
        "log_entries SET statement = '{ }' WHERE number = 0",
        "log_nodes SET hash = substr(hash, 1, 31) || x'00' WHERE level = 1 AND number = 0",
        "log_nodes SET hash = substr(hash, 1, 31) || x'00' WHERE level = 0 AND number = 6",
        "log_secrets SET salt = substr(salt, 1, 60) || x'00' || substr(salt, 62) WHERE number = 2",
        "log_secrets SET statement = substr(statement, 1, 30) || x'00' || substr(statement, 32) WHERE number = 2",
        "log_secrets SET number = 80 WHERE number = 2",
        "log_heads SET root = substr(root, 1, 31) || x'00'",
        "log_heads SET signature = 'A' || substr(signature, 2)",
        "log_heads SET size = size - 1",
    };
    for (const auto& change : changes) {
        // Looked at within the transaction, which is then given up.
        EXPECT_THROW(
            database.write([&](store::Write& write) {
                EXPECT_GT(store::execute(write, "UPDATE " + change), 0) << change;
                EXPECT_NE(store::verify_log(write, std::nullopt), std::vector<std::string>()) << change;
                throw Problem::not_found();
            }),
            Problem
        );
        EXPECT_EQ(wrong(), std::vector<std::string>());
    }
}

TEST_F(TransparencyLog, FindsALogThatWasCutAndBuiltAnew)
{
    for (int i = 0; i < 4; ++i) log_of(mia, "{}");
    const auto older = head();
    tamper("DELETE FROM log_entries");
    tamper("DELETE FROM log_nodes");
    tamper("DELETE FROM log_secrets");
    tamper("DELETE FROM log_heads");
    for (int i = 0; i < 7; ++i) log_of(mia, "{}");
    EXPECT_EQ(wrong(), std::vector<std::string>()) << "it is whole in itself";
    EXPECT_NE(wrong(older), std::vector<std::string>()) << "the head that was kept knows better";
}

TEST_F(TransparencyLog, RefusesAHeadThatAnotherInstanceSigned)
{
    log_of(mia, "{}");
    auto foreign = head();
    foreign.signature = to_base64url(crypto::sign(crypto::Key::random(), store::signed_text(foreign)));
    EXPECT_NE(wrong(foreign), std::vector<std::string>());
}

TEST_F(TransparencyLog, ForgetsWhatAnErasedPersonsEntriesCommitTo)
{
    log_of(mia, R"({"purpose":"account"})");
    log_of(sten, R"({"purpose":"account"})");
    auto certificate = database.write([&](store::Write& write) {
        auto made = erase(write, mia);
        log_certificate(write, made);
        return made;
    });
    EXPECT_EQ(own(mia).items.size(), 0U);
    EXPECT_EQ(own(sten).items.size(), 1U);
    EXPECT_EQ(wrong(), std::vector<std::string>()) << "the commitments stay, and say nothing";

    ASSERT_TRUE(certificate.log);
    const auto logged = *certificate.log;
    certificate.log.reset();
    EXPECT_NE(logged.statement.find(crypto::sha256_hex(json::to_json(certificate))), std::string::npos);
    std::vector<crypto::Digest> path;
    for (const auto& step : logged.proof.path) path.push_back(digest(step));
    EXPECT_TRUE(merkle::is_included(
        digest(logged.proof.leaf_hash),
        static_cast<std::uint64_t>(logged.proof.index),
        static_cast<std::uint64_t>(logged.head.size),
        path,
        digest(logged.head.root)
    ));
}

TEST_F(TransparencyLog, RefusesProofsOfWhatItDoesNotHave)
{
    log_of(mia, "{}");
    database.read([&](store::Read& read) {
        EXPECT_THROW(prove_inclusion(read, {.index = 1, .size = {}}), Problem);
        EXPECT_THROW(prove_inclusion(read, {.index = -1, .size = {}}), Problem);
        EXPECT_THROW(prove_inclusion(read, {.index = 0, .size = 2}), Problem);
        EXPECT_THROW(prove_inclusion(read, {.index = {}, .size = {}}), Problem);
        EXPECT_THROW(prove_consistency(read, {.from = 2, .to = 1}), Problem);
        EXPECT_THROW(prove_consistency(read, {.from = 0, .to = 9}), Problem);
    });
}

} // namespace
} // namespace dialpine::privacy
