#include "base/json_write.hpp"
#include "privacy/records.hpp"
#include "privacy/taxonomy.hpp"

namespace dialpine::privacy {
namespace {
/// A YAML scalar between double quotes, which are JSON's.
std::string in_quotes(std::string_view text)
{
    std::string out = "\"";
    json::append_escaped(out, text);
    return out + "\"";
}

std::string keys_of(const std::vector<Term>& terms)
{
    std::vector<std::string> keys;
    for (const auto& term : terms) keys.emplace_back(fideslang_key(term.key));
    return fmt::format("[{}]", fmt::join(keys, ", "));
}

std::string titles_of(const std::vector<Term>& terms)
{
    std::vector<std::string> titles;
    for (const auto& term : terms) titles.push_back(term.title);
    return fmt::format("{}", fmt::join(titles, ", "));
}

std::string keys_in_words(const std::vector<Term>& terms)
{
    std::vector<std::string> keys;
    for (const auto& term : terms) keys.push_back(fmt::format("`{}`", term.key));
    return fmt::format("{}", fmt::join(keys, ", "));
}

std::string row_of(const InventoryItem& item)
{
    if (!item.not_personal.empty()) {
        const auto holds = item.holds.empty() ? "" : item.holds + "; ";
        return fmt::format("| `{}` | {}of nobody: {} | | | | | |\n", item.name, holds, item.not_personal);
    }
    return fmt::format(
        "| `{}` | {}{} | {} | {} | {}, from {} | {} | {} |\n",
        item.name,
        item.holds,
        item.sealed ? ", sealed" : "",
        keys_in_words(item.categories),
        titles_of(item.uses),
        fmt::join(item.subjects, ", "),
        fmt::join(item.sources, ", "),
        item.keep,
        item.at_erasure
    );
}

constexpr std::string_view head = "| name | holds | category | used | of whom | kept | at erasure |\n"
                                  "|---|---|---|---|---|---|---|\n";

std::string_view title_of(std::string_view kind)
{
    if (kind == "file") return "Files of the data folder";
    if (kind == "log_field") return "Fields of log lines";
    if (kind == "index") return "The search index";
    if (kind == "cache") return "Caches in memory";
    if (kind == "job_payload") return "Payloads of jobs";
    return "Fields that go out";
}
} // namespace

std::string dataset_yaml()
{
    std::string yaml = "dataset:\n"
                       "  - fides_key: dialpine\n"
                       "    name: DialPine\n"
                       "    description: \"What the declarations of the database say\"\n"
                       "    collections:\n";
    std::string table;
    for (const auto& item : inventory()) {
        if (item.kind != "column") break;
        if (item.store != table) yaml += fmt::format("      - name: {}\n        fields:\n", item.store);
        table = item.store;
        yaml += fmt::format("          - name: {}\n", item.name);
        yaml += fmt::format(
            "            description: {}\n", in_quotes(item.not_personal.empty() ? item.holds : item.not_personal)
        );
        if (item.categories.empty())
            yaml += "            data_categories: [system.operations]\n";
        else
            yaml += fmt::format("            data_categories: {}\n", keys_of(item.categories));
        if (!item.keep.empty()) yaml += fmt::format("            retention: {}\n", in_quotes(item.keep));
    }
    return yaml;
}

std::string data_page()
{
    std::string page = "# What DialPine holds\n\n"
                       "Written by `dialpine records data` from the declarations; a test compares. Renew it with "
                       "`DIALPINE_RENEW=1`.\n";
    std::string section;
    for (const auto& item : inventory()) {
        const auto title =
            item.kind == "column" ? fmt::format("Table `{}`", item.store) : std::string(title_of(item.kind));
        if (title != section) page += fmt::format("\n## {}\n\n{}", title, head);
        section = title;
        page += row_of(item);
    }
    return page;
}

} // namespace dialpine::privacy
