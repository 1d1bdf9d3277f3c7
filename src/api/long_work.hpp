#pragma once
#include "api/house.hpp"
#include "links/import_report.hpp"
#include "links/spool.hpp"

#include <functional>

/// Work that goes on after its answer was given: a job is told of it, and says how it ended.
namespace dialpine::api {

/// A job that waits for its turn.
store::Job waiting_job(store::JobKind, const Uuid& scope, PersonId by);

/// Does the work on a thread that may wait, and gives its report as JSON. Whatever happens, the job says so.
using LongWork = std::function<std::string(const links::Progress&)>;
void start_job(House&, const store::Job&, LongWork);

/// The job as it is now: while it runs, memory knows more than the database.
std::optional<store::Job> find_job(House&, JobId);

/// Takes an upload piece by piece into a sealed file; `application/zip`, JSON or any other body, or multipart. Throws
/// Problem for a multipart body without a file, an empty one, or more than `most_bytes`.
Awaitable<std::shared_ptr<links::Spool>> take_upload(House&, const http::Request&, http::Body&, std::size_t most_bytes);

} // namespace dialpine::api
