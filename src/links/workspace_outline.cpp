#include "links/workspace_outline.hpp"

#include "privacy/row_lines.hpp"
#include "store/parts.hpp"

namespace dialpine::links {
namespace {
using store::Table;

constexpr std::string_view people_file = "people.jsonl";
constexpr std::string_view manifest_file = "manifest.json";
constexpr std::size_t most_manifest_bytes = 1024 * 1024;
constexpr std::size_t most_name = 200;

bool is_for_people(std::string_view name)
{
    return name == "README.txt" || name == "tasks.csv" || name == "comments.csv";
}

constexpr std::string_view files_folder = "files/";

struct NewPerson {
    PersonId old_id;
    std::string name;
};

NewPerson read_person(std::string_view line, const std::string& where)
{
    try {
        const json::Document document(line);
        std::vector<FieldError> unused;
        const json::Node node(document.root(), "", unused);
        const auto id = node.member("id");
        const auto name = node.member("name");
        const auto uuid = id && id->as_text() ? parse_uuid(*id->as_text()) : std::nullopt;
        if (!uuid || !name || !name->as_text() || node.size() != 2)
            refuse_archive(where, "must be an object of id and name");
        std::string text(*name->as_text());
        if (const auto wrong = check_line(text, most_name); !wrong.empty()) refuse_archive(where + "/name", wrong);
        return {PersonId(*uuid), std::move(text)};
    } catch (const Problem& problem) {
        if (problem.status == 422) throw;
        refuse_archive(where, "is not JSON");
    }
}

privacy::Manifest read_manifest(const std::string& text)
{
    try {
        return json::from_json<privacy::Manifest>(text);
    } catch (const Problem& problem) {
        std::string where(manifest_file);
        if (!problem.errors.empty()) where += problem.errors.front().pointer;
        refuse_archive(where, problem.errors.empty() ? "is not JSON" : problem.errors.front().detail);
    }
}

void check_manifest(const Outline& outline)
{
    const auto& manifest = outline.manifest;
    const std::string where(manifest_file);
    if (manifest.format != privacy::workspace_format)
        refuse_archive(where + "/format", fmt::format("must be {}", privacy::workspace_format));
    if (manifest.version != privacy::workspace_format_version)
        refuse_archive(
            where + "/version",
            fmt::format(
                "is of another version: this DialPine reads version {}. Export it again from one of the same version",
                privacy::workspace_format_version
            )
        );
    std::set<std::string_view> in_manifest{"README.txt"};
    for (const auto& listed : manifest.files) {
        const auto file = outline.files.find(listed.name);
        if (file == outline.files.end()) refuse_archive(listed.name, "is missing");
        const bool is_counted = !is_for_people(listed.name);
        if (file->second.sha256 != listed.sha256 || (is_counted && file->second.rows != listed.rows))
            refuse_archive(listed.name, "is not what the manifest says");
        in_manifest.insert(listed.name);
    }
    for (const auto& [name, file] : outline.files)
        if (!in_manifest.contains(name)) refuse_archive(name, "is not in the manifest");
    for (const std::string_view needed : {"workspaces.jsonl", "people.jsonl"}) {
        const auto file = outline.files.find(needed);
        if (file == outline.files.end()) refuse_archive(needed, "is missing");
        if (needed == "workspaces.jsonl" && file->second.rows != 1) refuse_archive(needed, "must have one line");
    }
}

} // namespace

const Table* table_of_file(std::string_view name)
{
    if (!name.ends_with(".jsonl")) return nullptr;
    const Table* table = store::find_table(name.substr(0, name.size() - 6));
    return table && !privacy::workspace_column(*table).empty() ? table : nullptr;
}

std::optional<FilePath> file_path_of(std::string_view name)
{
    const bool is_damaged = name.starts_with(privacy::damaged_folder);
    if (!is_damaged && !name.starts_with(files_folder)) return std::nullopt;
    name.remove_prefix(is_damaged ? privacy::damaged_folder.size() : files_folder.size());
    const auto end = std::min(name.find(is_damaged ? '.' : '/'), name.size());
    const auto id = parse_uuid(name.substr(0, end));
    if (!id || end + 1 >= name.size()) return std::nullopt;
    return FilePath{*id, std::string(name.substr(end + 1)), is_damaged};
}

Outline outline_of(ImportSource& source)
{
    Outline outline;
    bool has_manifest = false;
    for (ExportArchive archive(source); archive.next();) {
        const auto& name = archive.name();
        if (has_manifest) refuse_archive(name, "stands behind the manifest");
        if (outline.files.contains(name)) refuse_archive(name, "is there twice");
        if (name == manifest_file) {
            outline.manifest = read_manifest(archive.rest(most_manifest_bytes));
            has_manifest = true;
            continue;
        }
        privacy::ExportedFile file{.name = name, .rows = 0, .sha256 = {}};
        if (name == people_file)
            file.rows = for_each_line(archive, [&](const std::string& line, const std::string& where) {
                auto person = read_person(line, where);
                if (!outline.people.emplace(person.old_id, std::move(person.name)).second)
                    refuse_archive(where, "is there twice");
                outline.ids.insert(person.old_id);
            });
        else if (table_of_file(name))
            file.rows = for_each_line(archive, [](const std::string&, const std::string&) {});
        else if (!is_for_people(name) && !file_path_of(name))
            refuse_archive(name, "is no file of an export that this version of DialPine knows");
        outline.lines += file.rows;
        file.sha256 = archive.sha256();
        outline.files.emplace(name, std::move(file));
    }
    if (!has_manifest) refuse_archive(manifest_file, "is missing");
    check_manifest(outline);
    return outline;
}

} // namespace dialpine::links
