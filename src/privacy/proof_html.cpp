#include "base/text.hpp"
#include "privacy/plain_page.hpp"
#include "privacy/proof.hpp"

namespace dialpine::privacy {
namespace {
std::string_view text_of(ProofState state)
{
    switch (state) {
    case ProofState::proved: return "proved";
    case ProofState::partly: return "partly";
    case ProofState::not_yet: return "not yet";
    }
    return {};
}

std::string rows_of(const Proof& proof)
{
    std::string tests;
    for (const auto& test : proof.tests)
        tests += fmt::format("<br>{} {}", escaped_html(test.name), json::name_of(test.outcome));
    return fmt::format(
        "<tr id=\"{0}\"><td>{0}</td><td>{1}<br><span class=\"soft\">{2}{3}</span></td><td>{4}</td></tr>\n",
        escaped_html(proof.id),
        escaped_html(proof.says),
        escaped_html(proof.why),
        tests,
        text_of(proof.state)
    );
}
} // namespace

std::string to_html(const ProofReport& report)
{
    const auto count = [&](ProofState state) { return std::ranges::count(report.promises, state, &Proof::state); };
    std::string body = fmt::format(
        "<h1>What DialPine promises, and what proves it</h1>\n"
        "<p class=\"soft\">{} proved, {} partly, {} not yet. Commit {}, {}.</p>\n"
        "<table><thead><tr><th>Promise</th><th>The policy says</th><th>State</th></tr></thead><tbody>\n",
        count(ProofState::proved),
        count(ProofState::partly),
        count(ProofState::not_yet),
        escaped_html(report.commit),
        report.made_at ? minute_of(*report.made_at) : "not dated"
    );
    for (const auto& proof : report.promises) body += rows_of(proof);
    body += "</tbody></table>\n";
    // What was signed, for whoever checks it: Ed25519 over the bytes behind `payload`.
    if (report.signature)
        body +=
            "<script type=\"application/json\" id=\"signature\">" + json::to_json(*report.signature) + "</script>\n";
    return plain_page("What DialPine promises, and what proves it", body);
}

} // namespace dialpine::privacy
