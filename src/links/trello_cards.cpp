#include "links/trello_cards.hpp"

#include "base/problem.hpp"
#include "links/board_guess.hpp"
#include "links/import_text.hpp"
#include "store/rows.hpp"
#include "work/tasks.hpp"

namespace dialpine::links {
namespace {
using store::ChangeKind;
using work::StatusGroup;

constexpr std::size_t most_url = 2'000;
constexpr std::size_t most_value = 10'000;
constexpr std::size_t most_field_name = 120;

std::int64_t free_number(const store::Read& read, work::Project& project, std::int64_t wish)
{
    const bool is_taken =
        wish == 0 || store::query_one<std::int64_t>(
                         read,
                         "SELECT 1 FROM tasks WHERE workspace_id = $1 AND project_id = $2 AND number = $3",
                         project.workspace_id,
                         project.id,
                         wish
                     );
    return is_taken ? project.next_number++ : wish;
}

bool is_link(std::string_view url)
{
    const auto lower = to_lower_ascii(url.substr(0, 8));
    return lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:");
}

Fingerprint& add(Fingerprint& print, const std::vector<std::string>& ids)
{
    print.add(std::string_view(std::to_string(ids.size())));
    for (const auto& id : ids) print.add(std::string_view(id));
    return print;
}
/// Ticked off on the board, or in a column of finished things: both are completed here.
void complete(work::Task& task, const TrelloCard& card, const work::Status& status, Instant made)
{
    if (!card.is_done && status.status_group != StatusGroup::completed)
        task.completed_at.reset();
    else if (!task.completed_at)
        task.completed_at = card.completed_at ? card.completed_at : card.active_at.value_or(made);
}

/// What is written anew as a whole.
void clear_parts(store::Write& write, const work::Task& task)
{
    for (const std::string_view sql :
         {"DELETE FROM task_assignees WHERE workspace_id = $1 AND task_id = $2",
          "DELETE FROM task_labels WHERE workspace_id = $1 AND task_id = $2",
          "DELETE FROM task_fields WHERE workspace_id = $1 AND task_id = $2"})
        store::execute(write, sql, task.workspace_id, task.id);
}
} // namespace

/// A card, and what is derived from it once.
struct TrelloCardWriter::Content {
    const TrelloCard& card;
    bool is_archived = false;
    const work::Status& status;
    crypto::Digest digest{}; ///< half of the content, half of the place, so that one can change without the other
    Instant made{};

    [[nodiscard]] bool has_content_of(const crypto::Digest& other) const { return half(other, 0) == half(digest, 0); }
    [[nodiscard]] bool has_place_of(const crypto::Digest& other) const { return half(other, 16) == half(digest, 16); }

