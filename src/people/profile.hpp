#pragma once
#include "base/json.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "store/database.hpp"

/// What a person may say of themselves and never has to (promises P7, P9). Nothing in DialPine asks for any of it: job
/// title and company are shown to the team where the person says so, all else is read by the person alone.
namespace dialpine::people {

struct Profile {
    PersonId person_id;
    std::optional<Sealed<std::string>> job_title;
    std::optional<Sealed<std::string>> company;
    std::optional<Sealed<std::string>> phone_number;
    std::optional<Sealed<std::string>> postal_address;
    std::optional<Sealed<std::string>> gender;
    std::optional<Sealed<std::string>> profession;
    std::optional<Sealed<std::string>> industry;
    std::optional<Sealed<std::string>> postal_code;
    bool shows_job_title = false;
    bool shows_company = false;
    Instant changed_at{};
};
BOOST_DESCRIBE_STRUCT(
    Profile,
    (),
    (person_id,
     job_title,
     company,
     phone_number,
     postal_address,
     gender,
     profession,
     industry,
     postal_code,
     shows_job_title,
     shows_company,
     changed_at)
)

namespace declared {
/// Filling a field in that nobody asks for, beside the words that say what it is for, is the consent to it; emptying it
/// takes the consent back.
consteval Personal volunteered(Category category, Uses uses, std::string_view label)
{
    return {
        .of = person_in<&Profile::person_id>,
        .category = category,
        .source = Source::the_person,
        .uses = uses,
        .basis = Basis::consent,
        .keep = until_erasure,
        .at_erasure = AtErasure::destroy_key,
        .label = label,
        .correct_at = "/me/account",
        .erase_at = "/me/account",
    };
}
inline constexpr Uses for_the_team{Use::show_to_team};
inline constexpr Uses for_oneself{Use::provide_service};
inline constexpr Personal profile_row{
    .of = person_in<&Profile::person_id>,
    .category = Category::profile,
    .source = Source::the_person,
    .uses = {Use::provide_service},
    .basis = Basis::consent,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .label = "What your team sees of your profile",
    .correct_at = "/me/account",
};
inline constexpr auto profiles = store::table<Profile>(
    "profiles",
    primary_key<&Profile::person_id>,
    column<&Profile::person_id>(profile_row),
    column<&Profile::job_title>(volunteered(Category::profile, for_the_team, "Job title")),
    column<&Profile::company>(volunteered(Category::organization, for_the_team, "Company")),
    column<&Profile::phone_number>(volunteered(Category::phone, for_oneself, "Phone number")),
    column<&Profile::postal_address>(volunteered(Category::postal_address, for_oneself, "Postal address")),
    column<&Profile::gender>(volunteered(Category::demographic, for_oneself, "Gender")),
    column<&Profile::profession>(volunteered(Category::demographic, for_oneself, "Profession")),
    column<&Profile::industry>(volunteered(Category::demographic, for_oneself, "Industry")),
    column<&Profile::postal_code>(volunteered(Category::postal_address, for_oneself, "Postal code")),
    column<&Profile::shows_job_title>(profile_row),
    column<&Profile::shows_company>(profile_row),
    column<&Profile::changed_at>(NotPersonal{"when the row was changed"})
);
inline constexpr store::Table profiles_table = profiles.plain();
} // namespace declared

/// A person's own profile; absent members were never filled in, or were emptied.
struct ProfileView {
    std::optional<std::string> job_title;
    std::optional<std::string> company;
    std::optional<std::string> phone_number;
    std::optional<std::string> postal_address;
    std::optional<std::string> gender;
    std::optional<std::string> profession;
    std::optional<std::string> industry;
    std::optional<std::string> postal_code;
    bool shows_job_title = false; ///< to the people of one's workspaces
    bool shows_company = false;
};
BOOST_DESCRIBE_STRUCT(
    ProfileView,
    (),
    (job_title,
     company,
     phone_number,
     postal_address,
     gender,
     profession,
     industry,
     postal_code,
     shows_job_title,
     shows_company)
)

/// Each member may be emptied by null.
struct ProfileChange {
    Change<std::optional<Line<120>>> job_title;
    Change<std::optional<Line<120>>> company;
    Change<std::optional<Line<32>>> phone_number;
    Change<std::optional<Prose<500>>> postal_address;
    Change<std::optional<Line<60>>> gender;
    Change<std::optional<Line<120>>> profession;
    Change<std::optional<Line<120>>> industry;
    Change<std::optional<Line<16>>> postal_code;
    Change<bool> shows_job_title;
    Change<bool> shows_company;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(
    ProfileChange,
    (),
    (job_title,
     company,
     phone_number,
     postal_address,
     gender,
     profession,
     industry,
     postal_code,
     shows_job_title,
     shows_company)
)

ProfileView find_profile(store::Read&, const SignedIn&);
/// Throws Problem 422 for what is no phone number or no postal code. A profile with nothing in it leaves no row.
ProfileView change_profile(store::Write&, const SignedIn&, ProfileChange);

/// What of a profile others may see: chosen by the person, and not restricted or objected to.
struct ShownProfile {
    std::optional<std::string> job_title;
    std::optional<std::string> company;
    bool operator==(const ShownProfile&) const = default;
};
ShownProfile profile_for_others(const store::Read&, PersonId);

} // namespace dialpine::people

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<people::Profile> = &people::declared::profiles_table;
} // namespace dialpine::store
