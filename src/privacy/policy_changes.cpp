#include "privacy/policy_changes.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace dialpine::privacy {
namespace {
using Key = std::pair<std::string, std::string>;

/// Two categories can have one key of the taxonomy; the title tells them apart.
Key key_of(const Term& term) { return {term.key, term.title}; }

/// Until erasure is longer than every number of days.
std::int64_t length_of(const SnapshotItem& item)
{
    return item.days == 0 ? std::numeric_limits<std::int64_t>::max() : item.days;
}

/// What a snapshot allows, to look up whether something is new.
struct Allowed {
    std::set<Key> categories;
    std::set<std::pair<Key, Key>> uses;                          ///< of a category
    std::map<std::pair<Key, std::string>, std::int64_t> longest; ///< of a kind of data within a category
    std::map<Key, std::int64_t> longest_of_category;
    std::set<std::string> recipients;
    std::set<std::pair<std::string, std::string>> fields; ///< that a recipient receives

    explicit Allowed(const Snapshot& snapshot)
    {
        for (const auto& item : snapshot.items) {
            const auto category = key_of(item.category);
            categories.insert(category);
            for (const auto& use : item.uses) uses.emplace(category, key_of(use));
            auto& kind = longest[{category, item.holds}];
            kind = std::max(kind, length_of(item));
            auto& whole = longest_of_category[category];
            whole = std::max(whole, length_of(item));
        }
        for (const auto& recipient : snapshot.recipients) {
            recipients.insert(recipient.name);
            for (const auto& field : recipient.fields) fields.emplace(recipient.name, field);
        }
    }

    [[nodiscard]] std::int64_t longest_for(const SnapshotItem& item) const
    {
        const auto category = key_of(item.category);
        const auto kind = longest.find({category, item.holds});
        return kind != longest.end() ? kind->second : longest_of_category.at(category);
    }
};

void add_once(std::vector<std::string>& list, std::string text)
{
    if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

std::string words_of(const Term& term) { return fmt::format("{} ({})", term.title, term.key); }

void compare_item(const Allowed& before, const SnapshotItem& item, std::vector<std::string>& reasons)
{
    const auto category = key_of(item.category);
    if (!before.categories.contains(category)) {
        add_once(reasons, fmt::format("New category: {}", words_of(item.category)));
        return;
    }
    for (const auto& use : item.uses)
        if (!before.uses.contains({category, key_of(use)}))
            add_once(reasons, fmt::format("New use of {}: {}", item.category.title, words_of(use)));
    if (length_of(item) > before.longest_for(item))
        add_once(reasons, fmt::format("Longer period of {}, {}: {}", item.category.title, item.holds, item.keep));
}

SentenceChange changed(const std::string& anchor, const std::string* before, const std::string* after)
{
    SentenceChange change{.change = ChangeOfText::changed, .anchor = anchor};
    if (before) change.before = *before;
    if (after) change.after = *after;
    if (!before) change.change = ChangeOfText::added;
    if (!after) change.change = ChangeOfText::removed;
    return change;
}

/// The sentences of an anchor that are in `some` and not in `others`.
std::vector<const std::string*>
only_in(const std::vector<Sentence>& some, const std::vector<Sentence>& others, const std::string& anchor)
{
    std::vector<const std::string*> left;
    for (const auto& each : some) {
        const auto is_same = [&](const Sentence& other) { return other.anchor == anchor && other.text == each.text; };
        if (each.anchor == anchor && std::ranges::none_of(others, is_same)) left.push_back(&each.text);
    }
    return left;
}
} // namespace

std::vector<SentenceChange> changes_between(const std::vector<Sentence>& before, const std::vector<Sentence>& after)
{
    std::vector<std::string> anchors;
    for (const auto* sentences : {&after, &before})
        for (const auto& each : *sentences) add_once(anchors, each.anchor);
    std::vector<SentenceChange> changes;
    for (const auto& anchor : anchors) {
        const auto gone = only_in(before, after, anchor);
        const auto come = only_in(after, before, anchor);
        for (std::size_t i = 0; i < std::max(gone.size(), come.size()); ++i)
            changes.push_back(changed(anchor, i < gone.size() ? gone[i] : nullptr, i < come.size() ? come[i] : nullptr)
            );
    }
    return changes;
}

std::vector<std::string> significant_changes(const Snapshot& before, const Snapshot& after)
{
    const Allowed allowed(before);
    std::vector<std::string> reasons;
    for (const auto& item : after.items) compare_item(allowed, item, reasons);
    for (const auto& recipient : after.recipients) {
        if (!allowed.recipients.contains(recipient.name)) {
            add_once(reasons, fmt::format("New recipient: {}", recipient.name));
            continue;
        }
        for (const auto& field : recipient.fields)
            if (!allowed.fields.contains({recipient.name, field}))
                add_once(reasons, fmt::format("{} receives more: {}", recipient.name, field));
    }
    return reasons;
}

Differences differences(const DocumentVersion& from, const DocumentVersion& to)
{
    Differences made{.document = to.document, .from = from.version, .to = to.version};
    made.sentences = changes_between(from.sentences, to.sentences);
    const auto after = snapshot_of(to.document, to.version);
    const auto before = snapshot_of(from.document, from.version);
    if (before && after)
        made.reasons = significant_changes(*before, *after);
    else if (after)
        made.reasons = {fmt::format("What version {} allowed cannot be compared by a program", from.version)};
    made.significant = !made.reasons.empty();
    return made;
}

} // namespace dialpine::privacy
