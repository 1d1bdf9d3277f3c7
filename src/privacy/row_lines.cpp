#include "privacy/row_lines.hpp"

#include "base/json_write.hpp"
#include "people/workspace.hpp"

#include <fmt/format.h>

namespace dialpine::privacy {
using store::Kind;

std::string_view workspace_column(const store::Table& table)
{
    if (table.is_in_workspace()) return "workspace_id";
    return &table == store::table_of<people::Workspace> ? "id" : "";
}

bool belongs_to_team(const store::Column& column)
{
    return !column.is_sealed && column.kind != Kind::digest && !(column.personal && column.personal->is_withheld);
}

RowLines::RowLines(const store::Table& table)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        if (belongs_to_team(column))
            pieces_.push_back(
                {column.kind, static_cast<int>(i), fmt::format("{}\"{}\":", pieces_.empty() ? "{" : ",", column.name)}
            );
    }
}

void append_text(std::string& out, Instant instant)
{
    // Neighbouring rows are of the same day, and a day is what costs.
    thread_local Day last{};
    thread_local std::string last_text;
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    if (day != last || last_text.empty()) {
        last = day;
        last_text = to_text(day);
    }
    const auto in_day = static_cast<unsigned>((instant - day).count());
    const auto put = [](char* at, unsigned number, int digits) {
        for (int i = digits; i-- > 0; number /= 10) at[i] = static_cast<char>('0' + number % 10);
    };
    char time[] = "T00:00:00.000Z";
    put(time + 1, in_day / 3'600'000, 2);
    put(time + 4, in_day / 60'000 % 60, 2);
    put(time + 7, in_day / 1000 % 60, 2);
    put(time + 10, in_day % 1000, 3);
    out += last_text;
    out.append(time, sizeof time - 1);
}

void append_id(std::string& out, std::string_view bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    char text[36];
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
        const auto byte = i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
        text[at++] = digits[byte >> 4];
        text[at++] = digits[byte & 15];
    }
    out.append(text, sizeof text);
}

void RowLines::append(const store::Statement& row, std::string& out) const
{
    for (const auto& piece : pieces_) {
        out += piece.key;
        if (row.is_null(piece.index)) {
            out += "null";
            continue;
        }
        switch (piece.kind) {
        case Kind::boolean: out += row.integer(piece.index) != 0 ? "true" : "false"; break;
        case Kind::integer: {
            const fmt::format_int digits(row.integer(piece.index));
            out.append(digits.data(), digits.size());
            break;
        }
        case Kind::real: json::Writer(out).value(row.real(piece.index)); break;
        case Kind::instant:
            out += '"';
            append_text(out, store::value_at<Instant>(row, piece.index));
            out += '"';
            break;
        case Kind::id:
            out += '"';
            append_id(out, row.blob(piece.index));
            out += '"';
            break;
        case Kind::day:
        case Kind::text:
        case Kind::choice:
            out += '"';
            json::append_escaped(out, row.text(piece.index));
            out += '"';
            break;
        case Kind::digest: break; // never the team's
        }
    }
    out += pieces_.empty() ? "{}\n" : "}\n";
}

void append_csv(std::string& out, std::string_view text)
{
    // What a spreadsheet would compute, or run, when it opens the file.
    const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    const bool is_quoted = text.find_first_of("\",\r\n") != std::string_view::npos;
    if (is_quoted) out += '"';
    if (is_formula) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    if (is_quoted) out += '"';
}

} // namespace dialpine::privacy
