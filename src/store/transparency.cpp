#include "store/transparency.hpp"

#include "base/text.hpp"
#include "store/rows.hpp"

#include <algorithm>
#include <bit>

namespace dialpine::store {
namespace {

crypto::Digest commitment_of(std::string_view salt, std::string_view statement)
{
    return crypto::sha256(std::string(salt).append(statement));
}

/// Adds the leaf and every subtree that it completes.
void grow_tree(Write& write, std::int64_t number, const crypto::Digest& leaf)
{
    LogNode node{.level = 0, .number = number, .hash = leaf};
    insert(write, node);
    while (node.number % 2 == 1) {
        const auto left = find<LogNode>(write, node.level, node.number - 1);
        if (!left) throw Failure("The transparency log lacks a node of its tree. Run `dialpine log verify`.");
        node = {.level = node.level + 1, .number = node.number / 2, .hash = merkle::node_hash(left->hash, node.hash)};
        insert(write, node);
    }
}

std::int64_t append(Write& write, LogKind kind, const crypto::Digest& commitment, std::optional<std::string> statement)
{
    const LogEntry entry{
        .number = log_size(write),
        .kind = kind,
        .at = clock_now(),
        .commitment = commitment,
        .statement = std::move(statement),
    };
    insert(write, entry);
    grow_tree(write, entry.number, merkle::leaf_hash(leaf_text(entry)));
    return entry.number;
}

/// Collects what is wrong, and stops where more of it would not say more.
class Verification {
public:
    explicit Verification(const Read& read) : read_(read) {}

    std::vector<std::string> run(const std::optional<LogHead>& older)
    {
        check_entries();
        check_nodes();
        check_secrets();
        for (const auto& head : select<LogHead>(read_, "ORDER BY size")) check_head(head);
        if (older && wrong_.empty()) check_head(*older);
        return std::move(wrong_);
    }

private:
    void check_entries()
    {
        std::int64_t next = 0;
        query(read_, detail::select_sql_of(*table_of<LogEntry>, "ORDER BY number"), [&](const Statement& statement) {
            const auto entry = detail::row_at<LogEntry>(read_, statement);
            if (entry.number != next) report(fmt::format("Entry {} is missing.", next));
            next = entry.number + 1;
            if (entry.statement && commitment_of("", *entry.statement) != entry.commitment)
                report(fmt::format("Entry {} does not commit to its statement.", entry.number));
            leaves_.push_back(merkle::leaf_hash(leaf_text(entry)));
        });
    }

    /// Every complete subtree is there, with the hash that its leaves give, and nothing else is.
    void check_nodes()
    {
        std::vector<crypto::Digest> hashes = leaves_;
        std::size_t expected = 0;
        for (std::int64_t level = 0; !hashes.empty(); ++level) {
            for (std::size_t i = 0; i < hashes.size(); ++i) {
                const auto node = find<LogNode>(read_, level, static_cast<std::int64_t>(i));
                if (!node || node->hash != hashes[i])
                    report(fmt::format("Node {} of level {} is not what the entries below it give.", i, level));
            }
            expected += hashes.size();
            std::vector<crypto::Digest> above;
            for (std::size_t i = 0; i + 1 < hashes.size(); i += 2)
                above.push_back(merkle::node_hash(hashes[i], hashes[i + 1]));
            hashes = std::move(above);
        }
        if (query_one<std::int64_t>(read_, "SELECT count(*) FROM log_nodes") != static_cast<std::int64_t>(expected))
            report("The tree has nodes that belong to no entry.");
    }

    void check_secrets()
    {
        std::vector<std::int64_t> numbers;
        query(read_, "SELECT number FROM log_secrets ORDER BY number", [&](const Statement& statement) {
            numbers.push_back(statement.integer(0));
        });
        for (const auto number : numbers)
            if (!is_committed(number)) report(fmt::format("What entry {} commits to was changed.", number));
    }

