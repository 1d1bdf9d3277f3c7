#include "links/trello_project.hpp"

#include "links/board_guess.hpp"
#include "links/import_text.hpp"
#include "people/person.hpp"
#include "store/rows.hpp"
#include "work/projects.hpp"

#include <array>

namespace dialpine::links {
namespace {
using store::ChangeKind;

constexpr std::size_t most_name = 120;
constexpr std::size_t people_at_once = 100;
constexpr std::string_view trello = "trello";

std::string name_or(std::string_view text, std::string_view otherwise)
{
    auto name = fit_line(text, most_name).line;
    return name.empty() ? std::string(otherwise) : name;
}

crypto::Digest digest_of(const store::Read& read, const TrelloHead& head)
{
    return Fingerprint().add(head.name).add(head.description).digest(read);
}

void fill(work::Project& project, const TrelloHead& head, Instant now)
{
    project.name = name_or(head.name, "Trello board");
    project.description = fit_prose(head.description, work::most_description).text;
    project.changed_at = now;
}

work::Project new_project(const store::Read& read, const TrelloProject& of, const TrelloOutline& outline)
{
    constexpr std::array hues{
        work::Color::blue, work::Color::green, work::Color::violet, work::Color::amber, work::Color::teal
    };
    work::Project project;
    project.workspace_id = of.actor.workspace;
    project.id = of.id;
    fill(project, outline.head, of.now);
    project.key = work::free_key(read, of.actor.workspace, project.name);
    project.color = hues[crypto::hash(outline.head.id)[0] % hues.size()];
    project.next_number = outline.highest_number + 1;
    project.created_at = of.now;
    project.created_by = of.actor.person;
    return project;
}

/// Makes the parts of one project, in a write of its own.
class ProjectWriter {
public:
    ProjectWriter(store::Write& write, TrelloProject& project, ImportReport& report)
        : write_(write), project_(project), report_(report)
    {
    }

    void write_project(const TrelloOutline& outline)
    {
        const auto digest = digest_of(write_, outline.head);
        const auto known = project_.things.find_board(write_);
        auto row =
            known ? store::find<work::Project>(write_, project_.actor.workspace, known->object_id) : std::nullopt;
        project_.id = row ? row->id : ProjectId::make();
        if (row) {
            work::open_project_of(write_, project_.actor.workspace, row->id);
            const bool is_changed = known->content_hash != digest;
            if (is_changed) fill(*row, outline.head, project_.now);
            row->next_number = std::max(row->next_number, outline.highest_number + 1);
            store::update(write_, *row);
            if (is_changed) write_.append(project_.change(ChangeKind::project_changed, project_.id));
            report_.updated.projects += is_changed ? 1 : 0;
        } else {
            project_.things.forget(write_);
            store::insert(write_, new_project(write_, project_, outline));
            write_.append(project_.change(ChangeKind::project_created, project_.id));
            ++report_.created.projects;
        }
        project_.things.record_board(write_, project_.id, digest);
    }

    void write_columns(const std::vector<TrelloList>& lists)
    {
        next_column_ =
            static_cast<std::int64_t>(work::statuses_of(write_, project_.actor.workspace, project_.id).size());
        for (const auto& list : lists) write_column(list);
        if (next_column_ == 0) add_column({.id = {}, .name = "To do", .color = {}});
        replace_missing(work::statuses_of(write_, project_.actor.workspace, project_.id));
    }

    void write_labels(const std::vector<TrelloLabel>& labels)
    {
        for (const auto& label : labels) write_label(label);
    }

private:
    void write_column(const TrelloList& list)
    {
        const auto digest = Fingerprint().add(list.name).add(list.color.value_or("")).digest(write_);
        const auto known = project_.things.find(write_, "list", list.id);
        const auto status = known ? StatusId(known->object_id) : add_column(list);
        if (known && known->content_hash != digest) rename_column(status, list);
        if (!known || known->content_hash != digest) project_.things.record(write_, "list", list.id, status, digest);
        project_.columns[list.id] = {status, list.is_closed};
    }

    void replace_missing(const std::vector<work::Status>& statuses)
    {
        const auto usual = std::ranges::find(statuses, work::StatusGroup::unstarted, &work::Status::status_group);
        project_.first_column = usual == statuses.end() ? statuses.front().id : usual->id;
        for (auto& [list, column] : project_.columns)
            if (std::ranges::find(statuses, column.status, &work::Status::id) == statuses.end())
                column.status = project_.first_column;
    }

    StatusId add_column(const TrelloList& list)
    {
        const auto group = group_of(list.name);
        const work::Status status{
            .workspace_id = project_.actor.workspace,
            .id = StatusId::make(),
            .project_id = project_.id,
            .name = name_or(list.name, "Untitled"),
            .status_group = group,
            .color = list.color ? color_of(*list.color) : color_of(group),
            .position = next_column_++,
            .created_at = project_.now,
            .changed_at = project_.now,
        };
        store::insert(write_, status);
        write_.append(project_.change(ChangeKind::status_changed, status.id));
        ++report_.created.statuses;
        return status.id;
    }

