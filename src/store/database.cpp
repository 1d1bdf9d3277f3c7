#include "store/database.hpp"

#include "base/log.hpp"
#include "base/problem.hpp"
#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "store/folder_lock.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/orphans.hpp"
#include "store/readers.hpp"
#include "store/restore.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"
#include "store/writer.hpp"

#include <future>

namespace dialpine::store {
namespace {
std::filesystem::path made(std::filesystem::path folder)
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}

/// New keys beside an old database would hide that the old ones are lost.
const std::filesystem::path& with_keys(const std::filesystem::path& folder)
{
    if (std::filesystem::exists(folder / "dialpine.db") && !std::filesystem::exists(folder / "keys" / "keys.db"))
        throw Failure(
            "The database in " + folder.string() +
            " is there, but not its keys (keys/keys.db), without which nothing sealed can be read. Put the keys folder "
            "back from its backup, or restore both: dialpine restore DIR."
        );
    return folder;
}

/// The folder as it is once a restore that was cut off is done or undone.
std::filesystem::path settled(const std::filesystem::path& folder)
{
    finish_restore(folder);
    return folder;
}
} // namespace

Statement& Read::prepare(std::string_view sql) const { return connection_.prepare(sql); }

void Write::append(Change change)
{
    change.at = clock_now();
    constexpr std::string_view last_change = "SELECT max(number) FROM changes WHERE workspace_id = $1";
    const auto [last, is_new] = last_changes_.try_emplace(change.workspace_id, 0);
    if (is_new) last->second = query_one<std::int64_t>(*this, last_change, change.workspace_id).value_or(0);
    change.number = ++last->second;
    insert(*this, change);
    changes_.push_back(change);
}

struct Database::Inside {
    std::filesystem::path folder;
    FolderLock lock;
    Keys keys;
    Blobs blobs;
    Readers readers;
    Writer writer;

    explicit Inside(const Settings& settings)
        : folder(made(settings.folder)), lock(folder), keys(with_keys(settled(folder)) / "keys", settings.is_durable),
          blobs(folder / "blobs", settings.is_durable),
          readers(folder / "dialpine.db", static_cast<std::size_t>(settings.readers)),
          writer(folder, settings.is_durable, keys, blobs, readers)
    {
        prepare_schema(writer.connection());
        if (const auto why = why_keys_are_foreign(writer.connection(), keys); !why.empty()) throw Failure(why);
        writer.start();
    }
};

Database::Database(Settings settings) : inside_(std::make_unique<Inside>(settings)) {}
Database::~Database() = default;

Database::Reader::Reader(Database& database) : database_(database), connection_(database.inside_->readers.take())
{
    auto& inside = *database.inside_;
    try {
        auto& begin = connection_->prepare("BEGIN");
        const Using using_begin(begin);
        begin.step();
    } catch (const Failure&) {
        inside.readers.give_back(std::move(connection_), false);
        throw;
    }
    read_ = std::make_unique<Read>(*connection_, inside.keys, inside.blobs);
}

Database::Reader::~Reader()
{
    bool is_whole = false;
    try {
        auto& commit = connection_->prepare("COMMIT");
        const Using using_commit(commit);
        commit.step();
        is_whole = true;
    } catch (const Failure& failure) {
        log::say(log::Level::warn, "A read did not end cleanly", failure.what());
    }
    database_.inside_->readers.give_back(std::move(connection_), is_whole);
}

void Database::submit(std::function<void(Write&)> work, std::function<void(std::exception_ptr)> done)
{
    inside_->writer.submit(std::move(work), std::move(done));
}

void Database::write_and_wait(std::function<void(Write&)> work)
{
    std::promise<void> durable;
    submit(std::move(work), [&](std::exception_ptr failure) {
        if (failure)
            durable.set_exception(std::move(failure));
        else
            durable.set_value();
    });
    durable.get_future().get();
}

void Database::on_changes(std::function<void(std::span<const Change>)> listener)
{
    inside_->writer.on_changes(std::move(listener));
}

void Database::on_reopened(std::function<void()> listener) { inside_->writer.on_reopened(std::move(listener)); }

std::optional<std::string> Database::trouble() const
{
    const auto failure = inside_->writer.trouble();
    return failure ? std::optional<std::string>(why(*failure)) : std::nullopt;
}

Keys& Database::keys() const { return inside_->keys; }
Blobs& Database::blobs() const { return inside_->blobs; }
const std::filesystem::path& Database::folder() const { return inside_->folder; }

void Database::back_up_to(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder / "database");
    const Instant now = clock_now();
    const Uuid backup = new_uuid();
    // The database first: every person in it then has a key in the copy of the keys, unless erased in between.
    {
        const Reader reader(*this);
        reader.connection().back_up_to((folder / "database" / "dialpine.db").string());
    }
    inside_->blobs.copy_to(folder / "database" / "blobs");
    inside_->keys.back_up_to(folder / "keys");
    write_manifest(folder / "database", "database", backup, now);
    write_manifest(folder / "keys", "keys", backup, now);
    note_key_backup(inside_->folder, folder);
}

void Database::renew_readers() { inside_->readers.renew(); }

bool Database::checkpoint() { return inside_->writer.checkpoint(); }

Database::Figures Database::figures() const { return inside_->writer.figures(); }

} // namespace dialpine::store
