#include "work/search_hits.hpp"

#include "store/rows.hpp"
#include "work/mentions.hpp"
#include "work/search_snippet.hpp"
#include "work/task.hpp"

namespace dialpine::work {
namespace {
/// From the description, unless only the title has what was asked for.
std::optional<std::string> snippet_of_task(const store::Read& read, const Task& task, const std::vector<Term>& terms)
{
    const auto text = snippet_of(with_names(read, task.description), terms);
    if (text.terms_found > 0) return text.html;
    const auto title = snippet_of(task.title, terms);
    if (title.terms_found > 0) return title.html;
    return std::nullopt;
}

/// The item with most of what was asked for.
struct BestItem {
    ChecklistItemId id;
    Snippet snippet;
};
std::optional<BestItem> best_item(const store::Read& read, const Task& task, const std::vector<Term>& terms)
{
    std::optional<BestItem> best;
    for (const auto& item : store::select<ChecklistItem>(
             read, "WHERE workspace_id = $1 AND task_id = $2 ORDER BY position, id", task.workspace_id, task.id
         )) {
        auto snippet = snippet_of(item.text, terms);
        if (snippet.terms_found > (best ? best->snippet.terms_found : 0)) best = {item.id, std::move(snippet)};
    }
    return best;
}

/// Fills in id and snippet; false when the document does not hold any term now.
bool show_document(const store::Read& read, const Task& task, const std::vector<Term>& terms, SearchHit& hit)
{
    switch (hit.kind) {
    case SearchKind::task: {
        const auto snippet = snippet_of_task(read, task, terms);
        if (snippet) hit.snippet = *snippet;
        return snippet.has_value();
    }
    case SearchKind::comment: {
        const auto comment = store::find<Comment>(read, task.workspace_id, CommentId(hit.id));
        if (!comment || comment->deleted_at) return false;
        const auto snippet = snippet_of(with_names(read, comment->body), terms);
        hit.snippet = snippet.html;
        return snippet.terms_found > 0;
    }
    case SearchKind::checklist: {
        const auto item = best_item(read, task, terms);
        if (!item) return false;
        hit.id = item->id;
        hit.snippet = item->snippet.html;
        return true;
    }
    }
    return false;
}
} // namespace

std::vector<std::string> expressions_of(const std::vector<Term>& terms)
{
    std::string whole;
    std::string begun;
    for (const auto& term : terms) {
        const auto phrase = fmt::format("\"{}\"", fmt::join(term.parts, " "));
        const std::string_view also = whole.empty() ? "" : " AND ";
        whole += fmt::format("{}{}", also, phrase);
        begun += fmt::format("{}{}{}", also, phrase, term.is_begun ? " *" : "");
    }
    const auto titles = fmt::format("title : ({})", whole);
    const auto titles_begun = fmt::format("title : ({})", begun);
    if (whole == begun) return {titles, fmt::format("({}) NOT {}", whole, titles)};
    return {
        titles,
        fmt::format("{} NOT {}", titles_begun, titles),
        fmt::format("({}) NOT {}", whole, titles_begun),
        fmt::format("({}) NOT ({} OR ({}))", begun, titles_begun, whole),
    };
}

std::optional<SearchHit> hit_at(const store::Read& read, const DocumentPlace& place, const std::vector<Term>& terms)
{
    const auto task = store::find<Task>(read, place.workspace_id, place.task_id);
    if (!task || task->deleted_at) return std::nullopt;
    const auto project = store::find<Project>(read, place.workspace_id, task->project_id);
    if (!project) return std::nullopt;
    SearchHit hit{
        .kind = place.kind,
        .id = place.id,
        .task_id = task->id,
        .key = fmt::format("{}-{}", project->key, task->number),
        .title = task->title,
        .snippet = {},
        .project_id = project->id,
        .project_name = project->name,
        .archived = task->archived_at.has_value() || project->archived_at.has_value(),
    };
    if (!show_document(read, *task, terms, hit)) return std::nullopt;
    return hit;
}

} // namespace dialpine::work
