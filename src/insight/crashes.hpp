#pragma once
#include "base/text.hpp"
#include "insight/kept.hpp"
#include "people/person.hpp"

/// Reports of errors of the page and of the server (promise P18), scrubbed before they are stored, on this server
/// alone, for 90 days. Of a signed-in person only when they agreed; of nobody in particular otherwise.
namespace dialpine::insight {

using CrashReportId = Id<struct CrashReportTag>;

enum class CrashedIn : std::uint8_t { page, server };
BOOST_DESCRIBE_ENUM(CrashedIn, page, server)

struct CrashReport {
    CrashReportId id;
    std::optional<PersonId> person_id;
    CrashedIn crashed_in{};
    std::string kind;
    std::string message;
    std::string place; ///< of the page: frames in our own files; of the server: the route's name
    std::string version;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(CrashReport, (), (id, person_id, crashed_in, kind, message, place, version, at))

namespace declared {
inline constexpr Personal crash_report{
    .of = person_in<&CrashReport::person_id>,
    .category = Category::crash,
    .source = Source::the_program,
    .uses = {Use::mend_errors},
    .basis = Basis::consent,
    .keep = {"90 days", std::chrono::days{90}, "at"},
    .at_erasure = AtErasure::erase_row,
    .label = "Errors that you met",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto crash_reports = store::table<CrashReport>(
    "crash_reports",
    primary_key<&CrashReport::id>,
    column<&CrashReport::id>(NotPersonal{"a number of the report"}),
    column<&CrashReport::person_id>(crash_report),
    column<&CrashReport::crashed_in>(crash_report),
    column<&CrashReport::kind>(crash_report, store::names_row),
    column<&CrashReport::message>(crash_report),
    column<&CrashReport::place>(crash_report),
    column<&CrashReport::version>(crash_report),
    column<&CrashReport::at>(crash_report),
    store::indexed_by<&CrashReport::person_id>(),
    store::indexed_by<&CrashReport::at>()
);
inline constexpr store::Table crash_reports_table = crash_reports.plain();
} // namespace declared

using MayReportCrash = Consented<Purpose::crash_reports>;

/// What the page says of an error, unscrubbed still. `message` and `stack` as the browser gives them.
struct NewCrash {
    Line<200> kind;
    Prose<4000> message;
    Prose<20000> stack;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(NewCrash, (), (kind, message, stack))

/// Errors of one kind at one place.
struct CrashGroup {
    CrashedIn crashed_in{};
    std::string kind;
    std::string message;
    std::string place;
    std::string version; ///< the newest that it happened in
    std::int64_t count = 0;
    Instant first_at{};
    Instant last_at{};
};
BOOST_DESCRIBE_STRUCT(CrashGroup, (), (crashed_in, kind, message, place, version, count, first_at, last_at))
struct CrashGroups {
    std::vector<CrashGroup> items; ///< most frequent first, at most 200
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CrashGroups, (), (items, next))

struct OwnCrash {
    CrashReportId id;
    CrashedIn crashed_in{};
    std::string kind;
    std::string message;
    std::string place;
    Instant at{};
};
BOOST_DESCRIBE_STRUCT(OwnCrash, (), (id, crashed_in, kind, message, place, at))

/// An error with nothing of anybody in it any more.
struct ScrubbedCrash {
    CrashedIn crashed_in{};
    std::string kind;
    std::string message;
    std::string place;
};
ScrubbedCrash scrubbed(const NewCrash&);
ScrubbedCrash scrubbed(const std::exception&, std::string_view route);

void keep_crash(store::Write&, const MayReportCrash&, const ScrubbedCrash&, Instant at);
/// Met by somebody who is not signed in, of whom nothing is known.
void keep_crash_of_nobody(store::Write&, const ScrubbedCrash&, Instant at);
CrashGroups list_crashes(store::Read&);
std::vector<OwnCrash> crashes_of(const store::Read&, PersonId, int most);
void forget_crashes(store::Write&, PersonId);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::CrashReport> = &insight::declared::crash_reports_table;
} // namespace dialpine::store
