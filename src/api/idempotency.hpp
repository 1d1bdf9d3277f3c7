#pragma once
#include "api/route.hpp"
#include "store/job.hpp"

#include <optional>

/// A creation with an `Idempotency-Key` that is repeated within a day gets the first answer.
namespace dialpine::api {

struct IdempotencyKey {
    crypto::Digest key_hash;     ///< of the key and the path
    crypto::Digest request_hash; ///< of the body
    /// Absent for requests without the header, that create nothing, or by nobody. Throws Problem 400 for a key over 200
    /// bytes.
    static std::optional<IdempotencyKey> of(const Call&, const Route&);
};

/// The first answer. Throws Problem 409 if it belongs to another request.
std::optional<http::Response> find_kept_answer(store::Read&, const Call&, const IdempotencyKey&);
/// Kept in the same transaction as what was created.
void keep_answer(store::Write&, const Call&, const IdempotencyKey&, const http::Response&);

} // namespace dialpine::api
