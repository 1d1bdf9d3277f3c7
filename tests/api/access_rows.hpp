#pragma once
#include "people/person.hpp"
#include "store/rows.hpp"
#include "support/server.hpp"

#include <fstream>

/// Who may do what, as written down in tests/fixtures/access.tsv: a row for each operation of the OpenAPI document.
namespace dialpine::api {

/// Who asks, by what they are in the workspace of the path.
enum class Asker { stranger, signed_out, erased, elsewhere, operator_, guest, member, admin, owner };
BOOST_DESCRIBE_ENUM(Asker, stranger, signed_out, erased, elsewhere, operator_, guest, member, admin, owner)
inline constexpr std::array askers{
    Asker::stranger,
    Asker::signed_out,
    Asker::erased,
    Asker::elsewhere,
    Asker::operator_,
    Asker::guest,
    Asker::member,
    Asker::admin,
    Asker::owner,
};

struct AccessRow {
    std::string operation;
    std::string who;                     ///< everybody, account, operator, or the least role in the path's workspace
    int answer = 0;                      ///< to whoever may
    std::map<std::string, int> to_other; ///< another answer, by asker
    std::string query;                   ///< with its question mark
    std::string body;
};

/// Each `{thing}` in the text becomes what `value` gives for it. JSON has no such: a name follows its brace at once.
template <class Value>
std::string with_things(std::string_view text, const Value& value)
{
    std::string filled;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        const auto end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", open + 1), text.size());
        filled += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const bool is_thing = end > open + 1 && end - open < text.size() && text[end - open] == '}';
        filled += is_thing ? value(text.substr(1, end - open - 1)) : "{";
        text.remove_prefix(is_thing ? end - open + 1 : 1);
    }
    return filled;
}

inline AccessRow access_row(const std::string& line)
{
    std::vector<std::string> cells(1);
    for (const char c : line)
        if (c == '\t')
            cells.emplace_back();
        else
            cells.back() += c;
    cells.resize(4);
    AccessRow row{.operation = cells[0], .who = cells[1], .answer = 0, .to_other = {}, .query = {}, .body = {}};
    std::istringstream answers(cells[2]);
    answers >> row.answer;
    for (std::string other; answers >> other;)
        row.to_other[other.substr(0, other.find('='))] = std::stoi(other.substr(other.find('=') + 1));
    row.body = cells[3];
    if (row.body.starts_with('?')) {
        row.query = row.body.substr(0, row.body.find(' '));
        row.body = row.body.substr(std::min(row.query.size() + 1, row.body.size()));
    }
    if (row.body.starts_with('@'))
        row.body = support::bytes_of(DIALPINE_SOURCE_DIR "/tests/fixtures/" + row.body.substr(1));
    return row;
}

/// By operation.
inline const std::map<std::string, AccessRow, std::less<>>& access_rows()
{
    static const auto rows = [] {
        std::map<std::string, AccessRow, std::less<>> read;
        std::ifstream file(DIALPINE_SOURCE_DIR "/tests/fixtures/access.tsv");
        for (std::string line; std::getline(file, line);) {
            if (line.empty() || line.starts_with('#')) continue;
            auto row = access_row(line);
            EXPECT_FALSE(read.contains(row.operation)) << row.operation << " has two rows";
            read.emplace(row.operation, std::move(row));
        }
        return read;
    }();
    return rows;
}

/// How the row refuses this asker; absent: they may.
inline std::optional<int> refusal(const AccessRow& row, Asker asker)
{
    if (row.who == "everybody") return std::nullopt;
    if (asker < Asker::elsewhere) return 401;
    if (row.who == "account") return std::nullopt;
    if (row.who == "operator") return asker == Asker::operator_ ? std::nullopt : std::optional(403);
    if (asker < Asker::guest) return 404;
    const auto least = json::parse_enum<Asker>(row.who);
    EXPECT_TRUE(least) << row.operation << ": " << row.who << " is nobody";
    return asker < least.value_or(Asker::owner) ? std::optional(403) : std::nullopt;
}

inline void make_operator(store::Database& database, PersonId person)
{
    database.write([&](store::Write& write) {
        auto account = *store::find<people::Account>(write, person);
        account.is_operator = true;
        store::update(write, account);
    });
}

inline std::string_view verb_of(const Route& route)
{
    switch (route.verb) {
    case http::Verb::post: return "POST";
    case http::Verb::patch: return "PATCH";
    case http::Verb::put: return "PUT";
    case http::Verb::delete_: return "DELETE";
    default: return "GET";
    }
}

} // namespace dialpine::api
