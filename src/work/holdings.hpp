#pragma once
#include "store/holding.hpp"

/// What `work` keeps outside of the tables.
namespace dialpine::work::declared {
using store::CopyOf;
using store::holding;
using store::HoldingKind;
using store::OfNobody;

inline constexpr CopyOf indexed_words{
    .columns = {"tasks.title", "tasks.description", "comments.body", "checklist_items.text"},
    .keep = {"as long as the text that it was made from"},
    .erasure = "follows the text; removed words are wiped from the file after each erasure",
};
inline constexpr CopyOf answers_in_memory{
    .columns =
        {"tasks", "people.name", "task_assignees", "statuses", "labels", "checklist_items", "links", "task_fields"},
    .keep = {"until the project or a person in it changes, or the server stops"},
    .erasure = "forgotten with the change that the erasure makes",
};

inline constexpr std::array work_holdings{
    holding(
        HoldingKind::file,
        "search.db",
        "the search index: folded words of titles, texts, comments and checklists",
        &indexed_words,
        R"(search\.db(-wal|-shm|-journal)?)"
    ),
    holding(HoldingKind::index, "ranges.number", "which numbers a workspace's rows have", OfNobody{"a number"}),
    holding(HoldingKind::index, "ranges.workspace_id", "whose range it is", OfNobody{"a workspace's id"}),
    holding(HoldingKind::index, "docs.title", "folded words of task titles", &indexed_words),
    holding(HoldingKind::index, "docs.body", "folded words of texts, comments and checklists", &indexed_words),
    holding(HoldingKind::index, "places.number", "a row's number", OfNobody{"a number"}),
    holding(HoldingKind::index, "places.workspace_id", "where a document is", OfNobody{"a workspace's id"}),
    holding(HoldingKind::index, "places.project_id", "where a document is", OfNobody{"a project's id"}),
    holding(HoldingKind::index, "places.task_id", "where a document is", OfNobody{"a task's id"}),
    holding(HoldingKind::index, "places.kind", "task, comment or checklist", OfNobody{"one of three words"}),
    holding(HoldingKind::index, "places.id", "the document's id", OfNobody{"a task's or a comment's id"}),
    holding(HoldingKind::index, "followed.workspace_id", "which workspace is indexed", OfNobody{"a workspace's id"}),
    holding(HoldingKind::index, "followed.number", "how far it is indexed", OfNobody{"a change's number"}),
    holding(
        HoldingKind::cache,
        "work/search_file.hpp",
        "which number a workspace's next document gets",
        OfNobody{"a workspace's id and a number"}
    ),
    holding(
        HoldingKind::cache,
        "api/answer_cache.hpp",
        "the bytes of boards, lists and tasks, for everyone who may see them",
        &answers_in_memory
    ),
};
} // namespace dialpine::work::declared
