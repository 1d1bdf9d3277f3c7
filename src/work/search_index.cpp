#include "work/search_index.hpp"

#include "base/log.hpp"
#include "base/problem.hpp"
#include "base/urgency.hpp"
#include "store/rows.hpp"
#include "work/search_documents.hpp"
#include "work/search_hits.hpp"

#include <condition_variable>
#include <thread>

namespace dialpine::work {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t changes_in_a_group = 1000;
/// While nobody waits for it, small changes are gathered: a group of many costs little more than a group of one.
constexpr milliseconds gathering{100};
constexpr std::int64_t enough_changes = 250;
constexpr std::chrono::hours between_wipes{1};
/// A closed workspace leaves no line in a change log, so the follower looks by itself whether all of them are still
/// there.
constexpr std::chrono::seconds between_looks{10};
constexpr std::chrono::seconds after_a_failure{1};
constexpr std::size_t most_readers = 4;
constexpr std::int64_t most_hits_of_a_page = 100;
constexpr std::int64_t last_offset = 10'000;

/// By workspace, the number of a change.
using Numbers = std::map<WorkspaceId, std::int64_t>;

Numbers last_changes(const store::Read& read)
{
    Numbers last;
    store::query(
        read,
        "SELECT id, (SELECT max(number) FROM changes WHERE workspace_id = workspaces.id) FROM workspaces",
        [&](const store::Statement& row) { last[store::value_at<WorkspaceId>(row, 0)] = row.integer(1); }
    );
    return last;
}

std::int64_t number_of(const Numbers& numbers, WorkspaceId workspace)
{
    const auto found = numbers.find(workspace);
    return found == numbers.end() ? 0 : found->second;
}
} // namespace

struct SearchIndex::Inside {
    store::Database& database;
    SearchFile file;  ///< touched on the follower's thread only
    std::string said; ///< what failed last, on the follower's thread

    mutable std::mutex mutex;
    std::condition_variable news;     ///< for the follower
    std::condition_variable progress; ///< for those who wait for it
    Numbers told;                     ///< last changes that exist
    Numbers followed;                 ///< last changes that are in the index
    int waiting = 0;                  ///< how many wait for progress
    bool is_ending = false;
    bool is_damaged = false;         ///< the file is to be made anew
    std::uint64_t scrubs_wanted = 0; ///< counted, so that each who waits knows whether theirs is done
    std::uint64_t scrubs_done = 0;
    steady_clock::time_point next_look = steady_clock::now() + between_looks;
    steady_clock::time_point next_wipe = steady_clock::now() + between_wipes;

    std::mutex readers_mutex;
    std::vector<std::unique_ptr<store::Connection>> readers;
    std::uint64_t generation = 0; ///< of the file; readers of an older one are dropped

    std::thread thread;

    explicit Inside(store::Database& database_)
        : database(database_), file(database_.folder() / "search.db"), followed(file.followed())
    {
        compare_with_database();
        thread = std::thread([this] { run(); });
    }

    ~Inside()
    {
        {
            const std::lock_guard guard(mutex);
            is_ending = true;
        }
        news.notify_all();
        thread.join();
    }

    /// Forgets workspaces that are gone. An index that is ahead of its database belongs to another past of it: made
    /// again.
    void compare_with_database()
    {
        const auto last = database.read([](store::Read& read) { return last_changes(read); });
        std::vector<WorkspaceId> gone;
        bool is_ahead = false;
        {
            const std::lock_guard guard(mutex);
            for (const auto& [workspace, number] : last) told[workspace] = std::max(told[workspace], number);
            for (const auto& [workspace, number] : followed) {
                if (!last.contains(workspace))
                    gone.push_back(workspace);
                else
                    is_ahead = is_ahead || number > number_of(told, workspace);
            }
        }
        if (is_ahead) return start_over();
        for (const auto workspace : gone) forget(workspace);
    }

