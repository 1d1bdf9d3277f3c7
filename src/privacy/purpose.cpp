#include "privacy/purpose.hpp"

#include "base/json.hpp"

#include <array>
#include <stdexcept>

namespace dialpine::privacy {
namespace {
constexpr std::array purposes{
    PurposeFacts{
        .purpose = Purpose::account,
        .use = Use::provide_service,
        .category = Category::name,
        .title = "Your account",
        .needs = "your name, your e-mail address and what you write here",
        .when_off = "There is no account without it: to withdraw it is to erase the account.",
        .keep = "until you erase your account",
    },
    PurposeFacts{
        .purpose = Purpose::usage_statistics,
        .use = Use::measure_use,
        .category = Category::usage,
        .title = "Which features you use",
        .needs = "the features you use, the ids of tasks, projects, teams and links you open, and types and sizes of files "
                 "you attach; never a text or a name",
        .when_off = "Your activity page stays empty. Everything else works.",
        .keep = "13 months",
    },
    PurposeFacts{
        .purpose = Purpose::search_history,
        .use = Use::personalise,
        .category = Category::searches,
        .title = "What you search for often",
        .needs = "the words you search for, readable by you alone",
        .when_off = "Search does not suggest what you looked for before.",
        .keep = "13 months",
    },
    PurposeFacts{
        .purpose = Purpose::collaboration_graph,
        .use = Use::personalise,
        .category = Category::contacts,
        .title = "Whom you work with most",
        .needs = "how often you and others work on the same tasks",
        .when_off = "People are listed by name instead of those you work with first.",
        .keep = "13 months",
        .is_covered_by_gpc = true,
    },
    PurposeFacts{
        .purpose = Purpose::device_information,
        .use = Use::measure_use,
        .category = Category::device,
        .title = "Your device and connection",
        .needs = "the families of your browser and system, the kind of your connection, a random number of the device in a "
                 "cookie, and the name of the site that led you here",
        .when_off = "Your browser does not count in the operator's statistics.",
        .keep = "13 months",
    },
    PurposeFacts{
        .purpose = Purpose::crash_reports,
        .use = Use::mend_errors,
        .category = Category::crash,
        .title = "Reports of errors",
        .needs = "where in the program an error happened, without what you wrote",
        .when_off = "Errors that you meet are not reported to the operator.",
        .keep = "90 days",
    },
    PurposeFacts{
        .purpose = Purpose::approximate_location,
        .use = Use::personalise,
        .category = Category::place,
        .title = "Your country, guessed from your network",
        .needs = "the country of your network address, looked up on this server",
        .when_off = "You choose time zone and language yourself.",
        .keep = "until you change it or erase your account",
    },
    PurposeFacts{
        .purpose = Purpose::log_linking,
        .use = Use::mend_errors,
        .category = Category::usage,
        .title = "Your requests in the server's log",
        .needs = "a pseudonym of yours beside the requests that you make",
        .when_off = "The operator cannot find your requests in the log when you ask for help.",
        .keep = "30 days",
    },
    PurposeFacts{
        .purpose = Purpose::personalisation,
        .use = Use::personalise,
        .category = Category::usage,
        .title = "What matters to you first",
        .needs = "what the other purposes that you agreed to hold of you",
        .when_off = "Lists come in the same order for everybody.",
        .keep = "nothing is kept for it",
        .is_covered_by_gpc = true,
    },
    PurposeFacts{
        .purpose = Purpose::internal_linking,
        .use = Use::measure_use,
        .category = Category::usage,
        .title = "Linking what the purposes above hold",
        .needs = "what they hold, looked at together",
        .when_off = "Each stays on its own.",
        .keep = "nothing is kept for it",
        .is_covered_by_gpc = true,
    },
    PurposeFacts{
        .purpose = Purpose::product_mail,
        .use = Use::send_mail,
        .category = Category::email,
        .title = "News about DialPine by mail",
        .needs = "your e-mail address",
        .when_off = "You get no news. Mail that your account needs still comes.",
        .keep = "until you withdraw it",
        .is_covered_by_gpc = true,
    },
    PurposeFacts{
        .purpose = Purpose::sensitive_data,
        .use = Use::provide_service,
        .category = Category::sensitive,
        .title = "Sensitive data that you write",
        .needs = "numbers and words about health, identity or money in what you write",
        .when_off = "What looks sensitive is not kept unless you say so each time.",
        .keep = "as long as the text that holds it",
    },
};
} // namespace

std::span<const PurposeFacts> all_purposes() { return purposes; }

const PurposeFacts& facts_of(Purpose purpose)
{
    for (const auto& facts : purposes)
        if (facts.purpose == purpose) return facts;
    throw std::logic_error("a purpose is not in the registry");
}

std::string purposes_as_toml()
{
    std::string toml =
        "# What people can agree to. Written from the registry in src/privacy/purpose.cpp; a test keeps both alike.\n";
    for (const auto& facts : purposes)
        toml += fmt::format(
            "\n[[purpose]]\nid = \"{}\"\ntitle = \"{}\"\nuse = \"{}\"\ndata = \"{}\"\nneeds = \"{}\"\nwhen_off = "
            "\"{}\"\n"
            "keep = \"{}\"\nglobal_privacy_control = {}\n",
            json::name_of(facts.purpose),
            facts.title,
            text_of(facts.use).key,
            text_of(facts.category).key,
            facts.needs,
            facts.when_off,
            facts.keep,
            facts.is_covered_by_gpc
        );
    return toml;
}

} // namespace dialpine::privacy
