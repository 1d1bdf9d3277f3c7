#pragma once
#include "base/json.hpp"
#include "base/page.hpp"
#include "people/actor.hpp"
#include "store/transparency.hpp"

/// The transparency log as the API shows it. Hashes are in lower-case hexadecimal, signatures and keys in base64url.
namespace dialpine::privacy {

/// The first 16 hexadecimal digits of the public key's SHA-256: names a key in receipts, heads and reports.
std::string key_id_of(const crypto::Digest& public_key);

struct LogHeadView {
    std::int64_t size = 0;
    Instant at{};
    std::string root;
    std::string signature;
    std::string key_id;
    std::string signed_text; ///< what the signature is over
};
BOOST_DESCRIBE_STRUCT(LogHeadView, (), (size, at, root, signature, key_id, signed_text))

struct LogEntryView {
    std::int64_t number = 0;
    store::LogKind kind{};
    Instant at{};
    std::string commitment;
    std::optional<std::string> statement;
    std::string leaf_hash;
};
BOOST_DESCRIBE_STRUCT(LogEntryView, (), (number, kind, at, commitment, statement, leaf_hash))
struct LogEntryList {
    std::vector<LogEntryView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(LogEntryList, (), (items, next))
/// The cursor is the number of the last entry that was seen.
struct LogQuery : PageQuery {
    std::optional<std::int64_t> from; ///< the number to begin with
};
BOOST_DESCRIBE_STRUCT(LogQuery, (PageQuery), (from))

/// An entry about oneself: SHA-256 of salt and statement, one after the other, is its commitment.
struct MyLogEntry {
    std::int64_t number = 0;
    store::LogKind kind{};
    Instant at{};
    std::string commitment;
    std::string leaf_hash;
    std::string salt;
    std::string statement;
};
BOOST_DESCRIBE_STRUCT(MyLogEntry, (), (number, kind, at, commitment, leaf_hash, salt, statement))
struct MyLogList {
    std::vector<MyLogEntry> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MyLogList, (), (items, next))

struct InclusionQuery {
    std::optional<std::int64_t> index;
    std::optional<std::int64_t> size; ///< of the log for which it is shown; the newest when absent
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(InclusionQuery, (), (index, size))
struct InclusionProof {
    std::int64_t index = 0;
    std::int64_t size = 0;
    std::string leaf_hash;
    std::string root;
    std::vector<std::string> path;
};
BOOST_DESCRIBE_STRUCT(InclusionProof, (), (index, size, leaf_hash, root, path))

struct ConsistencyQuery {
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to; ///< the newest when absent
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(ConsistencyQuery, (), (from, to))
struct ConsistencyProof {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::string from_root;
    std::string to_root;
    std::vector<std::string> path;
};
BOOST_DESCRIBE_STRUCT(ConsistencyProof, (), (from, to, from_root, to_root, path))

/// Signed anew when the log has grown since.
LogHeadView find_log_head(store::Write&);
LogEntryList list_log_entries(store::Read&, const LogQuery&);
MyLogList list_my_log_entries(store::Read&, const people::SignedIn&, const LogQuery&);
/// Throw Problem 422 for an entry or a size that the log does not have.
InclusionProof prove_inclusion(store::Read&, const InclusionQuery&);
ConsistencyProof prove_consistency(store::Read&, const ConsistencyQuery&);

/// A head as `find_log_head` gave it; absent when it is none.
std::optional<store::LogHead> to_head(const LogHeadView&);
LogHeadView to_view(const store::Read&, const store::LogHead&);

} // namespace dialpine::privacy
