#pragma once
#include "base/crypto.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

/// Merkle trees as RFC 9162, section 2.1, defines them: a log that can only grow, and short proofs about it.
namespace dialpine::merkle {

using crypto::Digest;

/// SHA-256 of 0x00 and the leaf.
Digest leaf_hash(std::string_view leaf);
/// SHA-256 of 0x01 and both children.
Digest node_hash(const Digest& left, const Digest& right);

/// The hash of the complete subtree whose leaves are [number << level, (number + 1) << level).
using Nodes = std::function<Digest(int level, std::uint64_t number)>;

/// The root of the tree over the first `size` leaves; of an empty one, the hash of nothing.
Digest root(const Nodes&, std::uint64_t size);
/// What leads from leaf `index` to the root over `size` leaves, from the bottom up.
std::vector<Digest> inclusion_proof(const Nodes&, std::uint64_t index, std::uint64_t size);
/// What shows that the tree over `from` leaves is the beginning of the one over `to`.
std::vector<Digest> consistency_proof(const Nodes&, std::uint64_t from, std::uint64_t to);

bool is_included(
    const Digest& leaf_hash,
    std::uint64_t index,
    std::uint64_t size,
    const std::vector<Digest>& proof,
    const Digest& root
);
bool is_consistent(
    std::uint64_t from,
    const Digest& from_root,
    std::uint64_t to,
    const Digest& to_root,
    const std::vector<Digest>& proof
);

} // namespace dialpine::merkle
