#include "links/multipart.hpp"

#include "base/problem.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace dialpine::links {
namespace {
constexpr std::size_t most_header_bytes = 16 * 1024;
constexpr std::size_t most_parts = 100;
constexpr std::size_t most_boundary = 70; // RFC 2046, section 5.1.1
constexpr auto nowhere = std::string_view::npos;

Problem malformed(std::string why)
{
    return Problem::bad_request("bad-request", "The form is not proper multipart/form-data: " + std::move(why) + ".");
}

/// The value that `rest` starts with: quoted, with backslashes, or plain up to a semicolon. Takes it off `rest`.
std::string take_value(std::string_view& rest)
{
    std::string value;
    if (rest.empty() || rest.front() != '"') {
        const auto end = std::min(rest.find(';'), rest.size());
        value = trimmed(rest.substr(0, end));
        rest.remove_prefix(end);
        return value;
    }
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
        value += rest[at];
    }
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return value;
}
/// Browsers write these three of a file's name as %22, %0D and %0A, and no others (HTML, multipart/form-data).
std::string with_quotes(std::string name)
{
    static constexpr std::array<std::pair<std::string_view, char>, 3> coded{{{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}}};
    for (const auto& [code, plain] : coded)
        for (auto at = name.find(code); at != std::string::npos; at = name.find(code, at + 1))
            name.replace(at, code.size(), 1, plain);
    return name;
}
} // namespace

std::string header_parameter(std::string_view header, std::string_view name)
{
    auto rest = header.substr(std::min(header.find(';'), header.size()));
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto equals = rest.find('=');
        if (equals == nowhere) return {};
        const auto found = to_lower_ascii(trimmed(rest.substr(0, equals)));
        rest.remove_prefix(equals + 1);
        auto value = take_value(rest);
        if (found == name) return value;
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    }
    return {};
}

MultipartFile::MultipartFile(std::string_view content_type, Sink sink) : sink_(std::move(sink))
{
    const auto boundary = header_parameter(content_type, "boundary");
    if (boundary.empty() || boundary.size() > most_boundary) throw malformed("its Content-Type names no boundary");
    delimiter_ = "\r\n--" + boundary;
}

void MultipartFile::feed(std::string_view piece)
{
    waiting_ += piece;
    while (advance()) {
    }
}

void MultipartFile::finish()
{
    if (where_ != Where::epilogue) throw malformed("it ends before its last boundary");
    if (!had_file_) throw Problem::invalid("/file", "is missing: send the file as the part named `file`");
}

/// Does the next step; false when more bytes are needed.
bool MultipartFile::advance()
{
    switch (where_) {
    case Where::preamble:
    case Where::file:
    case Where::other_part: return pass_content();
    case Where::after_boundary: return pass_boundary_line();
    case Where::headers: return pass_header();
    case Where::epilogue: waiting_.clear(); return false;
    }
    return false;
}

void MultipartFile::give(std::size_t bytes)
{
    if (where_ == Where::file && bytes > 0) sink_(std::string_view(waiting_).substr(0, bytes));
    waiting_.erase(0, bytes);
}

bool MultipartFile::pass_content()
{
    const auto end = waiting_.find(delimiter_);
    if (end == nowhere) {
        // The delimiter may have begun in the last bytes.
        if (waiting_.size() >= delimiter_.size()) give(waiting_.size() - delimiter_.size() + 1);
        return false;
    }
    give(end);
    waiting_.erase(0, delimiter_.size());
    where_ = Where::after_boundary;
    return true;
}

bool MultipartFile::pass_boundary_line()
{
    if (waiting_.starts_with("--")) {
        where_ = Where::epilogue;
        return true;
    }
    const auto end = waiting_.find("\r\n");
    if (end == nowhere) {
        if (waiting_.size() > most_header_bytes) throw malformed("a boundary does not end its line");
        return false;
    }
    if (!trimmed(std::string_view(waiting_).substr(0, end)).empty())
        throw malformed("a boundary does not end its line");
    if (++parts_ > most_parts) throw malformed("it has more than 100 parts");
    waiting_.erase(0, end + 2);
    where_ = Where::headers;
    header_bytes_ = 0;
    is_file_next_ = false;
    return true;
}

bool MultipartFile::pass_header()
{
    const auto end = waiting_.find("\r\n");
    if (header_bytes_ + std::min(end, waiting_.size()) > most_header_bytes)
        throw malformed("a part has too long headers");
    if (end == nowhere) return false;
    const auto line = waiting_.substr(0, end);
    header_bytes_ += end + 2;
    waiting_.erase(0, end + 2);
    if (!line.empty()) {
        take_header(line);
        return true;
    }
    if (is_file_next_ && had_file_) throw malformed("it has two parts named `file`");
    had_file_ = had_file_ || is_file_next_;
    where_ = is_file_next_ ? Where::file : Where::other_part;
    return true;
}

void MultipartFile::take_header(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == nowhere) throw malformed("a part has a header without a colon");
    if (to_lower_ascii(trimmed(line.substr(0, colon))) != "content-disposition") return;
    const auto value = line.substr(colon + 1);
    is_file_next_ = header_parameter(value, "name") == "file";
    if (is_file_next_) file_name_ = with_quotes(header_parameter(value, "filename"));
}

} // namespace dialpine::links
