#include "links/workspace_import.hpp"

#include "links/moved_columns.hpp"
#include "links/moved_references.hpp"
#include "links/moved_row.hpp"
#include "links/workspace_outline.hpp"
#include "people/person.hpp"
#include "people/workspace.hpp"
#include "store/job.hpp"
#include "store/parts.hpp"
#include "work/attachments.hpp"
#include "work/file_name.hpp"

#include <unordered_map>

namespace dialpine::links {
namespace {
using store::Table;

constexpr std::string_view source_name = "dialpine";
// About 20 ms of writing, so that others' writes do not wait longer.
constexpr std::size_t most_in_a_batch = 500;
constexpr double checked_at = 0.4; ///< of the whole work
constexpr std::int64_t lines_between_progress = 1000;

/// Walks over the rows that move. `take` gets each, checked; `behind` the tables whose rows stay.
void walk_rows(
    ImportSource& source,
    const MoveTarget& target,
    const std::function<void(const Table&, MovedRow)>& take,
    const std::function<void(const Table&)>& behind,
    const std::function<void(ExportArchive&)>& file,
    const std::function<void()>& on_line
)
{
    for (ExportArchive archive(source); archive.next();) {
        if (file_path_of(archive.name())) {
            file(archive);
            continue;
        }
        const Table* table = table_of_file(archive.name());
        if (!table) continue;
        const bool stays = !stays_behind(*table).empty();
        for_each_line(archive, [&](const std::string& line, const std::string& where) {
            if (stays)
                behind(*table);
            else
                take(*table, MovedRow(*table, target, line, where));
            on_line();
        });
    }
}

class WorkspaceImport {
public:
    WorkspaceImport(store::Database& database, const MoveWish& wish, ImportSource& source, const Progress& progress)
        : database_(database), wish_(wish), source_(source), progress_(progress)
    {
    }

    MoveReport run()
    {
        progress_(0, "Checking the file");
        const auto seal = database_.read([&](store::Read& read) { return check_seal(read, source_); });
        report_.workspace_id = wish_.workspace;
        report_.signed_by = seal.key_id;
        report_.made_here = seal.is_own;
        outline_ = outline_of(source_);
        const auto check = [this](const Table& table, const MovedRow& row) {
            if (&table == store::table_of<work::Attachment>) files_.emplace(file_id(row), Awaited{});
        };
        const auto check_its_file = [this](const ExportArchive& archive) { check_file(archive); };
        walk(
            0, checked_at, "Checking the file", check, [](const Table&) {}, check_its_file
        );
        check_all_files();
        try {
            write_people();
            walk(
                checked_at,
                1,
                "Bringing in the workspace",
                [this](const Table& table, MovedRow row) { take(table, std::move(row)); },
                [this](const Table& table) { skip(table); },
                [this](ExportArchive& archive) { take_file(archive); }
            );
            flush();
            open_workspace();
        } catch (const store::Failure& failure) {
            discard();
            if (!failure.is_refused) throw;
            refuse_archive("", "holds two rows of which there can be one only");
        } catch (...) {
            discard();
            throw;
        }
        progress_(1, "Done");
        return std::move(report_);
    }

private:
    [[nodiscard]] MoveTarget target() const
    {
        return {ids_, outline_.manifest.workspace_id, wish_.workspace, outline_.ids};
    }

    void walk(
        double from,
        double to,
        std::string_view step,
        const std::function<void(const Table&, MovedRow)>& take,
        const std::function<void(const Table&)>& behind,
        const std::function<void(ExportArchive&)>& file
    )
    {
        std::int64_t done = 0;
        const auto whole = static_cast<double>(std::max<std::int64_t>(1, outline_.lines));
        const auto on_line = [&] {
            if (++done % lines_between_progress == 0)
                progress_(from + (to - from) * static_cast<double>(done) / whole, step);
        };
        progress_(from, step);
        walk_rows(source_, target(), take, behind, file, on_line);
    }

    /// Everybody comes by name, as somebody without an account, and can be invited to be it.
    void write_people()
    {
        std::vector<std::pair<PersonId, std::string>> batch;
        const auto write_batch = [&] {
            std::vector<PersonId> made;
            for (const auto& [old_id, name] : batch) made.emplace_back(ids_(old_id));
            database_.keys().make(made);
            database_.write([&](store::Write& write) {
                for (const auto& [old_id, name] : batch) write_person(write, old_id, name);
            });
            batch.clear();
        };
        for (const auto& person : outline_.people) {
            batch.emplace_back(person);
            if (batch.size() == most_in_a_batch) write_batch();
        }
        if (!batch.empty()) write_batch();
        report_.people = static_cast<std::int64_t>(outline_.people.size());
    }

