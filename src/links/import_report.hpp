#pragma once
#include "base/json.hpp"
#include "store/ids.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine::links {

/// Told how far long work is, 0 to 1, and what it is doing.
using Progress = std::function<void(double, std::string_view step)>;

struct ImportCounts {
    std::int64_t projects = 0;
    std::int64_t statuses = 0;
    std::int64_t tasks = 0;
    std::int64_t comments = 0;
    std::int64_t checklist_items = 0;
    std::int64_t labels = 0;
    std::int64_t people = 0;
    std::int64_t attachments = 0;
};
BOOST_DESCRIBE_STRUCT(
    ImportCounts, (), (projects, statuses, tasks, comments, checklist_items, labels, people, attachments)
)

/// What did not come, or came otherwise. `count` 0: nobody can tell how many.
struct Skipped {
    std::string what;
    std::string why;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Skipped, (), (what, why, count))

/// What an import did. Holds counts and our own words, never text from the file.
struct ImportReport {
    ProjectId project_id;
    ImportCounts created;
    ImportCounts updated;
    std::vector<Skipped> skipped;
    std::int64_t sensitive_texts = 0; ///< imported, and look like they hold card or national numbers, or an illness

    /// Counts a text that came in, if it looks sensitive.
    void look_at(std::string_view text);
    /// Adds to the entry with this reason. Nothing happens for a count of 0.
    void skip(std::string_view what, std::string_view why, std::int64_t count = 1);
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (project_id, created, updated, skipped, sensitive_texts))

} // namespace dialpine::links
