#include "base/json_write.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace dialpine::json {

void append_escaped(std::string& out, std::string_view text)
{
    std::size_t clean = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, clean, i - clean);
        clean = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
        }
    }
    out.append(text, clean);
}

void Writer::separate()
{
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

void Writer::open(char bracket)
{
    separate();
    out_ += bracket;
    needs_comma_ = false;
}

void Writer::close(char bracket)
{
    out_ += bracket;
    needs_comma_ = true;
}

void Writer::key(std::string_view name)
{
    separate();
    out_ += '"';
    append_escaped(out_, name);
    out_ += "\":";
    needs_comma_ = false;
}

void Writer::value(std::string_view text)
{
    separate();
    out_ += '"';
    append_escaped(out_, text);
    out_ += '"';
}

void Writer::boolean(bool is_true)
{
    separate();
    out_ += is_true ? "true" : "false";
}

void Writer::integer(std::int64_t number)
{
    separate();
    const fmt::format_int digits(number);
    out_.append(digits.data(), digits.size());
}

void Writer::value(double number)
{
    separate();
    if (std::isfinite(number))
        fmt::format_to(std::back_inserter(out_), "{}", number);
    else
        out_ += "null"; // JSON has no infinities
}

void Writer::value(const Uuid& id)
{
    separate();
    out_ += '"';
    out_ += to_text(id);
    out_ += '"';
}

void Writer::value(Instant instant)
{
    separate();
    out_ += '"';
    out_ += to_text(instant);
    out_ += '"';
}

void Writer::value(Day day)
{
    separate();
    out_ += '"';
    out_ += to_text(day);
    out_ += '"';
}

void Writer::null()
{
    separate();
    out_ += "null";
}

void Writer::raw(std::string_view json)
{
    separate();
    out_ += json;
}

void Writer::raw_members(std::string_view members)
{
    if (members.empty()) return;
    separate();
    out_ += members;
}

} // namespace dialpine::json
