#include "store/keys.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "store/key_file.hpp"
#include "store/secret_file.hpp"
#include "store/statement.hpp"
#include "store/write_ahead_log.hpp"

#include <cstdlib>
#include <stdexcept>

namespace dialpine::store {
namespace {
constexpr std::size_t most_cached = 50'000;

std::string context_of(std::string_view name) { return "dialpine key|" + std::string(name); }
} // namespace

struct Keys::Owners {
    std::string_view keys;
    std::string_view id;
    std::string_view gone;
    std::string_view prefix; ///< of a key's context, so that one kind's is never taken for another's

    [[nodiscard]] std::string context(const Uuid& owner) const
    {
        return context_of(std::string(prefix) + to_text(owner));
    }
};
const Keys::Owners Keys::of_persons{"person_keys", "person_id", "tombstones", ""};
const Keys::Owners Keys::of_workspaces{"workspace_keys", "workspace_id", "closed_workspaces", "workspace|"};

namespace {
std::filesystem::path made_private(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}
} // namespace

Keys::Keys(const std::filesystem::path& folder, bool is_durable)
    : folder_(made_private(folder)), is_durable_(is_durable), replays_(std::make_unique<Replays>(folder_, is_durable))
{
    const bool is_new = !std::filesystem::exists(folder / "keys.db");
    open();
    connection_->execute(
        "CREATE TABLE IF NOT EXISTS person_keys (person_id BLOB PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS workspace_keys (workspace_id BLOB PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT "
        "ROWID;"
        "CREATE TABLE IF NOT EXISTS named_keys (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS tombstones (person_id BLOB PRIMARY KEY, erased_at BIGINT NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS closed_workspaces (workspace_id BLOB PRIMARY KEY, closed_at BIGINT NOT NULL) "
        "WITHOUT ROWID;"
        // While a rotation is under way: the new master key sealed by the old one, and the old one by the new one.
        "CREATE TABLE IF NOT EXISTS rotation (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS master (fingerprint TEXT PRIMARY KEY) WITHOUT ROWID"
    );
    if (!is_new && !is_master_key_in_environment() && !std::filesystem::exists(folder / "master.key"))
        throw std::runtime_error(
            "The key store " + folder.string() +
            " has no master.key. Put it back from its backup, or set DIALPINE_MASTER_KEY."
        );
    remove_unfinished_secret(folder / "master.key");
    load_all();
}

Keys::Keys(std::filesystem::path folder) : folder_(std::move(folder)), is_read_only_(true)
{
    if (!std::filesystem::exists(folder_ / "keys.db"))
        throw std::runtime_error("The key store " + folder_.string() + " has no keys.db.");
    // Who only reads may not take back what a process that was cut off left half done, and is refused until somebody did.
    connection_ = std::make_unique<Connection>((folder_ / "keys.db").string(), Connection::Mode::write);
    load_all();
}

std::unique_ptr<Keys> Keys::look(const std::filesystem::path& folder)
{
    return std::unique_ptr<Keys>(new Keys(folder));
}

Keys::~Keys() = default;

void Keys::open() { connection_ = open_key_file(folder_ / "keys.db", is_durable_); }

void Keys::reopen()
{
    const std::lock_guard lock(connection_mutex_);
    open();
    overwrite_what_failed(*connection_);
    replays_->reopen();
}

void Keys::load_all()
{
    master_key_ = load_master_key();
    take_up_rotation();
    if (!next_key_) check_fingerprint();
    lookup_key_ = load_named_key("lookup");
    signing_key_ = load_named_key("signing");
    if (is_read_only_) return;
    if (next_key_) {
        log::say(log::Level::warn, "A rotation of the master key was cut off and is finished now");
        finish_rotation([](RotationStep, double) {});
    } else
        keep_fingerprint();
}

bool Keys::is_master_key_in_environment() { return std::getenv("DIALPINE_MASTER_KEY") != nullptr; }

crypto::Key Keys::load_master_key() const
{
    if (const char* hex = std::getenv("DIALPINE_MASTER_KEY")) {
        if (auto key = key_from_hex(hex)) return *key;
        throw std::runtime_error("DIALPINE_MASTER_KEY must be 64 hexadecimal digits.");
    }
    const auto path = folder_ / "master.key";
    if (!std::filesystem::exists(path) && !is_read_only_) {
        auto key = crypto::Key::random();
        write_secret(path, key);
        return key;
    }
    return read_secret(path);
}

crypto::Key Keys::load_named_key(std::string_view name)
{
    auto& find = connection_->prepare("SELECT wrapped FROM named_keys WHERE name = $1");
    const Using using_find(find);
    find.bind_text(1, name);
    if (find.step()) {
        const auto bytes = unwrap(find.blob(0), context_of(name));
        if (!bytes)
            throw std::runtime_error("The master key does not belong to the key store " + folder_.string() + ".");
        return *crypto::Key::from_bytes(*bytes);
    }
    if (is_read_only_) throw std::runtime_error("The key store " + folder_.string() + " is empty.");
    auto key = crypto::Key::random();
    auto& add = connection_->prepare("INSERT INTO named_keys VALUES ($1, $2)");
    const Using using_add(add);
    add.bind_text(1, name);
    add.bind_blob(2, crypto::seal(wrapping_key(), key.bytes(), context_of(name)));
    add.step();
    return key;
}

std::optional<std::string> Keys::unwrap(std::string_view wrapped, std::string_view context) const
{
    if (next_key_)
        if (auto bytes = crypto::open(*next_key_, wrapped, context)) return bytes;
    return crypto::open(*master_key_, wrapped, context);
}

void Keys::make(const Owners& owners, std::span<const Uuid> ids)
{
    std::vector<std::pair<Uuid, crypto::Key>> made;
    for (const Uuid& owner : ids) made.emplace_back(owner, crypto::Key::random());
    {
        const std::lock_guard lock(connection_mutex_);
        connection_->together([&] {
            for (const auto& [owner, key] : made) {
                auto& add = connection_->prepare(fmt::format("INSERT INTO {} VALUES ($1, $2)", owners.keys));
                const Using using_add(add);
                bind_value(add, 1, PersonId(owner));
                add.bind_blob(2, crypto::seal(wrapping_key(), key.bytes(), owners.context(owner)));
                add.step();
            }
        });
    }
    const std::unique_lock lock(cache_mutex_);
    for (const auto& [owner, key] : made) cache_.insert_or_assign(owner, key);
}

std::optional<crypto::Key> Keys::find(const Owners& owners, const Uuid& owner)
{
    {
        const std::shared_lock lock(cache_mutex_);
        if (const auto known = cache_.find(owner); known != cache_.end()) return known->second;
    }
    const std::lock_guard connection_lock(connection_mutex_);
    auto& find = connection_->prepare(fmt::format("SELECT wrapped FROM {} WHERE {} = $1", owners.keys, owners.id));
    const Using using_find(find);
    bind_value(find, 1, PersonId(owner));
    if (!find.step()) return std::nullopt;
    const auto bytes = unwrap(find.blob(0), owners.context(owner));
    if (!bytes)
        throw std::runtime_error(fmt::format("A key of {} does not open with the master key.", owners.keys));
    auto key = crypto::Key::from_bytes(*bytes);
    const std::unique_lock lock(cache_mutex_);
    if (cache_.size() >= most_cached) cache_.clear();
    cache_.insert_or_assign(owner, *key);
    return key;
}

void Keys::destroy(const Owners& owners, std::span<const Uuid> ids)
{
    const std::lock_guard lock(connection_mutex_);
    connection_->together([&] {
        for (const Uuid& owner : ids) {
            auto& remove = connection_->prepare(fmt::format("DELETE FROM {} WHERE {} = $1", owners.keys, owners.id));
            const Using using_remove(remove);
            bind_value(remove, 1, PersonId(owner));
            remove.step();
            auto& mark = connection_->prepare(
                fmt::format("INSERT INTO {} VALUES ($1, $2) ON CONFLICT DO NOTHING", owners.gone)
            );
            const Using using_mark(mark);
            bind_value(mark, 1, PersonId(owner));
            bind_value(mark, 2, clock_now());
            mark.step();
        }
    });
    const std::unique_lock cache_lock(cache_mutex_);
    for (const Uuid& owner : ids) cache_.erase(owner);
}

std::vector<Uuid> Keys::list(std::string_view sql)
{
    const std::lock_guard lock(connection_mutex_);
    auto& all = connection_->prepare(sql);
    const Using using_all(all);
    std::vector<Uuid> ids;
    while (all.step()) ids.push_back(value_at<PersonId>(all, 0));
    return ids;
}

namespace {
template <class Id>
std::vector<Uuid> plain(std::span<const Id> ids)
{
    return {ids.begin(), ids.end()};
}
template <class Id>
std::vector<Id> named(const std::vector<Uuid>& ids)
{
    std::vector<Id> made;
    for (const Uuid& id : ids) made.push_back(Id(id));
    return made;
}
} // namespace

void Keys::make(std::span<const PersonId> ids) { make(of_persons, plain(ids)); }
std::optional<crypto::Key> Keys::find(PersonId person) { return find(of_persons, person); }
void Keys::destroy(PersonId person) { adopt_tombstones({person}); }
std::vector<PersonId> Keys::tombstones() { return named<PersonId>(list("SELECT person_id FROM tombstones")); }
void Keys::adopt_tombstones(const std::vector<PersonId>& ids)
{
    destroy(of_persons, plain(std::span(ids)));
    replays_->forget(ids);
}

void Keys::make(WorkspaceId workspace) { make(of_workspaces, std::array<Uuid, 1>{workspace}); }
std::optional<crypto::Key> Keys::find(WorkspaceId workspace) { return find(of_workspaces, workspace); }
void Keys::destroy(WorkspaceId workspace) { adopt_closed({workspace}); }
std::vector<WorkspaceId> Keys::workspaces()
{
    return named<WorkspaceId>(list("SELECT workspace_id FROM workspace_keys"));
}
std::vector<WorkspaceId> Keys::closed_workspaces()
{
    return named<WorkspaceId>(list("SELECT workspace_id FROM closed_workspaces"));
}
void Keys::adopt_closed(const std::vector<WorkspaceId>& ids) { destroy(of_workspaces, plain(std::span(ids))); }

Keys::Gone Keys::gone_in(const std::filesystem::path& folder)
{
    Connection store((folder / "keys.db").string(), Connection::Mode::read);
    const auto all = [&](std::string_view table) {
        std::vector<Uuid> ids;
        if (store.integer(fmt::format("SELECT count(*) FROM sqlite_schema WHERE name = '{}'", table)) == 0) return ids;
        auto& rows = store.prepare(fmt::format("SELECT * FROM {}", table));
        const Using using_rows(rows);
        while (rows.step()) ids.push_back(value_at<PersonId>(rows, 0));
        return ids;
    };
    return {named<PersonId>(all("tombstones")), named<WorkspaceId>(all("closed_workspaces"))};
}

crypto::Key Keys::of(WorkspaceId workspace)
{
    if (const auto known = find(workspace)) return *known;
    const auto key = crypto::Key::random();
    {
        const std::lock_guard lock(connection_mutex_);
        // Whoever else makes it at this moment is first, or not; a closed workspace gets none.
        auto& add = connection_->prepare(
            "INSERT INTO workspace_keys SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM closed_workspaces WHERE "
            "workspace_id = $1) ON CONFLICT DO NOTHING"
        );
        const Using using_add(add);
        bind_value(add, 1, workspace);
        add.bind_blob(2, crypto::seal(wrapping_key(), key.bytes(), of_workspaces.context(workspace)));
        add.step();
    }
    if (const auto made = find(workspace)) return *made;
    throw std::runtime_error("A key is asked for of a workspace that was closed.");
}

void Keys::back_up_to(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const std::lock_guard lock(connection_mutex_); // a rotation waits, so that store and master key fit
    connection_->back_up_to((folder / "keys.db").string());
    replays_->back_up_to(folder);
    if (std::filesystem::exists(folder_ / "master.key"))
        std::filesystem::copy_file(
            folder_ / "master.key", folder / "master.key", std::filesystem::copy_options::overwrite_existing
        );
}

} // namespace dialpine::store
