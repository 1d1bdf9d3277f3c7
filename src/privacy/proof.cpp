#include "privacy/proof.hpp"

#include "base/assets.hpp"
#include "store/statement.hpp"

#include <toml++/toml.h>

namespace dialpine::privacy {
namespace {
std::string text_in(const toml::table& block, std::string_view name) { return block[name].value_or(std::string()); }

std::vector<std::string> texts_in(const toml::table& block, std::string_view name)
{
    std::vector<std::string> texts;
    if (const auto* list = block[name].as_array())
        for (const auto& each : *list)
            if (const auto text = each.value<std::string>()) texts.push_back(*text);
    return texts;
}

bool has_passed(const TestResult& test) { return test.outcome == Outcome::passed; }

/// What keeps a promise whose tests all passed from being proved; empty: nothing.
std::string doubt_of(const Promise& promise, const TestResults& results)
{
    if (!results.is_clean) return "The tests ran on a tree with changes that no commit has.";
    if (!promise.open.empty()) return promise.open;
    if (promise.mutation.empty()) return "No mutation shows that the tests fail when the behaviour is removed.";
    for (const auto& caught : results.mutations)
        if (caught.patch == promise.mutation && std::ranges::count(promise.tests, caught.test) > 0) return {};
    return fmt::format("The mutation {} was not seen to make a test fail.", promise.mutation);
}
} // namespace

std::vector<Promise> read_promises(std::string_view text)
{
    try {
        const auto document = toml::parse(text);
        const auto* blocks = document["promise"].as_array();
        if (!blocks) throw store::Failure("The promises have no [[promise]].");
        std::vector<Promise> promises;
        for (const auto& each : *blocks) {
            const auto& block = *each.as_table();
            promises.push_back({
                .id = text_in(block, "id"),
                .says = text_in(block, "says"),
                .policy = text_in(block, "policy"),
                .tests = texts_in(block, "tests"),
                .keeps = texts_in(block, "keeps"),
                .mutation = text_in(block, "mutation"),
                .open = text_in(block, "open"),
            });
        }
        return promises;
    } catch (const toml::parse_error& error) {
        throw store::Failure(fmt::format(
            "The promises are not TOML: line {}: {}", error.source().begin.line, std::string(error.description())
        ));
    }
}

const std::vector<Promise>& all_promises()
{
    static const auto promises = read_promises(find_asset("policy/promises.toml"));
    return promises;
}

Proof prove(const Promise& promise, const TestResults& results)
{
    Proof proof{
        .id = promise.id,
        .state = ProofState::not_yet,
        .says = promise.says,
        .tests = {},
        .why = {},
        .policy = promise.policy,
        .keeps = promise.keeps,
    };
    if (promise.tests.empty()) {
        proof.why = promise.open.empty() ? "No test speaks of it yet." : promise.open;
        return proof;
    }
    std::string absent;
    for (const auto& name : promise.tests) {
        const auto found = std::ranges::find(results.tests, name, &TestResult::name);
        if (found != results.tests.end())
            proof.tests.push_back(*found);
        else
            absent += (absent.empty() ? "" : ", ") + name;
    }
    const bool has_any = std::ranges::any_of(proof.tests, has_passed);
    const auto bad = std::ranges::find_if_not(proof.tests, has_passed);
    if (bad != proof.tests.end()) {
        proof.state = has_any ? ProofState::partly : ProofState::not_yet;
        proof.why = fmt::format("{} {}.", bad->name, bad->outcome == Outcome::failed ? "failed" : "was skipped");
    } else if (!absent.empty()) {
        proof.state = has_any ? ProofState::partly : ProofState::not_yet;
        proof.why = "Did not run: " + absent + ".";
    } else {
        proof.why = doubt_of(promise, results);
        proof.state = proof.why.empty() ? ProofState::proved : ProofState::partly;
        if (proof.why.empty()) proof.why = "Its tests passed, and fail when the behaviour is removed.";
    }
    return proof;
}

ProofReport make_report(const std::vector<Promise>& promises, const TestResults& results, const store::Keys& keys)
{
    ProofReport report{
        .commit = results.commit,
        .program = DIALPINE_VERSION,
        .made_at = clock_now(),
        .promises = {},
        .signature = std::nullopt,
    };
    for (const auto& promise : promises) report.promises.push_back(prove(promise, results));
    const auto bytes = json::to_json(report);
    report.signature = ProofSignature{
        .payload = to_base64url(bytes),
        .signature = to_base64url(crypto::sign(keys.signing_key(), bytes)),
        .public_key = to_base64url(crypto::view(crypto::public_key(keys.signing_key()))),
    };
    return report;
}

ProofReport unproved_report(const std::vector<Promise>& promises)
{
    ProofReport report{.commit = {}, .program = DIALPINE_VERSION, .made_at = {}, .promises = {}, .signature = {}};
    for (const auto& promise : promises) {
        auto proof = prove(promise, {});
        proof.state = ProofState::not_yet;
        proof.why = "The operator has not run dialpine prove on this instance.";
        report.promises.push_back(std::move(proof));
    }
    return report;
}

} // namespace dialpine::privacy
