#include "privacy/my_data_html.hpp"

#include "base/text.hpp"
#include "privacy/plain_page.hpp"

namespace dialpine::privacy {
namespace {
void add_fact(std::string& out, std::string_view name, std::string_view fact)
{
    out += fmt::format("<dt>{}</dt><dd>{}</dd>", name, escaped_html(fact));
}

void add_values(std::string& out, const HeldItem& item)
{
    if (item.values.empty()) {
        out += "<p class=\"soft\">Kept to check what you send; never shown or given out.</p>\n";
        return;
    }
    const bool has_rows = std::ranges::any_of(item.values, [](const HeldValue& held) { return held.row.has_value(); });
    out += fmt::format(
        "<table><thead><tr><th>Value</th>{}<th>Since</th></tr></thead><tbody>\n", has_rows ? "<th>Belongs to</th>" : ""
    );
    for (const auto& held : item.values)
        out += fmt::format(
            "<tr><td>{}</td>{}<td>{}</td></tr>\n",
            escaped_html(held.value),
            has_rows ? fmt::format("<td>{}</td>", escaped_html(held.row.value_or(""))) : "",
            held.at ? to_text(std::chrono::floor<std::chrono::days>(*held.at)) : ""
        );
    out += "</tbody></table>\n";
}

void add_item(std::string& out, const HeldItem& item)
{
    out += fmt::format("<section><h3>{}</h3>\n<dl>", escaped_html(item.label));
    std::string uses;
    for (const auto& use : item.uses) uses += (uses.empty() ? "" : ", ") + use;
    add_fact(out, "From", item.source);
    add_fact(out, "Used", uses);
    add_fact(out, "Basis", item.basis);
    add_fact(out, "Kept", item.keep);
    add_fact(out, "If you erase your account", item.at_erasure);
    if (item.sealed) add_fact(out, "Stored", "encrypted under a key that is yours alone");
    out += "</dl>\n";
    add_values(out, item);
    out += "</section>\n";
}
} // namespace

std::string to_html(const MyData& data)
{
    std::string out = fmt::format(
        "<h1>My data in DialPine</h1>\n<p class=\"soft\">{} values, as of {}.</p>\n",
        data.total,
        minute_of(data.generated_at)
    );
    for (const auto& category : data.categories) {
        out += fmt::format("<section><h2>{} <small>{}</small></h2>\n", escaped_html(category.title), category.count);
        for (const auto& item : category.items) add_item(out, item);
        out += "</section>\n";
    }
    return plain_page("My data in DialPine", out);
}

} // namespace dialpine::privacy
