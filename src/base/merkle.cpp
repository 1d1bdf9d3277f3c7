#include "base/merkle.hpp"

#include <bit>
#include <string>

namespace dialpine::merkle {
namespace {
/// The leaves [begin, end). Ranges that these functions make begin at a multiple of the largest power of two in them.
struct Range {
    std::uint64_t begin;
    std::uint64_t end;

    [[nodiscard]] std::uint64_t size() const { return end - begin; }
    /// The largest power of two below the size.
    [[nodiscard]] std::uint64_t middle() const { return begin + std::bit_floor(size() - 1); }
    [[nodiscard]] Range left() const { return {begin, middle()}; }
    [[nodiscard]] Range right() const { return {middle(), end}; }
};

Digest hash_of(const Nodes& nodes, Range range)
{
    if (std::has_single_bit(range.size())) return nodes(std::countr_zero(range.size()), range.begin / range.size());
    return node_hash(hash_of(nodes, range.left()), hash_of(nodes, range.right()));
}

void prove_inclusion(const Nodes& nodes, Range range, std::uint64_t index, std::vector<Digest>& proof)
{
    if (range.size() == 1) return;
    const bool is_left = index < range.middle();
    prove_inclusion(nodes, is_left ? range.left() : range.right(), index, proof);
    proof.push_back(hash_of(nodes, is_left ? range.right() : range.left()));
}

/// `is_known`: whoever checks has the hash of this range, since it is the whole older tree.
void prove_consistency(const Nodes& nodes, Range range, std::uint64_t from, bool is_known, std::vector<Digest>& proof)
{
    if (from == range.end) {
        if (!is_known) proof.push_back(hash_of(nodes, range));
        return;
    }
    if (from <= range.middle()) {
        prove_consistency(nodes, range.left(), from, is_known, proof);
        proof.push_back(hash_of(nodes, range.right()));
    } else {
        prove_consistency(nodes, range.right(), from, false, proof);
        proof.push_back(hash_of(nodes, range.left()));
    }
}
} // namespace

Digest leaf_hash(std::string_view leaf)
{
    std::string bytes(1, '\0');
    return crypto::sha256(bytes.append(leaf));
}

Digest node_hash(const Digest& left, const Digest& right)
{
    std::string bytes(1, '\1');
    return crypto::sha256(bytes.append(crypto::view(left)).append(crypto::view(right)));
}

Digest root(const Nodes& nodes, std::uint64_t size)
{
    return size == 0 ? crypto::sha256("") : hash_of(nodes, {0, size});
}

std::vector<Digest> inclusion_proof(const Nodes& nodes, std::uint64_t index, std::uint64_t size)
{
    std::vector<Digest> proof;
    prove_inclusion(nodes, {0, size}, index, proof);
    return proof;
}

std::vector<Digest> consistency_proof(const Nodes& nodes, std::uint64_t from, std::uint64_t to)
{
    std::vector<Digest> proof;
    if (from > 0 && from < to) prove_consistency(nodes, {0, to}, from, true, proof);
    return proof;
}

// Section 2.1.3.2 of the standard.
bool is_included(
    const Digest& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Digest>& proof, const Digest& root
)
{
    if (index >= size) return false;
    std::uint64_t at = index;
    std::uint64_t last = size - 1;
    Digest hash = leaf;
    for (const auto& sibling : proof) {
        if (last == 0) return false;
        if (at % 2 == 1 || at == last) {
            hash = node_hash(sibling, hash);
            for (; at % 2 == 0 && at != 0; at /= 2) last /= 2;
        } else
            hash = node_hash(hash, sibling);
        at /= 2;
        last /= 2;
    }
    return last == 0 && crypto::equal(crypto::view(hash), crypto::view(root));
}

// Section 2.1.4.2 of the standard.
bool is_consistent(
    std::uint64_t from,
    const Digest& from_root,
    std::uint64_t to,
    const Digest& to_root,
    const std::vector<Digest>& proof
)
{
    if (from > to) return false;
    if (from == to) return proof.empty() && from_root == to_root;
    if (from == 0) return proof.empty();
    auto next = proof.begin();
    // The hash of an older tree that is complete is not in the proof: whoever asks has it.
    if (!std::has_single_bit(from) && next == proof.end()) return false;
    Digest older = std::has_single_bit(from) ? from_root : *next++;
    Digest newer = older;
    std::uint64_t at = from - 1;
    std::uint64_t last = to - 1;
    for (; at % 2 == 1; at /= 2) last /= 2;
    for (; next != proof.end(); ++next) {
        if (last == 0) return false;
        if (at % 2 == 1 || at == last) {
            older = node_hash(*next, older);
            newer = node_hash(*next, newer);
            for (; at % 2 == 0 && at != 0; at /= 2) last /= 2;
        } else
            newer = node_hash(newer, *next);
        at /= 2;
        last /= 2;
    }
    return last == 0 && older == from_root && newer == to_root;
}

} // namespace dialpine::merkle
