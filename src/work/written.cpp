#include "work/written.hpp"

#include "base/problem.hpp"
#include "base/sensitive.hpp"
#include "people/consented.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "people/workspaces.hpp"
#include "store/rows.hpp"
#include "work/mentions.hpp"

#include <ranges>
#include <unordered_set>

namespace dialpine::work {
namespace {
std::string_view words_of(SensitiveKind kind)
{
    switch (kind) {
    case SensitiveKind::payment_card: return "a payment card number";
    case SensitiveKind::national_number: return "a social-security or national number";
    case SensitiveKind::health: return "a word of illness beside a person";
    }
    return {};
}

/// The words of three letters or more in the names of the workspace's people, folded. Their names are opened only when
/// a text has a word of illness.
class NamesHere {
public:
    NamesHere(const store::Read& read, WorkspaceId workspace) : read_(read), workspace_(workspace) {}
    bool contains(std::string_view folded_word)
    {
        if (!is_read_) read();
        return names_.contains(std::string(folded_word));
    }
    /// Whether it is in the name of somebody who limited the use of sensitive data about them (promise P36).
    bool is_limited(std::string_view folded_word)
    {
        if (!is_read_) read();
        return limited_names_.contains(std::string(folded_word));
    }

private:
    void read()
    {
        is_read_ = true;
        constexpr std::size_t least_letters = 3;
        std::vector<PersonId> persons;
        store::query(
            read_,
            "SELECT person_id FROM memberships WHERE workspace_id = $1 UNION "
            "SELECT person_id FROM imported_people WHERE workspace_id = $1",
            [&](const store::Statement& row) { persons.push_back(store::value_at<PersonId>(row, 0)); },
            workspace_
        );
        for (const PersonId person : persons) {
            const auto name = people::name_for_others(read_, person);
            if (name == people::hidden_name) continue;
            const bool limits = people::has_objected(read_, person, people::Objectable::sensitive);
            std::string_view rest = name;
            while (!rest.empty()) {
                const auto end = std::min(rest.find(' '), rest.size());
                if (end >= least_letters) names_.insert(folded(rest.substr(0, end)));
                if (end >= least_letters && limits) limited_names_.insert(folded(rest.substr(0, end)));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
    }

    const store::Read& read_;
    WorkspaceId workspace_;
    bool is_read_ = false;
    std::unordered_set<std::string> names_;
    std::unordered_set<std::string> limited_names_;
};

SensitiveRule rule_of(const store::Read& read, WorkspaceId workspace)
{
    const auto rules = store::find<WorkspaceRules>(read, workspace);
    return rules ? rules->sensitive : SensitiveRule::warn;
}

struct Findings {
    std::vector<SensitiveFinding> found;
    bool is_limited = false; ///< some of it is about somebody who limited the use of sensitive data about them
};

bool mentions_limited(const store::Read& read, std::string_view text)
{
    return std::ranges::any_of(mentioned_in(text), [&](PersonId person) {
        return people::has_objected(read, person, people::Objectable::sensitive);
    });
}

Findings findings_in(const store::Read& read, std::string_view text, NamesHere& names)
{
    Findings findings;
    findings.found = find_sensitive(text, [&](std::string_view word) {
        if (names.is_limited(word)) findings.is_limited = true;
        return names.contains(word);
    });
    const bool has_health = std::ranges::any_of(findings.found, [](const SensitiveFinding& each) {
        return each.kind == SensitiveKind::health;
    });
    findings.is_limited = findings.is_limited || (has_health && mentions_limited(read, text));
    return findings;
}

bool stood_there(const WrittenText& written, const SensitiveFinding& finding)
{
    return written.before.find(written.text.substr(finding.at, finding.length)) != std::string::npos;
}

/// Why what was found cannot be kept, even by somebody who means it; empty: it can.
std::string_view why_blocked(SensitiveRule rule, bool writer_limits, bool is_about_limited)
{
    if (rule == SensitiveRule::block) return "This workspace takes no sensitive data. Remove it and try again.";
    if (writer_limits) return "You limited the use of sensitive data. Remove it, or lift the limit in My privacy.";
    // Who it is, is not said: the one who writes knows whom they wrote about.
    if (is_about_limited) return "Somebody here does not want sensitive data about them kept. Remove it and try again.";
    return {};
}

Problem refusal(std::vector<FieldError> errors, std::string_view why)
{
    Problem problem(
        422,
        "sensitive-data",
        "This looks like sensitive data",
        why.empty()
            ? "Remove it, or send keep_sensitive: true if it is meant to be kept and everybody concerned agrees."
            : std::string(why)
    );
    problem.errors = std::move(errors);
    problem.extra =
        fmt::format(R"("rule":"{}")", json::name_of(why.empty() ? SensitiveRule::warn : SensitiveRule::block));
    return problem;
}

void note_kept(store::Write& write, const Actor& actor, TaskId task, const WrittenText& written, std::size_t findings)
{
    store::execute(
        write,
        "DELETE FROM sensitive_texts WHERE workspace_id = $1 AND task_id = $2 AND object_id = $3 AND place = $4",
        actor.workspace,
        task,
        written.object,
        written.place
    );
    if (findings == 0) return;
    store::insert(
        write,
        SensitiveText{
            .workspace_id = actor.workspace,
            .task_id = task,
            .object_id = written.object,
            .place = written.place,
            .findings = static_cast<std::int64_t>(findings),
            .kept_by = actor.person,
            .created_at = clock_now(),
        }
    );
}

void refuse_or_keep(
    store::Write& write, const Actor& actor, TaskId task, const std::vector<WrittenText>& texts, bool keeps_sensitive
)
{
    NamesHere names(write, actor.workspace);
    std::vector<Findings> found;
    for (const auto& written : texts) found.push_back(findings_in(write, written.text, names));
    // Almost every text: nothing in it, and nothing that was kept before.
    const auto is_free = [&](std::size_t i) { return found[i].found.empty() && texts[i].before.empty(); };
    if (std::ranges::all_of(std::views::iota(std::size_t{0}, texts.size()), is_free)) return;

    const auto rule = rule_of(write, actor.workspace);
    const bool writer_limits = people::has_objected(write, actor.person, people::Objectable::sensitive);
    bool is_about_limited = false;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& written = texts[i];
        const auto& [findings, is_limited] = found[i];
        // What the workspace does not look for is still looked for where a person limited it.
        if (rule == SensitiveRule::off && !writer_limits && !is_limited) continue;
        bool has_new = false;
        for (const auto& finding : findings) {
            if (stood_there(written, finding)) continue;
            has_new = true;
            errors.push_back({written.pointer, fmt::format("looks like it holds {}", words_of(finding.kind))});
        }
        if (has_new || (findings.empty() && !written.before.empty()))
            note_kept(write, actor, task, written, findings.size());
        is_about_limited = is_about_limited || (has_new && is_limited);
    }
    if (errors.empty()) return;
    const auto why = why_blocked(rule, writer_limits, is_about_limited);
    const bool is_meant = keeps_sensitive || people::has_consented(write, actor.person, "sensitive_data");
    if (!why.empty() || !is_meant) throw refusal(std::move(errors), why);
}
} // namespace

void accept_texts(
    store::Write& write, const Actor& actor, TaskId task, const std::vector<WrittenText>& texts, bool keeps_sensitive
)
{
    if (texts.empty()) return;
    refuse_or_keep(write, actor, task, texts, keeps_sensitive);
    for (const auto& written : texts) {
        if (mentioned_in(written.text).empty() && mentioned_in(written.before).empty()) continue;
        if (written.place == TextPlace::description) keep_mentions(write, actor.workspace, task, {}, written.text);
        if (written.place == TextPlace::comment)
            keep_mentions(write, actor.workspace, task, CommentId(written.object), written.text);
    }
}

SensitiveDataView find_sensitive_rule(store::Read& read, const Actor& actor)
{
    const auto kept = store::query_one<std::int64_t>(
        read, "SELECT count(*) FROM sensitive_texts WHERE workspace_id = $1", actor.workspace
    );
    return {.rule = rule_of(read, actor.workspace), .kept_texts = kept.value_or(0)};
}

SensitiveDataView set_sensitive_rule(store::Write& write, const Actor& actor, SensitiveRuleWish wish)
{
    store::upsert(
        write, WorkspaceRules{.workspace_id = actor.workspace, .sensitive = wish.rule, .changed_at = clock_now()}
    );
    return find_sensitive_rule(write, actor);
}

SensitiveFindingsView check_sensitive(store::Read& read, const Actor& actor, SensitiveCheck check)
{
    SensitiveFindingsView view{.rule = rule_of(read, actor.workspace), .found = {}};
    const bool writer_limits = people::has_objected(read, actor.person, people::Objectable::sensitive);
    NamesHere names(read, actor.workspace);
    const auto [findings, is_limited] = findings_in(read, check.text, names);
    if (view.rule == SensitiveRule::off && !writer_limits && !is_limited) return view;
    if (!why_blocked(view.rule, writer_limits, is_limited).empty()) view.rule = SensitiveRule::block;
    for (const auto& finding : findings) {
        const std::string words(words_of(finding.kind));
        if (std::ranges::find(view.found, words) == view.found.end()) view.found.push_back(words);
    }
    return view;
}

} // namespace dialpine::work