    [[nodiscard]] bool is_committed(std::int64_t number) const
    {
        try {
            const auto entry = find<LogEntry>(read_, number);
            const auto secret = find<LogSecret>(read_, number);
            return entry && secret &&
                   commitment_of(secret->salt.reveal(), secret->statement.reveal()) == entry->commitment;
        } catch (const Failure&) {
            return false; // a sealed value does not open
        }
    }

    void check_head(const LogHead& head)
    {
        const auto key = crypto::public_key(read_.keys().signing_key());
        const auto signature = from_base64url(head.signature);
        if (!signature || !crypto::is_signature(crypto::view(key), signed_text(head), *signature))
            report(fmt::format("The head of size {} was not signed by this instance.", head.size));
        else if (head.size > static_cast<std::int64_t>(leaves_.size()))
            report(fmt::format("The log had {} entries and has {} now.", head.size, leaves_.size()));
        else if (merkle::root(log_nodes(read_), static_cast<std::uint64_t>(head.size)) != head.root)
            report(
                fmt::format("The first {} entries are not those that were signed on {}.", head.size, to_text(head.at))
            );
    }

    void report(std::string sentence)
    {
        constexpr std::size_t most = 20;
        if (wrong_.size() < most) wrong_.push_back(std::move(sentence));
    }

    const Read& read_;
    std::vector<crypto::Digest> leaves_;
    std::vector<std::string> wrong_;
};
} // namespace

std::int64_t log_of(Write& write, LogKind kind, PersonId person, std::string statement)
{
    const auto salt = crypto::new_token();
    const auto number = append(write, kind, commitment_of(salt, statement), std::nullopt);
    insert(
        write,
        LogSecret{
            .number = number,
            .person_id = person,
            .salt = Sealed<std::string>(salt),
            .statement = Sealed<std::string>(std::move(statement)),
        }
    );
    return number;
}

std::int64_t log_public(Write& write, LogKind kind, std::string statement)
{
    const auto commitment = commitment_of("", statement);
    return append(write, kind, commitment, std::move(statement));
}

void log_public_once(Write& write, LogKind kind, const std::string& statement)
{
    if (!query_one<std::int64_t>(write, "SELECT number FROM log_entries WHERE statement = $1", statement))
        log_public(write, kind, statement);
}

std::int64_t log_size(const Read& read)
{
    return query_one<std::int64_t>(read, "SELECT max(number) + 1 FROM log_entries").value_or(0);
}

std::string leaf_text(const LogEntry& entry)
{
    return fmt::format(
        "{}\n{}\n{}\n{}",
        entry.number,
        json::name_of(entry.kind),
        to_text(entry.at),
        to_hex(crypto::view(entry.commitment))
    );
}

merkle::Nodes log_nodes(const Read& read)
{
    return [&read](int level, std::uint64_t number) {
        const auto hash = query_one<crypto::Digest>(
            read,
            "SELECT hash FROM log_nodes WHERE level = $1 AND number = $2",
            static_cast<std::int64_t>(level),
            static_cast<std::int64_t>(number)
        );
        return hash.value_or(crypto::Digest{});
    };
}

std::string signed_text(const LogHead& head)
{
    return fmt::format("dialpine log head\n{}\n{}\n{}", head.size, to_text(head.at), to_hex(crypto::view(head.root)));
}

LogHead sign_log(Write& write)
{
    const auto size = log_size(write);
    if (auto known = find<LogHead>(write, size)) return *known;
    LogHead head{
        .size = size,
        .at = clock_now(),
        .root = merkle::root(log_nodes(write), static_cast<std::uint64_t>(size)),
        .signature = {},
    };
    head.signature = to_base64url(crypto::sign(write.keys().signing_key(), signed_text(head)));
    insert(write, head);
    return head;
}

std::vector<std::string> verify_log(const Read& read, const std::optional<LogHead>& older)
{
    return Verification(read).run(older);
}

} // namespace dialpine::store
