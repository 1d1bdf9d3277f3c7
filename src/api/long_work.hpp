#pragma once
#include "api/house.hpp"
#include "base/problem.hpp"
#include "links/import_report.hpp"

#include <functional>

/// Work that goes on after its answer was given: a job is told of it, and says how it ended.
namespace dialpine::api {

/// How work ends that the end of the server cuts off.
Problem cut_off();

/// A job that waits for its turn.
store::Job waiting_job(store::JobKind, const Uuid& scope, PersonId by);

/// Does the work on a thread that may wait, and gives its report as JSON. Whatever happens, the job says so.
using LongWork = std::function<std::string(const links::Progress&)>;
void start_job(House&, const store::Job&, LongWork);

/// The job as it is now: while it runs, memory knows more than the database.
std::optional<store::Job> find_job(House&, JobId);

} // namespace dialpine::api
