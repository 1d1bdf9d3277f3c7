#include "privacy/my_data_html.hpp"

#include "base/text.hpp"

namespace dialpine::privacy {
namespace {
constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --ink: #1c2024; --soft: #60646c; --line: #d9dce1; --paper: #fcfcfd; --card: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #edeef0; --soft: #b0b4ba; --line: #363a3f; --paper: #111113; --card: #18191b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2.5rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
h3 { margin: 0; font-size: 1rem; }
p, dl { margin: .25rem 0; }
.soft, dt, th, h2 small { color: var(--soft); font-weight: normal; }
section section { margin: .75rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; font-size: .875rem; }
dd { margin: 0; }
table { width: 100%; margin-top: .75rem; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
th:nth-child(2) { width: 35%; }
td:last-child, th:last-child { width: 6.5rem; padding-right: 0; white-space: nowrap; }
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 11pt; }
  section section { break-inside: avoid-page; background: none; }
}
)css";

/// "2026-11-24 09:30 UTC".
std::string minute_of(Instant instant)
{
    auto text = to_text(instant).substr(0, std::string_view("2026-11-24T09:30").size());
    std::ranges::replace(text, 'T', ' ');
    return text + " UTC";
}

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
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>My data in DialPine</title><style>{}</style></head>\n<body>\n"
        "<h1>My data in DialPine</h1>\n<p class=\"soft\">{} values, as of {}.</p>\n",
        style,
        data.total,
        minute_of(data.generated_at)
    );
    for (const auto& category : data.categories) {
        out += fmt::format("<section><h2>{} <small>{}</small></h2>\n", escaped_html(category.title), category.count);
        for (const auto& item : category.items) add_item(out, item);
        out += "</section>\n";
    }
    return out + "</body></html>\n";
}

} // namespace dialpine::privacy
