#pragma once
#include "store/schema.hpp"

namespace dialpine::store {

enum class JobKind : std::uint8_t { import_, export_, erasure };
BOOST_DESCRIBE_ENUM(JobKind, import_, export_, erasure)

enum class JobState : std::uint8_t { queued, running, done, failed };
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, failed)

/// Long work and what came of it. `report` and `problem` are JSON and hold counts and our own words, never text from
/// people.
struct Job {
    JobId id;
    JobKind kind{};
    Uuid scope; ///< the workspace or the person that it is about; nil for an erasure that is done, whose person is gone
    std::optional<PersonId> started_by;
    JobState state{};
    double progress = 0; ///< 0 to 1
    std::string step;
    std::optional<std::string> report;
    std::optional<std::string> problem;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    Job, (), (id, kind, scope, started_by, state, progress, step, report, problem, created_at, changed_at)
)

/// What a creation answered, so that its repetition within a day gets the same.
struct KeptAnswer {
    PersonId person_id;
    crypto::Digest key_hash{};     ///< of the Idempotency-Key and the route
    crypto::Digest request_hash{}; ///< of the body
    std::int64_t status = 0;
    std::string location;
    Sealed<std::string> body;
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (person_id, key_hash, request_hash, status, location, body, created_at))

namespace declared {
inline constexpr NotPersonal job_fact{"state and counts of long work"};
inline constexpr Personal job_starter{
    .of = person_in<&Job::started_by>,
    .category = Category::requests,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = {"90 days", std::chrono::days{90}, "created_at"},
    .at_erasure = AtErasure::unlink,
    .label = "Imports and exports you started",
};
inline constexpr auto jobs = table<Job>(
    "jobs",
    primary_key<&Job::id>,
    column<&Job::id>(job_fact),
    column<&Job::kind>(job_fact),
    column<&Job::scope>(job_fact),
    column<&Job::started_by>(job_starter),
    column<&Job::state>(job_fact),
    column<&Job::progress>(job_fact),
    column<&Job::step>(job_fact),
    column<&Job::report>(job_fact),
    column<&Job::problem>(job_fact),
    column<&Job::created_at>(job_fact),
    column<&Job::changed_at>(job_fact),
    indexed_by<&Job::started_by>(),
    indexed_by<&Job::scope>(),
    part_of<&Job::scope>("workspaces", {"id"}),
    part_of<&Job::scope>("people", {"id"})
);

inline constexpr Keep one_day{"1 day", std::chrono::days{1}, "created_at"};
inline constexpr Personal kept_answer{
    .of = person_in<&KeptAnswer::person_id>,
    .category = Category::requests,
    .source = Source::the_program,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = one_day,
    .at_erasure = AtErasure::erase_row,
    .label = "Answers kept for repeated requests",
};
inline constexpr Personal kept_body{
    .of = person_in<&KeptAnswer::person_id>,
    .category = Category::requests,
    .source = Source::the_program,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = one_day,
    .at_erasure = AtErasure::destroy_key,
    .is_withheld = true,
    .label = "Answers kept for repeated requests",
};
inline constexpr auto kept_answers = table<KeptAnswer>(
    "kept_answers",
    primary_key<&KeptAnswer::person_id, &KeptAnswer::key_hash>,
    column<&KeptAnswer::person_id>(kept_answer),
    column<&KeptAnswer::key_hash>(job_fact),
    column<&KeptAnswer::request_hash>(job_fact),
    column<&KeptAnswer::status>(job_fact),
    column<&KeptAnswer::location>(job_fact),
    column<&KeptAnswer::body>(kept_body),
    column<&KeptAnswer::created_at>(kept_answer),
    indexed_by<&KeptAnswer::created_at>()
);

inline constexpr Table jobs_table = jobs.plain();
inline constexpr Table kept_answers_table = kept_answers.plain();
} // namespace declared

template <>
inline constexpr const Table* table_of<Job> = &declared::jobs_table;
template <>
inline constexpr const Table* table_of<KeptAnswer> = &declared::kept_answers_table;

} // namespace dialpine::store
