#pragma once
#include "insight/countries.hpp"
#include "insight/kept.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"

/// Where a person is, by country at most (promise P19): what they chose wins, and only who agreed is guessed from
/// their network. Time zone and language are offered from it by the page, which knows what is usual in a country.
namespace dialpine::insight {

struct Place {
    PersonId person_id;
    std::optional<std::string> guessed_country;
    std::optional<std::string> chosen_country;
    std::optional<std::string> time_zone; ///< in which the page shows times
    std::optional<std::string> language;  ///< in whose manner the page writes days and numbers
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(Place, (), (person_id, guessed_country, chosen_country, time_zone, language, changed_at))

namespace declared {
inline constexpr Personal guessed_place{
    .of = person_in<&Place::person_id>,
    .category = Category::place,
    .source = Source::the_browser,
    .uses = {Use::personalise},
    .basis = Basis::consent,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "Your country, guessed from your network",
    .correct_at = "/me/account",
    .erase_at = "/me/consents",
};
inline constexpr Personal chosen_place{
    .of = person_in<&Place::person_id>,
    .category = Category::place,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "The country, time zone and language that you chose",
    .correct_at = "/me/account",
    .erase_at = "/me/account",
};
inline constexpr auto places = store::table<Place>(
    "places",
    primary_key<&Place::person_id>,
    column<&Place::person_id>(chosen_place),
    column<&Place::guessed_country>(guessed_place),
    column<&Place::chosen_country>(chosen_place),
    column<&Place::time_zone>(chosen_place),
    column<&Place::language>(chosen_place),
    column<&Place::changed_at>(chosen_place)
);
inline constexpr store::Table places_table = places.plain();
} // namespace declared

using MayGuessPlace = Consented<Purpose::approximate_location>;

enum class PlaceSource : std::uint8_t { none, guessed, chosen };
BOOST_DESCRIBE_ENUM(PlaceSource, none, guessed, chosen)

struct PlaceView {
    std::optional<std::string> country; ///< the one that counts
    PlaceSource source{};
    std::optional<std::string> chosen_country;
    std::optional<std::string> time_zone;
    std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(PlaceView, (), (country, source, chosen_country, time_zone, language))

struct PlaceChange {
    Change<std::optional<std::string>> chosen_country;
    Change<std::optional<std::string>> time_zone; ///< a name of the IANA time zone database
    Change<std::optional<std::string>> language;  ///< a tag of BCP 47
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(PlaceChange, (), (chosen_country, time_zone, language))

PlaceView find_place(store::Read&, const people::SignedIn&);
/// Throws Problem 422 for what is no country, time zone or language by its form.
PlaceView change_place(store::Write&, const people::SignedIn&, PlaceChange);
/// Writes only when it is another country than before.
void note_country(store::Write&, const MayGuessPlace&, const std::string& country);
/// Takes the guess away; what the person chose stays.
void forget_guess(store::Write&, PersonId);

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::Place> = &insight::declared::places_table;
} // namespace dialpine::store
