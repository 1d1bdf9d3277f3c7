#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"
#include "work/task.hpp"

/// Every text that somebody writes on a task passes `accept_texts`, before it is stored: there sensitive data is found
/// (promises P36, P92) and mentions are kept (P25).
namespace dialpine::work {

using people::Actor;

/// What a workspace does with sensitive data in texts. Without a row: `warn`.
enum class SensitiveRule : std::uint8_t { off, warn, block };
BOOST_DESCRIBE_ENUM(SensitiveRule, off, warn, block)

struct WorkspaceRules {
    WorkspaceId workspace_id;
    SensitiveRule sensitive{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(WorkspaceRules, (), (workspace_id, sensitive, changed_at))

enum class TextPlace : std::uint8_t { title, description, checklist, comment };
BOOST_DESCRIBE_ENUM(TextPlace, title, description, checklist, comment)

/// Somebody read the warning and chose to keep what was found there. What it was is not written down.
struct SensitiveText {
    WorkspaceId workspace_id;
    TaskId task_id;
    Uuid object_id; ///< the task, the checklist line or the comment
    TextPlace place{};
    std::int64_t findings = 0;
    std::optional<PersonId> kept_by;
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(SensitiveText, (), (workspace_id, task_id, object_id, place, findings, kept_by, created_at))

namespace declared {
inline constexpr auto workspace_rules = store::table<WorkspaceRules>(
    "workspace_rules",
    primary_key<&WorkspaceRules::workspace_id>,
    column<&WorkspaceRules::workspace_id>(NotPersonal{"belongs to the workspace as a whole"}),
    column<&WorkspaceRules::sensitive>(NotPersonal{"a choice of the workspace's admins"}),
    column<&WorkspaceRules::changed_at>(NotPersonal{"when the row was changed"})
);

inline constexpr NotPersonal where_it_stands{"where sensitive data was kept, not what or whose it is"};
inline constexpr Personal keeper{
    .of = person_in<&SensitiveText::kept_by>,
    .category = Category::consent,
    .source = Source::the_person,
    .uses = {Use::prove_consent},
    .basis = Basis::legal_obligation,
    .keep = {"as long as the team keeps the text"},
    .at_erasure = AtErasure::unlink,
    .label = "Sensitive data that you chose to keep",
};
inline constexpr auto sensitive_texts = store::table<SensitiveText>(
    "sensitive_texts",
    primary_key<
        &SensitiveText::workspace_id,
        &SensitiveText::task_id,
        &SensitiveText::object_id,
        &SensitiveText::place>,
    column<&SensitiveText::workspace_id>(where_it_stands),
    column<&SensitiveText::task_id>(where_it_stands),
    column<&SensitiveText::object_id>(where_it_stands),
    column<&SensitiveText::place>(where_it_stands),
    column<&SensitiveText::findings>(where_it_stands),
    column<&SensitiveText::kept_by>(keeper),
    column<&SensitiveText::created_at>(where_it_stands),
    store::indexed_by<&SensitiveText::kept_by>(),
    store::part_of<&SensitiveText::workspace_id, &SensitiveText::task_id>(tasks)
);
inline constexpr store::Table workspace_rules_table = workspace_rules.plain();
inline constexpr store::Table sensitive_texts_table = sensitive_texts.plain();
} // namespace declared

struct WrittenText {
    TextPlace place{};
    Uuid object;         ///< the task, the checklist line or the comment
    std::string pointer; ///< of the request's member, for a refusal
    std::string text;
    std::string before = {}; ///< what stood there: what was kept then is not asked for again
};

/// Throws Problem 422 `sensitive-data`, naming kind and pointer and never the value, unless `keeps_sensitive` says that
/// it is meant and the workspace allows it. Then writes down what was kept, and who is mentioned.
void accept_texts(store::Write&, const Actor&, TaskId, const std::vector<WrittenText>& texts, bool keeps_sensitive);

struct SensitiveDataView {
    SensitiveRule rule{};
    std::int64_t kept_texts = 0; ///< in how many places somebody chose to keep what was found
};
BOOST_DESCRIBE_STRUCT(SensitiveDataView, (), (rule, kept_texts))
struct SensitiveRuleWish {
    SensitiveRule rule{};
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(SensitiveRuleWish, (), (rule))
SensitiveDataView find_sensitive_rule(store::Read&, const Actor&);
SensitiveDataView set_sensitive_rule(store::Write&, const Actor&, SensitiveRuleWish);

struct SensitiveCheck {
    Prose<100'000> text;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(SensitiveCheck, (), (text))
struct SensitiveFindingsView {
    SensitiveRule rule{};
    std::vector<std::string> found; ///< kinds in words, each once: "a payment card number"
};
BOOST_DESCRIBE_STRUCT(SensitiveFindingsView, (), (rule, found))
/// For a page, while somebody types. Nothing of the text is kept.
SensitiveFindingsView check_sensitive(store::Read&, const Actor&, SensitiveCheck);

} // namespace dialpine::work

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<work::WorkspaceRules> = &work::declared::workspace_rules_table;
template <>
inline constexpr const Table* table_of<work::SensitiveText> = &work::declared::sensitive_texts_table;
} // namespace dialpine::store
