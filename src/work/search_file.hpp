#pragma once
#include "store/ids.hpp"
#include "store/statement.hpp"

#include <boost/describe.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The full-text index's own file: folded words and ids, nothing that cannot be made again from the database.
namespace dialpine::work {

enum class SearchKind : std::uint8_t { task, comment, checklist };
BOOST_DESCRIBE_ENUM(SearchKind, task, comment, checklist)

/// What a hit is. A task's whole checklist is one document, whose id is the task's.
struct DocumentPlace {
    WorkspaceId workspace_id;
    ProjectId project_id;
    TaskId task_id;
    SearchKind kind{};
    Uuid id;
};

/// The one connection that writes. Not for several threads.
class SearchFile {
public:
    /// Opens the file; one that is damaged or of another version is made anew, empty. Throws Failure when it cannot be.
    explicit SearchFile(std::filesystem::path path);

    /// Runs `work` in a transaction.
    void together(const std::function<void()>& work);

    /// Texts as `index_text` gives them. Nothing is written when they are what was there.
    void put(const DocumentPlace&, std::string_view title, std::string_view body);
    void remove(const DocumentPlace&);
    void remove_task(WorkspaceId, TaskId);
    void remove_project(WorkspaceId, ProjectId);
    /// And forgets how far it was followed.
    void remove_workspace(WorkspaceId);

    /// By workspace: the number of the last change that is in the index.
    [[nodiscard]] std::map<WorkspaceId, std::int64_t> followed();
    void set_followed(WorkspaceId, std::int64_t number);

    /// Whether removed documents may still stand in pages of the file, in the search tree or in the journal.
    [[nodiscard]] bool has_remains() const { return has_remains_; }
    /// Takes one step of wiping them out, some milliseconds long; `has_remains` says whether more is left.
    void wipe();
    /// Deletes the file and begins anew.
    void start_over();

private:
    void open();
    void make();
    void read_some();
    std::int64_t next_number(WorkspaceId);
    std::optional<std::int64_t> number_of(const DocumentPlace&);
    /// Whether the document has these texts.
    bool says(std::int64_t number, std::string_view title, std::string_view body);
    void remove_where(std::string_view where, const std::function<void(store::Statement&)>& bind);

    std::filesystem::path path_;
    std::unique_ptr<store::Connection> connection_;
    std::map<WorkspaceId, std::int64_t> next_numbers_; ///< of documents; what is not there is looked up
    bool has_remains_ = true;                          ///< after a start nobody knows
    bool is_merging_ = false;
};

/// The numbers that documents of one workspace may have, both included.
struct NumberRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
};
/// Absent for a workspace that has no document.
std::optional<NumberRange> range_of(store::Connection&, WorkspaceId);

/// The numbers of the documents that match an FTS5 expression, the newest first; at most `count`.
std::vector<std::int64_t> match(store::Connection&, std::string_view expression, NumberRange range, std::int64_t count);
/// Of nothing, for a number that is none.
DocumentPlace place_at(store::Connection&, std::int64_t number);

} // namespace dialpine::work
