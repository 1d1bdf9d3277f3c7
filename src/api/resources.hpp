#pragma once
#include "api/house.hpp"
#include "api/route.hpp"
#include "people/workspaces.hpp"
#include "privacy/consent.hpp"
#include "privacy/leaving.hpp"
#include "privacy/publication.hpp"

#include <string>
#include <vector>

namespace dialpine::links {
class Spool;
}

namespace dialpine::api {

// Each resource's file adds its routes to the list that `all_routes` gives.
void add_account_routes(std::vector<Route>&);
void add_work_routes(std::vector<Route>&);
void add_board_routes(std::vector<Route>&);
void add_my_data_routes(std::vector<Route>&);
void add_second_factor_routes(std::vector<Route>&);
void add_rights_routes(std::vector<Route>&);
void add_move_routes(std::vector<Route>&);
void add_subject_routes(std::vector<Route>&);
void add_hold_routes(std::vector<Route>&);
void add_import_routes(std::vector<Route>&);
void add_attachment_routes(std::vector<Route>&);
void add_search_route(std::vector<Route>&);
void add_consent_routes(std::vector<Route>&);
void add_transparency_routes(std::vector<Route>&);
void add_proof_route(std::vector<Route>&);
void add_document_routes(std::vector<Route>&);
void add_publication_routes(std::vector<Route>&);
void add_record_routes(std::vector<Route>&);
void add_recipient_routes(std::vector<Route>&);
void add_activity_routes(std::vector<Route>&);
void add_openapi_route(std::vector<Route>&);

/// A consent given or withdrawn now, under the policy in force.
privacy::ConsentOccasion occasion_of(const House&, std::string_view method);

/// Whether the browser sends Global Privacy Control: `Sec-GPC: 1`, exactly.
bool asks_for_privacy(const http::Request&);
/// Records that signal for the signed-in person, once; nobody waits for it.
void notice_signal(House&, const Call&);
/// The public keys with which receipts, certificates and heads of the transparency log can be checked.
std::string signing_keys_json(const House&);

/// Throws Problem 422 at this pointer unless it is the person's password, and 429 after too many wrong ones.
Awaitable<void> check_own_password(House&, PersonId, std::string password, std::string pointer);

/// What needs the password (export, erasure, restriction, another address): either it comes with the call, or it was
/// given in this session within `confirmation_life`. Throws Problem 403 `password-needed` at this pointer, and what
/// `check_own_password` throws.
Awaitable<void> confirm_identity(House&, people::SignedIn, std::optional<std::string> password, std::string pointer);

/// Takes a request's file, piece by piece, into a sealed file that goes with what is given: the part `file` of a
/// multipart body, or the whole body. Throws Problem for a multipart body without a file, or larger than `most_bytes`.
struct TakenUpload {
    std::shared_ptr<links::Spool> file;
    std::string name; ///< as it was sent
};
Awaitable<TakenUpload> take_upload(House&, const Call&, http::Body&, std::size_t most_bytes);
/// Its file alone. Throws Problem 422 for an empty one.
Awaitable<std::shared_ptr<links::Spool>> take_file(House&, const Call&, http::Body&, std::size_t most_bytes);

/// Erases the person with what becomes of their workspaces and of what they wrote there, and keeps the certificate as a
/// job. Also for the command line. While a legal hold covers them it waits instead, and the job says until when. Throws
/// Problem 409 while a workspace would be left without an owner, 404 for nobody.
store::Job erase_person(
    store::Database&, PersonId, const people::Handover&, privacy::WrittenContent content = privacy::WrittenContent::leave
);

/// Queues the notices and brings a waiting version into force; once that is committed, it is the policy in force for
/// everybody who asks. Also for the command line. Throws what `privacy::publish` throws.
privacy::Publication publish_document(store::Write&, House&, const privacy::DocumentVersion&);

/// A job as the API shows it.
struct JobView {
    JobId id;
    std::string kind;
    store::JobState state{};
    double progress = 0;
    std::string step;
    std::optional<json::Raw> report;
    std::optional<json::RawProblem> problem;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(JobView, (), (id, kind, state, progress, step, report, problem, created_at, changed_at))
JobView to_view(const store::Job&);

} // namespace dialpine::api
