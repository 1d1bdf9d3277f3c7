#pragma once
#include "base/json.hpp"
#include "store/database.hpp"
#include "work/search_file.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Full text over titles, descriptions, comments and checklists.
namespace dialpine::work {

struct SearchQuery {
    std::optional<Prose<1000>> q; ///< all its words must be found; nothing in it is syntax
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> cursor; ///< as a page's `next` gave it
    using is_query = void;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (), (q, limit, cursor))

struct SearchHit {
    SearchKind kind{};
    Uuid id; ///< of the task, the comment or the checklist's item
    TaskId task_id;
    std::string key;
    std::string title;   ///< of the task, plain
    std::string snippet; ///< HTML-escaped, with hits in `<mark>`
    ProjectId project_id;
    std::string project_name;
    bool archived = false;
};
BOOST_DESCRIBE_STRUCT(SearchHit, (), (kind, id, task_id, key, title, snippet, project_id, project_name, archived))

struct SearchPage {
    std::vector<SearchHit> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SearchPage, (), (items, next))

/// A follower of the change log: an FTS5 index in `search.db`, a file of its own beside the database, fed in large
/// groups on a thread of its own, and made again whenever it is missing, damaged, of another version or ahead of the
/// database.
class SearchIndex {
public:
    /// Catches up by itself. The database must outlive it, and no write may call `notify` after it has gone.
    explicit SearchIndex(store::Database&);
    ~SearchIndex();
    SearchIndex(const SearchIndex&) = delete;
    SearchIndex& operator=(const SearchIndex&) = delete;

    /// To be called with each group of durable changes; wakes the thread and returns.
    void notify(std::span<const store::Change>);

    /// Makes the file anew, for one that is not trusted any more.
    void start_over();

    /// Waits until the index holds the workspace's change of this number; false if `patience` ends first.
    bool wait_for(WorkspaceId, std::int64_t number, std::chrono::milliseconds patience);
    /// Waits for the last change that was told: so that one finds what one has just written.
    bool wait_for_last(WorkspaceId, std::chrono::milliseconds patience);

    /// Drops workspaces that are gone, then wipes what removed documents left in the file, so that no byte of them
    /// remains. Happens by itself: within seconds after a workspace was closed or a project deleted, within an hour
    /// after a text was changed. Who wants it now asks here. False if `patience` ends first.
    bool scrub(std::chrono::milliseconds patience);

    /// What the asker may see is the workspace. Best first; words in titles weigh most. An empty question has no hits.
    /// Throws Problem 422 for a cursor that this never gave, 503 while the index is made again.
    SearchPage search(store::Read&, WorkspaceId, const SearchQuery&);

    /// How many changes are not in the index yet.
    [[nodiscard]] std::int64_t lag() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::work
