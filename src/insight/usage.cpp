#include "insight/usage.hpp"

#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
/// `image/png`, in the letters of RFC 6838.
bool is_media_type(std::string_view text)
{
    const auto slash = text.find('/');
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    };
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() && text.size() <= 100 &&
           std::ranges::all_of(text.substr(0, slash), is_letter) &&
           std::ranges::all_of(text.substr(slash + 1), is_letter);
}
} // namespace

void count_feature(store::Write& write, const MayMeasureUse& consented, std::string_view feature, Instant at)
{
    store::execute(
        write,
        "INSERT INTO feature_uses (person_id, day, feature, times, counted_on) VALUES ($1, $2, $3, 1, $4) "
        "ON CONFLICT (person_id, day, feature) DO UPDATE SET times = times + 1",
        consented.person(),
        day_text(at),
        feature,
        day_start(at)
    );
}

void count_opened(store::Write& write, const MayMeasureUse& consented, Thing thing, const Uuid& id, Instant at)
{
    store::execute(
        write,
        "INSERT INTO opened_things (person_id, day, thing, thing_id, times, counted_on) VALUES ($1, $2, $3, $4, 1, $5) "
        "ON CONFLICT (person_id, day, thing, thing_id) DO UPDATE SET times = times + 1",
        consented.person(),
        day_text(at),
        thing,
        id,
        day_start(at)
    );
}

void count_attached(
    store::Write& write, const MayMeasureUse& consented, std::string_view media_type, std::int64_t bytes, Instant at
)
{
    store::execute(
        write,
        "INSERT INTO attached_kinds (person_id, day, media_type, files, bytes, counted_on) "
        "VALUES ($1, $2, $3, 1, $4, $5) "
        "ON CONFLICT (person_id, day, media_type) DO UPDATE SET files = files + 1, bytes = bytes + $4",
        consented.person(),
        day_text(at),
        is_media_type(media_type) ? media_type : std::string_view("application/octet-stream"),
        bytes,
        day_start(at)
    );
}

void forget_usage(store::Write& write, PersonId person)
{
    for (const auto* table : {"feature_uses", "opened_things", "attached_kinds"})
        store::execute(write, fmt::format("DELETE FROM {} WHERE person_id = $1", table), person);
}

} // namespace dialpine::insight
