#include "privacy/catalogue.hpp"

#include "base/text.hpp"
#include "store/parts.hpp"

namespace dialpine::privacy {

using store::Column;
using store::Kind;
using store::Table;

std::vector<std::string_view> subject_columns(const Table& table)
{
    std::vector<std::string_view> subjects;
    for (const auto& column : table.columns)
        if (column.personal && std::ranges::find(subjects, column.personal->of.column) == subjects.end())
            subjects.push_back(column.personal->of.column);
    return subjects;
}

std::vector<const Column*> columns_of_subject(const Table& table, std::string_view subject)
{
    std::vector<const Column*> columns;
    for (const auto& column : table.columns)
        if (column.personal && column.personal->of.column == subject) columns.push_back(&column);
    return columns;
}

std::string where_of_person(const Table& table)
{
    std::string where;
    for (const auto& subject : subject_columns(table))
        where += fmt::format("{}{} = $1", where.empty() ? "" : " OR ", subject);
    return where;
}

std::set<WorkspaceId> workspaces_that_know(const store::Read& read, PersonId person)
{
    std::set<WorkspaceId> workspaces;
    const auto add = [&](const store::Statement& row) { workspaces.insert(store::value_at<WorkspaceId>(row, 0)); };
    for (const Table* table : store::all_tables()) {
        const auto where = where_of_person(*table);
        if (where.empty() || !table->is_in_workspace()) continue;
        store::query(
            read, fmt::format("SELECT DISTINCT workspace_id FROM {} WHERE {}", table->name, where), add, person
        );
    }
    return workspaces;
}

namespace {
/// "last_seen_at" becomes "last seen".
std::string words_of(std::string_view name)
{
    for (const std::string_view prefix : {"is_"})
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    for (const std::string_view suffix : {"_at", "_id", "_on"})
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string_view title_of(const store::Personal& personal)
{
    return personal.label.empty() ? text_of(personal.category).title : personal.label;
}
} // namespace

std::string label_of(const Table& table, const Column& column)
{
    const auto title = title_of(*column.personal);
    const auto has_this_title = [&](const Column& other) {
        return other.personal && title_of(*other.personal) == title;
    };
    if (column.name == column.personal->of.column || std::ranges::count_if(table.columns, has_this_title) < 2)
        return std::string(title);
    if (const auto words = words_of(column.name); folded(words) != folded(title))
        return fmt::format("{}: {}", title, words);
    return std::string(title);
}

const Column* made_at_column(const Table& table)
{
    for (const auto& column : table.columns)
        if (column.kind == Kind::instant && !column.is_nullable) return &column;
    return nullptr;
}

std::string order_by_key(const Table& table, bool descending)
{
    std::string order;
    for (const auto& name : table.key)
        order += fmt::format("{}{}{}", order.empty() ? "ORDER BY " : ", ", name, descending ? " DESC" : "");
    return order;
}

bool may_read(const AnyRow& row, const Column& column, PersonId reader)
{
    if (!column.personal) return true;
    return !column.personal->is_withheld && row.person(column.personal->of.column) == reader;
}

namespace {
/// The row's own name: a text, or a number that only its whole makes sense of.
const Column* naming_column(const AnyRow& row, PersonId reader)
{
    const Column* naming = nullptr;
    for (const auto& column : row.table().columns)
        if (column.names_row && !row.is_null(column) && may_read(row, column, reader)) naming = &column;
    return naming;
}

std::optional<std::string> name_of_whole(const AnyRow& row, const store::Part& part, PersonId reader)
{
    const Table* whole = store::find_table(part.whole);
    std::string where;
    for (std::size_t i = 0; i < part.count; ++i)
        where += fmt::format("{}{} = ${}", where.empty() ? "WHERE " : " AND ", part.whole_columns[i], i + 1);
    const auto bind = [&](store::Statement& statement) {
        for (std::size_t i = 0; i < part.count; ++i)
            statement.bind_blob(static_cast<int>(i) + 1, row.bytes(*row.table().find_column(part.columns[i])));
    };
    std::optional<std::string> name;
    walk(row.read(), *whole, where, bind, [&](const AnyRow& found) { name = name_of_row(found, reader); });
    return name;
}
} // namespace

std::optional<std::string> name_of_row(const AnyRow& row, PersonId reader)
{
    const Column* naming = naming_column(row, reader);
    if (naming && naming->kind != Kind::integer) return row.text(*naming);
    std::optional<std::string> name;
    for (const auto& part : store::wholes_of(row.table()))
        if (!name) name = name_of_whole(row, part, reader);
    if (naming) return fmt::format("{}{}{}", name.value_or(""), name ? " #" : "#", row.text(*naming));
    return name;
}

std::optional<std::string> name_behind(const AnyRow& row, const Column& id, PersonId reader)
{
    for (const auto& part : store::wholes_of(row.table()))
        if (part.columns[part.count - 1] == id.name)
            if (auto name = name_of_whole(row, part, reader)) return name;
    return std::nullopt;
}

} // namespace dialpine::privacy