    /// Its group and place stay: they are the team's own arrangement here. One that was deleted here stays so.
    void rename_column(StatusId id, const TrelloList& list)
    {
        auto status = store::find<work::Status>(write_, project_.actor.workspace, id);
        if (!status) return;
        status->name = name_or(list.name, "Untitled");
        if (list.color) status->color = color_of(*list.color);
        status->changed_at = project_.now;
        store::update(write_, *status);
        write_.append(project_.change(ChangeKind::status_changed, id));
        ++report_.updated.statuses;
    }

    void write_label(const TrelloLabel& label)
    {
        const auto digest = Fingerprint().add(label.name).add(label.color.value_or("")).digest(write_);
        const auto known = project_.things.find(write_, "label", label.id);
        const auto id = known ? LabelId(known->object_id) : LabelId::make();
        project_.labels[label.id] = id;
        if (known && known->content_hash == digest) return;
        auto row = known ? store::find<work::Label>(write_, project_.actor.workspace, id) : work::Label{};
        if (!row) return;
        if (!known)
            *row = {
                .workspace_id = project_.actor.workspace,
                .id = id,
                .project_id = project_.id,
                .created_at = project_.now
            };
        row->color = color_of(label.color);
        row->name = name_or(label.name, hue_of(label));
        row->changed_at = project_.now;
        store::upsert(write_, *row);
        project_.things.record(write_, "label", label.id, id, digest);
        write_.append(project_.change(ChangeKind::label_changed, id));
        ++(known ? report_.updated : report_.created).labels;
    }

    /// What the team calls a label without a name: "Yellow".
    static std::string hue_of(const TrelloLabel& label)
    {
        std::string name = label.color.value_or("");
        name.resize(std::min(name.find('_'), name.size()));
        if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
            name.front() = static_cast<char>(name.front() - 'a' + 'A');
        return name_or(name, "Gray");
    }

    store::Write& write_;
    TrelloProject& project_;
    ImportReport& report_;
    std::int64_t next_column_ = 0;
};

std::optional<PersonId> known_person(const store::Read& read, const TrelloProject& project, std::string_view trello_id)
{
    const auto hash = read.keys().lookup(fmt::format("{}|{}", trello, trello_id));
    const auto row = store::select_one<people::ImportedPerson>(
        read, "WHERE workspace_id = $1 AND source_id_hash = $2", project.actor.workspace, hash
    );
    return row ? std::optional(row->person_id) : std::nullopt;
}

struct NewPerson {
    PersonId id;
    std::string trello_id;
    std::string name;
};

void write_people(store::Write& write, TrelloProject& project, std::span<const NewPerson> persons, ImportReport& report)
{
    for (const auto& person : persons) {
        // Another import may have brought them in between.
        if (const auto known = known_person(write, project, person.trello_id)) {
            project.people[person.trello_id] = *known;
            continue;
        }
        store::insert(
            write,
            people::Person{
                .id = person.id,
                .name = Sealed<std::string>(person.name),
                .email = {},
                .created_at = project.now,
                .changed_at = project.now,
            }
        );
        store::insert(
            write,
            people::ImportedPerson{
                .workspace_id = project.actor.workspace,
                .person_id = person.id,
                .source = std::string(trello),
                .source_id_hash = write.keys().lookup(fmt::format("{}|{}", trello, person.trello_id)),
                .created_at = project.now,
            }
        );
        write.append(project.change(ChangeKind::person_changed, person.id));
        project.people[person.trello_id] = person.id;
        ++report.created.people;
    }
}

void prepare_people(
    store::Database& database, TrelloProject& project, const std::vector<TrelloPerson>& persons, ImportReport& report
)
{
    std::vector<NewPerson> missing;
    database.read([&](store::Read& read) {
        for (const auto& person : persons) {
            const auto known = known_person(read, project, person.id);
            auto name = fit_line(person.name, most_name).line;
            if (known)
                project.people[person.id] = *known;
            else if (!name.empty())
                missing.push_back({PersonId::make(), person.id, std::move(name)});
        }
    });
    // Each key is on the disk before it is used: not something to let other writers wait for.
    std::vector<PersonId> ids;
    ids.reserve(missing.size());
    for (const auto& person : missing) ids.push_back(person.id);
    database.keys().make(ids);
    for (std::size_t first = 0; first < missing.size(); first += people_at_once) {
        const auto some = std::span(missing).subspan(first, std::min(people_at_once, missing.size() - first));
        database.write([&](store::Write& write) { write_people(write, project, some, report); });
    }
}
} // namespace

store::Change TrelloProject::change(store::ChangeKind kind, const Uuid& object, std::optional<TaskId> task) const
{
    return {
        .workspace_id = actor.workspace,
        .kind = kind,
        .object_id = object,
        .project_id = id,
        .task_id = task,
        .actor_id = actor.person,
    };
}

TrelloProject prepare_project(
    store::Database& database, const people::Actor& actor, const TrelloOutline& outline, ImportReport& report
)
{
    TrelloProject project{
        .actor = actor,
        .id = {},
        .things = ImportedThings(actor.workspace, trello, outline.head.id),
        .now = clock_now(),
        .columns = {},
        .labels = {},
        .people = {},
    };
    database.write([&](store::Write& write) {
        ProjectWriter writer(write, project, report);
        writer.write_project(outline);
        writer.write_columns(outline.lists);
        writer.write_labels(outline.labels);
    });
    prepare_people(database, project, outline.people, report);
    report.project_id = project.id;
    return project;
}

} // namespace dialpine::links
