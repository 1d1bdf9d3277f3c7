#include "people/restriction.hpp"
#include "people/workspace.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/export.hpp"
#include "privacy/zip.hpp"

#include <set>

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

struct ExportedFile {
    std::string name;
    std::int64_t rows = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(ExportedFile, (), (name, rows, sha256))

struct Manifest {
    std::string format = "dialpine-workspace";
    int version = 1;
    WorkspaceId workspace_id;
    Instant exported_at{};
    std::vector<ExportedFile> files;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (format, version, workspace_id, exported_at, files))

constexpr std::int64_t rows_between_progress = 500;

/// The column that holds the workspace's id, in the tables that belong to one.
std::string_view workspace_column(const Table& table)
{
    if (table.is_in_workspace()) return "workspace_id";
    return &table == store::table_of<people::Workspace> ? "id" : "";
}

/// The team's content and who did what; not what is a person's alone.
bool belongs_to_team(const Column& column)
{
    return !column.is_sealed && column.kind != store::Kind::digest &&
           !(column.personal && column.personal->is_withheld);
}

class WorkspaceExport {
public:
    WorkspaceExport(
        const store::Read& read,
        WorkspaceId workspace,
        const std::filesystem::path& file,
        const ExportProgress& progress
    )
        : read_(read), zip_(file), progress_(progress), manifest_{.workspace_id = workspace, .exported_at = clock_now()}
    {
    }

    void write()
    {
        for (const Table* table : store::all_tables())
            if (!workspace_column(*table).empty()) total_ += count(*table);
        for (const Table* table : store::all_tables())
            if (!workspace_column(*table).empty()) write_table(*table);
        write_people();
        zip_.add("manifest.json", json::to_json(manifest_));
        zip_.close();
        progress_(1.0, "Done");
    }

private:
    [[nodiscard]] std::int64_t count(const Table& table) const
    {
        const auto sql = fmt::format("SELECT count(*) FROM {} WHERE {} = $1", table.name, workspace_column(table));
        return store::query_one<std::int64_t>(read_, sql, manifest_.workspace_id).value_or(0);
    }

    void write_table(const Table& table)
    {
        begin(fmt::format("{}.jsonl", table.name));
        const auto subjects = subject_columns(table);
        const auto tail = fmt::format("WHERE {} = $1 {}", workspace_column(table), order_by_key(table, false));
        const auto add = [&](const AnyRow& row) {
            for (const auto& subject : subjects)
                if (const auto person = row.person(subject); !person.is_nil()) persons_.insert(person);
            std::string line;
            json::Writer out(line);
            out.begin_object();
            for (const auto& column : table.columns)
                if (belongs_to_team(column)) row.write(out, column);
            out.end_object();
            add_line(std::move(line));
            if (++done_ % rows_between_progress == 0)
                progress_(static_cast<double>(done_) / static_cast<double>(std::max(total_, done_)), table.name);
        };
        walk_with(read_, table, tail, add, manifest_.workspace_id);
        end();
    }

    void write_people()
    {
        begin("people.jsonl");
        for (const PersonId id : persons_) {
            const auto shown = people::shown_to_others(read_, id);
            if (!shown) continue;
            std::string line;
            json::Writer out(line);
            out.begin_object();
            out.member("id", static_cast<const Uuid&>(id));
            out.member("name", shown->name);
            out.end_object();
            add_line(std::move(line));
        }
        end();
    }

    void begin(std::string name)
    {
        zip_.begin(name);
        manifest_.files.push_back({.name = std::move(name)});
    }
    void add_line(std::string line)
    {
        line += '\n';
        zip_.write(line);
        ++manifest_.files.back().rows;
    }
    void end() { manifest_.files.back().sha256 = zip_.end(); }

    const store::Read& read_;
    Zip zip_;
    const ExportProgress& progress_;
    Manifest manifest_;
    std::set<PersonId> persons_;
    std::int64_t total_ = 0;
    std::int64_t done_ = 0;
};

/// A file that goes again unless it was finished.
class UnfinishedFile {
public:
    explicit UnfinishedFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~UnfinishedFile()
    {
        std::error_code ignored; // after `finish_as` there is nothing to remove
        std::filesystem::remove(path_, ignored);
    }
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void finish_as(const std::filesystem::path& file) const { std::filesystem::rename(path_, file); }

private:
    std::filesystem::path path_;
};
} // namespace

void export_workspace(
    const store::Read& read, WorkspaceId workspace, const std::filesystem::path& file, const ExportProgress& progress
)
{
    if (!store::find<people::Workspace>(read, workspace)) throw Problem::not_found();
    const UnfinishedFile unfinished(file.string() + ".part");
    WorkspaceExport(read, workspace, unfinished.path(), progress).write();
    unfinished.finish_as(file);
}

} // namespace dialpine::privacy
