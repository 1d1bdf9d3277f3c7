#include "privacy/documents.hpp"

#include "base/assets.hpp"
#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <stdexcept>

namespace dialpine::privacy {
namespace {
constexpr std::string_view folder = "policy/";
constexpr std::size_t day_length = 10; // 2026-11-25

/// `policy/privacy-2026-11-25.md` is privacy, 2026-11-25.
struct FileName {
    std::string_view document;
    std::string_view version;
};
std::optional<FileName> file_name_of(std::string_view path, std::string_view ending)
{
    if (!path.starts_with(folder) || !path.ends_with(ending)) return std::nullopt;
    path.remove_prefix(folder.size());
    path.remove_suffix(ending.size());
    if (path.size() < day_length + 2 || path[path.size() - day_length - 1] != '-') return std::nullopt;
    const auto version = path.substr(path.size() - day_length);
    if (!parse_day(version)) return std::nullopt;
    return FileName{path.substr(0, path.size() - day_length - 1), version};
}

std::string with_tables(std::string_view source, const Snapshot& snapshot)
{
    constexpr std::string_view begin = "{{table:";
    std::string text;
    for (;;) {
        const auto at = source.find(begin);
        text += source.substr(0, at);
        if (at == std::string_view::npos) return text;
        source.remove_prefix(at + begin.size());
        const auto end = source.find("}}");
        if (end == std::string_view::npos) throw std::logic_error("a table's placeholder has no end");
        text += trimmed(table_of_snapshot(snapshot, source.substr(0, end)));
        source.remove_prefix(end + 2);
    }
}

/// The next sentence with its anchor; `before` is where the sentence begins in `source`.
struct Anchored {
    std::size_t begin = 0;
    std::size_t end = 0; ///< of the sentence
    std::size_t after = 0;
    std::string_view anchor;
};

bool is_block_end(std::string_view source, std::size_t at) { return source.substr(at).starts_with("\n\n"); }

std::optional<Anchored> next_anchor(std::string_view source, std::size_t from)
{
    const auto mark = source.find("{#", from);
    if (mark == std::string_view::npos) return std::nullopt;
    const auto close = source.find('}', mark);
    if (close == std::string_view::npos) throw std::logic_error("an anchor has no end");
    std::size_t begin = from;
    for (std::size_t at = from; at < mark; ++at)
        if (is_block_end(source, at)) begin = at + 2; // headings and tables stand before the sentence
    while (begin < mark && (source[begin] == ' ' || source[begin] == '\n')) ++begin;
    std::size_t end = mark;
    while (end > begin && source[end - 1] == ' ') --end;
    return Anchored{begin, end, close + 1, source.substr(mark + 2, close - mark - 2)};
}

/// "We ask" becomes "Not yet: We ask".
std::string said(std::string_view sentence, std::string_view anchor, const Snapshot& snapshot)
{
    const bool waits = std::ranges::count(snapshot.not_yet, anchor) > 0;
    return (waits ? "Not yet: " : "") + std::string(sentence);
}

/// Of a document without anchors: what stands between full stops, paragraph by paragraph.
std::vector<Sentence> plain_sentences(std::string_view text)
{
    std::vector<Sentence> sentences;
    std::string current;
    const auto end_one = [&] {
        if (const auto sentence = trimmed(current); !sentence.empty() && !sentence.starts_with('#'))
            sentences.push_back({"", std::string(sentence)});
        current.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_block_end(text, at)) end_one();
        const bool ends = text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
        current += text[at] == '\n' ? ' ' : text[at];
        if (ends) end_one();
    }
    end_one();
    return sentences;
}

std::string first_line_of(std::string_view text)
{
    const auto line = text.substr(0, text.find('\n')); // "# Privacy policy"
    return std::string(trimmed(line.substr(std::min(line.find_first_not_of("# "), line.size()))));
}
} // namespace

DocumentVersion
read_document(std::string_view document, std::string_view version, std::string_view source, const Snapshot& snapshot)
{
    DocumentVersion made{.document = std::string(document), .version = std::string(version)};
    made.published_on = parse_day(version).value_or(Day{});
    std::string text;
    std::size_t at = 0;
    while (const auto next = next_anchor(source, at)) {
        const auto sentence = said(source.substr(next->begin, next->end - next->begin), next->anchor, snapshot);
        text += source.substr(at, next->begin - at);
        text += sentence;
        made.sentences.push_back({std::string(next->anchor), sentence});
        at = next->after;
    }
    text += source.substr(at);
    made.text = with_tables(text, snapshot);
    if (made.sentences.empty()) made.sentences = plain_sentences(made.text);
    made.title = first_line_of(made.text);
    made.sha256 = crypto::sha256_hex(made.text);
    return made;
}

std::string text_without_anchor(std::string_view source)
{
    std::string left;
    std::size_t at = 0;
    const auto keep = [&](std::string_view between) {
        while (!between.empty()) {
            const auto line = between.substr(0, between.find('\n'));
            if (!trimmed(line).empty() && !line.starts_with('#') && !line.starts_with("{{table:"))
                left += std::string(line) + "\n";
            between.remove_prefix(std::min(line.size() + 1, between.size()));
        }
    };
    while (const auto next = next_anchor(source, at)) {
        keep(source.substr(at, next->begin - at));
        const auto sentence = source.substr(next->begin, next->end - next->begin);
        // Two sentences before one anchor: the first has none of its own.
        if (const auto stop = sentence.find(". "); stop != std::string_view::npos) left += std::string(sentence) + "\n";
        at = next->after;
    }
    keep(source.substr(at));
    return left;
}

std::optional<Snapshot> snapshot_of(std::string_view document, std::string_view version)
{
    const auto bytes = find_asset(fmt::format("{}{}-{}.json", folder, document, version));
    if (!bytes.data()) return std::nullopt;
    return json::from_json<Snapshot>(std::string(bytes));
}

const std::vector<DocumentVersion>& all_documents()
{
    static const auto documents = [] {
        std::vector<DocumentVersion> all;
        for (const auto& asset : assets())
            if (const auto name = file_name_of(asset.path, ".md"))
                all.push_back(read_document(
                    name->document,
                    name->version,
                    asset.bytes,
                    snapshot_of(name->document, name->version).value_or(Snapshot{})
                ));
        std::ranges::sort(all, {}, [](const DocumentVersion& each) { return std::pair(each.document, each.version); });
        return all;
    }();
    return documents;
}

std::vector<const DocumentVersion*> versions_of(std::string_view document)
{
    std::vector<const DocumentVersion*> versions;
    for (const auto& each : all_documents())
        if (each.document == document) versions.push_back(&each);
    return versions;
}

const DocumentVersion* find_version(std::string_view document, std::string_view version)
{
    for (const auto* each : versions_of(document))
        if (each->version == version) return each;
    return nullptr;
}

} // namespace dialpine::privacy
