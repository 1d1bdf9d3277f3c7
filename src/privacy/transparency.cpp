#include "privacy/transparency.hpp"

#include "base/text.hpp"
#include "store/rows.hpp"

namespace dialpine::privacy {
namespace {
std::string hex(const crypto::Digest& digest) { return to_hex(crypto::view(digest)); }

std::vector<std::string> hex(const std::vector<crypto::Digest>& digests)
{
    std::vector<std::string> texts;
    for (const auto& digest : digests) texts.push_back(hex(digest));
    return texts;
}

crypto::Digest leaf_of(const store::LogEntry& entry) { return merkle::leaf_hash(store::leaf_text(entry)); }

/// The number that the page begins with.
std::int64_t first_of(const LogQuery& query)
{
    if (!query.cursor) return query.from.value_or(0);
    const bool is_number = !query.cursor->empty() && query.cursor->size() < 18 &&
                           query.cursor->find_first_not_of("0123456789") == std::string::npos;
    if (!is_number) throw Problem::invalid("?cursor", "is no place in this list; begin anew without it");
    return std::stoll(*query.cursor) + 1;
}

template <class List>
void cut(List& list, std::int64_t limit)
{
    if (cut_to(list.items, limit)) list.next = std::to_string(list.items.back().number);
}

/// The value that was asked for, if it is between `least` and `most`.
std::int64_t within(std::optional<std::int64_t> asked, std::string_view name, std::int64_t least, std::int64_t most)
{
    if (!asked) throw Problem::invalid("?" + std::string(name), "is required");
    if (*asked < least || *asked > most)
        throw Problem::invalid("?" + std::string(name), fmt::format("must be between {} and {}", least, most));
    return *asked;
}
} // namespace

std::string key_id_of(const crypto::Digest& public_key)
{
    return crypto::sha256_hex(crypto::view(public_key)).substr(0, 16);
}

LogHeadView to_view(const store::Read& read, const store::LogHead& head)
{
    return {
        .size = head.size,
        .at = head.at,
        .root = hex(head.root),
        .signature = head.signature,
        .key_id = key_id_of(crypto::public_key(read.keys().signing_key())),
        .signed_text = store::signed_text(head),
    };
}

std::optional<store::LogHead> to_head(const LogHeadView& view)
{
    const auto bytes = from_hex(view.root);
    const auto root = bytes ? crypto::to_digest(*bytes) : std::nullopt;
    if (!root || view.size < 0) return std::nullopt;
    return store::LogHead{.size = view.size, .at = view.at, .root = *root, .signature = view.signature};
}

LogHeadView find_log_head(store::Write& write) { return to_view(write, store::sign_log(write)); }

LogEntryList list_log_entries(store::Read& read, const LogQuery& query)
{
    const auto limit = limit_of(query.limit);
    LogEntryList list;
    for (const auto& entry : store::select<store::LogEntry>(
             read, "WHERE number >= $1 ORDER BY number LIMIT $2", first_of(query), limit + 1
         ))
        list.items.push_back({
            .number = entry.number,
            .kind = entry.kind,
            .at = entry.at,
            .commitment = hex(entry.commitment),
            .statement = entry.statement,
            .leaf_hash = hex(leaf_of(entry)),
        });
    cut(list, limit);
    return list;
}

MyLogList list_my_log_entries(store::Read& read, const people::SignedIn& me, const LogQuery& query)
{
    const auto limit = limit_of(query.limit);
    MyLogList list;
    for (const auto& secret : store::select<store::LogSecret>(
             read,
             "WHERE person_id = $1 AND number >= $2 ORDER BY number LIMIT $3",
             me.person,
             first_of(query),
             limit + 1
         ))
        if (const auto entry = store::find<store::LogEntry>(read, secret.number))
            list.items.push_back({
                .number = entry->number,
                .kind = entry->kind,
                .at = entry->at,
                .commitment = hex(entry->commitment),
                .leaf_hash = hex(leaf_of(*entry)),
                .salt = secret.salt.reveal(),
                .statement = secret.statement.reveal(),
            });
    cut(list, limit);
    return list;
}

InclusionProof prove_inclusion(store::Read& read, const InclusionQuery& query)
{
    const auto newest = store::log_size(read);
    const auto size = within(query.size.value_or(newest), "size", 1, newest);
    const auto index = within(query.index, "index", 0, size - 1);
    const auto nodes = store::log_nodes(read);
    return {
        .index = index,
        .size = size,
        .leaf_hash = hex(nodes(0, static_cast<std::uint64_t>(index))),
        .root = hex(merkle::root(nodes, static_cast<std::uint64_t>(size))),
        .path =
            hex(merkle::inclusion_proof(nodes, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(size))),
    };
}

ConsistencyProof prove_consistency(store::Read& read, const ConsistencyQuery& query)
{
    const auto newest = store::log_size(read);
    const auto to = within(query.to.value_or(newest), "to", 0, newest);
    const auto from = within(query.from, "from", 0, to);
    const auto nodes = store::log_nodes(read);
    return {
        .from = from,
        .to = to,
        .from_root = hex(merkle::root(nodes, static_cast<std::uint64_t>(from))),
        .to_root = hex(merkle::root(nodes, static_cast<std::uint64_t>(to))),
        .path = hex(merkle::consistency_proof(nodes, static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to))),
    };
}

} // namespace dialpine::privacy
