#include "insight/observer.hpp"

#include "base/log.hpp"
#include "insight/coworkers.hpp"
#include "insight/place.hpp"
#include "insight/pseudonyms.hpp"
#include "insight/usage.hpp"
#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
/// How long notes may gather before they are written together.
constexpr std::chrono::milliseconds gathering{500};
/// Nobody types on a search after this long.
constexpr std::chrono::milliseconds typing{4000};

/// The value of a parameter such as `{task}` in the path; empty when the path has none.
std::string_view value_of(const Glimpse& glimpse, std::string_view parameter)
{
    std::size_t index = 0;
    for (auto rest = glimpse.pattern; !rest.empty();) {
        const auto open = rest.find('{');
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (rest.substr(open, close - open + 1) == parameter)
            return index < glimpse.values.size() ? std::string_view(glimpse.values[index]) : std::string_view();
        rest.remove_prefix(close + 1);
        ++index;
    }
    return {};
}

/// A task by its id, or by a key such as `WEB-12`.
std::optional<TaskId> find_task(const store::Read& read, WorkspaceId workspace, std::string_view ref)
{
    if (const auto id = parse_uuid(ref)) return TaskId(*id);
    const auto dash = ref.rfind('-');
    if (dash == std::string_view::npos || ref.size() - dash > 10) return std::nullopt;
    const auto digits = ref.substr(dash + 1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::string key(ref.substr(0, dash));
    std::ranges::transform(key, key.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return store::query_one<TaskId>(
        read,
        "SELECT tasks.id FROM tasks JOIN projects ON projects.workspace_id = tasks.workspace_id AND "
        "projects.id = tasks.project_id WHERE tasks.workspace_id = $1 AND key = $2 AND number = $3",
        workspace,
        key,
        std::int64_t{std::stoll(std::string(digits))}
    );
}

/// What the request opened: the last thing that its path names.
struct Opened {
    Thing thing{};
    std::string ref;
};
std::optional<Opened> opened_by(const Glimpse& glimpse)
{
    constexpr std::array<std::pair<std::string_view, Thing>, 4> named{{
        {"{link}", Thing::link}, {"{task}", Thing::task}, {"{project}", Thing::project}, {"{team}", Thing::team}
    }};
    for (const auto& [parameter, thing] : named)
        if (const auto value = value_of(glimpse, parameter); !value.empty()) return Opened{thing, std::string(value)};
    return std::nullopt;
}
} // namespace

Observer::Observer(store::Database& database, const std::filesystem::path& country_database)
    : countries(country_database), database_(database), thread_([this] { run(); })
{
}

Observer::~Observer()
{
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    woken_.notify_all();
    thread_.join();
}

void Observer::served(const SwitchedOn& on, const Glimpse& glimpse)
{
    const auto now = clock_now();
    const auto person = glimpse.person;
    const auto workspace = parse_uuid(value_of(glimpse, "{workspace}"));
    if (on.has(Purpose::usage_statistics)) {
        auto opened = glimpse.is_reading ? opened_by(glimpse) : std::nullopt;
        note([=, feature = std::string(glimpse.feature), opened = std::move(opened)](store::Write& write) {
            const auto consented = privacy::consented<Purpose::usage_statistics>(write, person);
            if (!consented) return;
            count_feature(write, *consented, feature, now);
            if (!opened) return;
            std::optional<Uuid> id = parse_uuid(opened->ref);
            if (!id && opened->thing == Thing::task && workspace)
                id = find_task(write, WorkspaceId(*workspace), opened->ref);
            if (id) count_opened(write, *consented, opened->thing, *id, now);
        });
    }
    if (!on.has(Purpose::collaboration_graph) || glimpse.is_reading || !workspace) return;
    const auto named = value_of(glimpse, "{task}");
    const std::string task(!named.empty() ? named : glimpse.feature == "create_task" ? glimpse.made_id : "");
    if (task.empty()) return;
    note([=](store::Write& write) {
        const auto consented = privacy::consented<Purpose::collaboration_graph>(write, person);
        if (!consented) return;
        if (const auto id = find_task(write, WorkspaceId(*workspace), task))
            note_work(write, *consented, WorkspaceId(*workspace), *id, now);
    });
}

void Observer::searched(PersonId person, std::string_view text)
{
    const auto before = searches_.typed(person, trimmed(text));
    if (before)
        note([search = *before, now = clock_now()](store::Write& write) {
            if (const auto consented = privacy::consented<Purpose::search_history>(write, search.person))
                note_search(write, *consented, search.text, now);
        });
    woken_.notify_all();
}

void Observer::clicked(PersonId person, Thing thing, const Uuid& id)
{
    note([=, now = clock_now()](store::Write& write) {
        if (const auto consented = privacy::consented<Purpose::usage_statistics>(write, person))
            count_opened(write, *consented, thing, id, now);
    });
}

void Observer::attached(PersonId person, std::string_view media_type, std::int64_t bytes)
{
    note([=, type = std::string(media_type), now = clock_now()](store::Write& write) {
        if (const auto consented = privacy::consented<Purpose::usage_statistics>(write, person))
            count_attached(write, *consented, type, bytes, now);
    });
}

void Observer::started(PersonId person, const Device& device)
{
    note([=, now = clock_now()](store::Write& write) {
        if (const auto consented = privacy::consented<Purpose::device_information>(write, person))
            note_device(write, *consented, device, now);
    });
}

void Observer::arrived(PersonId person, std::string site)
{
    note([person, site = std::move(site), now = clock_now()](store::Write& write) {
        if (const auto consented = privacy::consented<Purpose::device_information>(write, person))
            note_arrival(write, *consented, site, now);
    });
}

void Observer::located(PersonId person, const std::string& address)
{
    const auto country = countries.country_of(address); // here, so that no address waits in the queue
    if (!country) return;
    note([person, country = *country](store::Write& write) {
        if (const auto consented = privacy::consented<Purpose::approximate_location>(write, person))
            note_country(write, *consented, country);
    });
}

void Observer::crashed(std::optional<PersonId> person, ScrubbedCrash crash)
{
    note([person, crash = std::move(crash), now = clock_now()](store::Write& write) {
        if (!person) return keep_crash_of_nobody(write, crash, now);
        if (const auto consented = privacy::consented<Purpose::crash_reports>(write, *person))
            keep_crash(write, *consented, crash, now);
    });
}

void Observer::wants_pseudonym(PersonId person)
{
    note([this, person, now = clock_now()](store::Write& write) {
        const auto consented = privacy::consented<Purpose::log_linking>(write, person);
        if (!consented) return;
        make_pseudonym(write, *consented, now);
        write.after_commit([this, person] { switches.forget(person); });
    });
}

void Observer::note(Note what)
{
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= most_waiting) {
            ++dropped_;
            return;
        }
        waiting_.push_back(std::move(what));
    }
    woken_.notify_all();
}

