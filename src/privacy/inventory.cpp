#include "privacy/inventory.hpp"

#include "base/json.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/linkage.hpp"
#include "store/parts.hpp"

#include <stdexcept>

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

template <class Value>
void add_once(std::vector<Value>& list, Value value)
{
    if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
}

Term term_of(Category category)
{
    const auto text = text_of(category);
    return {std::string(text.key), std::string(text.title)};
}
Term term_of(Use use)
{
    const auto text = text_of(use);
    return {std::string(text.key), std::string(text.title)};
}

/// Whose data a column holds, in words.
std::string subject_of(const store::Personal& personal)
{
    if (personal.of.column == "id") return "the person that the row is";
    return fmt::format("the person in {}", personal.of.column);
}

std::string rule_of(const store::Personal& personal)
{
    std::string rule(text_of(personal.at_erasure));
    if (!personal.why_kept.empty()) rule += fmt::format(": {}", personal.why_kept);
    return rule;
}

void add_facts(InventoryItem& item, const store::Personal& personal)
{
    add_once(item.categories, term_of(personal.category));
    for (const Use use : personal.uses) add_once(item.uses, term_of(use));
    add_once(item.subjects, subject_of(personal));
    add_once(item.sources, std::string(text_of(personal.source)));
    add_once(item.bases, std::string(text_of(personal.basis)));
}

InventoryItem item_of(const Table& table, const Column& column)
{
    InventoryItem item{
        .kind = "column",
        .store = std::string(table.name),
        .name = std::string(column.name),
        .linkage = std::string(json::name_of(linkage_of(table, column))),
        .not_personal = std::string(column.not_personal),
    };
    const bool is_in_export = !subject_columns(table).empty() && column.kind != store::Kind::digest;
    if (is_in_export) item.export_name = fmt::format("rows.{}.{}", table.name, column.name);
    if (!column.personal) return item;
    const auto& personal = *column.personal;
    add_facts(item, personal);
    item.holds = label_of(table, column);
    item.keep = personal.keep.text;
    item.at_erasure = rule_of(personal);
    item.sealed = column.is_sealed;
    if (personal.is_withheld) item.export_name = "counted, never given out";
    return item;
}

InventoryItem item_of(const store::Holding& holding)
{
    InventoryItem item{
        .kind = std::string(json::name_of(holding.kind)),
        .name = std::string(holding.name),
        .holds = std::string(holding.holds),
        .not_personal = std::string(holding.not_personal),
    };
    if (holding.personal) {
        const auto& held = *holding.personal;
        item.categories = {term_of(held.category)};
        for (const Use use : held.uses) item.uses.push_back(term_of(use));
        item.subjects = {std::string(held.of)};
        item.sources = {std::string(text_of(held.source))};
        item.bases = {std::string(text_of(held.basis))};
        item.keep = held.keep.text;
        item.at_erasure = text_of(held.at_erasure);
        item.sealed = held.is_sealed;
        item.export_name = held.export_name;
        item.linkage = json::name_of(linkage_of(held.category));
    } else if (holding.copy) {
        for (const Column* column : columns_of(*holding.copy))
            if (column->personal) add_facts(item, *column->personal);
        item.subjects = {"as in the tables"};
        item.keep = holding.copy->keep.text;
        item.at_erasure = holding.copy->erasure;
        item.sealed = holding.copy->is_sealed;
        item.export_name = "as the columns that it copies";
        item.linkage = "as the columns that it copies";
    } else
        item.linkage = json::name_of(Linkage::nobody);
    return item;
}
} // namespace

std::vector<const Column*> columns_of(const store::CopyOf& copy)
{
    std::vector<const Column*> columns;
    const auto add_all = [&](const Table& table) {
        for (const auto& column : table.columns) columns.push_back(&column);
    };
    if (copy.columns.front().empty())
        for (const Table* table : store::all_tables()) add_all(*table);
    for (const auto place : copy.columns) {
        if (place.empty()) break;
        const auto dot = place.find('.');
        const Table* table = store::find_table(place.substr(0, dot));
        if (!table) throw std::logic_error(fmt::format("{} is copied, but is no table", place));
        if (dot == std::string_view::npos) {
            add_all(*table);
            continue;
        }
        const Column* column = table->find_column(place.substr(dot + 1));
        if (!column) throw std::logic_error(fmt::format("{} is copied, but is no column", place));
        columns.push_back(column);
    }
    return columns;
}

std::vector<InventoryItem> inventory()
{
    std::vector<InventoryItem> items;
    for (const Table* table : store::all_tables())
        for (const auto& column : table->columns) items.push_back(item_of(*table, column));
    for (const auto& holding : store::all_holdings()) items.push_back(item_of(holding));
    return items;
}

} // namespace dialpine::privacy
