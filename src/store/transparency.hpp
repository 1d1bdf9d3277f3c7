#pragma once
#include "base/merkle.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <optional>
#include <string>
#include <vector>

/// The transparency log: what was consented to, disclosed, erased, published and read by staff, as a Merkle tree that
/// can only grow (RFC 9162). Of persons it holds salted commitments; what they commit to is sealed under the person's
/// key and goes with it, and the commitment that stays says nothing to anybody.
namespace dialpine::store {

enum class LogKind : std::uint8_t {
    consent,
    disclosure,
    erasure,
    policy_version,
    staff_read,
    restriction,
    export_,
    recipient,
    authority,
};
BOOST_DESCRIBE_ENUM(
    LogKind, consent, disclosure, erasure, policy_version, staff_read, restriction, export_, recipient, authority
)

/// One leaf of the tree.
struct LogEntry {
    std::int64_t number = 0; ///< from 0, without gaps
    LogKind kind{};
    Instant at{};
    crypto::Digest commitment{};          ///< SHA-256 of the salt and the statement
    std::optional<std::string> statement; ///< of an entry that is about nobody; it has no salt
};
BOOST_DESCRIBE_STRUCT(LogEntry, (), (number, kind, at, commitment, statement))

/// What an entry about a person commits to.
struct LogSecret {
    std::int64_t number = 0;
    PersonId person_id;
    Sealed<std::string> salt; ///< 256 random bits in base64url
    Sealed<std::string> statement;
};
BOOST_DESCRIBE_STRUCT(LogSecret, (), (number, person_id, salt, statement))

/// A complete subtree's hash; leaves are those of level 0.
struct LogNode {
    std::int64_t level = 0;
    std::int64_t number = 0;
    crypto::Digest hash{};
};
BOOST_DESCRIBE_STRUCT(LogNode, (), (level, number, hash))

/// The log as it was at a moment, signed by this instance.
struct LogHead {
    std::int64_t size = 0;
    Instant at{};
    crypto::Digest root{};
    std::string signature; ///< base64url of Ed25519 over `signed_text`
};
BOOST_DESCRIBE_STRUCT(LogHead, (), (size, at, root, signature))

namespace declared {
inline constexpr NotPersonal log_leaf{"a leaf of the transparency log, which holds commitments only"};
inline constexpr auto log_entries = table<LogEntry>(
    "log_entries",
    primary_key<&LogEntry::number>,
    column<&LogEntry::number>(log_leaf),
    column<&LogEntry::kind>(log_leaf),
    column<&LogEntry::at>(log_leaf),
    column<&LogEntry::commitment>(log_leaf),
    column<&LogEntry::statement>(NotPersonal{"said of nobody: a policy's version, counts of an erasure"}),
    indexed_by<&LogEntry::statement>()
);
inline constexpr Personal logged{
    .of = person_in<&LogSecret::person_id>,
    .category = Category::disclosure,
    .source = Source::the_program,
    .uses = {Use::prove_consent, Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::destroy_key,
    .label = "Your entries in the transparency log",
};
inline constexpr auto log_secrets = table<LogSecret>(
    "log_secrets",
    primary_key<&LogSecret::number>,
    column<&LogSecret::number>(NotPersonal{"which entry it explains"}),
    column<&LogSecret::person_id>(logged),
    column<&LogSecret::salt>(logged),
    column<&LogSecret::statement>(logged),
    indexed_by<&LogSecret::person_id>()
);
inline constexpr NotPersonal log_tree{"a node of the transparency log's tree"};
inline constexpr auto log_nodes = table<LogNode>(
    "log_nodes",
    primary_key<&LogNode::level, &LogNode::number>,
    column<&LogNode::level>(log_tree),
    column<&LogNode::number>(log_tree),
    column<&LogNode::hash>(log_tree)
);
inline constexpr NotPersonal log_signed{"a signed head of the transparency log"};
inline constexpr auto log_heads = table<LogHead>(
    "log_heads",
    primary_key<&LogHead::size>,
    column<&LogHead::size>(log_signed),
    column<&LogHead::at>(log_signed),
    column<&LogHead::root>(log_signed),
    column<&LogHead::signature>(log_signed)
);
inline constexpr Table log_entries_table = log_entries.plain();
inline constexpr Table log_secrets_table = log_secrets.plain();
inline constexpr Table log_nodes_table = log_nodes.plain();
inline constexpr Table log_heads_table = log_heads.plain();
} // namespace declared

template <>
inline constexpr const Table* table_of<LogEntry> = &declared::log_entries_table;
template <>
inline constexpr const Table* table_of<LogSecret> = &declared::log_secrets_table;
template <>
inline constexpr const Table* table_of<LogNode> = &declared::log_nodes_table;
template <>
inline constexpr const Table* table_of<LogHead> = &declared::log_heads_table;

/// Appends what is said of a person (JSON). Gives the entry's number. Part of the caller's transaction.
std::int64_t log_of(Write&, LogKind, PersonId, std::string statement);
/// Appends what is said of nobody, for everybody to read.
std::int64_t log_public(Write&, LogKind, std::string statement);
/// The same, unless just this was said before.
void log_public_once(Write&, LogKind, const std::string& statement);

std::int64_t log_size(const Read&);
/// The bytes whose hash is the leaf: number, kind, time and commitment, a line each.
std::string leaf_text(const LogEntry&);
merkle::Nodes log_nodes(const Read&);
/// The log as it is, signed. Kept, so that later heads can be compared with it.
LogHead sign_log(Write&);
/// What a head's signature is over: "dialpine log head", size, time and root, a line each.
std::string signed_text(const LogHead&);

/// Computes every leaf, node, signature and commitment anew. Says what is wrong, in sentences; empty when nothing is.
/// With an older head of this log, also that the log has only grown since.
std::vector<std::string> verify_log(const Read&, const std::optional<LogHead>& older);

} // namespace dialpine::store
