#include "links/trello_places.hpp"

#include "store/rows.hpp"
#include "work/rank.hpp"

#include <algorithm>
#include <set>

namespace dialpine::links {
namespace {
/// Halves the gap each time, so that ranks grow with the logarithm of their number.
void fill_between(std::span<std::string> ranks, const std::string& low, const std::string& high)
{
    if (ranks.empty()) return;
    const auto middle = ranks.size() / 2;
    ranks[middle] = work::rank_between(low, high);
    fill_between(ranks.first(middle), low, ranks[middle]);
    fill_between(ranks.subspan(middle + 1), ranks[middle], high);
}

/// The tasks of a project as they stand here.
class Standing {
public:
    Standing(const store::Read& read, const TrelloProject& project)
    {
        store::query(
            read,
            "SELECT id, status_id, position FROM tasks WHERE workspace_id = $1 AND project_id = $2",
            [&](const store::Statement& row) {
                const auto status = store::value_at<StatusId>(row, 1);
                std::string position(row.text(2));
                columns_[status].insert(position);
                tasks_.emplace(store::value_at<TaskId>(row, 0), Task{status, std::move(position)});
            },
            project.actor.workspace,
            project.id
        );
    }

    /// The task's rank, if it stands in this column.
    [[nodiscard]] const std::string* rank_in(StatusId status, const Uuid& task) const
    {
        const auto found = tasks_.find(TaskId(task));
        return found != tasks_.end() && found->second.status == status ? &found->second.position : nullptr;
    }
    [[nodiscard]] std::optional<std::string> next(StatusId status, const std::string& rank) const
    {
        const auto column = columns_.find(status);
        if (column == columns_.end()) return std::nullopt;
        const auto found = column->second.upper_bound(rank);
        return found == column->second.end() ? std::nullopt : std::optional(*found);
    }
    /// Empty when there is none.
    [[nodiscard]] std::string previous(StatusId status, const std::optional<std::string>& rank) const
    {
        const auto column = columns_.find(status);
        if (column == columns_.end()) return {};
        const auto found = rank ? column->second.lower_bound(*rank) : column->second.end();
        return found == column->second.begin() ? std::string() : *std::prev(found);
    }

private:
    struct Task {
        StatusId status;
        std::string position;
    };
    std::unordered_map<TaskId, Task> tasks_;
    std::unordered_map<StatusId, std::set<std::string>> columns_;
};

/// The cards of one list: those that still stand as imported are anchors, the others get ranks between them.
class Column {
public:
    Column(const Standing& standing, StatusId status, std::unordered_map<std::string, std::string>& places)
        : standing_(standing), status_(status), places_(places)
    {
    }

    void anchor(const std::string& rank)
    {
        if (is_anchored_ && rank <= last_) return; // the team has arranged these two otherwise
        place_waiting(rank);
        last_ = rank;
        is_anchored_ = true;
    }
    void add(std::string_view card_id) { waiting_.push_back(card_id); }
    void finish() { place_waiting(std::nullopt); }

private:
    void place_waiting(const std::optional<std::string>& following)
    {
        if (waiting_.empty()) return;
        const auto low = is_anchored_ ? last_ : standing_.previous(status_, following);
        const auto high = is_anchored_ ? standing_.next(status_, last_) : following;
        auto ranks = spread_ranks(low, high, waiting_.size());
        for (std::size_t i = 0; i < waiting_.size(); ++i) places_.emplace(waiting_[i], std::move(ranks[i]));
        waiting_.clear();
    }

    const Standing& standing_;
    StatusId status_;
    std::unordered_map<std::string, std::string>& places_;
    std::vector<std::string_view> waiting_;
    std::string last_;
    bool is_anchored_ = false;
};
} // namespace

std::string place_digest(const store::Read& read, std::string_view list_id, double position)
{
    const auto digest = Fingerprint().add(list_id).add(position).digest(read);
    return std::string(crypto::view(digest).substr(0, 16));
}

std::vector<std::string> spread_ranks(const std::string& low, const std::optional<std::string>& high, std::size_t count)
{
    std::vector<std::string> ranks(count);
    if (high)
        fill_between(ranks, low, *high);
    else
        for (std::size_t i = 0; i < count; ++i)
            ranks[i] = work::rank_between(i == 0 ? low : ranks[i - 1], std::nullopt);
    return ranks;
}

std::unordered_map<std::string, std::string>
plan_places(const store::Read& read, const TrelloProject& project, const TrelloOutline& outline)
{
    std::unordered_map<std::string, work::ImportedThing> known;
    for (auto& thing : project.things.all(read, "card")) {
        auto id = thing.source_id;
        known.emplace(std::move(id), std::move(thing));
    }
    const Standing standing(read, project);
    std::unordered_map<std::string, std::string> places;
    places.reserve(outline.places.size());
    for (auto first = outline.places.begin(); first != outline.places.end();) {
        const auto list = first->list;
        const auto* details = list < outline.lists.size() ? &outline.lists[list] : nullptr;
        const auto status = details ? project.columns.at(details->id).status : project.first_column;
        Column column(standing, status, places);
        for (; first != outline.places.end() && first->list == list; ++first) {
            const auto thing = known.find(first->card_id);
            const auto* rank = thing == known.end() ? nullptr : standing.rank_in(status, thing->second.object_id);
            const bool is_in_place =
                rank && details &&
                crypto::view(thing->second.content_hash).substr(16) == place_digest(read, details->id, first->position);
            if (is_in_place)
                column.anchor(*rank);
            else
                column.add(first->card_id);
        }
        column.finish();
    }
    return places;
}

} // namespace dialpine::links
