#include "base/problem.hpp"
#include "links/archive_maker.hpp"
#include "links/workspace_import.hpp"
#include "place.hpp"
#include "targets.hpp"

namespace dialpine::fuzz {
namespace {
constexpr std::string_view mark = "== ";

links::Files files_of(std::string_view input)
{
    links::Files files;
    std::string* content = nullptr;
    while (!input.empty()) {
        const auto line = take_line(input);
        if (line.starts_with(mark))
            content = &files[std::string(line.substr(mark.size()))];
        else if (content)
            content->append(line) += '\n';
    }
    return files;
}

/// The archive with a manifest that says what is in it, unless it has one of its own.
std::string archive_of(links::Files files)
{
    if (!files.contains("manifest.json")) {
        privacy::Manifest manifest{
            .format = std::string(privacy::workspace_format),
            .version = privacy::workspace_format_version,
            .workspace_id = WorkspaceId(known_id(2)),
            .exported_at = {},
            .files = {},
        };
        for (const auto& [name, content] : files)
            manifest.files.push_back({
                .name = name,
                .rows = name.ends_with(".jsonl") ? std::ranges::count(content, '\n') : 0,
                .sha256 = crypto::sha256_hex(content),
            });
        files["manifest.json"] = json::to_json(manifest);
    }
    return links::packed(files);
}
} // namespace

void archive(std::string_view input)
{
    static Place place;
    std::string bytes(input);
    try {
        if (input.starts_with(mark)) bytes = archive_of(files_of(input));
    } catch (const std::runtime_error&) {
        return; // there is no archive with such names
    }
    Bytes source(bytes);
    const links::MoveWish wish{.owner = place.person, .workspace = WorkspaceId::make(), .name = {}};
    try {
        links::import_workspace(place.database, wish, source, [](double, std::string_view) {});
    } catch (const Problem& problem) {
        require(problem.status == 422, "an export is refused for another reason");
        require(place.rows_of(wish.workspace) == 0, "an export that is refused has left something");
    }
}

} // namespace dialpine::fuzz
