#include "base/json.hpp"
#include "base/log.hpp"
#include "people/restriction.hpp"
#include "people/workspace.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/export.hpp"
#include "privacy/packer.hpp"
#include "privacy/row_lines.hpp"
#include "privacy/workspace_csv.hpp"
#include "store/keys.hpp"
#include "work/attachments.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <set>

namespace dialpine::privacy {
namespace {
using store::Table;

constexpr std::int64_t rows_between_progress = 500;
/// Lines go to the archive together: each of them alone would cost a call through three libraries.
constexpr std::size_t piece_bytes = 64 * 1024;
/// A whole workspace is mostly waited for.
constexpr int fast = 1;

constexpr std::string_view readme = R"(A workspace of DialPine

tasks.csv, comments.csv  for people, in any spreadsheet. A text that a spreadsheet would take for a formula has an
                         apostrophe in front.
*.jsonl                  for programs: one table in each file, one row in each line, UTF-8. Ids lead from file to file.
people.jsonl             the names of the people on whom rows lead; whoever restricted the use of their data has none.
files                    what is attached to tasks, each in a folder named by its id in attachments.jsonl.
manifest.json            how many rows each file has, and its SHA-256.

The archive's comment (unzip -z) holds the SHA-256 of everything before it and the signature of the instance that made
it. Another DialPine takes the archive in by "dialpine import dialpine FILE" or on its import page, and refuses it when
a byte was changed.

Left out: addresses, passwords, sessions, consents and whatever else is a person's alone and not the team's.
)";

class WorkspaceExport {
public:
    WorkspaceExport(
        const store::Read& read, WorkspaceId workspace, const ByteSink& sink, const ExportProgress& progress
    )
        : read_(read), packer_(read.keys().signing_key(), sink, fast),
          progress_(progress), manifest_{
                                   .format = std::string(workspace_format),
                                   .version = workspace_format_version,
                                   .workspace_id = workspace,
                                   .exported_at = clock_now(),
                                   .files = {}}
    {
    }

    void write()
    {
        for (const auto& table : count_workspace(read_, manifest_.workspace_id)) total_ += table.rows;
        packer_.add("README.txt", std::string(readme));
        for (const Table* table : store::all_tables())
            if (!workspace_column(*table).empty()) write_table(*table);
        write_people();
        write_csv("tasks.csv", &write_tasks_csv);
        write_csv("comments.csv", &write_comments_csv);
        write_files();
        packer_.add("manifest.json", json::to_json(manifest_));
        packer_.close();
        progress_(1.0, "Done");
    }

private:
    void write_table(const Table& table)
    {
        begin(fmt::format("{}.jsonl", table.name));
        const RowLines lines(table);
        std::vector<int> subjects;
        for (const auto& subject : subject_columns(table))
            subjects.push_back(static_cast<int>(table.find_column(subject) - table.columns.data()));
        const auto tail = fmt::format("WHERE {} = $1 {}", workspace_column(table), order_by_key(table, false));
        store::query(
            read_,
            store::detail::select_sql_of(table, tail),
            [&](const store::Statement& row) {
                for (const int subject : subjects)
                    if (!row.is_null(subject)) note_person(store::value_at<PersonId>(row, subject));
                lines.append(row, waiting_);
                count_line();
                if (++done_ % rows_between_progress == 0)
                    progress_(static_cast<double>(done_) / static_cast<double>(std::max(total_, done_)), table.name);
            },
            manifest_.workspace_id
        );
        end();
    }

    /// The same few persons stand on row after row.
    void note_person(PersonId person)
    {
        if (person == last_person_) return;
        last_person_ = person;
        if (!person.is_nil()) persons_.insert(person);
    }

    void write_people()
    {
        begin("people.jsonl");
        for (const PersonId id : persons_) {
            const auto shown = people::shown_to_others(read_, id);
            if (!shown) continue;
            json::Writer out(waiting_);
            out.begin_object();
            out.member("id", static_cast<const Uuid&>(id));
            out.member("name", shown->name);
            out.end_object();
            waiting_ += '\n';
            count_line();
        }
        end();
    }

    void write_csv(
        std::string name, void (*write)(const store::Read&, WorkspaceId, const std::function<void(std::string_view)>&)
    )
    {
        begin(std::move(name));
        write(read_, manifest_.workspace_id, [&](std::string_view line) {
            waiting_ += line;
            count_line();
        });
        --manifest_.files.back().rows; // the headings
        end();
    }