    void wipe_soon()
    {
        const std::lock_guard guard(mutex);
        next_wipe = steady_clock::now();
    }

    void forget(WorkspaceId workspace)
    {
        file.together([&] { file.remove_workspace(workspace); });
        const std::lock_guard guard(mutex);
        followed.erase(workspace);
        told.erase(workspace);
        next_wipe = steady_clock::now();
        progress.notify_all();
    }

    void start_over()
    {
        log::say(log::Level::warn, "The search index is made again");
        {
            const std::lock_guard guard(mutex);
            is_damaged = true; // until this is done: it may fail half way
        }
        {
            const std::lock_guard guard(readers_mutex);
            ++generation;
            readers.clear();
        }
        file.start_over();
        const std::lock_guard guard(mutex);
        followed.clear();
        is_damaged = false;
    }

    // ---- the follower's thread

    void run()
    {
        step_back();
        while (wait_for_news()) {
            try {
                if (must_start_over()) start_over();
                if (const auto workspace = next_behind())
                    follow(*workspace);
                else
                    tidy();
                said.clear();
            } catch (const store::Failure& failure) {
                say_once(failure.what());
                rest(failure.is_damaged);
            } catch (const std::exception& failure) {
                say_once(failure.what());
                rest(false);
            }
        }
    }

    /// It is tried each second, and what fails stays the same for long.
    void say_once(std::string what)
    {
        if (what == said) return;
        log::say(log::Level::error, "The search index could not be written", what);
        said = std::move(what);
    }

    bool must_start_over() const
    {
        const std::lock_guard guard(mutex);
        return is_damaged;
    }

    /// Until there is something to do; false when it is time to end.
    bool wait_for_news()
    {
        std::unique_lock guard(mutex);
        const auto is_urgent = [this] { return is_ending || is_damaged || is_wipe_due(); };
        news.wait_until(guard, next_wipe, [&] { return is_urgent() || lag() > 0; });
        news.wait_for(guard, gathering, [&] { return is_urgent() || waiting > 0 || lag() >= enough_changes; });
        return !is_ending;
    }

    /// What failed now, as on a full disk, would fail again at once.
    void rest(bool is_the_file_damaged)
    {
        std::unique_lock guard(mutex);
        is_damaged = is_damaged || is_the_file_damaged;
        news.wait_for(guard, after_a_failure, [this] { return is_ending; });
    }

    /// Changes that are not in the index yet. Needs the mutex.
    [[nodiscard]] std::int64_t lag() const
    {
        std::int64_t sum = 0;
        for (const auto& [workspace, number] : told)
            sum += std::max<std::int64_t>(0, number - number_of(followed, workspace));
        return sum;
    }

    [[nodiscard]] bool is_look_due() const { return steady_clock::now() >= next_look; }
    [[nodiscard]] bool is_wipe_due() const { return scrubs_wanted > scrubs_done || steady_clock::now() >= next_wipe; }

    std::optional<WorkspaceId> next_behind() const
    {
        const std::lock_guard guard(mutex);
        for (const auto& [workspace, number] : told)
            if (number > number_of(followed, workspace)) return workspace;
        return std::nullopt;
    }

    void follow(WorkspaceId workspace)
    {
        std::int64_t from = 0;
        {
            const std::lock_guard guard(mutex);
            from = number_of(followed, workspace);
        }
        std::optional<std::int64_t> reached;
        if (from > 0) reached = follow_log(workspace, from);
        if (!reached) reached = index_whole(workspace);
        if (!reached) return;
        const std::lock_guard guard(mutex);
        followed[workspace] = *reached;
        progress.notify_all();
    }

