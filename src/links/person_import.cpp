#include "links/person_import.hpp"

#include "links/brought_consents.hpp"
#include "links/export_archive.hpp"
#include "links/imported_things.hpp"
#include "people/accounts.hpp"
#include "store/rows.hpp"
#include "work/comments.hpp"
#include "work/mentions.hpp"
#include "work/tasks.hpp"

#include <unordered_map>

namespace dialpine::links {
namespace {
constexpr std::string_view source_name = "dialpine";
constexpr std::string_view data_file = "my-data.json";
constexpr std::size_t most_data_bytes = std::size_t{256} * 1024 * 1024;
constexpr std::size_t most_tasks = 20'000; ///< written in one transaction

[[noreturn]] void refuse(std::string_view pointer, std::string_view what)
{
    refuse_archive(fmt::format("{}{}", data_file, pointer), what);
}

/// One row of a table in the export, with where it stands.
class ExportedRow {
public:
    ExportedRow(json::Node node, std::string pointer, const std::vector<FieldError>& errors)
        : node_(std::move(node)), pointer_(std::move(pointer)), errors_(errors)
    {
        if (!node_.is_object()) refuse(pointer_, "must be an object");
    }
    template <class Value>
    [[nodiscard]] std::optional<Value> value(std::string_view name) const
    {
        const auto member = node_.member(name);
        if (!member || member->is_null()) return std::nullopt;
        Value read{};
        json::read(*member, read);
        if (!errors_.empty()) refuse(place(name), errors_.front().detail);
        return read;
    }
    template <class Value>
    [[nodiscard]] Value needed(std::string_view name) const
    {
        auto read = value<Value>(name);
        if (!read) refuse(place(name), "is required");
        return std::move(*read);
    }

private:
    [[nodiscard]] std::string place(std::string_view name) const { return fmt::format("{}/{}", pointer_, name); }
    json::Node node_;
    std::string pointer_;
    const std::vector<FieldError>& errors_; ///< of the document that the node is in
};

struct BroughtTask {
    Uuid old_id;
    work::NewTask wish;
    std::optional<Instant> completed_at;
    std::optional<Instant> archived_at;
    Instant created_at{};
};
struct BroughtComment {
    Uuid old_id;
    Uuid old_task;
    std::string body;
    Instant created_at{};
};
/// Everything of the export that can come along, checked.
struct Brought {
    std::optional<people::Name> name;
    std::vector<BroughtConsent> consents;
    std::vector<BroughtTask> tasks;
    std::vector<BroughtComment> comments;
};

std::string read_data_file(ImportSource& source)
{
    std::optional<std::string> data;
    for (ExportArchive archive(source); archive.next();) {
        const auto& name = archive.name();
        if (name == data_file && !data)
            data = archive.rest(most_data_bytes);
        else if (name != "my-data.html" && name != "README.txt" && !name.starts_with("files/"))
            refuse_archive(name, "is no file of a person's export that this version of DialPine knows");
    }
    if (!data) refuse_archive(data_file, "is missing: this is no export of a person");
    return std::move(*data);
}

/// Of a new task: plain values, but neither ids nor the lists that are not in its row.
template <class T>
inline constexpr bool means_the_same_elsewhere = false;
template <class T>
inline constexpr bool means_the_same_elsewhere<std::optional<T>> =
    !json::is_id<T> && !json::is_a<T, std::vector> && !std::is_same_v<T, bool>;

/// Reads the rows of a person's export.
class Reader {
public:
    Reader(const json::Document& document, const PersonMoveWish& wish, std::string from_key)
        : root_(document.root(), "", errors_), wish_(wish), from_key_(std::move(from_key))
    {
        const auto id = root_.member("person_id");
        const auto uuid = id && id->as_text() ? parse_uuid(*id->as_text()) : std::nullopt;
        if (!uuid) refuse("/person_id", "must be an id");
        person_ = *uuid;
    }

