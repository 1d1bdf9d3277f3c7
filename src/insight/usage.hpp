#pragma once
#include "insight/kept.hpp"
#include "people/person.hpp"

/// Which features a person uses and what they open (promises P12 and P13), counted by the day: routes' names and ids,
/// never a title, a text or an hour. Only of those who agreed to it.
namespace dialpine::insight {

enum class Thing : std::uint8_t { task, project, team, link };
BOOST_DESCRIBE_ENUM(Thing, task, project, team, link)

struct FeatureUse {
    PersonId person_id;
    std::string day;
    std::string feature; ///< the route's name, as declared
    std::int64_t times = 0;
    Instant counted_on{}; ///< the day's beginning, for its period
};
BOOST_DESCRIBE_STRUCT(FeatureUse, (), (person_id, day, feature, times, counted_on))

struct OpenedThing {
    PersonId person_id;
    std::string day;
    Thing thing{};
    Uuid thing_id;
    std::int64_t times = 0;
    Instant counted_on{};
};
BOOST_DESCRIBE_STRUCT(OpenedThing, (), (person_id, day, thing, thing_id, times, counted_on))

/// Files that were attached, by their type alone.
struct AttachedKind {
    PersonId person_id;
    std::string day;
    std::string media_type;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    Instant counted_on{};
};
BOOST_DESCRIBE_STRUCT(AttachedKind, (), (person_id, day, media_type, files, bytes, counted_on))

namespace declared {
inline constexpr Keep usage_keep{"13 months", thirteen_months, "counted_on"};
inline constexpr Personal feature_use{
    .of = person_in<&FeatureUse::person_id>,
    .category = Category::usage,
    .source = Source::the_program,
    .uses = {Use::measure_use},
    .basis = Basis::consent,
    .keep = usage_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Features you used",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto feature_uses = store::table<FeatureUse>(
    "feature_uses",
    primary_key<&FeatureUse::person_id, &FeatureUse::day, &FeatureUse::feature>,
    column<&FeatureUse::person_id>(feature_use),
    column<&FeatureUse::day>(feature_use),
    column<&FeatureUse::feature>(feature_use, store::names_row),
    column<&FeatureUse::times>(feature_use),
    column<&FeatureUse::counted_on>(feature_use),
    store::indexed_by<&FeatureUse::counted_on>()
);

inline constexpr Personal opened_thing{
    .of = person_in<&OpenedThing::person_id>,
    .category = Category::usage,
    .source = Source::the_program,
    .uses = {Use::measure_use},
    .basis = Basis::consent,
    .keep = usage_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "What you opened",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto opened_things = store::table<OpenedThing>(
    "opened_things",
    primary_key<&OpenedThing::person_id, &OpenedThing::day, &OpenedThing::thing, &OpenedThing::thing_id>,
    column<&OpenedThing::person_id>(opened_thing),
    column<&OpenedThing::day>(opened_thing),
    column<&OpenedThing::thing>(opened_thing),
    column<&OpenedThing::thing_id>(opened_thing),
    column<&OpenedThing::times>(opened_thing),
    column<&OpenedThing::counted_on>(opened_thing),
    store::indexed_by<&OpenedThing::counted_on>()
);

inline constexpr Personal attached_kind{
    .of = person_in<&AttachedKind::person_id>,
    .category = Category::usage,
    .source = Source::the_program,
    .uses = {Use::measure_use},
    .basis = Basis::consent,
    .keep = usage_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Types and sizes of files you attached",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto attached_kinds = store::table<AttachedKind>(
    "attached_kinds",
    primary_key<&AttachedKind::person_id, &AttachedKind::day, &AttachedKind::media_type>,
    column<&AttachedKind::person_id>(attached_kind),
    column<&AttachedKind::day>(attached_kind),
    column<&AttachedKind::media_type>(attached_kind, store::names_row),
    column<&AttachedKind::files>(attached_kind),
    column<&AttachedKind::bytes>(attached_kind),
    column<&AttachedKind::counted_on>(attached_kind),
    store::indexed_by<&AttachedKind::counted_on>()
);
inline constexpr store::Table feature_uses_table = feature_uses.plain();
inline constexpr store::Table opened_things_table = opened_things.plain();
inline constexpr store::Table attached_kinds_table = attached_kinds.plain();
} // namespace declared

using MayMeasureUse = Consented<Purpose::usage_statistics>;

void count_feature(store::Write&, const MayMeasureUse&, std::string_view feature, Instant at);
void count_opened(store::Write&, const MayMeasureUse&, Thing, const Uuid&, Instant at);
/// What is no media type counts as `application/octet-stream`: a file's name must not come in this way.
void count_attached(store::Write&, const MayMeasureUse&, std::string_view media_type, std::int64_t bytes, Instant at);
void forget_usage(store::Write&, PersonId);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::FeatureUse> = &insight::declared::feature_uses_table;
template <>
inline constexpr const Table* table_of<insight::OpenedThing> = &insight::declared::opened_things_table;
template <>
inline constexpr const Table* table_of<insight::AttachedKind> = &insight::declared::attached_kinds_table;
} // namespace dialpine::store
