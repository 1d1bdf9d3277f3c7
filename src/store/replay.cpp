#include "store/replay.hpp"

#include "store/database.hpp"
#include "store/key_file.hpp"
#include "store/keys.hpp"
#include "store/statement.hpp"
#include "store/write_ahead_log.hpp"

namespace dialpine::store {
namespace {
constexpr std::string_view file_name = "replay.db";
}

Replays::Replays(const std::filesystem::path& folder, bool is_durable)
    : folder_(folder), is_durable_(is_durable), is_new_(!std::filesystem::exists(folder / file_name))
{
    open();
    connection_->execute(
        "CREATE TABLE IF NOT EXISTS choices (id BLOB, what TEXT, stands INTEGER NOT NULL, at BIGINT NOT NULL, "
        "PRIMARY KEY (id, what)) WITHOUT ROWID"
    );
}

Replays::~Replays() = default;

void Replays::open() { connection_ = open_key_file(folder_ / file_name, is_durable_); }

void Replays::reopen()
{
    const std::lock_guard lock(mutex_);
    open();
    overwrite_what_failed(*connection_);
}

void Replays::note(const Choice& choice) { adopt({choice}); }

void Replays::adopt(const std::vector<Choice>& choices)
{
    if (choices.empty()) return;
    const std::lock_guard lock(mutex_);
    connection_->together([&] {
        for (const auto& choice : choices) {
            auto& add = connection_->prepare(
                "INSERT INTO choices VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET stands = excluded.stands, "
                "at = excluded.at WHERE excluded.at >= at"
            );
            const Using using_add(add);
            bind_value(add, 1, choice.of);
            bind_value(add, 2, choice.what);
            bind_value(add, 3, choice.stands);
            bind_value(add, 4, choice.at);
            add.step();
        }
    });
}

void Replays::forget(const std::vector<PersonId>& persons)
{
    const std::lock_guard lock(mutex_);
    for (const PersonId person : persons) {
        auto& remove = connection_->prepare("DELETE FROM choices WHERE id = $1");
        const Using using_remove(remove);
        bind_value(remove, 1, person);
        remove.step();
    }
}

std::vector<Choice> Replays::all()
{
    const std::lock_guard lock(mutex_);
    auto& rows = connection_->prepare("SELECT id, what, stands, at FROM choices ORDER BY at");
    const Using using_rows(rows);
    std::vector<Choice> choices;
    while (rows.step())
        choices.push_back({
            .of = value_at<PersonId>(rows, 0),
            .what = value_at<std::string>(rows, 1),
            .stands = value_at<bool>(rows, 2),
            .at = value_at<Instant>(rows, 3),
        });
    return choices;
}

void Replays::back_up_to(const std::filesystem::path& folder)
{
    const std::lock_guard lock(mutex_);
    connection_->back_up_to((folder / file_name).string());
}

void note_choice(Write& write, Choice choice)
{
    write.after_commit([&replays = write.keys().replays(), choice = std::move(choice)] { replays.note(choice); });
}

} // namespace dialpine::store