    /// Takes the next changes; absent when the log does not go on where the index ended.
    std::optional<std::int64_t> follow_log(WorkspaceId workspace, std::int64_t from)
    {
        return database.read([&](store::Read& read) -> std::optional<std::int64_t> {
            const auto changes = store::select<store::Change>(
                read,
                "WHERE workspace_id = $1 AND number > $2 ORDER BY number LIMIT $3",
                workspace,
                from,
                changes_in_a_group
            );
            if (changes.empty() || changes.front().number != from + 1) return std::nullopt;
            file.together([&] {
                follow_changes(read, file, changes);
                file.set_followed(workspace, changes.back().number);
            });
            if (std::ranges::count(changes, store::ChangeKind::project_deleted, &store::Change::kind) > 0) wipe_soon();
            return changes.back().number;
        });
    }

    /// Everything of a workspace, in groups, each of the database as it then is. What changes meanwhile comes by the
    /// log. Absent when the workspace is gone or there is no time left.
    std::optional<std::int64_t> index_whole(WorkspaceId workspace)
    {
        std::vector<Project> projects;
        const auto last = database.read([&](store::Read& read) {
            projects = store::select<Project>(read, "WHERE workspace_id = $1", workspace);
            return last_changes(read);
        });
        if (!last.contains(workspace)) {
            forget(workspace);
            return std::nullopt;
        }
        file.together([&] { file.remove_workspace(workspace); });
        for (const auto& project : projects)
            if (!index_project(workspace, project.id)) return std::nullopt;
        const auto reached = last.at(workspace);
        file.together([&] { file.set_followed(workspace, reached); });
        {
            // Where the log was cut, what was told may be beyond it.
            const std::lock_guard guard(mutex);
            if (reached == 0) told[workspace] = 0;
        }
        return reached;
    }

    bool index_project(WorkspaceId workspace, ProjectId project)
    {
        for (std::optional<std::int64_t> last = 0; last;) {
            {
                const std::lock_guard guard(mutex);
                if (is_ending) return false;
            }
            database.read([&](store::Read& read) {
                file.together([&] { last = index_tasks(read, file, workspace, project, *last); });
            });
        }
        return true;
    }

    /// When there is nothing to follow: a look at what is gone, and one step of cleaning.
    void tidy()
    {
        std::uint64_t wanted = 0;
        {
            const std::lock_guard guard(mutex);
            if (!is_look_due() && !is_wipe_due()) return;
            wanted = scrubs_wanted; // one that is asked for later needs another look at the database
            next_look = steady_clock::now() + between_looks;
        }
        compare_with_database();
        {
            const std::lock_guard guard(mutex);
            if (!is_wipe_due()) return;
        }
        if (file.has_remains()) file.wipe();
        if (file.has_remains()) return;
        const std::lock_guard guard(mutex);
        scrubs_done = wanted;
        next_wipe = steady_clock::now() + between_wipes;
        progress.notify_all();
    }

    // ---- those who search

    /// The places of hits, the best first, from the `offset`th on.
    static std::vector<DocumentPlace> places_of(
        store::Connection& connection,
        WorkspaceId workspace,
        const std::vector<std::string>& expressions,
        std::int64_t offset,
        std::int64_t count
    )
    {
        std::vector<DocumentPlace> places;
        const auto range = range_of(connection, workspace);
        if (!range) return places;
        for (const auto& expression : expressions) {
            const auto wanted = offset + count - static_cast<std::int64_t>(places.size());
            const auto numbers = match(connection, expression, *range, wanted);
            const auto skipped = std::min(offset, static_cast<std::int64_t>(numbers.size()));
            offset -= skipped;
            for (const auto number : std::span(numbers).subspan(static_cast<std::size_t>(skipped)))
                places.push_back(place_at(connection, number));
            if (static_cast<std::int64_t>(places.size()) == count) break;
        }
        return places;
    }

