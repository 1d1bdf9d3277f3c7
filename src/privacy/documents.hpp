#pragma once
#include "privacy/snapshot.hpp"

#include <optional>
#include <string>
#include <vector>

/// The documents that people agree to: the privacy policy, the Terms and the others. Each version is a file of
/// `policy/` that is part of the program, and never changes once it was released.
namespace dialpine::privacy {

/// One sentence of a document, with the promise that it states.
struct Sentence {
    std::string anchor; ///< "P2"; "intro" for introduction; empty in documents without promises
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Sentence, (), (anchor, text))

struct DocumentVersion {
    std::string document; ///< "privacy"
    std::string version;  ///< "2026-11-25"
    std::string title;
    Day published_on{};
    std::string sha256; ///< of the text
    std::string text;   ///< Markdown as it is read: tables filled, anchors left out
    std::vector<Sentence> sentences;
};
BOOST_DESCRIBE_STRUCT(DocumentVersion, (), (document, version, title, published_on, sha256, text, sentences))

/// A document as it is written: `{{table:held}}` stands for a table, `{#P2}` after a sentence for its promise.
/// Sentences of promises that were not proved then begin with "Not yet:".
DocumentVersion
read_document(std::string_view document, std::string_view version, std::string_view source, const Snapshot&);
/// The text between anchors that no sentence owns; empty when all is well.
std::string text_without_anchor(std::string_view source);

/// All versions, by document and then by version, the oldest first. Made once.
const std::vector<DocumentVersion>& all_documents();
/// The last one is the newest. Empty for an unknown document.
std::vector<const DocumentVersion*> versions_of(std::string_view document);
const DocumentVersion* find_version(std::string_view document, std::string_view version);
/// What the catalogue said at this version; absent for versions that were made before there were snapshots.
std::optional<Snapshot> snapshot_of(std::string_view document, std::string_view version);

} // namespace dialpine::privacy
