#pragma once
#include "base/clock.hpp"
#include "privacy/transparency.hpp"
#include "store/database.hpp"
#include "store/job.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dialpine::privacy {

enum class ErasureRule : std::uint8_t { erased, unlinked, kept };
BOOST_DESCRIBE_ENUM(ErasureRule, erased, unlinked, kept)

/// What happened to the person's rows of one table.
struct ErasedTable {
    std::string table;
    ErasureRule rule{};
    std::int64_t rows = 0;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(ErasedTable, (), (table, rule, rows, why))

/// Where the transparency log says that a certificate was given: the entry, the way from it to the root, and the root
/// signed by this instance.
struct LoggedCertificate {
    std::string statement; ///< holds the SHA-256 of the certificate as JSON with `log` null
    InclusionProof proof;
    LogHeadView head;
};
BOOST_DESCRIBE_STRUCT(LoggedCertificate, (), (statement, proof, head))

/// Says what an erasure did, in counts: it holds no personal data and may be kept and shown to anybody.
struct Certificate {
    Instant erased_at{};
    PersonId person;
    bool sealed_key_destroyed = false;
    std::vector<ErasedTable> tables;
    std::int64_t sessions_ended = 0;
    std::int64_t workspaces_closed = 0;       ///< to be counted by whoever closes them with the erasure
    std::int64_t workspaces_closing = 0;      ///< after their members' week
    std::vector<std::string> recipients_told; ///< who received something of the person and is to forget it, too
    std::optional<LoggedCertificate> log;
};
BOOST_DESCRIBE_STRUCT(
    Certificate,
    (),
    (erased_at,
     person,
     sealed_key_destroyed,
     tables,
     sessions_ended,
     workspaces_closed,
     workspaces_closing,
     recipients_told,
     log)
)

/// How many rows one transaction of an erasure touches at most, so that others' writes wait for a fraction of a second
/// however much a person left behind.
inline constexpr std::int64_t rows_in_a_step = 2000;

/// An erasure in one or several transactions. The first takes what names and reaches the person and destroys the key,
/// so that nothing can stop the rest: a start finds the tombstone and goes on.
class ErasureSteps {
public:
    explicit ErasureSteps(PersonId);
    /// Goes on with one that was cut off after its first step.
    explicit ErasureSteps(Certificate begun) : certificate_(std::move(begun)) {}

    /// One step within the caller's transaction. Says whether it was the last.
    bool go_on(store::Write&, std::int64_t most_rows);
    [[nodiscard]] Certificate& certificate() { return certificate_; }

private:
    Certificate certificate_;
    std::set<WorkspaceId> workspaces_;
};

/// Erases the person by each column's rule, tells the workspaces that knew them through the change log, and destroys
/// the key. The key goes at once and for good, even if the transaction then fails: let nothing that may throw follow in
/// it. What such a failure leaves is erased by `finish_erasures`. Call `forget_traces` once it is durable.
Certificate erase(store::Write&, PersonId);

/// Commits to the certificate in the transparency log.
void log_certificate(store::Write&, Certificate&);

/// One step, and what the job says of it. With the last one the certificate is logged. The job is stored with each.
bool erase_step(store::Write&, ErasureSteps&, std::optional<store::Job>&);
/// The job of an erasure that was begun and not finished.
std::optional<store::Job> find_erasure_of(const store::Read&, PersonId);
/// Persons whose key was destroyed and of whom the database still knows something.
std::vector<PersonId> unfinished_erasures(store::Database&);

/// At start: erases again everyone whose key was destroyed and of whom the database still knows something, be it for a
/// crash in the middle of an erasure or for an older backup put back. Gives their number.
int finish_erasures(store::Database&);

/// Removes what the write-ahead log still holds of rows that were erased: moves it to the database, where freed bytes
/// are overwritten, and cuts it to nothing. Waits for readers; false when one held it for too long, then try again
/// later.
bool forget_traces(store::Database&);

} // namespace dialpine::privacy
