#include "work/mentions.hpp"

#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "store/rows.hpp"

namespace dialpine::work {
namespace {
constexpr std::string_view opening = "@[";
constexpr std::size_t id_length = 36;
constexpr std::size_t mention_length = opening.size() + id_length + 1;

/// The person whom the text mentions right at this place.
std::optional<PersonId> mention_at(std::string_view text, std::size_t at)
{
    const auto written = text.substr(at, mention_length);
    if (written.size() < mention_length || !written.starts_with(opening) || written.back() != ']') return std::nullopt;
    const auto id = parse_uuid(written.substr(opening.size(), id_length));
    return id ? std::optional(PersonId(*id)) : std::nullopt;
}

void tell_changed(store::Write& write, const Mention& mention)
{
    const auto task = store::find<Task>(write, mention.workspace_id, mention.task_id);
    if (!task) return;
    write.append({
        .workspace_id = mention.workspace_id,
        .kind = mention.comment_id ? store::ChangeKind::comment_changed : store::ChangeKind::task_changed,
        .object_id = mention.object_id,
        .project_id = task->project_id,
        .task_id = mention.task_id,
    });
}
} // namespace

std::set<PersonId> mentioned_in(std::string_view text)
{
    std::set<PersonId> persons;
    for (auto at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1))
        if (const auto person = mention_at(text, at)) persons.insert(*person);
    return persons;
}

std::string with_mentions(std::string_view text, const std::function<std::string(PersonId)>& name)
{
    std::string changed;
    std::size_t from = 0;
    for (auto at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
        const auto person = mention_at(text, at);
        if (!person) continue;
        changed += text.substr(from, at - from);
        changed += name(*person);
        from = at + mention_length;
    }
    changed += text.substr(from);
    return changed;
}

std::string without_mentions(std::string_view text)
{
    return with_mentions(text, [](PersonId) { return std::string(" "); });
}

std::string with_names(const store::Read& read, std::string_view text)
{
    return with_mentions(text, [&](PersonId person) {
        const auto name = people::name_for_others(read, person);
        return "@" + (name.empty() ? std::string("somebody") : name);
    });
}

void keep_mentions(
    store::Write& write, WorkspaceId workspace, TaskId task, std::optional<CommentId> comment, std::string_view text
)
{
    const Uuid object = comment ? static_cast<const Uuid&>(*comment) : static_cast<const Uuid&>(task);
    const auto persons = mentioned_in(text);
    const auto before = store::select<Mention>(
        write, "WHERE workspace_id = $1 AND task_id = $2 AND object_id = $3", workspace, task, object
    );
    for (const auto& mention : before)
        if (!persons.contains(mention.person_id))
            store::remove<Mention>(write, workspace, task, object, mention.person_id);
    for (const PersonId person : persons) {
        const bool is_kept = std::ranges::find(before, person, &Mention::person_id) != before.end();
        if (is_kept || !people::is_known_in(write, workspace, person)) continue;
        store::insert(write, Mention{workspace, task, object, person, comment, clock_now()});
    }
}

void change_mentions(store::Write& write, PersonId from, PersonId into)
{
    const auto name = [&](PersonId person) { return "@[" + to_text(person == from ? into : person) + "]"; };
    for (const auto& mention : store::select<Mention>(write, "WHERE person_id = $1", from)) {
        if (mention.comment_id) {
            auto comment = store::find<Comment>(write, mention.workspace_id, *mention.comment_id);
            if (!comment) continue;
            comment->body = with_mentions(comment->body, name);
            store::update(write, *comment);
        } else {
            auto task = store::find<Task>(write, mention.workspace_id, mention.task_id);
            if (!task) continue;
            task->description = with_mentions(task->description, name);
            store::update(write, *task);
        }
        tell_changed(write, mention);
    }
}

} // namespace dialpine::work