    Brought read()
    {
        Brought brought;
        for_each("people", [&](const ExportedRow& row) {
            if (row.needed<PersonId>("id") == person_) brought.name = row.value<people::Name>("name");
        });
        for_each("consents", [&](const ExportedRow& row) { brought.consents.push_back(read_consent(row)); });
        for_each("tasks", [&](const ExportedRow& row) {
            if (row.value<PersonId>("created_by") == PersonId(person_)) read_task(row, brought);
        });
        for_each("comments", [&](const ExportedRow& row) {
            const bool is_mine = row.value<PersonId>("author_id") == PersonId(person_);
            if (is_mine && !row.value<Instant>("deleted_at")) read_comment(row, brought);
        });
        if (brought.tasks.size() > most_tasks)
            refuse("/rows/tasks", fmt::format("has more than {} tasks to take along; take the open ones", most_tasks));
        return brought;
    }

private:
    template <class Each>
    void for_each(std::string_view table, Each each)
    {
        const auto rows = root_.member("rows");
        if (!rows || !rows->is_object()) refuse("/rows", "must be an object");
        const auto list = rows->member(table);
        if (!list) return;
        if (!list->is_array()) refuse(fmt::format("/rows/{}", table), "must be an array");
        for (std::size_t i = 0; i < list->size(); ++i)
            each(ExportedRow(list->element(i), fmt::format("/rows/{}/{}", table, i), errors_));
    }

    [[nodiscard]] BroughtConsent read_consent(const ExportedRow& row) const
    {
        return {
            .person_id = wish_.me.person,
            .id = row.needed<ConsentId>("id"),
            .purpose = row.needed<Line<120>>("purpose"),
            .policy_version = row.needed<Line<40>>("policy_version"),
            .state = row.needed<people::ConsentState>("state"),
            .at = row.needed<Instant>("at"),
            .from_key = from_key_,
            .brought_at = clock_now(),
        };
    }

    void read_task(const ExportedRow& row, Brought& brought) const
    {
        BroughtTask task{
            .old_id = row.needed<TaskId>("id"),
            .wish = {},
            .completed_at = row.value<Instant>("completed_at"),
            .archived_at = row.value<Instant>("archived_at"),
            .created_at = row.needed<Instant>("created_at"),
        };
        task.wish.title = row.needed<work::Title>("title");
        boost::mp11::mp_for_each<json::Members<work::NewTask>>([&](auto member) {
            auto& value = task.wish.*member.pointer;
            if constexpr (means_the_same_elsewhere<std::decay_t<decltype(value)>>)
                value = row.value<typename std::decay_t<decltype(value)>::value_type>(member.name);
        });
        if (task.wish.description) *task.wish.description = work::Description(without_ids(*task.wish.description));
        task.wish.keep_sensitive = true; // it was written where it comes from
        const bool is_open = !task.completed_at && !task.archived_at;
        const bool is_wanted = wish_.tasks == TakenTasks::all || (wish_.tasks == TakenTasks::open && is_open);
        if (is_wanted && !row.value<Instant>("deleted_at")) brought.tasks.push_back(std::move(task));
    }

    static void read_comment(const ExportedRow& row, Brought& brought)
    {
        brought.comments.push_back({
            .old_id = row.needed<CommentId>("id"),
            .old_task = row.needed<TaskId>("task_id"),
            .body = without_ids(row.needed<work::CommentBody>("body")),
            .created_at = row.needed<Instant>("created_at"),
        });
    }

    /// Who is mentioned is known where the text comes from only.
    static std::string without_ids(std::string_view text)
    {
        return work::with_mentions(text, [](PersonId) { return std::string("@somebody"); });
    }

    std::vector<FieldError> errors_;
    json::Node root_;
    const PersonMoveWish& wish_;
    std::string from_key_;
    Uuid person_;
};

/// Writes what came along, part of one transaction.
class Writer {
public:
    Writer(store::Write& write, const PersonMoveWish& wish, const Brought& brought, PersonMoveReport& report)
        : write_(write), wish_(wish), brought_(brought), report_(report)
    {
    }

