#pragma once
#include "links/imported_things.hpp"
#include "links/trello_outline.hpp"
#include "people/actor.hpp"

#include <unordered_map>

namespace dialpine::links {

/// What the parts of a board are here, once its project stands.
struct TrelloProject {
    people::Actor actor;
    ProjectId id;
    ImportedThings things;
    Instant now{};
    struct Column {
        StatusId status;
        bool is_closed = false; ///< then its cards are archived
    };
    std::unordered_map<std::string, Column> columns; ///< of every list in the file
    StatusId first_column; ///< for cards whose list is not in the file, or has no column here any more
    std::unordered_map<std::string, LabelId> labels;
    std::unordered_map<std::string, PersonId> people;

    /// An entry of the change log about this project, by whoever imports.
    [[nodiscard]] store::Change change(store::ChangeKind, const Uuid& object, std::optional<TaskId> task = {}) const;
};

/// Makes, or brings up to date, the project with its statuses and labels, and the persons. Throws Problem 409 if the
/// project of an earlier import is archived; one that was deleted is made anew.
TrelloProject prepare_project(store::Database&, const people::Actor&, const TrelloOutline&, ImportReport&);

} // namespace dialpine::links