void Observer::note_settled_searches(std::chrono::milliseconds still)
{
    for (auto& search : searches_.settled(still))
        note([search = std::move(search), now = clock_now()](store::Write& write) {
            if (const auto consented = privacy::consented<Purpose::search_history>(write, search.person))
                note_search(write, *consented, search.text, now);
        });
}

void Observer::settle()
{
    note_settled_searches(std::chrono::milliseconds{0});
    std::unique_lock lock(mutex_);
    has_hurry_ = true;
    woken_.notify_all();
    settled_.wait(lock, [this] { return waiting_.empty() && !is_writing_; });
    has_hurry_ = false;
}

void Observer::forget(PersonId person)
{
    switches.forget(person);
    searches_.forget(person);
}

std::uint64_t Observer::dropped() const
{
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void Observer::run()
{
    std::unique_lock lock(mutex_);
    while (!is_over_ || !waiting_.empty()) {
        // Wakes up also without a note, because a search settles by silence.
        woken_.wait_for(lock, typing, [this] { return is_over_ || !waiting_.empty(); });
        if (!is_over_) {
            lock.unlock();
            note_settled_searches(typing);
            lock.lock();
        }
        if (waiting_.empty()) continue;
        woken_.wait_for(lock, gathering, [this] { return is_over_ || has_hurry_; });
        auto notes = std::exchange(waiting_, {});
        is_writing_ = true;
        lock.unlock();
        write(std::move(notes));
        lock.lock();
        is_writing_ = false;
        settled_.notify_all();
    }
}

void Observer::write(std::vector<Note> notes)
{
    try {
        database_.write([&](store::Write& inner) {
            for (const auto& each : notes) each(inner);
        });
    } catch (const std::exception& failure) {
        log::say(log::Level::warn, "What was noticed could not be stored", failure.what());
    }
}

} // namespace dialpine::insight
