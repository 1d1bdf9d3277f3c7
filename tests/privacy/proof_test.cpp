#include "privacy/proof.hpp"
#include "support/house.hpp"

#include <gtest/gtest.h>

#include <set>

namespace dialpine::privacy {
namespace {

const Promise promise{
    .id = "P1",
    .says = "an account takes a name",
    .policy = "p1",
    .tests = {"cpp:Accounts.One", "cpp:Accounts.Two"},
    .keeps = {},
    .mutation = "P1.patch",
    .open = {},
};

TestResults good()
{
    return {
        .commit = "c0ffee",
        .is_clean = true,
        .tests = {{"cpp:Accounts.One", Outcome::passed}, {"cpp:Accounts.Two", Outcome::passed}},
        .mutations = {{"P1.patch", "cpp:Accounts.Two", "c0ffee"}},
    };
}

TEST(Proof, IsGivenByTestsThatPassAndFailWithoutTheBehaviour)
{
    const auto proof = prove(promise, good());
    EXPECT_EQ(proof.state, ProofState::proved) << proof.why;
    EXPECT_EQ(proof.tests.size(), 2U);
}

TEST(Proof, IsOnlyPartOfOneWhenSomethingIsMissing)
{
    auto results = good();
    results.is_clean = false;
    EXPECT_EQ(prove(promise, results).state, ProofState::partly) << "changed since the commit";

    results = good();
    results.mutations.clear();
    EXPECT_EQ(prove(promise, results).state, ProofState::partly) << "nobody saw the test fail";

    results = good();
    results.mutations[0].test = "cpp:Another.Test";
    EXPECT_EQ(prove(promise, results).state, ProofState::partly) << "another promise's test failed";

    auto open = promise;
    open.open = "Mail is not sent yet.";
    const auto proof = prove(open, good());
    EXPECT_EQ(proof.state, ProofState::partly);
    EXPECT_EQ(proof.why, "Mail is not sent yet.");

    auto unmutated = promise;
    unmutated.mutation.clear();
    EXPECT_EQ(prove(unmutated, good()).state, ProofState::partly);
}

TEST(Proof, IsNeverGivenByTestsThatFailedWereSkippedOrDidNotRun)
{
    for (const auto bad : {Outcome::failed, Outcome::skipped}) {
        auto results = good();
        results.tests[1].outcome = bad;
        EXPECT_EQ(prove(promise, results).state, ProofState::partly);
        results.tests[0].outcome = bad;
        EXPECT_EQ(prove(promise, results).state, ProofState::not_yet);
    }
    auto results = good();
    results.tests.pop_back();
    EXPECT_EQ(prove(promise, results).state, ProofState::partly);
    EXPECT_EQ(prove(promise, results).why, "Did not run: cpp:Accounts.Two.");
    results.tests.clear();
    EXPECT_EQ(prove(promise, results).state, ProofState::not_yet);

    auto untested = promise;
    untested.tests.clear();
    EXPECT_EQ(prove(untested, good()).state, ProofState::not_yet);
}

TEST(Proof, IsSignedByTheInstance)
{
    crypto::initialise();
    const support::Folder folder;
    const store::Keys keys(folder.path(), false);
    const auto report = make_report({promise}, good(), keys);
    ASSERT_TRUE(report.signature);
    const auto payload = *from_base64url(report.signature->payload);
    const auto key = *from_base64url(report.signature->public_key);
    const auto signature = *from_base64url(report.signature->signature);
    EXPECT_EQ(key, crypto::view(crypto::public_key(keys.signing_key())));
    EXPECT_TRUE(crypto::is_signature(key, payload, signature));
    EXPECT_FALSE(crypto::is_signature(key, payload + " ", signature));
    EXPECT_NE(payload.find("c0ffee"), std::string::npos);
    EXPECT_NE(to_html(report).find(report.signature->payload), std::string::npos);
}

/// What a promise says may hold anything; the page shows it as text.
TEST(Proof, EscapesWhatItShows)
{
    auto nasty = promise;
    nasty.says = "<script>alert(1)</script>";
    ProofReport report;
    report.promises.push_back(prove(nasty, good()));
    EXPECT_EQ(to_html(report).find("<script>alert"), std::string::npos);
}

TEST(Promises, AreNinetyTwoEachOnce)
{
    std::set<std::string> ids;
    for (const auto& each : all_promises()) {
        EXPECT_TRUE(ids.insert(each.id).second) << each.id;
        EXPECT_FALSE(each.says.empty()) << each.id;
        if (!each.mutation.empty()) {
            const auto patch = std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests/mutations" / each.mutation;
            EXPECT_TRUE(std::filesystem::exists(patch)) << each.id;
        }
        for (const auto& file : each.keeps)
            if (file.starts_with("src/"))
                EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(DIALPINE_SOURCE_DIR) / file))
                    << each.id << " " << file;
    }
    for (int number = 1; number <= 92; ++number) EXPECT_TRUE(ids.contains(fmt::format("P{}", number))) << number;
    EXPECT_EQ(ids.size(), 92U);
}

TEST(Promises, AreRefusedWhenTheyCannotBeRead)
{
    EXPECT_THROW(read_promises("[[promise]\n"), store::Failure);
    EXPECT_THROW(read_promises(""), store::Failure);
}

} // namespace
} // namespace dialpine::privacy
