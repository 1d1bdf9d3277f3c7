#include "privacy/replay.hpp"

#include "people/objections.hpp"
#include "people/person.hpp"
#include "people/restriction.hpp"
#include "privacy/inactivity.hpp"
#include "store/rows.hpp"

namespace dialpine::privacy {
namespace {
using store::Choice;

class Replay {
public:
    Replay(store::Write& write, const ConsentOccasion& occasion) : write_(write), occasion_(occasion) {}

    /// Says whether the database had to be told.
    bool again(const Choice& choice)
    {
        const PersonId person(choice.of);
        if (!store::find<people::Person>(write_, person)) return false;
        const auto bar = choice.what.find('|');
        const auto kind = choice.what.substr(0, bar);
        const auto of = bar == std::string::npos ? std::string() : choice.what.substr(bar + 1);
        if (kind == "restriction") return restriction(person, choice);
        if (kind == "objection") return objection(person, choice, of);
        if (kind == "withdrawal") return withdrawal(person, choice, of);
        if (kind == "signal") return record_gpc(write_, person, occasion_);
        if (kind == asked_back) return asked(person, choice);
        return false; // of a newer program
    }

private:
    bool restriction(PersonId person, const Choice& choice)
    {
        const auto since = people::restricted_since(write_, person);
        if (choice.stands == since.has_value()) return false;
        if (choice.stands)
            people::restrict_person(write_, person, people::RestrictedBy::the_person);
        else
            people::lift_restriction(write_, person);
        return true;
    }

    bool objection(PersonId person, const Choice& choice, const std::string& of)
    {
        const auto use = json::parse_enum<people::Objectable>(of);
        if (!use || people::has_objected(write_, person, *use) == choice.stands) return false;
        people::set_objection(write_, {.person = person}, {*use}, {.objected = choice.stands});
        return true;
    }

    /// Only a refusal is made again: an agreement that an older database has lost is asked for anew.
    bool withdrawal(PersonId person, const Choice& choice, const std::string& of)
    {
        const auto purpose = json::parse_enum<Purpose>(of);
        if (!choice.stands || !purpose || !may_process(write_, person, *purpose)) return false;
        record_consent(write_, person, *purpose, people::ConsentState::withdrawn, occasion_);
        return true;
    }

    bool asked(PersonId person, const Choice& choice)
    {
        auto presence = store::find<Presence>(write_, person)
                            .value_or(Presence{.person_id = person, .last_seen_at = clock_now()});
        if (presence.asked_back_at) return false;
        presence.asked_back_at = choice.at;
        store::upsert(write_, presence);
        return true;
    }

    store::Write& write_;
    const ConsentOccasion& occasion_;
};

/// What the database held before there was such a list.
std::vector<Choice> choices_in(const store::Read& read)
{
    std::vector<Choice> choices;
    for (const auto& each : store::select<people::Restriction>(read, ""))
        choices.push_back({each.person_id, "restriction", true, each.created_at});
    for (const auto& each : store::select<people::ObjectionRow>(read, ""))
        choices.push_back(
            {each.person_id, fmt::format("objection|{}", json::name_of(each.purpose)), true, each.created_at}
        );
    for (const auto& each : store::select<PrivacySignal>(read, ""))
        choices.push_back({each.person_id, "signal", true, each.gpc_at});
    for (const auto& each : store::select<people::Consent>(read, "WHERE state = 'withdrawn'"))
        if (const auto purpose = json::parse_enum<Purpose>(each.purpose);
            purpose && !may_process(read, each.person_id, *purpose))
            choices.push_back({each.person_id, "withdrawal|" + each.purpose, true, each.at});
    return choices;
}
} // namespace

int replay_choices(store::Database& database, const ConsentOccasion& occasion)
{
    auto& replays = database.keys().replays();
    if (replays.is_new()) replays.adopt(database.read([](store::Read& read) { return choices_in(read); }));
    const auto choices = replays.all();
    if (choices.empty()) return 0;
    int told = 0;
    // In pieces, so that a long list does not hold up the writer's queue.
    constexpr std::size_t most = 500;
    for (std::size_t from = 0; from < choices.size(); from += most)
        told += database.write([&](store::Write& write) {
            Replay replay(write, occasion);
            int here = 0;
            for (std::size_t i = from; i < std::min(from + most, choices.size()); ++i) here += replay.again(choices[i]);
            return here;
        });
    return told;
}

} // namespace dialpine::privacy
