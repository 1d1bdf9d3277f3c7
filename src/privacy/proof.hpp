#pragma once
#include "base/clock.hpp"
#include "base/json.hpp"
#include "store/keys.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Joins the promises of the policy with the results of the tests that ran on a commit.
namespace dialpine::privacy {

/// A promise as `policy/promises.toml` declares it.
struct Promise {
    std::string id; ///< "P1"
    std::string says;
    std::string policy; ///< the anchor of its sentence in the policy; empty: the policy does not say it yet
    std::vector<std::string> tests;
    std::vector<std::string> keeps; ///< files and pages that keep it
    std::string mutation;           ///< the patch in `tests/mutations` that takes the behaviour out
    std::string open;               ///< what is still missing, in words; empty: nothing
};

/// Throws Failure, with the line, for a file that is not a list of promises.
std::vector<Promise> read_promises(std::string_view toml);
/// Those that this program was built with.
const std::vector<Promise>& all_promises();

enum class Outcome : std::uint8_t { passed, failed, skipped };
BOOST_DESCRIBE_ENUM(Outcome, passed, failed, skipped)

struct TestResult {
    std::string name; ///< "cpp:Suite.Name"
    Outcome outcome{};
};
BOOST_DESCRIBE_STRUCT(TestResult, (), (name, outcome))

/// A test seen to fail when its promise's behaviour is taken out.
struct CaughtMutation {
    std::string patch;
    std::string test;
    std::string commit; ///< on which it was seen
};
BOOST_DESCRIBE_STRUCT(CaughtMutation, (), (patch, test, commit))

/// What `./test` leaves in `build/test-results.json`.
struct TestResults {
    std::string commit;
    bool is_clean = false; ///< nothing was changed since that commit
    std::vector<TestResult> tests;
    std::vector<CaughtMutation> mutations; ///< of patches that are still the same and still apply
};
BOOST_DESCRIBE_STRUCT(TestResults, (), (commit, is_clean, tests, mutations))

enum class ProofState : std::uint8_t { proved, partly, not_yet };
BOOST_DESCRIBE_ENUM(ProofState, proved, partly, not_yet)

struct Proof {
    std::string id;
    ProofState state{};
    std::string says;
    std::vector<TestResult> tests; ///< those that ran
    std::string why;               ///< why it is in this state
    std::string policy;
    std::vector<std::string> keeps;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (id, state, says, tests, why, policy, keeps))

/// A promise is proved by tests that all passed on a clean commit, at least one of which was seen to fail when the
/// behaviour was taken out. Partly, when some of that is missing. Everything else is not proved yet.
Proof prove(const Promise&, const TestResults&);

/// The base64url of the report's bytes, signed by this instance, so that a copy can be checked without it.
struct ProofSignature {
    std::string payload;
    std::string signature;
    std::string public_key;
};
BOOST_DESCRIBE_STRUCT(ProofSignature, (), (payload, signature, public_key))

struct ProofReport {
    std::string commit;
    std::string program; ///< its version
    std::optional<Instant> made_at;
    std::vector<Proof> promises;
    std::optional<ProofSignature> signature;
};
BOOST_DESCRIBE_STRUCT(ProofReport, (), (commit, program, made_at, promises, signature))

/// The report on these results, signed.
ProofReport make_report(const std::vector<Promise>&, const TestResults&, const store::Keys&);
/// What a program says that nobody has proved: every promise is open.
ProofReport unproved_report(const std::vector<Promise>&);
/// A page that needs nothing else.
std::string to_html(const ProofReport&);

} // namespace dialpine::privacy
