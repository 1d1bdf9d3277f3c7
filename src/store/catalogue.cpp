#include "store/catalogue.hpp"

namespace dialpine {

CategoryText text_of(Category category)
{
    switch (category) {
    case Category::name: return {"user.name", "Name"};
    case Category::email: return {"user.contact.email", "E-mail address"};
    case Category::password: return {"user.authorization.password", "Password"};
    case Category::age_range: return {"user.demographic.age_range", "Age range"};
    case Category::session: return {"user.device.cookie_id", "Sessions"};
    case Category::ip_address: return {"user.device.ip_address", "Network addresses"};
    case Category::user_agent: return {"user.device", "Browser"};
    case Category::membership: return {"user.workplace", "Workspaces and roles"};
    case Category::authorship: return {"user.behavior", "What you made or changed"};
    case Category::collaborators: return {"user.social", "Work assigned to you"};
    case Category::content: return {"user.content.private", "Texts you wrote"};
    case Category::consent: return {"user.privacy_preferences", "Consents"};
    case Category::requests: return {"dialpine.requests", "Requests you made"};
    case Category::profile: return {"user.job_title", "Your profile"};
    case Category::file: return {"dialpine.files", "Files you uploaded"};
    case Category::device: return {"user.device", "Device and connection"};
    case Category::place: return {"user.location.imprecise", "Approximate place"};
    case Category::usage: return {"user.behavior", "What you use"};
    case Category::searches: return {"user.behavior.search_history", "What you search for"};
    case Category::contacts: return {"user.social", "Whom you work with"};
    case Category::crash: return {"user.telemetry", "Errors that you met"};
    case Category::sensitive: return {"dialpine.sensitive", "Sensitive data that you agreed to keep"};
    case Category::disclosure: return {"dialpine.disclosures", "Who received what"};
    case Category::organization: return {"user.contact.organization", "Company"};
    case Category::phone: return {"user.contact.phone_number", "Phone number"};
    case Category::postal_address: return {"user.contact.address", "Postal address"};
    case Category::demographic: return {"user.demographic", "What you said of yourself"};
    case Category::external_id: return {"user.unique_id", "Identifiers in other services"};
    }
    return {};
}

UseText text_of(Use use)
{
    switch (use) {
    case Use::provide_service: return {"essential.service", "to provide DialPine to you"};
    case Use::sign_in: return {"essential.service.authentication", "to sign you in"};
    case Use::security: return {"essential.service.security", "to keep your account safe"};
    case Use::show_to_team: return {"functional.service", "to show your team who does what"};
    case Use::send_mail: return {"essential.service.notifications.email", "to send you mail that you asked for"};
    case Use::prove_consent: return {"essential.legal_obligation", "to prove what you agreed to"};
    case Use::measure_use: return {"analytics.reporting", "to learn which features are used"};
    case Use::personalise: return {"personalize.content", "to show you what matters to you first"};
    case Use::mend_errors: return {"functional.service.improve", "to mend errors"};
    case Use::keep_law: return {"essential.legal_obligation", "to keep a duty that law sets"};
    case Use::answer_requests: return {"essential.legal_obligation", "to answer what you asked of us"};
    case Use::import_once: return {"dialpine.import", "to bring the same board in only once"};
    }
    return {};
}

std::string_view text_of(Source source)
{
    switch (source) {
    case Source::the_person: return "you";
    case Source::the_team: return "your team";
    case Source::the_browser: return "your browser";
    case Source::an_import: return "an imported board";
    case Source::the_program: return "DialPine itself";
    }
    return {};
}

std::string_view text_of(Basis basis)
{
    switch (basis) {
    case Basis::none: return "";
    case Basis::contract: return "contract";
    case Basis::consent: return "consent";
    case Basis::legal_obligation: return "legal obligation";
    case Basis::legitimate_interest: return "legitimate interest";
    }
    return {};
}

std::string_view text_of(AtErasure rule)
{
    switch (rule) {
    case AtErasure::none: return "";
    case AtErasure::destroy_key: return "erased, its key destroyed";
    case AtErasure::erase_row: return "erased";
    case AtErasure::unlink: return "stays for the team, without you";
    case AtErasure::keep: return "kept";
    }
    return {};
}

} // namespace dialpine
