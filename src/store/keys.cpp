#include "store/keys.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "store/statement.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace dialpine::store {
namespace {
constexpr std::size_t most_cached = 50'000;

std::string context_of(std::string_view name) { return "dialpine key|" + std::string(name); }

std::optional<crypto::Key> key_from_hex(std::string_view hex)
{
    const auto bytes = from_hex(trimmed(hex));
    return bytes ? crypto::Key::from_bytes(*bytes) : std::nullopt;
}

/// Writes a file that nobody else may read, and its folder entry, to the device itself.
void write_secret(const std::filesystem::path& path, const std::string& text)
{
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("The master key " + path.string() + " cannot be written.");
    const bool is_written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool is_safe = ::fsync(file) == 0;
    ::close(file);
    if (!is_written || !is_safe) throw std::runtime_error("The master key " + path.string() + " cannot be written.");
}
} // namespace

namespace {
std::filesystem::path made_private(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}
} // namespace

Keys::Keys(const std::filesystem::path& folder, bool is_durable)
    : folder_(made_private(folder)), replays_(folder_, is_durable)
{
    const bool is_new = !std::filesystem::exists(folder / "keys.db");
    connection_ = std::make_unique<Connection>((folder / "keys.db").string(), Connection::Mode::write);
    // A rollback journal that is cut to nothing, and overwritten rows: a destroyed key leaves no copy behind.
    connection_->execute("PRAGMA journal_mode=TRUNCATE; PRAGMA secure_delete=ON");
    connection_->execute(is_durable ? "PRAGMA synchronous=EXTRA" : "PRAGMA synchronous=OFF");
    connection_->execute(
        "CREATE TABLE IF NOT EXISTS person_keys (person_id BLOB PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS named_keys (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS tombstones (person_id BLOB PRIMARY KEY, erased_at BIGINT NOT NULL) WITHOUT ROWID"
    );
    if (!is_new && !std::getenv("DIALPINE_MASTER_KEY") && !std::filesystem::exists(folder / "master.key"))
        throw std::runtime_error(
            "The key store " + folder.string() +
            " has no master.key. Put it back from its backup, or set DIALPINE_MASTER_KEY."
        );
    master_key_ = load_master_key();
    lookup_key_ = load_named_key("lookup");
    signing_key_ = load_named_key("signing");
}

Keys::~Keys() = default;

crypto::Key Keys::load_master_key() const
{
    if (const char* hex = std::getenv("DIALPINE_MASTER_KEY")) {
        if (auto key = key_from_hex(hex)) return *key;
        throw std::runtime_error("DIALPINE_MASTER_KEY must be 64 hexadecimal digits.");
    }
    const auto path = folder_ / "master.key";
    if (!std::filesystem::exists(path)) {
        auto key = crypto::Key::random();
        write_secret(path, to_hex(key.bytes()) + "\n");
        return key;
    }
    struct stat about{};
    if (::stat(path.c_str(), &about) == 0 && (about.st_mode & 077) != 0)
        throw std::runtime_error(
            "The master key " + path.string() + " can be read by others. Run: chmod 600 " + path.string()
        );
    std::ifstream file(path);
    const std::string hex((std::istreambuf_iterator<char>(file)), {});
    if (auto key = key_from_hex(hex)) return *key;
    throw std::runtime_error("The master key " + path.string() + " is damaged: it must be 64 hexadecimal digits.");
}

crypto::Key Keys::load_named_key(std::string_view name)
{
    auto& find = connection_->prepare("SELECT wrapped FROM named_keys WHERE name = $1");
    const Using using_find(find);
    find.bind_text(1, name);
    if (find.step()) {
        const auto bytes = crypto::open(*master_key_, find.blob(0), context_of(name));
        if (!bytes)
            throw std::runtime_error("The master key does not belong to the key store " + folder_.string() + ".");
        return *crypto::Key::from_bytes(*bytes);
    }
    auto key = crypto::Key::random();
    auto& add = connection_->prepare("INSERT INTO named_keys VALUES ($1, $2)");
    const Using using_add(add);
    add.bind_text(1, name);
    add.bind_blob(2, crypto::seal(*master_key_, key.bytes(), context_of(name)));
    add.step();
    return key;
}