    /// Under the names by which people know them, each in a folder of its own.
    void write_files()
    {
        const auto add = [&](const store::Statement& row) {
            const auto attachment = store::detail::row_at<work::Attachment>(read_, row);
            bool has_begun = false;
            try {
                auto file = work::open_attachment(read_, attachment);
                begin(fmt::format("files/{}/{}", to_text(attachment.id), work::shown_name(attachment)));
                has_begun = true;
                for (auto piece = file.next(); !piece.empty(); piece = file.next()) packer_.write(std::move(piece));
                end();
            } catch (const store::Failure& failure) {
                if (has_begun) end();
                begin(fmt::format("{}{}.txt", damaged_folder, to_text(attachment.id)));
                packer_.write(failure.what());
                end();
            }
        };
        store::query(
            read_,
            store::detail::select_sql_of(*store::table_of<work::Attachment>, "WHERE workspace_id = $1 ORDER BY id"),
            add,
            manifest_.workspace_id
        );
    }

    void begin(std::string name)
    {
        packer_.begin(name);
        manifest_.files.push_back({.name = std::move(name), .rows = 0, .sha256 = {}});
    }
    void count_line()
    {
        ++manifest_.files.back().rows;
        if (waiting_.size() >= piece_bytes) flush();
    }
    void flush()
    {
        packer_.write(std::exchange(waiting_, {}));
        waiting_.reserve(piece_bytes + piece_bytes / 4);
    }
    void end()
    {
        flush();
        manifest_.files.back().sha256 = packer_.end();
    }

    const store::Read& read_;
    Packer packer_;
    const ExportProgress& progress_;
    Manifest manifest_;
    std::set<PersonId> persons_;
    PersonId last_person_;
    std::string waiting_;
    std::int64_t total_ = 0;
    std::int64_t done_ = 0;
};

/// A file of its owner alone, that goes again unless it was finished.
class UnfinishedFile {
public:
    explicit UnfinishedFile(std::filesystem::path path) : path_(std::move(path))
    {
        file_ = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
        if (file_ < 0) throw std::runtime_error("The file " + path_.string() + " cannot be written.");
    }
    ~UnfinishedFile()
    {
        if (file_ >= 0) ::close(file_);
        std::error_code ignored; // after `finish_as` there is nothing to remove
        std::filesystem::remove(path_, ignored);
    }
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    void append(std::string_view piece) const
    {
        while (!piece.empty()) {
            const auto count = ::write(file_, piece.data(), piece.size());
            if (count <= 0) throw std::runtime_error("The file " + path_.string() + " could not be written whole.");
            piece.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void finish_as(const std::filesystem::path& file)
    {
        if (::close(std::exchange(file_, -1)) != 0)
            throw std::runtime_error("The file " + path_.string() + " could not be written whole.");
        std::filesystem::rename(path_, file);
    }

private:
    std::filesystem::path path_;
    int file_ = -1;
};

void check_is_there(const store::Read& read, WorkspaceId workspace)
{
    if (!store::find<people::Workspace>(read, workspace)) throw Problem::not_found();
}
} // namespace

std::vector<TableRows> count_workspace(const store::Read& read, WorkspaceId workspace)
{
    check_is_there(read, workspace);
    std::vector<TableRows> counts;
    for (const Table* table : store::all_tables()) {
        const auto column = workspace_column(*table);
        if (column.empty()) continue;
        const auto sql = fmt::format("SELECT count(*) FROM {} WHERE {} = $1", table->name, column);
        counts.push_back({std::string(table->name), store::query_one<std::int64_t>(read, sql, workspace).value_or(0)});
    }
    return counts;
}

void export_workspace(
    const store::Read& read, WorkspaceId workspace, const ByteSink& sink, const ExportProgress& progress
)
{
    check_is_there(read, workspace);
    WorkspaceExport(read, workspace, sink, progress).write();
}

void export_workspace(
    const store::Read& read, WorkspaceId workspace, const std::filesystem::path& file, const ExportProgress& progress
)
{
    check_is_there(read, workspace);
    UnfinishedFile unfinished(file.string() + ".part");
    export_workspace(
        read, workspace, [&](std::string_view piece) { unfinished.append(piece); }, progress
    );
    unfinished.finish_as(file);
}

} // namespace dialpine::privacy
