#include "links/import_house.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <set>

namespace dialpine::links {
namespace {
namespace json = boost::json;

/// Real boards, where they are at hand: they are not ours to keep.
std::filesystem::path samples()
{
    if (const char* folder = std::getenv("DIALPINE_SAMPLES")) return std::filesystem::path(folder) / "trello";
    return std::filesystem::path(DIALPINE_SOURCE_DIR).parent_path() / "shared" / "samples" / "trello";
}

const json::array& list_in(const json::object& object, std::string_view name)
{
    static const json::array none;
    const auto* found = object.if_contains(name);
    return found && found->is_array() ? found->get_array() : none;
}

bool is_set(const json::object& object, std::string_view name)
{
    const auto* found = object.if_contains(name);
    return found && found->is_bool() && found->get_bool();
}

bool is_there(const json::object& object, std::string_view name)
{
    const auto* found = object.if_contains(name);
    return found && !found->is_null();
}

std::string text_in(const json::object& object, std::string_view name)
{
    return std::string(object.at(name).as_string());
}

/// Counted from the whole document at once, without any of the importer's code.
struct Counts {
    std::int64_t statuses = 0, tasks = 0, archived = 0, labels = 0, task_labels = 0, people = 0, assignees = 0;
    std::int64_t items = 0, items_done = 0, comments = 0, attachments = 0, due = 0, with_description = 0;
    bool operator==(const Counts&) const = default;
};

void PrintTo(const Counts& c, std::ostream* out)
{
    *out << fmt::format(
        "statuses {} tasks {} archived {} labels {} task_labels {} people {} assignees {} items {} done {} comments {} "
        "attachments {} due {} described {}",
        c.statuses,
        c.tasks,
        c.archived,
        c.labels,
        c.task_labels,
        c.people,
        c.assignees,
        c.items,
        c.items_done,
        c.comments,
        c.attachments,
        c.due,
        c.with_description
    );
}

void count_card(
    const json::object& card, const std::set<std::string>& closed, std::set<std::string>& labels, Counts& counts
)
{
    ++counts.tasks;
    counts.archived += is_set(card, "closed") || closed.contains(text_in(card, "idList"));
    counts.task_labels += static_cast<std::int64_t>(list_in(card, "idLabels").size());
    counts.assignees += static_cast<std::int64_t>(list_in(card, "idMembers").size());
    counts.attachments += static_cast<std::int64_t>(list_in(card, "attachments").size());
    counts.due += is_there(card, "due");
    counts.with_description += !text_in(card, "desc").empty();
    for (const auto& label : list_in(card, "labels")) labels.insert(text_in(label.as_object(), "id"));
}

Counts count_file(const json::object& board)
{
    Counts counts;
    std::set<std::string> closed, labels, people, cards;
    for (const auto& list : list_in(board, "lists")) {
        ++counts.statuses;
        if (is_set(list.as_object(), "closed")) closed.insert(text_in(list.as_object(), "id"));
    }
    for (const auto& label : list_in(board, "labels")) labels.insert(text_in(label.as_object(), "id"));
    for (const auto& member : list_in(board, "members")) people.insert(text_in(member.as_object(), "id"));
    for (const auto& card : list_in(board, "cards")) {
        cards.insert(text_in(card.as_object(), "id"));
        count_card(card.as_object(), closed, labels, counts);
    }
    for (const auto& checklist : list_in(board, "checklists"))
        for (const auto& item : list_in(checklist.as_object(), "checkItems")) {
            ++counts.items;
            counts.items_done += text_in(item.as_object(), "state") == "complete";
        }
    for (const auto& each : list_in(board, "actions")) {
        const auto& action = each.as_object();
        const auto type = text_in(action, "type");
        if (type != "commentCard" && type != "createCard") continue;
        if (is_there(action, "memberCreator")) people.insert(text_in(action, "idMemberCreator"));
        counts.comments +=
            type == "commentCard" && cards.contains(text_in(action.at("data").at("card").as_object(), "id"));
    }
    counts.labels = static_cast<std::int64_t>(labels.size());
    counts.people = static_cast<std::int64_t>(people.size());
    return counts;
}

class SampleBoards : public ImportHouse {
protected:
    Counts count_house()
    {
        const auto of = [&](std::string_view what) {
            return database_->read([&](store::Read& read) {
                return store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {}", what)).value_or(-1);
            });
        };
        return {
            .statuses = of("statuses"),
            .tasks = of("tasks"),
            .archived = of("tasks WHERE archived_at IS NOT NULL"),
            .labels = of("labels"),
            .task_labels = of("task_labels"),
            .people = of("imported_people"),
            .assignees = of("task_assignees"),
            .items = of("checklist_items"),
            .items_done = of("checklist_items WHERE is_done = 1"),
            .comments = of("comments"),
            .attachments = of("links"),
            .due = of("tasks WHERE due_at IS NOT NULL"),
            .with_description = of("tasks WHERE description <> ''"),
        };
    }

