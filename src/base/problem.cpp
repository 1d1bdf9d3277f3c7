#include "base/problem.hpp"

#include "base/json_write.hpp"

#include <utility>

namespace dialpine {
namespace {
constexpr std::pair<std::string_view, std::string_view> explanations[] = {
    {"not-json", "The body is not the JSON that this route takes. Send UTF-8 JSON, at most 32 levels deep."},
    {"bad-request", "The request itself could not be understood. Its detail says which part."},
    {"not-signed-in", "This needs a session. Sign in and send the cookie, or a bearer token."},
    {"wrong-credentials", "The address and password do not belong together. Check both; nothing says which is wrong."},
    {"code-needed",
     "Address and password are right; this account asks for a code of its second factor too. Send all three again."},
    {"wrong-code", "The code is not one of now, or was used before. Wait for the next, or use a recovery code."},
    {"second-factor-required", "Operators of this instance need a second factor. Set one up on your account page."},
    {"no-second-factor", "No second factor was set up. Begin with POST /api/v1/me/second-factor."},
    {"forbidden", "Your role here does not include this. An admin of the workspace can change your role."},
    {"password-needed",
     "This needs your password: send it with the request, or to /api/v1/me/confirmations up to ten minutes before."},
    {"sensitive-data",
     "A text looks like it holds a card or national number, or somebody's illness. Remove it, or send keep_sensitive."},
    {"cross-site", "A change with the session's cookie must come from DialPine's own pages."},
    {"sign-up-closed", "New accounts need an invitation on this instance. Ask an admin of a workspace for a link."},
    {"not-found", "There is nothing at this address that you may see."},
    {"method-not-allowed", "The address exists, but not with this method."},
    {"last-owner", "You are the last owner of a workspace. Name a successor or close the workspace first."},
    {"status-in-use", "Tasks still have this status. Name another with move_to to move them."},
    {"key-taken", "Another project of the workspace has this key. Choose another."},
    {"name-taken", "This name is already used here. Choose another."},
    {"project-archived", "The project is archived. Restore it to change its tasks."},
    {"already-answered",
     "This request was answered before, and its answer was sent. An answer is not changed afterwards."},
    {"already-objected", "You objected to this version before. My privacy shows how your objection stands."},
    {"already-published", "This version of the document is in force, or was. Only one that waits can be published."},
    {"already-there", "It is there already."},
    {"invitation-used", "This invitation was used, revoked or has expired. Ask for a new one."},
    {"done-before", "This was done before, and cannot be done again."},
    {"no-way-out",
     "The register of recipients does not allow this: who receives what, until when, and by whose consent, stands "
     "there."},
    {"idempotency-key-reused",
     "This Idempotency-Key came with another request before. Use a new key for a new request."},
    {"changed-meanwhile",
     "The thing has changed since you read it. The answer holds it as it is now; look and try again."},
    {"too-large", "The body is larger than this route takes."},
    {"no-room", "The server's disk has no room for this file. Its operator can make some."},
    {"nothing-there", "The file ends before the bytes that Range asked for. Content-Range says how many it has."},
    {"file-damaged",
     "The stored file is not what was uploaded any more, so nothing of it is given out. The operator finds out more by "
     "dialpine doctor, and restores it from a backup."},
    {"too-many-files", "The task has as many files as a task can have. Remove some, or use another task."},
    {"erasure-instead",
     "An account rests on this consent. To withdraw it, erase the account: nothing stays half there."},
    {"legal-hold",
     "A law or a court asks that this is kept for now. The answer says why and until when; then it goes on by itself."},
    {"privacy-signal",
     "Your browser sends Global Privacy Control, which asks against this. Say `despite_signal` to agree all the same."},
    {"unsupported-media-type", "The body's Content-Type or Content-Encoding is not one that this route takes."},
    {"headers-too-large", "The request's line and headers are more than 32 kB. Send fewer, or shorter ones."},
    {"request-timeout", "The request's body came too slowly. Send it again, whole."},
    {"no-such-expectation", "Expect asks for what is not done here. Leave it out, or send 100-continue."},
    {"no-such-coding", "The body's Transfer-Encoding is not taken. Send it by length, or chunked."},
    {"invalid", "Some members of the request are wrong. Each entry of `errors` points at one and says why."},
    {"too-many", "Too many tries in a short time. Wait for as many seconds as Retry-After says."},
    {"unavailable", "DialPine cannot do this right now. Try again after the seconds in Retry-After."},
    {"disk-failed",
     "The server's disk did not take the change, and nothing of it was done. The detail says what is wrong; once the "
     "operator has mended it, all goes on by itself. Send it again after the seconds in Retry-After."},
    {"damaged",
     "A part of what is stored cannot be read any more. The rest can. The operator finds it by dialpine doctor and "
     "restores a backup."},
    {"export-altered", "The file is no export of DialPine, or a byte of it was changed. Export it again."},
    {"not-an-export",
     "The file is an export, but not one that this DialPine can take in. Its errors say where and why."},
    {"internal", "A mistake of DialPine's own. The operator finds it in the log by the time."},
};
} // namespace

std::string_view explain_problem(std::string_view name)
{
    for (const auto& [known, text] : explanations)
        if (known == name) return text;
    return {};
}

Problem::Problem(int status_, std::string name_, std::string title_, std::string detail_)
    : status(status_), name(std::move(name_)), title(std::move(title_)), detail(std::move(detail_))
{
}

std::string Problem::to_json() const
{
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    writer.member("type", "/problems/" + name);
    writer.member("title", title);
    writer.member("status", status);
    writer.member("detail", detail);
    if (!errors.empty()) {
        writer.key("errors");
        writer.begin_array();
        for (const auto& error : errors) {
            writer.begin_object();
            writer.member("pointer", error.pointer);
            writer.member("detail", error.detail);
            writer.end_object();
        }
        writer.end_array();
    }
    if (!extra.empty()) writer.raw_members(extra);
    writer.end_object();
    return out;
}

Problem Problem::not_json(std::string detail)
{
    return {400, "not-json", "The body is not valid JSON", std::move(detail)};
}
Problem Problem::bad_request(std::string name, std::string detail)
{
    return {400, std::move(name), "The request could not be understood", std::move(detail)};
}
Problem Problem::unauthorized() { return {401, "not-signed-in", "Not signed in", "Sign in to go on."}; }
Problem Problem::forbidden(std::string detail) { return {403, "forbidden", "Not allowed", std::move(detail)}; }
Problem Problem::not_found()
{
    return {404, "not-found", "Not found", "There is nothing at this address that you may see."};
}
Problem Problem::conflict(std::string name, std::string detail)
{
    return {409, std::move(name), "Not possible as things stand", std::move(detail)};
}
Problem Problem::changed_meanwhile()
{
    return {
        412,
        "changed-meanwhile",
        "Changed meanwhile",
        "It has changed since you read it. Look at it as it is now and try again."};
}
Problem Problem::too_large(std::string detail) { return {413, "too-large", "Too large", std::move(detail)}; }
Problem Problem::invalid(std::string pointer, std::string detail)
{
    return invalid(std::vector<FieldError>{{std::move(pointer), std::move(detail)}});
}
Problem Problem::invalid(std::vector<FieldError> errors)
{
    std::string detail;
    for (const auto& error : errors) {
        if (!detail.empty()) detail += ' ';
        detail += (error.pointer.empty() ? std::string("The body") : error.pointer) + " " + error.detail + ".";
    }
    Problem problem(422, "invalid", "Some members are wrong", std::move(detail));
    problem.errors = std::move(errors);
    return problem;
}
Problem Problem::too_many(std::chrono::seconds retry_after)
{
    Problem problem(429, "too-many", "Too many tries", "Wait a little before you try again.");
    problem.retry_after = retry_after;
    return problem;
}
Problem Problem::unavailable(std::string detail)
{
    Problem problem(503, "unavailable", "Not available right now", std::move(detail));
    problem.retry_after = std::chrono::seconds{2};
    return problem;
}

} // namespace dialpine
