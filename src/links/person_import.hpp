#pragma once
#include "base/json.hpp"
#include "links/import_report.hpp"
#include "links/import_source.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>
#include <vector>

/// What a person brings along from another DialPine by their own export (promise P41): their name, what they agreed to
/// as history, and the tasks that they choose to take along, with what they themselves wrote on those.
namespace dialpine::links {

enum class TakenTasks : std::uint8_t { none, open, all };
BOOST_DESCRIBE_ENUM(TakenTasks, none, open, all)

struct PersonMoveWish {
    people::SignedIn me;
    std::optional<people::Actor> into; ///< the workspace for the tasks
    TakenTasks tasks = TakenTasks::none;
    bool takes_name = false;
};

/// Counts and our own words, never text from the file.
struct PersonMoveReport {
    std::string signed_by; ///< the key of the instance that made the archive
    bool made_here = false;
    bool name_taken = false;
    std::int64_t consents = 0;
    std::optional<ProjectId> project_id; ///< where the tasks are
    std::int64_t tasks = 0;
    std::int64_t comments = 0;
    std::vector<Skipped> skipped;
};
BOOST_DESCRIBE_STRUCT(
    PersonMoveReport, (), (signed_by, made_here, name_taken, consents, project_id, tasks, comments, skipped)
)

/// Reads and checks everything first (Problem 422 names the place), then writes it in one transaction. The same export
/// again adds nothing twice.
PersonMoveReport import_person(store::Database&, const PersonMoveWish&, ImportSource&, const Progress&);

} // namespace dialpine::links
