#include "privacy/my_data.hpp"

#include "privacy/catalogue.hpp"

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

std::optional<std::string> if_any(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    return std::string(text);
}

HeldItem described(const Table& table, const Column& column)
{
    const auto& personal = *column.personal;
    HeldItem item{
        .table = std::string(table.name),
        .column = std::string(column.name),
        .label = label_of(table, column),
        .source = std::string(text_of(personal.source)),
        .uses = {},
        .basis = std::string(text_of(personal.basis)),
        .keep = std::string(personal.keep.text),
        .at_erasure = std::string(text_of(personal.at_erasure)),
        .sealed = column.is_sealed,
        .correct = if_any(personal.correct_at),
        .erase = if_any(personal.erase_at),
    };
    for (const Use use : personal.uses) item.uses.emplace_back(text_of(use).title);
    if (!personal.why_kept.empty()) item.at_erasure += fmt::format(": {}", personal.why_kept);
    return item;
}

void count_values(
    const store::Read& read, const Table& table, std::string_view subject, PersonId person, std::span<HeldItem> items
)
{
    std::string counts;
    for (const auto& item : items) counts += fmt::format("{}count({})", counts.empty() ? "" : ", ", item.column);
    store::query(
        read,
        fmt::format("SELECT {} FROM {} WHERE {} = $1", counts, table.name, subject),
        [&](const store::Statement& row) {
            for (std::size_t i = 0; i < items.size(); ++i) items[i].count = row.integer(static_cast<int>(i));
        },
        person
    );
}

HeldValue value_in(
    const AnyRow& row,
    const Column& column,
    const std::optional<std::string>& name,
    std::optional<Instant> at,
    PersonId person
)
{
    HeldValue held{.value = row.text(column), .row = name, .at = at};
    if (column.kind == store::Kind::id) {
        if (column.name != column.personal->of.column)
            held.value = name_behind(row, column, person).value_or(held.value);
        else if (name)
            held.value = "you";
    }
    if (held.row == held.value) held.row.reset();
    return held;
}

/// What the person holds in this table as the one whom `subject` names.
std::vector<HeldItem>
held_in(const store::Read& read, const Table& table, std::string_view subject, PersonId person, std::size_t most)
{
    const auto columns = columns_of_subject(table, subject);
    std::vector<HeldItem> items;
    items.reserve(columns.size());
    for (const Column* column : columns) items.push_back(described(table, *column));
    count_values(read, table, subject, person, items);

    const Column* made_at = made_at_column(table);
    const auto add_row = [&](const AnyRow& row) {
        const auto name = name_of_row(row, person);
        const auto at = made_at ? row.instant(*made_at) : std::nullopt;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!row.is_null(*columns[i]) && may_read(row, *columns[i], person))
                items[i].values.push_back(value_in(row, *columns[i], name, at, person));
    };
    auto tail = fmt::format("WHERE {} = $1 {}", subject, order_by_key(table, true));
    if (most != every_value) tail += fmt::format(" LIMIT {}", most);
    walk_with(read, table, tail, add_row, person);
    for (std::size_t i = 0; i < columns.size(); ++i)
        items[i].more =
            !columns[i]->personal->is_withheld && static_cast<std::size_t>(items[i].count) > items[i].values.size();
    return items;
}
} // namespace

MyData my_data(const store::Read& read, PersonId person, std::size_t most_values)
{
    std::map<Category, HeldCategory> categories;
    MyData data{.generated_at = clock_now(), .person_id = person};
    for (const Table* table : store::all_tables())
        for (const auto& subject : subject_columns(*table))
            for (auto& item : held_in(read, *table, subject, person, most_values)) {
                if (item.count == 0) continue;
                const auto category = table->find_column(item.column)->personal->category;
                auto& held = categories[category];
                held.count += item.count;
                data.total += item.count;
                held.items.push_back(std::move(item));
            }
    for (auto& [category, held] : categories) {
        const auto text = text_of(category);
        held.category = text.key;
        held.title = text.title;
        data.categories.push_back(std::move(held));
    }
    return data;
}

} // namespace dialpine::privacy
