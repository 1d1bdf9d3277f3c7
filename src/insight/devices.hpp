#pragma once
#include "insight/kept.hpp"
#include "people/person.hpp"

/// Browser, system and connection by their families, under a random id of the device, and the sites that led here
/// (promise P17). Minimised at the door: nothing finer ever gets as far as a function here.
namespace dialpine::insight {

using DeviceId = Id<struct DeviceTag>;

struct DeviceUse {
    PersonId person_id;
    std::string day;
    DeviceId device_id; ///< random, in a cookie of its own that lives as long as the consent
    std::string browser;
    std::string system;
    std::string connection; ///< IPv4 or IPv6
    Instant counted_on{};
};
BOOST_DESCRIBE_STRUCT(DeviceUse, (), (person_id, day, device_id, browser, system, connection, counted_on))

/// A site whose link led here.
struct Arrival {
    PersonId person_id;
    std::string day;
    std::string site; ///< its host alone
    std::int64_t times = 0;
    Instant counted_on{};
};
BOOST_DESCRIBE_STRUCT(Arrival, (), (person_id, day, site, times, counted_on))

namespace declared {
inline constexpr Keep device_keep{"13 months", thirteen_months, "counted_on"};
inline constexpr Personal device_use{
    .of = person_in<&DeviceUse::person_id>,
    .category = Category::device,
    .source = Source::the_browser,
    .uses = {Use::measure_use},
    .basis = Basis::consent,
    .keep = device_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Your devices",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto device_uses = store::table<DeviceUse>(
    "device_uses",
    primary_key<&DeviceUse::person_id, &DeviceUse::day, &DeviceUse::device_id>,
    column<&DeviceUse::person_id>(device_use),
    column<&DeviceUse::day>(device_use),
    column<&DeviceUse::device_id>(device_use),
    column<&DeviceUse::browser>(device_use, store::names_row),
    column<&DeviceUse::system>(device_use),
    column<&DeviceUse::connection>(device_use),
    column<&DeviceUse::counted_on>(device_use),
    store::indexed_by<&DeviceUse::counted_on>()
);

inline constexpr Personal arrival{
    .of = person_in<&Arrival::person_id>,
    .category = Category::device,
    .source = Source::the_browser,
    .uses = {Use::measure_use},
    .basis = Basis::consent,
    .keep = device_keep,
    .at_erasure = AtErasure::erase_row,
    .label = "Sites that led you here",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto arrivals = store::table<Arrival>(
    "arrivals",
    primary_key<&Arrival::person_id, &Arrival::day, &Arrival::site>,
    column<&Arrival::person_id>(arrival),
    column<&Arrival::day>(arrival),
    column<&Arrival::site>(arrival, store::names_row),
    column<&Arrival::times>(arrival),
    column<&Arrival::counted_on>(arrival),
    store::indexed_by<&Arrival::counted_on>()
);
inline constexpr store::Table device_uses_table = device_uses.plain();
inline constexpr store::Table arrivals_table = arrivals.plain();
} // namespace declared

using MayKnowDevice = Consented<Purpose::device_information>;

struct Device {
    DeviceId id;
    std::string browser;
    std::string system;
    std::string connection;
};
/// An id that says nothing, not even when it was made.
DeviceId random_device();
/// The families of a browser and the kind of its connection; the rest of both is forgotten here.
Device describe_device(DeviceId, std::string_view user_agent, std::string_view address);
/// The host of a referring address: without path, query, port, user or password. Empty for what is none, or for
/// ourselves.
std::string site_of(std::string_view referrer, std::string_view our_host);

void note_device(store::Write&, const MayKnowDevice&, const Device&, Instant at);
void note_arrival(store::Write&, const MayKnowDevice&, std::string_view site, Instant at);
void forget_devices(store::Write&, PersonId);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::DeviceUse> = &insight::declared::device_uses_table;
template <>
inline constexpr const Table* table_of<insight::Arrival> = &insight::declared::arrivals_table;
} // namespace dialpine::store