    void run()
    {
        if (wish_.takes_name && brought_.name) {
            people::change_me(
                write_, wish_.me, {.name = *brought_.name, .email = {}, .password = {}, .current_password = {}}, {}, ""
            );
            report_.name_taken = true;
        }
        for (const auto& consent : brought_.consents) {
            if (store::find<BroughtConsent>(write_, consent.person_id, consent.id)) continue;
            store::insert(write_, consent);
            ++report_.consents;
        }
        if (wish_.into && wish_.tasks != TakenTasks::none) write_tasks(*wish_.into);
    }

private:
    void write_tasks(const people::Actor& actor)
    {
        const ImportedThings things(actor.workspace, source_name, to_text(actor.person));
        for (const auto& task : brought_.tasks) {
            if (things.find(write_, "task", to_text(task.old_id))) {
                skip("tasks", "they came along before");
                continue;
            }
            try {
                write_task(actor, things, task);
            } catch (const Problem& problem) {
                if (problem.name != "sensitive-data") throw;
                skip("tasks", "the workspace keeps no texts with card or national numbers, or illnesses");
            }
        }
        for (const auto& comment : brought_.comments) write_comment(actor, comment);
    }

    ProjectId project(const people::Actor& actor)
    {
        if (!report_.project_id)
            report_.project_id =
                work::create_project(
                    write_, actor, {.name = "Brought along", .key = {}, .team_id = {}, .color = {}, .description = {}}
                ).id;
        return *report_.project_id;
    }

    [[nodiscard]] std::optional<StatusId> completed_status(const people::Actor& actor, ProjectId project) const
    {
        for (const auto& status : work::statuses_of(write_, actor.workspace, project))
            if (status.status_group == work::StatusGroup::completed) return status.id;
        return std::nullopt;
    }

    void write_task(const people::Actor& actor, const ImportedThings& things, const BroughtTask& brought)
    {
        auto wish = brought.wish;
        const auto into = project(actor);
        if (brought.completed_at) wish.status_id = completed_status(actor, into);
        const auto made = work::create_task(write_, actor, into, wish);
        auto task = *store::find<work::Task>(write_, actor.workspace, made.id);
        task.created_at = brought.created_at;
        if (brought.completed_at && task.completed_at) task.completed_at = brought.completed_at;
        task.archived_at = brought.archived_at;
        store::update(write_, task);
        things.record(write_, "task", to_text(brought.old_id), task.id, {});
        tasks_.emplace(brought.old_id, task.id);
        ++report_.tasks;
    }

    /// On a task that stayed there it is part of the talk there.
    void write_comment(const people::Actor& actor, const BroughtComment& brought)
    {
        const auto task = tasks_.find(brought.old_task);
        if (task == tasks_.end()) return;
        try {
            const auto made = work::create_comment(
                write_, actor, {.id = task->second, .key = {}}, {.body = brought.body, .keep_sensitive = true}
            );
            auto comment = *store::find<work::Comment>(write_, actor.workspace, made.id);
            comment.created_at = brought.created_at;
            store::update(write_, comment);
            ++report_.comments;
        } catch (const Problem& problem) {
            if (problem.name != "sensitive-data") throw;
            skip("comments", "the workspace keeps no texts with card or national numbers, or illnesses");
        }
    }

    void skip(std::string_view what, std::string_view why)
    {
        for (auto& known : report_.skipped)
            if (known.what == what && known.why == why) {
                ++known.count;
                return;
            }
        report_.skipped.push_back({std::string(what), std::string(why), 1});
    }

    store::Write& write_;
    const PersonMoveWish& wish_;
    const Brought& brought_;
    PersonMoveReport& report_;
    std::unordered_map<Uuid, TaskId> tasks_;
};
} // namespace

PersonMoveReport
import_person(store::Database& database, const PersonMoveWish& wish, ImportSource& source, const Progress& progress)
{
    progress(0, "Checking the file");
    const auto seal = database.read([&](store::Read& read) { return check_seal(read, source); });
    progress(0.3, "Checking the file");
    PersonMoveReport report{.signed_by = seal.key_id, .made_here = seal.is_own};
    std::optional<Brought> brought;
    try {
        const json::Document document(read_data_file(source));
        progress(0.6, "Checking the file");
        brought = Reader(document, wish, seal.key_id).read();
    } catch (const Problem& problem) {
        if (problem.status != 400) throw;
        refuse("", "is not JSON");
    }
    progress(0.8, "Bringing it in");
    database.write([&](store::Write& write) { Writer(write, wish, *brought, report).run(); });
    progress(1, "Done");
    return report;
}

} // namespace dialpine::links