    void take_digest(const store::Read& read)
    {
        Fingerprint print;
        print.add(card.name).add(card.description).add(card.start).add(card.due).add(card.is_done).add(is_archived);
        print.add(card.cover_color.value_or(""));
        add(print, card.member_ids);
        add(print, card.label_ids);
        for (const auto& field : card.fields) print.add(field.field_id).add(field.option_id).add(field.text);
        digest = print.digest(read);
        std::ranges::copy(place_digest(read, card.list_id, card.position), digest.begin() + 16);
    }

private:
    static std::string_view half(const crypto::Digest& whole, std::size_t from)
    {
        return crypto::view(whole).substr(from, 16);
    }
};

TrelloPresent TrelloPresent::of(const store::Read& read, const TrelloProject& project)
{
    auto row = store::find<work::Project>(read, project.actor.workspace, project.id);
    auto statuses = row ? work::statuses_of(read, row->workspace_id, row->id) : std::vector<work::Status>();
    if (statuses.empty()) throw Problem::conflict("changed-meanwhile", "The project was deleted during the import.");
    TrelloPresent present{.project = std::move(*row), .statuses = std::move(statuses), .labels = {}};
    store::query(
        read,
        "SELECT id FROM labels WHERE workspace_id = $1 AND project_id = $2",
        [&](const store::Statement& label) { present.labels.insert(store::value_at<LabelId>(label, 0)); },
        present.project.workspace_id,
        present.project.id
    );
    return present;
}

const work::Status& TrelloPresent::status_or_first(StatusId id) const
{
    const auto found = std::ranges::find(statuses, id, &work::Status::id);
    return found == statuses.end() ? statuses.front() : *found;
}

void TrelloCardWriter::write(store::Write& write, std::span<const TrelloCard> cards)
{
    auto present = TrelloPresent::of(write, project_);
    const auto next_number = present.project.next_number;
    for (const auto& card : cards) write_card(write, present, card);
    if (present.project.next_number != next_number)
        store::execute(
            write,
            "UPDATE projects SET next_number = $1 WHERE workspace_id = $2 AND id = $3",
            present.project.next_number,
            present.project.workspace_id,
            present.project.id
        );
}

void TrelloCardWriter::write_card(store::Write& write, TrelloPresent& present, const TrelloCard& card)
{
    const auto column = project_.columns.find(card.list_id);
    const bool has_list = column != project_.columns.end();
    Content content{
        .card = card,
        .is_archived = card.is_closed || (has_list && column->second.is_closed),
        .status = present.status_or_first(has_list ? column->second.status : project_.first_column),
        .made = made_at(card.id).value_or(card.active_at.value_or(project_.now)),
    };
    content.take_digest(write);
    if (!has_list) report_.skip("lists", "The card's list is not in the file; the card is in the first column");
    if (const auto known = project_.things.find(write, "card", card.id))
        update(write, present, content, *known);
    else
        create(write, present, content);
}

void TrelloCardWriter::create(store::Write& write, TrelloPresent& present, const Content& content)
{
    work::Task task{
        .workspace_id = project_.actor.workspace,
        .id = TaskId::make(),
        .project_id = project_.id,
        .number = free_number(write, present.project, content.card.number),
        .created_at = content.made,
        .created_by = creator_of(content.card),
        .changed_at = content.card.active_at.value_or(content.made),
    };
    place(task, content);
    fill(task, content);
    task.link_count = write_links(write, content, task);
    store::insert(write, task);
    write_parts(write, present, content, task);
    project_.things.record(write, "card", content.card.id, task.id, content.digest);
    write.append(project_.change(ChangeKind::task_created, task.id, task.id));
    ++report_.created.tasks;
}

void TrelloCardWriter::update(
    store::Write& write, const TrelloPresent& present, const Content& content, const work::ImportedThing& known
)
{
    auto task = store::find<work::Task>(write, project_.actor.workspace, TaskId(known.object_id));
    if (!task || task->deleted_at) return report_.skip("cards", "Deleted here since an earlier import of this board");
    if (!content.has_place_of(known.content_hash)) place(*task, content);
    if (!content.has_content_of(known.content_hash)) {
        fill(*task, content);
        clear_parts(write, *task);
        write_parts(write, present, content, *task);
    }
    const bool is_same = known.content_hash == content.digest;
    const auto new_links = write_links(write, content, *task);
    if (is_same && new_links == 0) return;
    task->link_count += new_links;
    task->changed_at = project_.now;
    task->changed_by = project_.actor.person;
    store::update(write, *task);
    project_.things.record(write, "card", content.card.id, task->id, content.digest);
    write.append(project_.change(ChangeKind::task_changed, task->id, task->id));
    ++report_.updated.tasks;
}

void TrelloCardWriter::place(work::Task& task, const Content& content) const
{
    task.status_id = content.status.id;
    if (const auto rank = places_.find(content.card.id); rank != places_.end()) task.position = rank->second;
    complete(task, content.card, content.status, content.made);
}

/// The card's own columns.
void TrelloCardWriter::fill(work::Task& task, const Content& content)
{
    const auto& card = content.card;
    auto title = fit_line(card.name, work::Title::most);
    task.title = title.line.empty() ? "Untitled" : std::move(title.line);
    auto description = fit_prose(
        title.rest.empty() ? card.description : title.rest + "\n\n" + card.description, work::most_description
    );
    task.description = std::move(description.text);
    if (description.is_cut) report_.skip("descriptions", "Longer than 100,000 bytes; the rest was left out");
    report_.look_at(task.title + "\n" + task.description);
    task.cover = card.cover_color ? std::optional(color_of(*card.cover_color)) : std::nullopt;
    fill_days(task, card);
    if (!content.is_archived)
        task.archived_at.reset();
    else if (!task.archived_at)
        task.archived_at = card.closed_at ? card.closed_at : card.active_at.value_or(content.made);
    if (task.status_id == content.status.id) complete(task, card, content.status, content.made);
}

void TrelloCardWriter::fill_days(work::Task& task, const TrelloCard& card)
{
    task.due_at = card.due;
    task.start_on = card.start ? std::optional(std::chrono::floor<std::chrono::days>(*card.start)) : std::nullopt;
    if (task.start_on && task.due_at && *task.start_on > std::chrono::ceil<std::chrono::days>(*task.due_at)) {
        task.start_on.reset();
        report_.skip("dates", "The start date is after the due date");
    }
}

/// What stands in rows of its own.
void TrelloCardWriter::write_parts(
    store::Write& write, const TrelloPresent& present, const Content& content, const work::Task& task
)
{
    write_people(write, content, task);
    for (const auto& id : content.card.label_ids) {
        const auto label = project_.labels.find(id);
        if (label == project_.labels.end())
            report_.skip("labels", "The label of a card is not in the file");
        else if (present.labels.contains(label->second))
            store::upsert(write, work::TaskLabel{task.workspace_id, task.id, label->second});
    }
    write_fields(write, content, task);
}

void TrelloCardWriter::write_people(store::Write& write, const Content& content, const work::Task& task)
{
    for (const auto& id : content.card.member_ids) {
        const auto person = project_.people.find(id);
        if (person == project_.people.end())
            report_.skip("assignments", "The file does not name the person");
        else
            store::upsert(write, work::TaskAssignee{task.workspace_id, task.id, person->second});
    }
}

void TrelloCardWriter::write_fields(store::Write& write, const Content& content, const work::Task& task)
{
    std::set<std::string> names;
    for (const auto& item : content.card.fields) {
        const auto field = outline_.fields.find(item.field_id);
        if (field == outline_.fields.end()) {
            report_.skip("custom field values", "The field's definition is not in the file");
            continue;
        }
        const auto option = std::ranges::find(field->second.options, item.option_id, &TrelloField::Option::id);
        const auto& text = option == field->second.options.end() ? item.text : option->text;
        auto value = fit_prose(text, most_value).text;
        if (value.empty()) continue;
        auto name = fit_line(field->second.name, most_field_name).line;
        if (name.empty()) name = "Field";
        // Two fields of a board may have one name.
        for (int i = 2; !names.insert(name).second; ++i)
            name = fmt::format("{} ({})", fit_line(field->second.name, most_field_name - 8).line, i);
        store::upsert(write, work::TaskField{task.workspace_id, task.id, name, std::move(value)});
    }
}

std::int64_t TrelloCardWriter::write_links(store::Write& write, const Content& content, const work::Task& task)
{
    std::int64_t added = 0;
    for (const auto& attachment : content.card.attachments) added += write_link(write, attachment, task) ? 1 : 0;
    return added;
}

/// Says whether the task has one link more.
bool TrelloCardWriter::write_link(store::Write& write, const TrelloAttachment& attachment, const work::Task& task)
{
    auto url = fit_line(attachment.url, most_url);
    if (!is_link(url.line) || !url.rest.empty()) {
        report_.skip("attachments", "Their address is not one of the web, or longer than 2,000 characters");
        return false;
    }
    const auto digest = Fingerprint().add(attachment.name).add(attachment.url).digest(write);
    const auto known = project_.things.find(write, "attachment", attachment.id);
    if (known && known->content_hash == digest) return false;
    const auto id = known ? LinkId(known->object_id) : LinkId::make();
    if (known && !store::find<work::Link>(write, task.workspace_id, task.id, id)) return false;
    auto title = fit_line(attachment.name, work::Title::most).line;
    if (title.empty()) title = fit_line(url.line, work::Title::most).line;
    store::upsert(write, work::Link{task.workspace_id, task.id, id, std::move(title), std::move(url.line)});
    project_.things.record(write, "attachment", attachment.id, id, digest);
    ++(known ? report_.updated : report_.created).attachments;
    return !known;
}

std::optional<PersonId> TrelloCardWriter::creator_of(const TrelloCard& card) const
{
    const auto told = outline_.creators.find(card.id);
    const auto& id = card.creator_id.empty() && told != outline_.creators.end() ? told->second : card.creator_id;
    const auto person = project_.people.find(id);
    return person == project_.people.end() ? std::nullopt : std::optional(person->second);
}

} // namespace dialpine::links
