#include "privacy/plain_page.hpp"

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
} // namespace

std::string plain_page(std::string_view title, std::string_view body)
{
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>{}</title><style>{}</style></head>\n<body>\n{}</body></html>\n",
        escaped_html(title),
        style,
        body
    );
}

std::string minute_of(Instant instant)
{
    auto text = to_text(instant).substr(0, std::string_view("2026-11-24T09:30").size());
    std::ranges::replace(text, 'T', ' ');
    return text + " UTC";
}

} // namespace dialpine::privacy
