#include "api/idempotency.hpp"

#include "api/dispatch.hpp"
#include "store/rows.hpp"

namespace dialpine::api {

std::optional<IdempotencyKey> IdempotencyKey::of(const Call& call, const Route& route)
{
    const auto header = call.request.header("idempotency-key");
    if (header.empty() || route.status != 201 || !call.person) return std::nullopt;
    if (header.size() > 200) throw Problem::bad_request("bad-request", "An Idempotency-Key has at most 200 bytes.");
    return IdempotencyKey{
        .key_hash = crypto::hash(std::string(header) + "|" + call.request.path),
        .request_hash = crypto::hash(call.body),
    };
}

std::optional<http::Response> find_kept_answer(store::Read& read, const Call& call, const IdempotencyKey& key)
{
    const auto kept = store::find<store::KeptAnswer>(read, call.person->person, key.key_hash);
    if (!kept || kept->created_at + std::chrono::days{1} <= clock_now()) return std::nullopt;
    if (kept->request_hash != key.request_hash)
        throw Problem::conflict("idempotency-key-reused", "This Idempotency-Key came with another request before.");
    auto response = json_response(static_cast<int>(kept->status), kept->body.reveal());
    response.set("ETag", etag_of(response.body));
    if (!kept->location.empty()) response.set("Location", kept->location);
    return response;
}

void keep_answer(store::Write& write, const Call& call, const IdempotencyKey& key, const http::Response& response)
{
    std::string location;
    for (const auto& [name, value] : response.headers)
        if (name == "Location") location = value;
    store::upsert(
        write,
        store::KeptAnswer{
            .person_id = call.person->person,
            .key_hash = key.key_hash,
            .request_hash = key.request_hash,
            .status = response.status,
            .location = std::move(location),
            .body = Sealed<std::string>(response.body),
            .created_at = clock_now(),
        }
    );
}

} // namespace dialpine::api