    std::vector<DocumentPlace>
    find(WorkspaceId workspace, const std::vector<std::string>& expressions, std::int64_t offset, std::int64_t count)
    {
        std::unique_ptr<store::Connection> connection;
        std::uint64_t its_generation = 0;
        {
            const std::lock_guard guard(readers_mutex);
            its_generation = generation;
            if (!readers.empty()) {
                connection = std::move(readers.back());
                readers.pop_back();
            }
        }
        try {
            if (!connection)
                connection = std::make_unique<store::Connection>(
                    (database.folder() / "search.db").string(), store::Connection::Mode::read
                );
            auto places = places_of(*connection, workspace, expressions, offset, count);
            const std::lock_guard guard(readers_mutex);
            if (its_generation == generation && readers.size() < most_readers) readers.push_back(std::move(connection));
            return places;
        } catch (const store::Failure& failure) {
            log::say(log::Level::warn, "The search index could not be read", failure.what());
            const std::lock_guard guard(mutex);
            if (failure.is_device) throw;
            is_damaged = is_damaged || failure.is_damaged;
            news.notify_all();
            throw Problem::unavailable("The search index is being made again. Try again in a moment.");
        }
    }
};

SearchIndex::SearchIndex(store::Database& database) : inside_(std::make_unique<Inside>(database)) {}
SearchIndex::~SearchIndex() = default;

void SearchIndex::notify(std::span<const store::Change> changes)
{
    {
        const std::lock_guard guard(inside_->mutex);
        for (const auto& change : changes) {
            auto& last = inside_->told[change.workspace_id];
            last = std::max(last, change.number);
        }
    }
    inside_->news.notify_one();
}

void SearchIndex::start_over()
{
    {
        const std::lock_guard guard(inside_->mutex);
        inside_->is_damaged = true;
    }
    inside_->news.notify_one();
}

bool SearchIndex::wait_for(WorkspaceId workspace, std::int64_t number, milliseconds patience)
{
    std::unique_lock guard(inside_->mutex);
    const auto is_there = [&] { return number_of(inside_->followed, workspace) >= number; };
    if (is_there()) return true;
    ++inside_->waiting;
    inside_->news.notify_one();
    const bool came = inside_->progress.wait_for(guard, patience, is_there);
    --inside_->waiting;
    return came;
}

bool SearchIndex::wait_for_last(WorkspaceId workspace, milliseconds patience)
{
    std::int64_t last = 0;
    {
        const std::lock_guard guard(inside_->mutex);
        last = number_of(inside_->told, workspace);
    }
    return wait_for(workspace, last, patience);
}

bool SearchIndex::scrub(milliseconds patience)
{
    std::unique_lock guard(inside_->mutex);
    const auto ticket = ++inside_->scrubs_wanted;
    inside_->news.notify_one();
    return inside_->progress.wait_for(guard, patience, [&] { return inside_->scrubs_done >= ticket; });
}

SearchPage SearchIndex::search(store::Read& read, WorkspaceId workspace, const SearchQuery& query)
{
    const auto terms = terms_of(query.q.value_or(""));
    SearchPage page;
    if (terms.empty()) return page;
    const auto limit = std::clamp<std::int64_t>(query.limit.value_or(20), 1, most_hits_of_a_page);
    auto at = query.cursor.value_or(0);
    if (at < 0 || at > last_offset)
        throw Problem::invalid("?cursor", "is no place in these hits; begin anew without it");

    const auto expressions = expressions_of(terms);
    while (true) {
        // One more than fits, to know whether there is a next page.
        const auto wanted = limit - static_cast<std::int64_t>(page.items.size()) + 1;
        const auto places = inside_->find(workspace, expressions, at, wanted);
        for (const auto& place : places) {
            if (page.items.size() == static_cast<std::size_t>(limit)) {
                if (at <= last_offset) page.next = std::to_string(at);
                return page;
            }
            // The index may be a little behind: what is gone or says something else now is left out.
            if (auto hit = hit_at(read, place, terms)) page.items.push_back(std::move(*hit));
            ++at;
        }
        if (static_cast<std::int64_t>(places.size()) < wanted) return page;
    }
}

std::int64_t SearchIndex::lag() const
{
    const std::lock_guard guard(inside_->mutex);
    return inside_->lag();
}

} // namespace dialpine::work
