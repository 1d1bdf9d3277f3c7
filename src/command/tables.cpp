#include "egress/disclosures.hpp"
#include "insight/coworkers.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/place.hpp"
#include "insight/pseudonyms.hpp"
#include "insight/searches.hpp"
#include "insight/statistics.hpp"
#include "insight/usage.hpp"
#include "links/brought_consents.hpp"
#include "people/closing.hpp"
#include "people/objections.hpp"
#include "people/person.hpp"
#include "people/profile.hpp"
#include "people/restriction.hpp"
#include "people/second_factor.hpp"
#include "people/workspace.hpp"
#include "privacy/authorities.hpp"
#include "privacy/change_objections.hpp"
#include "privacy/consent.hpp"
#include "privacy/hold.hpp"
#include "privacy/inactivity.hpp"
#include "privacy/publication.hpp"
#include "privacy/subject_rows.hpp"
#include "store/change.hpp"
#include "store/job.hpp"
#include "store/schema.hpp"
#include "store/transparency.hpp"
#include "work/attachment.hpp"
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
        &links::declared::brought_consents_table,
        &people::declared::outbox_table,
        &people::declared::profiles_table,
        &people::declared::second_factors_table,
        &people::declared::recovery_codes_table,
        &people::declared::restrictions_table,
        &people::declared::objections_table,
        &privacy::declared::change_objections_table,
        &privacy::declared::presences_table,
        &privacy::declared::legal_holds_table,
        &privacy::declared::waiting_erasures_table,
        &people::declared::workspaces_table,
        &people::declared::planned_closings_table,
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
        &work::declared::attachments_table,
        &work::declared::imported_things_table,
        &work::declared::mentions_table,
        &work::declared::workspace_rules_table,
        &work::declared::sensitive_texts_table,
        &insight::declared::feature_uses_table,
        &insight::declared::opened_things_table,
        &insight::declared::attached_kinds_table,
        &insight::declared::device_uses_table,
        &insight::declared::arrivals_table,
        &insight::declared::search_terms_table,
        &insight::declared::coworkers_table,
        &insight::declared::teams_worked_in_table,
        &insight::declared::crash_reports_table,
        &insight::declared::places_table,
        &insight::declared::log_pseudonyms_table,
        &insight::declared::published_counts_table,
        &privacy::declared::subject_requests_table,
        &privacy::declared::strikes_table,
        &declared::changes_table,
        &declared::jobs_table,
        &declared::kept_answers_table,
        &privacy::declared::publications_table,
        &egress::declared::recipients_table,
        &egress::declared::disclosures_table,
        &egress::declared::recipient_notices_table,
        &privacy::declared::authority_requests_table,
        &declared::log_entries_table,
        &declared::log_secrets_table,
        &declared::log_nodes_table,
        &declared::log_heads_table,
    };
    return tables;
}

} // namespace dialpine::store
