#include "insight/scrub.hpp"

#include "base/assets.hpp"
#include "base/text.hpp"

#include <boost/core/demangle.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <typeinfo>

namespace dialpine::insight {
namespace {
constexpr std::size_t most_words = 30;
constexpr std::size_t most_frames = 20;
constexpr std::string_view left_out = "–";

/// Words of the messages that V8, SpiderMonkey, JavaScriptCore, React, SQLite and the C++ library make.
const std::set<std::string_view>& known_words()
{
    static const std::set<std::string_view> words{
        "a", "abort", "aborted", "access", "accessing", "after", "already", "an", "and", "argument", "array", "as",
        "assign", "assignment", "at", "bad", "be", "before", "bigint", "boolean", "bounds", "buffer", "busy", "by",
        "call", "called", "calling", "cannot", "cast", "chunk", "class", "component", "connection", "constant",
        "constraint", "constructor", "convert", "corrupt", "could", "database", "date", "declared", "define",
        "deleted", "depth", "disk", "does", "element", "empty", "end", "error", "event", "exceeded", "exception",
        "expected", "extensible", "failed", "fetch", "file", "find", "for", "foreign", "found", "from", "full",
        "function", "generator", "has", "hook", "hooks", "image", "import", "in", "index", "infinite", "initialization",
        "initialized", "input", "instance", "instanceof", "internal", "invalid", "io", "is", "iterable", "iterator",
        "json", "key", "length", "lexical", "load", "loading", "locked", "loop", "map", "maximum", "memory", "method",
        "missing", "module", "must", "nan", "network", "new", "no", "node", "non", "not", "null", "number", "object",
        "objects", "observer", "of", "on", "only", "operation", "or", "out", "overflow", "parse", "position",
        "possible", "promise", "properties", "property", "prototype", "quota", "range", "read", "reading", "readonly",
        "recursion", "redefine", "reference", "rejection", "render", "rendered", "request", "required", "resizeobserver",
        "schema", "script", "security", "set", "setting", "size", "sql", "stack", "state", "statement", "storage",
        "string", "symbol", "syntax", "table", "than", "the", "this", "time", "timeout", "to", "token", "too", "type",
        "unable", "undefined", "unexpected", "unhandled", "unique", "unterminated", "update", "url", "value",
        "variable", "was", "when", "while", "with", "write", "writing",
    };
    return words;
}

constexpr std::array kinds{
    "AbortError", "AggregateError", "ChunkLoadError", "DataCloneError", "Error", "EvalError", "InvalidStateError",
    "NetworkError", "NotAllowedError", "NotFoundError", "NotSupportedError", "Offline", "Problem",
    "QuotaExceededError", "RangeError", "ReferenceError", "SecurityError", "SyntaxError", "TimeoutError", "TypeError",
    "URIError",
};

bool is_word_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Anything that is glued to a letter by another sign is no word of a message: `Mia.Example`, `a1b2`, `x@y`.
bool is_plain_word(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_word_letter); }

std::string_view without_marks(std::string_view word)
{
    constexpr std::string_view marks = "()[]{}.,:;!?";
    while (!word.empty() && marks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && marks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    return word;
}

/// `12:345` at the end of a frame; empty when it is none.
std::string_view place_after(std::string_view text)
{
    std::size_t end = 0;
    int colons = 0;
    while (end < text.size() && end < 16 && (is_digit(text[end]) || (text[end] == ':' && ++colons <= 2))) ++end;
    const auto place = text.substr(0, end);
    return place.size() > 1 && place.front() == ':' && is_digit(place.back()) ? place : std::string_view();
}

/// The frame of one line of a stack, if it is in a file that is part of this program.
std::string frame_in(std::string_view line)
{
    constexpr std::string_view folder = "/assets/";
    const auto at = line.rfind(folder);
    if (at == std::string_view::npos) return {};
    line.remove_prefix(at + folder.size());
    const auto end = line.find(".js");
    if (end == std::string_view::npos) return {};
    const auto name = line.substr(0, end + 3);
    if (!find_asset("web/assets/" + std::string(name)).data()) return {};
    const auto place = place_after(line.substr(end + 3));
    return place.empty() ? std::string() : std::string(name) + std::string(place);
}
} // namespace

std::string scrubbed_message(std::string_view message)
{
    std::string kept;
    std::size_t words = 0;
    bool was_left_out = false;
    while (!message.empty() && words < most_words) {
        const auto begin = message.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) break;
        message.remove_prefix(begin);
        const auto end = std::min(message.find_first_of(" \t\r\n"), message.size());
        const auto word = without_marks(message.substr(0, end));
        message.remove_prefix(end);
        const bool is_known = is_plain_word(word) && known_words().contains(to_lower_ascii(word));
        if (!is_known && was_left_out) continue;
        if (!kept.empty()) kept += ' ';
        kept += is_known ? word : left_out;
        was_left_out = !is_known;
        ++words;
    }
    return kept;
}

std::string scrubbed_kind(std::string_view kind)
{
    return std::string(std::ranges::find(kinds, kind) == kinds.end() ? "Error" : kind);
}

std::string scrubbed_stack(std::string_view stack)
{
    std::string frames;
    std::size_t count = 0;
    while (!stack.empty() && count < most_frames) {
        const auto end = std::min(stack.find('\n'), stack.size());
        const auto frame = frame_in(stack.substr(0, end));
        stack.remove_prefix(std::min(end + 1, stack.size()));
        if (frame.empty()) continue;
        frames += (count++ == 0 ? "" : "\n") + frame;
    }
    return frames;
}

std::string kind_of_exception(const std::exception& exception)
{
    auto name = boost::core::demangle(typeid(exception).name());
    constexpr std::string_view ours = "dialpine::";
    return name.starts_with(ours) ? name.substr(ours.size()) : name;
}

} // namespace dialpine::insight
