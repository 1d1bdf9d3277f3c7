#pragma once
#include "base/json.hpp"
#include "privacy/archive_seal.hpp"
#include "privacy/export.hpp"
#include "privacy/unzipped.hpp"
#include "privacy/zip.hpp"

#include <functional>
#include <map>
#include <string>

/// Exports as somebody could make them by hand: with any files, and a seal that is right.
namespace dialpine::links {

using Files = std::map<std::string, std::string>;

/// Packs and seals. The manifest stands last, as an export has it.
inline std::string packed(const Files& files, const crypto::Key& key = crypto::Key::random())
{
    std::string bytes;
    privacy::ArchiveSealer sealer(key, [&](std::string_view piece) { bytes += piece; });
    privacy::Zip zip([&](std::string_view piece) { sealer.append(piece); });
    for (const auto& [name, content] : files)
        if (name != "manifest.json") zip.add(name, content);
    if (files.contains("manifest.json")) zip.add("manifest.json", files.at("manifest.json"));
    zip.close();
    sealer.finish();
    return bytes;
}

/// A whole export with some of its files changed, and a manifest that says so.
inline std::string changed_export(const std::string& bytes, const std::function<void(Files&)>& change)
{
    auto files = privacy::unzipped(bytes);
    auto manifest = json::from_json<privacy::Manifest>(files.at("manifest.json"));
    change(files);
    std::erase_if(manifest.files, [&](const auto& file) { return !files.contains(file.name); });
    for (auto& file : manifest.files) {
        const auto& content = files.at(file.name);
        file.sha256 = crypto::sha256_hex(content);
        if (file.name.ends_with(".jsonl")) file.rows = std::ranges::count(content, '\n');
    }
    if (files.contains("manifest.json") && json::to_json(manifest) != files.at("manifest.json")) {
        const auto by_hand = json::from_json<privacy::Manifest>(files.at("manifest.json"));
        manifest.version = by_hand.version;
        manifest.format = by_hand.format;
        files["manifest.json"] = json::to_json(manifest);
    }
    return packed(files);
}

} // namespace dialpine::links
