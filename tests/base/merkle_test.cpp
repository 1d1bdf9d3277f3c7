#include "base/merkle.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dialpine::merkle {
namespace {

/// The definitions of RFC 9162, section 2.1.1, without any cleverness.
Digest plain_root(const std::vector<std::string>& leaves)
{
    if (leaves.empty()) return crypto::sha256("");
    if (leaves.size() == 1) return leaf_hash(leaves[0]);
    std::size_t half = 1;
    while (half * 2 < leaves.size()) half *= 2;
    const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(half);
    return node_hash(plain_root({leaves.begin(), middle}), plain_root({middle, leaves.end()}));
}

class Merkle : public ::testing::Test {
protected:
    Merkle()
    {
        for (int i = 0; i < 40; ++i) leaves.push_back("leaf " + std::to_string(i));
    }
    [[nodiscard]] Nodes nodes() const
    {
        return [this](int level, std::uint64_t number) {
            const auto begin = leaves.begin() + static_cast<std::ptrdiff_t>(number << level);
            return plain_root({begin, begin + (std::ptrdiff_t{1} << level)});
        };
    }
    [[nodiscard]] Digest root_of(std::uint64_t size) const
    {
        return plain_root({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    std::vector<std::string> leaves;
};

/// The hashes of an empty tree and of an empty leaf, as the standard's hash gives them.
TEST_F(Merkle, HashesAsTheStandardSays)
{
    EXPECT_EQ(
        to_hex(crypto::view(root(nodes(), 0))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    EXPECT_EQ(to_hex(crypto::view(leaf_hash(""))), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    for (std::uint64_t size = 0; size <= leaves.size(); ++size) EXPECT_EQ(root(nodes(), size), root_of(size)) << size;
}

TEST_F(Merkle, ProvesEveryLeafOfEveryTree)
{
    for (std::uint64_t size = 1; size <= leaves.size(); ++size)
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(nodes(), index, size);
            const auto leaf = leaf_hash(leaves[index]);
            EXPECT_TRUE(is_included(leaf, index, size, proof, root_of(size))) << index << " of " << size;
            EXPECT_FALSE(is_included(leaf_hash("another"), index, size, proof, root_of(size)));
            EXPECT_FALSE(is_included(leaf, index + 1, size, proof, root_of(size)) && size > 1);
            EXPECT_FALSE(is_included(leaf, index, size, proof, root_of(size - 1)));
            auto longer = proof;
            longer.push_back(leaf);
            EXPECT_FALSE(is_included(leaf, index, size, longer, root_of(size)));
            for (auto& step : longer) step[0] ^= 1;
            EXPECT_FALSE(is_included(leaf, index, size, longer, root_of(size)));
        }
    EXPECT_FALSE(is_included(leaf_hash(leaves[0]), 0, 0, {}, root_of(0)));
}

TEST_F(Merkle, ProvesThatEveryTreeGrewFromEveryEarlierOne)
{
    for (std::uint64_t to = 1; to <= leaves.size(); ++to)
        for (std::uint64_t from = 0; from <= to; ++from) {
            const auto proof = consistency_proof(nodes(), from, to);
            EXPECT_TRUE(is_consistent(from, root_of(from), to, root_of(to), proof)) << from << " to " << to;
            if (from == 0) continue;
            auto changed = root_of(from);
            changed[31] ^= 1;
            EXPECT_FALSE(is_consistent(from, changed, to, root_of(to), proof));
            auto longer = proof;
            longer.push_back(changed);
            EXPECT_FALSE(is_consistent(from, root_of(from), to, root_of(to), longer));
            if (from < to) EXPECT_FALSE(is_consistent(from, root_of(from), to, root_of(to - 1), proof));
        }
    EXPECT_FALSE(is_consistent(3, root_of(3), 2, root_of(2), {}));
}

} // namespace
} // namespace dialpine::merkle
