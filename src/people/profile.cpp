#include "people/profile.hpp"

#include "base/problem.hpp"
#include "people/objections.hpp"
#include "people/restriction.hpp"
#include "store/rows.hpp"

namespace dialpine::people {
namespace {
using Field = std::optional<Sealed<std::string>>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// E.164 has at most 15 digits; below 5 nothing is reachable from elsewhere. How the digits are grouped is the person's
/// own, and whether somebody answers there is not ours to find out.
void check_phone_number(std::string_view text)
{
    const auto digits = std::ranges::count_if(text, &is_digit);
    const bool is_plausible = digits >= 5 && digits <= 15 && text.find('+', 1) == std::string_view::npos &&
                              text.find_first_not_of("+0123456789 ()-./") == std::string_view::npos;
    if (!is_plausible)
        throw Problem::invalid("/phone_number", "must be 5 to 15 digits, such as +49 30 000000");
}

void check_postal_code(std::string_view text)
{
    const auto is_allowed = [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '-';
    };
    if (!std::ranges::all_of(text, is_allowed) || std::ranges::none_of(text, is_digit))
        throw Problem::invalid("/postal_code", "must be digits, letters, blanks or hyphens, such as 10115");
}

void check(const ProfileChange& change)
{
    if (change.phone_number && *change.phone_number) check_phone_number(**change.phone_number);
    if (change.postal_code && *change.postal_code) check_postal_code(**change.postal_code);
    if (change.postal_address && *change.postal_address && trimmed(**change.postal_address).empty())
        throw Problem::invalid("/postal_address", "must not be empty; send null to remove it");
}

template <class Text>
void take(Field& field, const Change<std::optional<Text>>& change)
{
    if (change) field = *change ? Field(Sealed<std::string>(std::string(**change))) : std::nullopt;
}

std::optional<std::string> shown(const Field& field)
{
    return field ? std::optional(field->reveal()) : std::nullopt;
}

ProfileView to_view(const Profile& profile)
{
    return {
        .job_title = shown(profile.job_title),
        .company = shown(profile.company),
        .phone_number = shown(profile.phone_number),
        .postal_address = shown(profile.postal_address),
        .gender = shown(profile.gender),
        .profession = shown(profile.profession),
        .industry = shown(profile.industry),
        .postal_code = shown(profile.postal_code),
        .shows_job_title = profile.shows_job_title,
        .shows_company = profile.shows_company,
    };
}

bool is_empty(const Profile& profile)
{
    return !profile.job_title && !profile.company && !profile.phone_number && !profile.postal_address &&
           !profile.gender && !profile.profession && !profile.industry && !profile.postal_code &&
           !profile.shows_job_title && !profile.shows_company;
}
} // namespace

ProfileView find_profile(store::Read& read, const SignedIn& me)
{
    return to_view(store::find<Profile>(read, me.person).value_or(Profile{}));
}

ProfileView change_profile(store::Write& write, const SignedIn& me, ProfileChange change)
{
    check(change);
    const auto shown_before = profile_for_others(write, me.person);
    auto profile = store::find<Profile>(write, me.person).value_or(Profile{.person_id = me.person});
    take(profile.job_title, change.job_title);
    take(profile.company, change.company);
    take(profile.phone_number, change.phone_number);
    take(profile.postal_address, change.postal_address);
    take(profile.gender, change.gender);
    take(profile.profession, change.profession);
    take(profile.industry, change.industry);
    take(profile.postal_code, change.postal_code);
    if (change.shows_job_title) profile.shows_job_title = *change.shows_job_title;
    if (change.shows_company) profile.shows_company = *change.shows_company;
    profile.changed_at = clock_now();
    if (is_empty(profile))
        store::remove<Profile>(write, me.person);
    else
        store::upsert(write, profile);
    if (profile_for_others(write, me.person) != shown_before) tell_workspaces_of(write, me.person);
    return to_view(profile);
}

ShownProfile profile_for_others(const store::Read& read, PersonId person)
{
    const auto profile = store::find<Profile>(read, person);
    if (!profile || !may_be_used(read, person, Objectable::show_to_team)) return {};
    return {
        .job_title = profile->shows_job_title ? shown(profile->job_title) : std::nullopt,
        .company = profile->shows_company ? shown(profile->company) : std::nullopt,
    };
}

} // namespace dialpine::people
