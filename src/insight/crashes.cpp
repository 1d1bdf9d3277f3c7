#include "insight/crashes.hpp"

#include "insight/scrub.hpp"
#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
constexpr int most_groups = 200;

void keep(store::Write& write, std::optional<PersonId> person, const ScrubbedCrash& crash, Instant at)
{
    store::insert(
        write,
        CrashReport{
            .id = CrashReportId::make(),
            .person_id = person,
            .crashed_in = crash.crashed_in,
            .kind = crash.kind,
            .message = crash.message,
            .place = crash.place,
            .version = DIALPINE_VERSION,
            .at = at,
        }
    );
}
} // namespace

ScrubbedCrash scrubbed(const NewCrash& crash)
{
    return {CrashedIn::page, scrubbed_kind(crash.kind), scrubbed_message(crash.message), scrubbed_stack(crash.stack)};
}

ScrubbedCrash scrubbed(const std::exception& exception, std::string_view route)
{
    return {
        CrashedIn::server, kind_of_exception(exception), scrubbed_message(exception.what()), std::string(route)
    };
}

void keep_crash(store::Write& write, const MayReportCrash& consented, const ScrubbedCrash& crash, Instant at)
{
    keep(write, consented.person(), crash, at);
}

void keep_crash_of_nobody(store::Write& write, const ScrubbedCrash& crash, Instant at)
{
    keep(write, std::nullopt, crash, at);
}

CrashGroups list_crashes(store::Read& read)
{
    CrashGroups groups;
    store::query(
        read,
        "SELECT crashed_in, kind, message, place, max(version), count(*), min(at), max(at) FROM crash_reports "
        "GROUP BY crashed_in, kind, message, place ORDER BY count(*) DESC, max(at) DESC LIMIT $1",
        [&](const store::Statement& row) {
            groups.items.push_back({
                .crashed_in = store::value_at<CrashedIn>(row, 0),
                .kind = std::string(row.text(1)),
                .message = std::string(row.text(2)),
                .place = std::string(row.text(3)),
                .version = std::string(row.text(4)),
                .count = row.integer(5),
                .first_at = store::value_at<Instant>(row, 6),
                .last_at = store::value_at<Instant>(row, 7),
            });
        },
        most_groups
    );
    return groups;
}

std::vector<OwnCrash> crashes_of(const store::Read& read, PersonId person, int most)
{
    std::vector<OwnCrash> own;
    for (const auto& each :
         store::select<CrashReport>(read, "WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2", person, most))
        own.push_back({each.id, each.crashed_in, each.kind, each.message, each.place, each.at});
    return own;
}

void forget_crashes(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM crash_reports WHERE person_id = $1", person);
}

} // namespace dialpine::insight
