#include "base/sensitive.hpp"
#include "base/text.hpp"
#include "targets.hpp"
#include "work/mentions.hpp"
#include "work/search_hits.hpp"
#include "work/search_snippet.hpp"

namespace dialpine::fuzz {
namespace {
/// What a browser shows of it, if it is what `escaped_html` writes and nothing but marks.
std::string unmarked(std::string_view html)
{
    static constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"<mark>", ""}, {"</mark>", ""}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"},
    };
    std::string plain;
    while (!html.empty()) {
        if (html.front() != '<' && html.front() != '&') {
            plain += html.front();
            html.remove_prefix(1);
            continue;
        }
        const auto* found =
            std::ranges::find_if(known, [&](const auto& each) { return html.starts_with(each.first); });
        require(found != std::end(known), "a snippet has HTML of its own");
        plain += found->second;
        html.remove_prefix(found->first.size());
    }
    return plain;
}

void search(std::string_view question, std::string_view text)
{
    const auto terms = work::terms_of(question);
    require(terms.size() <= 16, "too many terms");
    for (const auto& expression : work::expressions_of(terms))
        require(std::ranges::count(expression, '"') % 2 == 0, "an expression with a term that is not quoted");
    const auto tokens = work::tokens_of(text);
    for (const auto& hit : work::hits_in(tokens, terms))
        require(hit.begin < hit.end && hit.end <= text.size() && hit.term < terms.size(), "a hit that is not there");
    const auto snippet = work::snippet_of(text, terms);
    require(is_utf8(snippet.html), "a snippet that cuts a character");
    const auto shown = unmarked(snippet.html);
    require(count_characters(shown) <= 162 || snippet.terms_found > 0, "a snippet that is too long");
    const auto indexed = work::index_text(text);
    require(is_utf8(indexed), "an index text that cuts a character");
}

void sensitive(std::string_view text)
{
    std::size_t end = 0;
    const auto is_name = [](std::string_view word) { return word.size() == 3; };
    for (const auto& finding : find_sensitive(text, is_name)) {
        require(finding.at >= end && finding.length > 0, "findings that are not in order");
        end = finding.at + finding.length;
        require(end <= text.size(), "a finding that is not there");
        require(is_utf8(text.substr(finding.at, finding.length)), "a finding that cuts a character");
    }
}

void mentions(std::string_view text)
{
    const auto same = work::with_mentions(text, [](PersonId person) { return "@[" + to_text(person) + "]"; });
    require(work::mentioned_in(same) == work::mentioned_in(text), "a text that mentions others when written again");
    if (work::mentioned_in(text).empty()) require(same == text, "a text without mentions was changed");
    require(work::mentioned_in(work::without_mentions(text)).empty(), "a mention that stays");
}
} // namespace

void text(std::string_view input)
{
    const auto question = take_line(input);
    std::string line(question);
    std::string prose(input);
    // What of a text comes so far is UTF-8, since JSON is.
    if (!is_utf8(line) || !is_utf8(prose)) return;
    check_email(line);
    if (check_line(line, 500).empty()) {
        auto again = line;
        require(check_line(again, 500).empty() && again == line, "a line that is changed again");
    }
    if (!check_prose(prose, 100'000).empty()) return;
    require(is_utf8(folded(prose)), "what was folded is not UTF-8");
    search(line, prose);
    sensitive(prose);
    mentions(prose);
}

} // namespace dialpine::fuzz