    void write_person(store::Write& write, PersonId old_id, const std::string& name) const
    {
        const PersonId person(ids_(old_id));
        const Instant now = clock_now();
        store::insert(
            write,
            people::Person{
                .id = person, .name = Sealed<std::string>(name), .email = {}, .created_at = now, .changed_at = now}
        );
        store::insert(
            write,
            people::ImportedPerson{
                .workspace_id = wish_.workspace,
                .person_id = person,
                .source = std::string(source_name),
                .source_id_hash = write.keys().lookup(fmt::format("{}|{}", source_name, to_text(old_id))),
                .created_at = now,
            }
        );
    }

    void take(const Table& table, MovedRow row)
    {
        count(table);
        if (&table == store::table_of<people::Workspace>) {
            if (wish_.name) row.set("name", std::string(*wish_.name));
            workspace_.emplace(std::move(row));
            return;
        }
        // Rights are not moved: who may do what here is for the new owner to say.
        if (&table == store::table_of<people::Membership> &&
            std::holds_alternative<std::monostate>(row.value("ended_at")))
            row.set("ended_at", std::int64_t{clock_now().time_since_epoch().count()});
        if (&table == store::table_of<work::Attachment>) {
            files_.at(file_id(row)).row = to_attachment(row);
            return;
        }
        waiting_.push_back(std::move(row));
        if (waiting_.size() >= most_in_a_batch) flush();
    }

    /// Files are on the device before their rows are.
    void discard()
    {
        discard_unfinished(database_, wish_.workspace);
        for (const auto& [id, file] : files_) database_.blobs().remove(id);
    }

    // ---- files

    /// A file whose row came; it is stored when its content comes.
    struct Awaited {
        std::optional<work::Attachment> row;
        bool has_file = false;
        bool is_damaged = false; ///< where it comes from
    };

    static Uuid file_id(const MovedRow& row) { return std::get<Uuid>(row.value("id")); }

    void check_file(const ExportArchive& archive)
    {
        const auto path = *file_path_of(archive.name());
        const auto known = files_.find(ids_(path.id));
        if (known == files_.end()) refuse_archive(archive.name(), "is nothing in attachments.jsonl");
        if (path.is_damaged ? known->second.is_damaged : known->second.has_file)
            refuse_archive(archive.name(), "is there twice");
        (path.is_damaged ? known->second.is_damaged : known->second.has_file) = true;
    }

    void check_all_files() const
    {
        for (const auto& [id, file] : files_)
            if (!file.has_file && !file.is_damaged)
                refuse_archive("attachments.jsonl", "leads to a file that is not there");
    }

    [[nodiscard]] work::Attachment to_attachment(const MovedRow& row) const
    {
        const auto id = [&](std::string_view column) { return std::get<Uuid>(row.value(column)); };
        const auto number = [&](std::string_view column) { return std::get<std::int64_t>(row.value(column)); };
        const auto instant = [&](std::string_view column) {
            return Instant{std::chrono::milliseconds{number(column)}};
        };
        const auto is_absent = [&](std::string_view column) {
            return std::holds_alternative<std::monostate>(row.value(column));
        };
        work::Attachment made{
            .workspace_id = wish_.workspace,
            .id = AttachmentId(id("id")),
            .task_id = TaskId(id("task_id")),
            .media_type = std::get<std::string>(row.value("media_type")),
            .size = number("size"),
            .created_at = instant("created_at"),
            .changed_at = instant("changed_at"),
        };
        made.metadata = *json::parse_enum<work::Metadata>(std::get<std::string>(row.value("metadata")));
        if (!is_absent("uploaded_by")) made.uploaded_by = PersonId(id("uploaded_by"));
        if (!is_absent("deleted_at")) made.deleted_at = instant("deleted_at");
        if (made.size < 1 || static_cast<std::uint64_t>(made.size) > work::most_file_bytes)
            refuse_archive("attachments.jsonl", "has a size that no file has");
        return made;
    }

    void take_file(ExportArchive& archive)
    {
        const auto path = *file_path_of(archive.name());
        auto& awaited = files_.at(ids_(path.id));
        if (awaited.is_damaged) {
            if (path.is_damaged) skip("files", "they were damaged where they come from");
            return;
        }
        auto& row = *awaited.row;
        if (row.uploaded_by) row.name = Sealed(work::file_name_of(path.name, archive.name()));
        auto writer = work::seal_moved_file(database_, row);
        std::uint64_t written = 0;
        for (auto piece = archive.piece(); !piece.empty(); piece = archive.piece()) {
            written += piece.size();
            if (written > static_cast<std::uint64_t>(row.size)) break;
            writer.append(piece);
        }
        if (written != static_cast<std::uint64_t>(row.size))
            refuse_archive(archive.name(), "is not as long as attachments.jsonl says");
        writer.finish();
        database_.write([&](store::Write& write) { store::insert(write, row); });
    }

