#pragma once
#include "base/json.hpp"
#include "people/accounts.hpp"
#include "people/actor.hpp"
#include "privacy/subject_rows.hpp"
#include "privacy/subject_words.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What others wrote about a person in words (promise P26): found in every text of a workspace, shown to its admins in
/// context, and struck out on their approval, everywhere. Nothing is kept of the words that were looked for.
namespace dialpine::privacy {

/// What stands in the place of what was struck out.
inline constexpr std::string_view struck_out = "[struck out]";

struct SubjectWish {
    std::optional<PersonId> person_id; ///< somebody of the workspace: their name and address are looked for
    std::optional<people::Name> name;  ///< of somebody else
    std::optional<Email> email;
    std::optional<std::vector<Line<120>>> words; ///< a nickname, a number
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(SubjectWish, (), (person_id, name, email, words, password))

struct StrikeWish {
    std::optional<PersonId> person_id;
    std::optional<people::Name> name;
    std::optional<Email> email;
    std::optional<std::vector<Line<120>>> words;
    std::vector<Line<64>> hits; ///< the ids of those that are to be struck out
    std::optional<people::Password> password;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(StrikeWish, (), (person_id, name, email, words, hits, password))

struct SubjectHit {
    std::string id;    ///< of the text as it is now: another text has another
    std::string place; ///< `comments.body`
    std::optional<TaskId> task_id;
    std::optional<std::string> task_key;
    std::optional<ProjectId> project_id; ///< the task's
    std::int64_t occurrences = 0;
    std::string snippet;  ///< marks hits with `<mark>` and is otherwise escaped
    std::string redacted; ///< the same to hand on: without the names and addresses of other people
};
BOOST_DESCRIBE_STRUCT(SubjectHit, (), (id, place, task_id, task_key, project_id, occurrences, snippet, redacted))
struct SubjectHits {
    std::vector<SubjectHit> items;
    std::int64_t texts = 0; ///< in how many it stands; `items` are the first of them
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SubjectHits, (), (items, texts, next))

/// Whether people's words can stand in the column, so that a search about a person reads it.
bool is_searched(const store::Table&, const store::Column&);

/// What a wish looks for. Throws Problem 422 for one that names nothing, or somebody who is not of the workspace.
SubjectWords words_for(const store::Read&, const people::Actor&, const SubjectWish&);

/// A text in which the words stand.
struct FoundText {
    const store::Table* table = nullptr;
    const store::Column* column = nullptr;
    std::vector<std::variant<Uuid, std::string>> key; ///< of its row
    std::optional<TaskId> task;
    std::string id;
    std::string text;
    std::vector<Span> spans;
};
/// Walks over every text of the workspace; those that `subject` wrote are left out. Takes seconds in a large one.
std::vector<FoundText>
find_texts(const store::Read&, WorkspaceId, const SubjectWords&, std::optional<PersonId> subject);

SubjectHits
to_hits(const store::Read&, const people::Actor&, const std::vector<FoundText>&, std::optional<PersonId> subject);

/// Notes that an admin looked, before they do: the person finds it in their log.
void log_subject_search(store::Write&, const people::Actor&, std::optional<PersonId> subject);

struct StrikeView {
    StrikeId id;
    std::int64_t texts = 0;
    std::int64_t occurrences = 0;
    std::optional<PersonId> struck_by;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(StrikeView, (), (id, texts, occurrences, struck_by, created_at, changed_at))
struct StrikeList {
    std::vector<StrikeView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(StrikeList, (), (items, next))

/// Strikes the words out of these texts and tells everything that holds a copy. Throws Problem 409 `changed-meanwhile`
/// when one of them reads otherwise by now, with nothing changed.
StrikeView
strike_out(store::Write&, const people::Actor&, const std::vector<FoundText>&, std::optional<PersonId> subject);
StrikeList list_strikes(store::Read&, const people::Actor&);

// ---- asked by the person

struct WrittenAbout {
    WorkspaceId id;
    std::string name;
    std::int64_t texts = 0; ///< of others in which the person's name or address stands
    std::optional<Instant> asked_at;
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(WrittenAbout, (), (id, name, texts, asked_at, answered_at))
struct WrittenAboutList {
    std::vector<WrittenAbout> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(WrittenAboutList, (), (items, next))
WrittenAboutList list_written_about(store::Read&, const people::SignedIn&);

struct SubjectRequestView {
    PersonId id; ///< the person's
    std::string name;
    Instant created_at{};
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(SubjectRequestView, (), (id, name, created_at, changed_at))
struct SubjectRequestList {
    std::vector<SubjectRequestView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SubjectRequestList, (), (items, next))
/// Asks the workspace's admins to look. Throws Problem 404 for a workspace that the person is not in.
SubjectRequestView ask_to_look(store::Write&, const people::SignedIn&, WorkspaceId);
/// Those that wait for an admin.
SubjectRequestList list_subject_requests(store::Read&, const people::Actor&);
/// An admin looked and is done with it. Throws Problem 404 when nobody waits.
void close_subject_request(store::Write&, const people::Actor&, PersonId);

} // namespace dialpine::privacy