    void expect_report(const ImportReport& report, const Counts& counts)
    {
        EXPECT_EQ(report.created.projects, 1);
        EXPECT_EQ(report.created.statuses, counts.statuses);
        EXPECT_EQ(report.created.tasks, counts.tasks);
        EXPECT_EQ(report.created.labels, counts.labels);
        EXPECT_EQ(report.created.people, counts.people);
        EXPECT_EQ(report.created.checklist_items, counts.items);
        EXPECT_EQ(report.created.comments, counts.comments);
        EXPECT_EQ(report.created.attachments, counts.attachments);
    }

    /// Lists from left to right and the cards in them from top to bottom, archived or not.
    std::vector<std::string> order_here()
    {
        std::vector<std::string> titles;
        for (const auto& status : rows<work::Status>("ORDER BY position"))
            for (const auto& task : rows<work::Task>("WHERE status_id = $1 ORDER BY position", status.id))
                titles.push_back(task.title);
        return titles;
    }
};

std::vector<std::string> order_in(const json::object& board)
{
    using Place = std::tuple<double, double, std::string>;
    std::map<std::string, double> lists;
    for (const auto& list : list_in(board, "lists"))
        lists[text_in(list.as_object(), "id")] = list.at("pos").to_number<double>();
    std::vector<std::pair<Place, std::string>> cards;
    for (const auto& card : list_in(board, "cards")) {
        const auto name = text_in(card.as_object(), "name");
        const auto title = trimmed(first_characters(trimmed(name), 500));
        const auto list = lists.at(text_in(card.as_object(), "idList"));
        cards.push_back(
            {{list, card.at("pos").to_number<double>(), text_in(card.as_object(), "id")}, std::string(title)}
        );
    }
    std::ranges::sort(cards);
    std::vector<std::string> titles;
    for (auto& [place, title] : cards) titles.push_back(std::move(title));
    return titles;
}

TEST_F(SampleBoards, ComeWhole)
{
    if (!std::filesystem::is_directory(samples())) GTEST_SKIP() << "no real boards in " << samples();
    for (const auto& entry : std::filesystem::directory_iterator(samples())) {
        if (entry.path().extension() != ".json") continue;
        SCOPED_TRACE(entry.path().filename().string());
        const auto parsed = json::parse(text_of(entry.path()));
        const auto& board = parsed.as_object();
        const auto expected = count_file(board);

        FileSource source(entry.path());
        const auto report = import(source);
        expect_report(report, expected);
        EXPECT_EQ(count_house(), expected);
        EXPECT_EQ(order_here(), order_in(board));
        expect_true_counters();

        const auto again = import(source);
        EXPECT_EQ(again.created.tasks + again.created.comments + again.created.people + again.updated.tasks, 0);
        EXPECT_EQ(count_house(), expected);
        database_->write([&](store::Write& write) {
            for (const std::string_view table :
                 {"projects",
                  "statuses",
                  "labels",
                  "tasks",
                  "task_labels",
                  "task_assignees",
                  "checklist_items",
                  "comments",
                  "links",
                  "task_fields",
                  "imported_things",
                  "imported_people"})
                store::execute(write, fmt::format("DELETE FROM {}", table));
        });
    }
}
} // namespace
} // namespace dialpine::links
