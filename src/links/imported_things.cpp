#include "links/imported_things.hpp"

#include "store/rows.hpp"

namespace dialpine::links {

ImportedThings::ImportedThings(WorkspaceId workspace, std::string_view source, std::string_view board_id)
    : workspace_(workspace), source_(source), board_id_(board_id)
{
}

std::string ImportedThings::full_id(std::string_view kind, std::string_view id) const
{
    return fmt::format("{}/{}/{}", board_id_, kind, id);
}

std::optional<work::ImportedThing> ImportedThings::find_board(const store::Read& read) const
{
    return store::find<work::ImportedThing>(read, workspace_, source_, board_id_);
}

void ImportedThings::record_board(store::Write& write, const Uuid& object, const crypto::Digest& content) const
{
    store::upsert(write, work::ImportedThing{workspace_, source_, board_id_, object, content});
}

std::optional<work::ImportedThing>
ImportedThings::find(const store::Read& read, std::string_view kind, std::string_view id) const
{
    return store::find<work::ImportedThing>(read, workspace_, source_, full_id(kind, id));
}

void ImportedThings::record(
    store::Write& write, std::string_view kind, std::string_view id, const Uuid& object, const crypto::Digest& content
) const
{
    store::upsert(write, work::ImportedThing{workspace_, source_, full_id(kind, id), object, content});
}

std::vector<work::ImportedThing> ImportedThings::all(const store::Read& read, std::string_view kind) const
{
    const auto prefix = full_id(kind, "");
    auto beyond = prefix;
    ++beyond.back();
    auto things = store::select<work::ImportedThing>(
        read,
        "WHERE workspace_id = $1 AND source = $2 AND source_id > $3 AND source_id < $4",
        workspace_,
        source_,
        prefix,
        beyond
    );
    for (auto& thing : things) thing.source_id.erase(0, prefix.size());
    return things;
}

void ImportedThings::forget(store::Write& write) const
{
    auto beyond = board_id_ + "/";
    ++beyond.back();
    store::execute(
        write,
        "DELETE FROM imported_things WHERE workspace_id = $1 AND source = $2 AND source_id >= $3 AND source_id < $4",
        workspace_,
        source_,
        board_id_ + "/",
        beyond
    );
    store::remove<work::ImportedThing>(write, workspace_, source_, board_id_);
}

Fingerprint& Fingerprint::add(std::string_view text)
{
    content_ += fmt::format("{}:", text.size());
    content_ += text;
    return *this;
}

Fingerprint& Fingerprint::add(double number) { return add(std::string_view(fmt::format("{}", number))); }

Fingerprint& Fingerprint::add(std::optional<Instant> at)
{
    return add(std::string_view(at ? to_text(*at) : std::string()));
}

crypto::Digest Fingerprint::digest(const store::Read& read) const { return read.keys().lookup(content_); }

} // namespace dialpine::links
