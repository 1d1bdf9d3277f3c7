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

/// How far a rotation of the master key is. At each of these a killed process is taken up again by the next start.
enum class RotationStep : std::uint8_t {
    recorded, ///< both master keys are in the key store, each sealed by the other
    wrapping, ///< some keys are wrapped by the new one, the rest by the old one
    wrapped,  ///< all keys are wrapped by the new one
    written,  ///< `master.key` holds the new one
    finished, ///< the old one is nowhere any more
};

/// The 256-bit keys of each person and each workspace, wrapped by the master key, in a database of its own that is
/// backed up apart. Destroying a key makes everything that was sealed under it unreadable, wherever a copy of it lies.
class Keys {
public:
    /// `folder` holds `keys.db` and `master.key` (mode 0600); both are made when absent. A master key in
    /// `DIALPINE_MASTER_KEY` (64 hexadecimal digits) is used instead of the file. Finishes a rotation that was cut off.
    /// Throws std::runtime_error, with what to do, when they do not belong together.
    Keys(const std::filesystem::path& folder, bool is_durable);
    /// Only to read, beside whoever has the folder open: nothing is made, written or finished.
    static std::unique_ptr<Keys> look(const std::filesystem::path& folder);
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

    // The same for workspaces.
    void make(WorkspaceId);
    [[nodiscard]] std::optional<crypto::Key> find(WorkspaceId);
    /// The workspace's key; made now for one that is older than keys of workspaces. Throws std::runtime_error for one
    /// that was closed.
    [[nodiscard]] crypto::Key of(WorkspaceId);
    void destroy(WorkspaceId);
    [[nodiscard]] std::vector<WorkspaceId> closed_workspaces();
    void adopt_closed(const std::vector<WorkspaceId>&);
    /// Who and what is gone for good by the tombstones of the key store in `folder`, which needs no master key.
    struct Gone {
        std::vector<PersonId> persons;
        std::vector<WorkspaceId> workspaces;
    };
    static Gone gone_in(const std::filesystem::path& folder);
    /// Those that have a key.
    [[nodiscard]] std::vector<WorkspaceId> workspaces();

    /// For the keyed hashes by which sealed values are looked up.
    [[nodiscard]] const crypto::Key& lookup_key() const { return *lookup_key_; }
    [[nodiscard]] crypto::Digest lookup(std::string_view value) const
    {
        return crypto::keyed_hash(*lookup_key_, value);
    }

    /// The seed by which this instance signs receipts, certificates and the heads of its transparency log (Ed25519).
    [[nodiscard]] const crypto::Key& signing_key() const { return *signing_key_; }

    /// Called at each step, with how much of the wrapping is done (0 to 1).
    using RotationProgress = std::function<void(RotationStep, double)>;
    /// Wraps every key by another master key, while all goes on; takes up a rotation that failed before. In the end
    /// `master.key` is another, unless the master key comes from the environment. Throws std::runtime_error when it
    /// cannot be finished; then both master keys open everything until the next try.
    void rotate(const crypto::Key& to, const RotationProgress& progress);
    [[nodiscard]] static bool is_master_key_in_environment();
    /// Tells master keys apart, and nothing about them: 16 hexadecimal digits.
    [[nodiscard]] std::string fingerprint() const;

    /// What persons chose last, beside the keys so that an older database does not undo it.
    [[nodiscard]] Replays& replays() { return *replays_; }

    void back_up_to(const std::filesystem::path& folder);
    /// After the disk failed: what a cut-off transaction left is taken back from the journal on the disk. Throws
    /// Failure, and can be called again.
    void reopen();

private:
    /// A kind of owner: which tables hold the keys, and the tombstones.
    struct Owners;
    static const Owners of_persons;
    static const Owners of_workspaces;

    explicit Keys(std::filesystem::path folder);
    void open();
    [[nodiscard]] crypto::Key load_master_key() const;
    [[nodiscard]] crypto::Key load_named_key(std::string_view name);
    void load_all();

    [[nodiscard]] const crypto::Key& wrapping_key() const { return next_key_ ? *next_key_ : *master_key_; }
    [[nodiscard]] std::optional<std::string> unwrap(std::string_view wrapped, std::string_view context) const;

    void make(const Owners&, std::span<const Uuid>);
    [[nodiscard]] std::optional<crypto::Key> find(const Owners&, const Uuid&);
    void destroy(const Owners&, std::span<const Uuid>);
    [[nodiscard]] std::vector<Uuid> list(std::string_view sql);

    void take_up_rotation();
    void finish_rotation(const RotationProgress&);
    /// Wraps the next keys of one table anew; false when there were none left.
    struct Wrapped;
    bool wrap_some(const Wrapped&, std::string& after);
    [[nodiscard]] std::int64_t count_wrapped();
    [[nodiscard]] bool has_table(std::string_view name);
    void check_fingerprint();
    void keep_fingerprint();

    std::filesystem::path folder_;
    bool is_read_only_ = false;
    bool is_durable_ = true;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Replays> replays_; ///< absent when only looking
    std::mutex connection_mutex_;
    std::mutex rotation_mutex_;
    std::shared_mutex cache_mutex_;
    std::unordered_map<Uuid, crypto::Key> cache_;
    std::optional<crypto::Key> master_key_;
    std::optional<crypto::Key> next_key_; ///< while a rotation is under way: wraps what is new
    std::optional<crypto::Key> lookup_key_;
    std::optional<crypto::Key> signing_key_;
};

/// A key in a file of 64 hexadecimal digits that nobody else can read; made there, at random, when there is no file.
/// Throws std::runtime_error when it can be read by others or is no key.
crypto::Key key_in_file(const std::filesystem::path&);

} // namespace dialpine::store