    void count(const Table& table)
    {
        if (report_.tables.empty() || report_.tables.back().table != table.name)
            report_.tables.push_back({std::string(table.name), 0});
        ++report_.tables.back().rows;
    }

    void skip(const Table& table) { skip(table.name, stays_behind(table)); }
    void skip(std::string_view what, std::string_view why)
    {
        for (auto& known : report_.skipped)
            if (known.what == what) {
                ++known.count;
                return;
            }
        report_.skipped.push_back({std::string(what), std::string(why), 1});
    }

    void flush()
    {
        if (waiting_.empty()) return;
        database_.write([&](store::Write& write) {
            for (const auto& row : waiting_) row.insert(write);
        });
        waiting_.clear();
    }

    /// The last step, after which the workspace is there for its owner and whole.
    void open_workspace()
    {
        database_.write([&](store::Write& write) {
            check_references(write, wish_.workspace);
            workspace_->insert(write);
            const Instant now = clock_now();
            store::insert(
                write,
                people::Membership{
                    .workspace_id = wish_.workspace,
                    .person_id = wish_.owner,
                    .role = people::Role::owner,
                    .created_at = now,
                    .changed_at = now,
                }
            );
            for (const auto& project : store::select<work::Project>(write, "WHERE workspace_id = $1", wish_.workspace))
                write.append({
                    .workspace_id = wish_.workspace,
                    .kind = store::ChangeKind::import_done,
                    .object_id = project.id,
                    .project_id = project.id,
                    .actor_id = wish_.owner,
                });
            write.append({
                .workspace_id = wish_.workspace,
                .kind = store::ChangeKind::workspace_changed,
                .object_id = wish_.workspace,
                .actor_id = wish_.owner,
            });
        });
    }

    store::Database& database_;
    const MoveWish& wish_;
    ImportSource& source_;
    const Progress& progress_;
    const MovedIds ids_;
    Outline outline_;
    MoveReport report_;
    std::optional<MovedRow> workspace_;
    std::vector<MovedRow> waiting_;
    std::unordered_map<Uuid, Awaited> files_; ///< by their new ids
};
} // namespace

MoveReport
import_workspace(store::Database& database, const MoveWish& wish, ImportSource& source, const Progress& progress)
{
    return WorkspaceImport(database, wish, source, progress).run();
}

void discard_unfinished(store::Database& database, WorkspaceId workspace)
{
    std::vector<PersonId> persons;
    std::vector<Uuid> files;
    const bool is_there = database.write([&](store::Write& write) {
        if (store::find<people::Workspace>(write, workspace)) return true;
        for (const auto& imported : store::select<people::ImportedPerson>(write, "WHERE workspace_id = $1", workspace))
            persons.push_back(imported.person_id);
        for (const auto& file : store::select<work::Attachment>(write, "WHERE workspace_id = $1", workspace))
            files.push_back(file.id);
        for (const Table* table : store::all_tables())
            if (table->is_in_workspace())
                store::execute(write, fmt::format("DELETE FROM {} WHERE workspace_id = $1", table->name), workspace);
        for (const PersonId person : persons) store::remove<people::Person>(write, person);
        return false;
    });
    if (is_there) return;
    for (const auto& file : files) database.blobs().remove(file);
    for (const PersonId person : persons) database.keys().destroy(person);
    if (database.keys().find(workspace)) database.keys().destroy(workspace);
}

std::string unfinished_report(WorkspaceId workspace)
{
    return fmt::format(R"({{"workspace_id":"{}"}})", to_text(workspace));
}

void discard_cut_off(store::Database& database)
{
    const auto jobs = database.read([](store::Read& read) {
        return store::select<store::Job>(
            read, "WHERE state IN ('queued', 'running') AND kind = 'import' AND report IS NOT NULL"
        );
    });
    for (const auto& job : jobs) {
        const json::Document document(*job.report);
        std::vector<FieldError> unused;
        const auto member = json::Node(document.root(), "", unused).member("workspace_id");
        const auto id = member && member->as_text() ? parse_uuid(*member->as_text()) : std::nullopt;
        if (id) discard_unfinished(database, WorkspaceId(*id));
    }
}

} // namespace dialpine::links
