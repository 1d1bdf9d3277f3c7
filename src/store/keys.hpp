#pragma once
#include "base/crypto.hpp"
#include "store/ids.hpp"
#include "store/replay.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dialpine::store {

class Connection;

/// The 256-bit key of each person, wrapped by the master key, in a database of its own that is backed up apart.
/// Destroying a key makes every sealed value of that person unreadable, wherever a copy of it lies.
class Keys {
public:
    /// `folder` holds `keys.db` and `master.key` (mode 0600); both are made when absent. A master key in
    /// `DIALPINE_MASTER_KEY` (64 hexadecimal digits) is used instead of the file. Throws std::runtime_error when they
    /// do not belong together.
    Keys(const std::filesystem::path& folder, bool is_durable);
    ~Keys();

    /// Makes each person's key and stores it durably before it returns.
    void make(std::span<const PersonId>);
    void make(PersonId person) { make(std::span(&person, 1)); }
    [[nodiscard]] std::optional<crypto::Key> find(PersonId);
    /// Destroys the key and leaves a tombstone with the time; durable when it returns. Nothing brings it back.
    void destroy(PersonId);
    /// Persons whose key was destroyed: what a restored database must not know any more.
    [[nodiscard]] std::vector<PersonId> tombstones();
    /// Adds the tombstones of another key store to this one and destroys the keys that they name.
    void adopt_tombstones(const std::vector<PersonId>&);

    /// For the keyed hashes by which sealed values are looked up.
    [[nodiscard]] const crypto::Key& lookup_key() const { return *lookup_key_; }
    [[nodiscard]] crypto::Digest lookup(std::string_view value) const
    {
        return crypto::keyed_hash(*lookup_key_, value);
    }

    /// The seed by which this instance signs receipts, certificates and the heads of its transparency log (Ed25519).
    [[nodiscard]] const crypto::Key& signing_key() const { return *signing_key_; }

    /// What persons chose last, beside the keys so that an older database does not undo it.
    [[nodiscard]] Replays& replays() { return replays_; }

    void back_up_to(const std::filesystem::path& folder);

    /// The tombstones of a key store that need not open: its master key may be what is missing.
    [[nodiscard]] static std::vector<PersonId> tombstones_in(const std::filesystem::path& folder);

private:
    /// Runs `work` on the key store as one transaction.
    void in_transaction(const std::function<void()>& work);
    [[nodiscard]] crypto::Key load_master_key() const;
    [[nodiscard]] crypto::Key load_named_key(std::string_view name);

    std::filesystem::path folder_;
    std::unique_ptr<Connection> connection_;
    Replays replays_;
    std::mutex connection_mutex_;
    std::shared_mutex cache_mutex_;
    std::unordered_map<PersonId, crypto::Key> cache_;
    std::optional<crypto::Key> master_key_;
    std::optional<crypto::Key> lookup_key_;
    std::optional<crypto::Key> signing_key_;
};

} // namespace dialpine::store