void Keys::in_transaction(const std::function<void()>& work)
{
    connection_->execute("BEGIN IMMEDIATE");
    try {
        work();
        connection_->execute("COMMIT");
    } catch (...) {
        connection_->execute("ROLLBACK");
        throw;
    }
}

void Keys::make(std::span<const PersonId> persons)
{
    std::vector<std::pair<PersonId, crypto::Key>> made;
    for (const PersonId person : persons) made.emplace_back(person, crypto::Key::random());
    {
        const std::lock_guard lock(connection_mutex_);
        in_transaction([&] {
            for (const auto& [person, key] : made) {
                auto& add = connection_->prepare("INSERT INTO person_keys VALUES ($1, $2)");
                const Using using_add(add);
                bind_value(add, 1, person);
                add.bind_blob(2, crypto::seal(*master_key_, key.bytes(), context_of(to_text(person))));
                add.step();
            }
        });
    }
    const std::unique_lock lock(cache_mutex_);
    for (const auto& [person, key] : made) cache_.insert_or_assign(person, key);
}

std::optional<crypto::Key> Keys::find(PersonId person)
{
    {
        const std::shared_lock lock(cache_mutex_);
        if (const auto known = cache_.find(person); known != cache_.end()) return known->second;
    }
    const std::lock_guard connection_lock(connection_mutex_);
    auto& find = connection_->prepare("SELECT wrapped FROM person_keys WHERE person_id = $1");
    const Using using_find(find);
    bind_value(find, 1, person);
    if (!find.step()) return std::nullopt;
    const auto bytes = crypto::open(*master_key_, find.blob(0), context_of(to_text(person)));
    if (!bytes) throw std::runtime_error("A person's key does not open with the master key.");
    auto key = crypto::Key::from_bytes(*bytes);
    const std::unique_lock lock(cache_mutex_);
    if (cache_.size() >= most_cached) cache_.clear();
    cache_.insert_or_assign(person, *key);
    return key;
}

void Keys::destroy(PersonId person) { adopt_tombstones({person}); }

std::vector<PersonId> Keys::tombstones()
{
    const std::lock_guard lock(connection_mutex_);
    auto& all = connection_->prepare("SELECT person_id FROM tombstones");
    const Using using_all(all);
    std::vector<PersonId> persons;
    while (all.step()) persons.push_back(value_at<PersonId>(all, 0));
    return persons;
}

void Keys::adopt_tombstones(const std::vector<PersonId>& persons)
{
    const std::lock_guard lock(connection_mutex_);
    in_transaction([&] {
        for (const PersonId person : persons) {
            auto& remove = connection_->prepare("DELETE FROM person_keys WHERE person_id = $1");
            const Using using_remove(remove);
            bind_value(remove, 1, person);
            remove.step();
            auto& mark = connection_->prepare("INSERT INTO tombstones VALUES ($1, $2) ON CONFLICT DO NOTHING");
            const Using using_mark(mark);
            bind_value(mark, 1, person);
            bind_value(mark, 2, clock_now());
            mark.step();
        }
    });
    replays_.forget(persons);
    const std::unique_lock cache_lock(cache_mutex_);
    for (const PersonId person : persons) cache_.erase(person);
}

std::vector<PersonId> Keys::tombstones_in(const std::filesystem::path& folder)
{
    std::vector<PersonId> persons;
    if (!std::filesystem::exists(folder / "keys.db")) return persons;
    Connection connection((folder / "keys.db").string(), Connection::Mode::read);
    auto& all = connection.prepare("SELECT person_id FROM tombstones");
    const Using using_all(all);
    while (all.step()) persons.push_back(value_at<PersonId>(all, 0));
    return persons;
}

void Keys::back_up_to(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const std::lock_guard lock(connection_mutex_);
    connection_->back_up_to((folder / "keys.db").string());
    replays_.back_up_to(folder);
    if (std::filesystem::exists(folder_ / "master.key"))
        std::filesystem::copy_file(
            folder_ / "master.key", folder / "master.key", std::filesystem::copy_options::overwrite_existing
        );
}

} // namespace dialpine::store
