#include "insight/place.hpp"

#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// `Europe/Amsterdam`, `Etc/GMT+3`.
bool is_time_zone(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && is_alphanumeric(text.front()) &&
           std::ranges::all_of(text, [](char c) {
               return is_alphanumeric(c) || std::string_view("/_+-").find(c) != std::string_view::npos;
           });
}

/// `nl`, `pt-BR`, `zh-Hant-TW`.
bool is_language(std::string_view text)
{
    return text.size() >= 2 && text.size() <= 35 && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

Place place_of(const store::Read& read, PersonId person)
{
    Place none{};
    none.person_id = person;
    return store::find<Place>(read, person).value_or(none);
}

/// A row that says nothing is none.
void keep(store::Write& write, Place place)
{
    if (!place.guessed_country && !place.chosen_country && !place.time_zone && !place.language) {
        store::remove<Place>(write, place.person_id);
        return;
    }
    place.changed_at = clock_now();
    store::upsert(write, place);
}

void check(const Change<std::optional<std::string>>& change, bool (*is_right)(std::string_view), std::string_view name,
           std::string_view what, std::vector<FieldError>& errors)
{
    if (change && *change && !is_right(**change))
        errors.push_back({"/" + std::string(name), "is not " + std::string(what)});
}
} // namespace

PlaceView find_place(store::Read& read, const people::SignedIn& me)
{
    const auto place = place_of(read, me.person);
    const bool may_use_guess = privacy::may_process(read, me.person, Purpose::approximate_location);
    PlaceView view{
        .country = place.chosen_country,
        .source = place.chosen_country ? PlaceSource::chosen : PlaceSource::none,
        .chosen_country = place.chosen_country,
        .time_zone = place.time_zone,
        .language = place.language,
    };
    if (!view.country && may_use_guess && place.guessed_country) {
        view.country = place.guessed_country;
        view.source = PlaceSource::guessed;
    }
    return view;
}

PlaceView change_place(store::Write& write, const people::SignedIn& me, PlaceChange change)
{
    std::vector<FieldError> errors;
    check(change.chosen_country, &is_country, "chosen_country", "a country's two capital letters, such as NL", errors);
    check(change.time_zone, &is_time_zone, "time_zone", "a time zone, such as Europe/Amsterdam", errors);
    check(change.language, &is_language, "language", "a language, such as nl or pt-BR", errors);
    if (!errors.empty()) throw Problem::invalid(std::move(errors));
    auto place = place_of(write, me.person);
    if (change.chosen_country) place.chosen_country = *change.chosen_country;
    if (change.time_zone) place.time_zone = *change.time_zone;
    if (change.language) place.language = *change.language;
    keep(write, std::move(place));
    return find_place(write, me);
}

void note_country(store::Write& write, const MayGuessPlace& consented, const std::string& country)
{
    auto place = place_of(write, consented.person());
    if (place.guessed_country == country) return;
    place.guessed_country = country;
    keep(write, std::move(place));
}

void forget_guess(store::Write& write, PersonId person)
{
    auto place = store::find<Place>(write, person);
    if (!place || !place->guessed_country) return;
    place->guessed_country.reset();
    keep(write, std::move(*place));
}

} // namespace dialpine::insight
