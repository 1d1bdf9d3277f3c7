#pragma once
#include "privacy/documents.hpp"

/// The compiler of differences: what changed between two versions of a document, and whether it is significant.
namespace dialpine::privacy {

enum class ChangeOfText : std::uint8_t { added, removed, changed };
BOOST_DESCRIBE_ENUM(ChangeOfText, added, removed, changed)

struct SentenceChange {
    ChangeOfText change{};
    std::string anchor;
    std::optional<std::string> before;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(SentenceChange, (), (change, anchor, before, after))

struct Differences {
    std::string document;
    std::string from;
    std::string to;
    bool significant = false;
    std::vector<std::string> reasons; ///< why, in words
    std::vector<SentenceChange> sentences;
};
BOOST_DESCRIBE_STRUCT(Differences, (), (document, from, to, significant, reasons, sentences))

std::vector<SentenceChange> changes_between(const std::vector<Sentence>& before, const std::vector<Sentence>& after);

/// A new category, a new use of a category, a new recipient or field that one receives, and a longer period are
/// significant. Gives each in words; empty: minor.
std::vector<std::string> significant_changes(const Snapshot& before, const Snapshot& after);

/// Of two versions of one document. A version of the policy without a snapshot tells nothing that it can be compared
/// by, so what follows it is significant.
Differences differences(const DocumentVersion& from, const DocumentVersion& to);

} // namespace dialpine::privacy
