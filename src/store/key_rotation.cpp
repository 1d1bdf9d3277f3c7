#include "base/text.hpp"
#include "store/keys.hpp"
#include "store/secret_file.hpp"
#include "store/statement.hpp"

#include <array>
#include <stdexcept>

/// Another master key. What can be cut off at any point is decided by one row: as long as the key store holds both
/// master keys, each sealed by the other, either of them opens everything, and the work goes on from where it was.
namespace dialpine::store {
namespace {
constexpr std::size_t most_in_a_step = 500; ///< so that nobody waits for long

constexpr std::string_view next_context = "dialpine master key|next";
constexpr std::string_view previous_context = "dialpine master key|previous";

std::string fingerprint_of(const crypto::Key& key)
{
    const auto digest = crypto::hash("dialpine master key|" + std::string(key.bytes()));
    return to_hex(crypto::view(digest).substr(0, 8));
}
} // namespace

/// A table of wrapped keys, and what each was wrapped for.
struct Keys::Wrapped {
    std::string_view table;
    std::string_view id;
    std::string (*context)(std::string_view id);
    bool is_text = false;

    void bind_id(Statement& statement, int parameter, std::string_view value) const
    {
        is_text ? statement.bind_text(parameter, value) : statement.bind_blob(parameter, value);
    }
};

namespace {
Uuid uuid_of(std::string_view bytes)
{
    Uuid uuid;
    if (bytes.size() == uuid.bytes.size()) std::ranges::copy(bytes, uuid.bytes.begin());
    return uuid;
}
std::string of_person(std::string_view id) { return "dialpine key|" + to_text(uuid_of(id)); }
std::string of_workspace(std::string_view id) { return "dialpine key|workspace|" + to_text(uuid_of(id)); }
std::string of_name(std::string_view name) { return "dialpine key|" + std::string(name); }
} // namespace

std::string Keys::fingerprint() const { return fingerprint_of(*master_key_); }

bool Keys::has_table(std::string_view name)
{
    auto& find = connection_->prepare("SELECT 1 FROM sqlite_schema WHERE name = $1");
    const Using using_find(find);
    find.bind_text(1, name);
    return find.step();
}

void Keys::check_fingerprint()
{
    if (!has_table("master")) return; // looked at as an older program left it
    auto& find = connection_->prepare("SELECT fingerprint FROM master");
    const Using using_find(find);
    if (!find.step() || find.text(0) == fingerprint()) return;
    throw std::runtime_error(fmt::format(
        "The master key does not belong to the key store {}: it is sealed with the master key {}, and {} is {}. Give the "
        "one that was in use when the key store was written last; after a rotation, or a restore of keys from another "
        "backup, the older one opens nothing.",
        folder_.string(),
        find.text(0),
        is_master_key_in_environment() ? "DIALPINE_MASTER_KEY" : "master.key",
        fingerprint()
    ));
}

void Keys::keep_fingerprint()
{
    auto& find = connection_->prepare("SELECT fingerprint FROM master");
    const Using using_find(find);
    if (find.step()) return;
    auto& add = connection_->prepare("INSERT INTO master VALUES ($1)");
    const Using using_add(add);
    add.bind_text(1, fingerprint());
    add.step();
}

/// Finds both master keys by the one that is given, whichever it is.
void Keys::take_up_rotation()
{
    if (!has_table("rotation")) return;
    auto& both = connection_->prepare(
        "SELECT (SELECT wrapped FROM rotation WHERE name = 'next'), (SELECT wrapped FROM rotation WHERE name = "
        "'previous')"
    );
    const Using using_both(both);
    if (!both.step() || both.is_null(0) || both.is_null(1)) return;
    if (const auto next = crypto::open(*master_key_, both.blob(0), next_context)) {
        next_key_ = crypto::Key::from_bytes(*next);
        return;
    }
    const auto previous = crypto::open(*master_key_, both.blob(1), previous_context);
    if (!previous)
        throw std::runtime_error(
            "The master key does not belong to the key store " + folder_.string() +
            ", whose rotation was cut off. Give the master key from before the rotation, or the new one."
        );
    next_key_ = master_key_;
    master_key_ = crypto::Key::from_bytes(*previous);
}

void Keys::rotate(const crypto::Key& to, const RotationProgress& progress)
{
    const std::unique_lock only(rotation_mutex_, std::try_to_lock);
    if (!only) throw std::runtime_error("The master key is being rotated already.");
    if (!next_key_) {
        if (crypto::equal(to.bytes(), master_key_->bytes()))
            throw std::runtime_error("The new master key is the one that is in use.");
        const std::lock_guard lock(connection_mutex_);
        connection_->together([&] {
            auto& add = connection_->prepare("INSERT INTO rotation VALUES ('next', $1), ('previous', $2)");
            const Using using_add(add);
            add.bind_blob(1, crypto::seal(*master_key_, to.bytes(), next_context));
            add.bind_blob(2, crypto::seal(to, master_key_->bytes(), previous_context));
            add.step();
        });
        next_key_ = to;
    } else if (!crypto::equal(to.bytes(), next_key_->bytes()) && is_master_key_in_environment())
        throw std::runtime_error("A rotation to another master key was cut off. Give that one's file again.");
    progress(RotationStep::recorded, 0);
    finish_rotation(progress);
}

std::int64_t Keys::count_wrapped()
{
    const std::lock_guard lock(connection_mutex_);
    return connection_->integer(
        "SELECT (SELECT count(*) FROM person_keys) + (SELECT count(*) FROM workspace_keys) + (SELECT count(*) FROM "
        "named_keys)"
    );
}

bool Keys::wrap_some(const Wrapped& kind, std::string& after)
{
    const std::lock_guard lock(connection_mutex_);
    std::vector<std::pair<std::string, std::string>> some;
    {
        auto& next = connection_->prepare(fmt::format(
            "SELECT {0}, wrapped FROM {1} WHERE {0} > $1 ORDER BY {0} LIMIT $2", kind.id, kind.table
        ));
        const Using using_next(next);
        kind.bind_id(next, 1, after);
        next.bind(2, static_cast<std::int64_t>(most_in_a_step));
        while (next.step()) some.emplace_back(next.blob(0), next.blob(1));
    }
    if (some.empty()) return false;
    after = some.back().first;
    connection_->together([&] {
        auto& update = connection_->prepare(
            fmt::format("UPDATE {} SET wrapped = $1 WHERE {} = $2", kind.table, kind.id)
        );
        for (const auto& [id, wrapped] : some) {
            const auto context = kind.context(id);
            if (crypto::open(*next_key_, wrapped, context)) continue; // made since, or done before a cut
            const auto bytes = crypto::open(*master_key_, wrapped, context);
            if (!bytes) throw std::runtime_error(fmt::format("A key of {} opens with no master key.", kind.table));
            const Using using_update(update);
            update.bind_blob(1, crypto::seal(*next_key_, *bytes, context));
            kind.bind_id(update, 2, id);
            update.step();
        }
    });
    return true;
}

void Keys::finish_rotation(const RotationProgress& progress)
{
    static constexpr std::array kinds{
        Wrapped{"named_keys", "name", &of_name, true},
        Wrapped{"workspace_keys", "workspace_id", &of_workspace},
        Wrapped{"person_keys", "person_id", &of_person},
    };
    const auto all = static_cast<double>(std::max<std::int64_t>(1, count_wrapped()));
    double done = 0;
    for (const auto& kind : kinds) {
        std::string after;
        while (wrap_some(kind, after)) {
            done += static_cast<double>(most_in_a_step);
            progress(RotationStep::wrapping, std::min(1.0, done / all));
        }
    }
    progress(RotationStep::wrapped, 1);
    const std::lock_guard lock(connection_mutex_);
    if (!is_master_key_in_environment()) write_secret(folder_ / "master.key", *next_key_);
    progress(RotationStep::written, 1);
    connection_->together([&] {
        connection_->execute("DELETE FROM rotation; DELETE FROM master");
        auto& add = connection_->prepare("INSERT INTO master VALUES ($1)");
        const Using using_add(add);
        add.bind_text(1, fingerprint_of(*next_key_));
        add.step();
    });
    master_key_ = std::exchange(next_key_, std::nullopt);
    progress(RotationStep::finished, 1);
}

} // namespace dialpine::store
