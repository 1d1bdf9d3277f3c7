#include "privacy/snapshot.hpp"

#include "base/json.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/proof.hpp"

#include <map>
#include <stdexcept>

namespace dialpine::privacy {
namespace {
template <class Value>
void add_once(std::vector<Value>& list, const Value& value)
{
    if (!std::ranges::count(list, value)) list.push_back(value);
}
template <class Value>
void add_all_once(std::vector<Value>& list, const std::vector<Value>& values)
{
    for (const auto& value : values) add_once(list, value);
}

void add_column(std::map<std::string, SnapshotItem>& items, const store::Table& table, const store::Column& column)
{
    const auto& personal = *column.personal;
    const auto category = text_of(personal.category);
    const auto label = label_of(table, column);
    auto& item = items[fmt::format("{}|{}|{}|{}", category.key, category.title, label, personal.keep.text)];
    item.category = {std::string(category.key), std::string(category.title)};
    item.holds = label;
    for (const Use use : personal.uses)
        add_once(item.uses, Term{std::string(text_of(use).key), std::string(text_of(use).title)});
    add_once(item.sources, std::string(text_of(personal.source)));
    add_once(item.bases, std::string(text_of(personal.basis)));
    item.keep = personal.keep.text;
    item.days = personal.keep.period.count();
    item.at_erasure = text_of(personal.at_erasure);
    item.sealed = item.sealed || column.is_sealed;
}

/// What a cell of a Markdown table cannot hold.
std::string cell(std::string text)
{
    std::string safe;
    for (const char each : text) safe += each == '|' ? std::string("\\|") : std::string(1, each == '\n' ? ' ' : each);
    return safe;
}

std::string titles_of(const std::vector<Term>& terms)
{
    std::vector<std::string> titles;
    for (const auto& term : terms) titles.push_back(term.title);
    return fmt::format("{}", fmt::join(titles, "; "));
}

/// The items of one category together, in order of its title.
std::map<std::string, SnapshotItem> by_category(const Snapshot& snapshot)
{
    std::map<std::string, SnapshotItem> categories;
    for (const auto& item : snapshot.items) {
        auto& whole = categories[item.category.title];
        whole.category = item.category;
        add_all_once(whole.uses, item.uses);
        add_all_once(whole.sources, item.sources);
        add_all_once(whole.bases, item.bases);
    }
    return categories;
}

std::string held_table(const Snapshot& snapshot)
{
    std::string table = "| What | From | Used | Lawful basis |\n|---|---|---|---|\n";
    for (const auto& [title, whole] : by_category(snapshot))
        table += fmt::format(
            "| {} | {} | {} | {} |\n",
            cell(title),
            cell(fmt::format("{}", fmt::join(whole.sources, ", "))),
            cell(titles_of(whole.uses)),
            cell(fmt::format("{}", fmt::join(whole.bases, ", ")))
        );
    return table;
}

std::string periods_table(const Snapshot& snapshot)
{
    std::map<std::string, std::vector<std::string>> periods;
    for (const auto& item : snapshot.items) add_once(periods[item.category.title], item.keep);
    std::string table = "| What | Kept |\n|---|---|\n";
    for (const auto& [title, keeps] : periods)
        table += fmt::format("| {} | {} |\n", cell(title), cell(fmt::format("{}", fmt::join(keeps, "; "))));
    return table;
}

std::string uses_table(const Snapshot& snapshot)
{
    std::map<std::string, std::vector<std::string>> uses;
    for (const auto& item : snapshot.items)
        for (const auto& use : item.uses) add_once(uses[use.title], item.category.title);
    std::string table = "| We use data | Which |\n|---|---|\n";
    for (const auto& [title, categories] : uses)
        table += fmt::format("| {} | {} |\n", cell(title), cell(fmt::format("{}", fmt::join(categories, ", "))));
    return table;
}

std::string recipients_table(const Snapshot& snapshot)
{
    std::string table = "| Who | For what | Which data | Where |\n|---|---|---|---|\n";
    if (snapshot.recipients.empty()) return table + "| nobody | | none | |\n";
    for (const auto& each : snapshot.recipients)
        table += fmt::format(
            "| {} | {} | {} | {} |\n",
            cell(each.name),
            cell(each.purpose),
            cell(fmt::format("{}", fmt::join(each.fields, ", "))),
            cell(each.region)
        );
    return table;
}
} // namespace

Snapshot current_snapshot()
{
    std::map<std::string, SnapshotItem> items;
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns)
            if (column.personal) add_column(items, *table, column);
    Snapshot snapshot;
    for (auto& [key, item] : items) snapshot.items.push_back(std::move(item));
    for (const auto& promise : all_promises())
        if (promise.tests.empty()) snapshot.not_yet.push_back(promise.id);
    return snapshot;
}

std::string to_file(const Snapshot& snapshot)
{
    std::string text = "{\"items\":[\n";
    for (const auto& item : snapshot.items)
        text += fmt::format("{}{}\n", &item == snapshot.items.data() ? " " : ",", json::to_json(item));
    text += fmt::format(
        "],\n\"recipients\":{},\n\"not_yet\":{}}}\n",
        json::to_json(snapshot.recipients),
        json::to_json(snapshot.not_yet)
    );
    return text;
}

std::string table_of_snapshot(const Snapshot& snapshot, std::string_view name)
{
    if (name == "held") return held_table(snapshot);
    if (name == "periods") return periods_table(snapshot);
    if (name == "uses") return uses_table(snapshot);
    if (name == "recipients") return recipients_table(snapshot);
    throw std::logic_error(fmt::format("no table of a policy is called {}", name));
}

} // namespace dialpine::privacy
