#include "people/objections.hpp"
#include "people/person.hpp"
#include "people/profile.hpp"
#include "people/restriction.hpp"
#include "people/second_factor.hpp"
#include "people/workspace.hpp"
#include "privacy/consent.hpp"
#include "privacy/publication.hpp"
#include "store/change.hpp"
#include "store/job.hpp"
#include "store/schema.hpp"
#include "store/transparency.hpp"
#include "work/mentions.hpp"
#include "work/task.hpp"
#include "work/written.hpp"

namespace dialpine::store {

// Listed by hand: static registration has no order and vanishes from static libraries.
std::span<const Table* const> all_tables()
{
    static constexpr std::array tables{
        &people::declared::people_table,
        &people::declared::accounts_table,
        &people::declared::sessions_table,
        &people::declared::consents_table,
        &privacy::declared::privacy_signals_table,
        &people::declared::outbox_table,
        &people::declared::profiles_table,
        &people::declared::second_factors_table,
        &people::declared::recovery_codes_table,
        &people::declared::restrictions_table,
        &people::declared::objections_table,
        &people::declared::workspaces_table,
        &people::declared::memberships_table,
        &people::declared::imported_people_table,
        &people::declared::invitations_table,
        &work::declared::teams_table,
        &work::declared::projects_table,
        &work::declared::statuses_table,
        &work::declared::labels_table,
        &work::declared::tasks_table,
        &work::declared::task_assignees_table,
        &work::declared::task_labels_table,
        &work::declared::checklist_items_table,
        &work::declared::links_table,
        &work::declared::task_fields_table,
        &work::declared::comments_table,
        &work::declared::imported_things_table,
        &work::declared::mentions_table,
        &work::declared::workspace_rules_table,
        &work::declared::sensitive_texts_table,
        &declared::changes_table,
        &declared::jobs_table,
        &declared::kept_answers_table,
        &privacy::declared::publications_table,
        &declared::log_entries_table,
        &declared::log_secrets_table,
        &declared::log_nodes_table,
        &declared::log_heads_table,
    };
    return tables;
}

} // namespace dialpine::store
