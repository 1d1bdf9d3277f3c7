#include "privacy/inactivity.hpp"

#include "people/invitations.hpp"
#include "people/objections.hpp"
#include "people/outbox.hpp"
#include "privacy/consent.hpp"
#include "privacy/replay.hpp"
#include "store/rows.hpp"

namespace dialpine::privacy {
namespace {
using people::Person;

std::string day_of(Instant at) { return to_text(std::chrono::floor<std::chrono::days>(at)); }

void post_warning(store::Write& write, const Person& person, Instant erased_at)
{
    people::queue_mail(
        write,
        person,
        "Your DialPine account will be erased on " + day_of(erased_at),
        fmt::format(
            "You have not used your account for a long time, so everything that is held of you will be erased on "
            "{}.\n\n"
            "To keep it, sign in once: {}/sign-in\n\nTo let it go, do nothing.\n",
            to_text(erased_at),
            people::public_url()
        )
    );
}

void post_question(store::Write& write, const Consented<Purpose::product_mail>&, const Person& person)
{
    people::queue_mail(
        write,
        person,
        "Your work is still here",
        fmt::format(
            "You have not been to DialPine for half a year, and agreed to news about it. What you left is still here: "
            "{0}\n\nThis is the only time that we ask. You can withdraw your consent to news here: {0}/me/consents\n",
            people::public_url()
        )
    );
}

/// Both warnings were given as long before as they promise.
Instant erasure_of(const Presence& presence, const InactivityRules& rules)
{
    Instant at = months_after(presence.last_seen_at, rules.erase_after);
    if (presence.warned_at) at = std::max(at, *presence.warned_at + InactivityRules::first_warning);
    if (presence.warned_again_at) at = std::max(at, *presence.warned_again_at + InactivityRules::last_warning);
    return at;
}

std::vector<Presence> candidates(const store::Read& read, Instant last_seen_before)
{
    return store::select<Presence>(
        read,
        "WHERE last_seen_at <= $1 AND person_id IN (SELECT person_id FROM accounts WHERE is_operator = 0) "
        "ORDER BY person_id",
        last_seen_before
    );
}

class Warnings {
public:
    Warnings(store::Write& write, const InactivityRules& rules, Instant now) : write_(write), rules_(rules), now_(now)
    {
    }

    int queue()
    {
        constexpr std::chrono::days soonest{28}; // no month is shorter
        for (auto presence : candidates(write_, now_ - soonest)) {
            const bool asks = ask_back(presence);
            const bool warns = rules_.erase_after.count() > 0 && warn(presence);
            if (asks || warns) store::update(write_, presence);
        }
        return queued_;
    }

private:
    bool ask_back(Presence& presence)
    {
        if (presence.asked_back_at || now_ < months_after(presence.last_seen_at, InactivityRules::ask_back_after))
            return false;
        const auto agreed = consented<Purpose::product_mail>(write_, presence.person_id);
        if (!agreed || !people::may_be_used(write_, presence.person_id, people::Objectable::send_mail)) return false;
        if (const auto person = reached(presence)) post_question(write_, *agreed, *person);
        presence.asked_back_at = now_;
        store::note_choice(
            write_, {.of = presence.person_id, .what = std::string(asked_back), .stands = true, .at = now_}
        );
        return true;
    }

    bool warn(Presence& presence)
    {
        const Instant erased_at = months_after(presence.last_seen_at, rules_.erase_after);
        if (!presence.warned_at && now_ >= erased_at - InactivityRules::first_warning)
            presence.warned_at = now_;
        else if (presence.warned_at && !presence.warned_again_at && now_ >= erasure_of(presence, rules_) - InactivityRules::last_warning)
            presence.warned_again_at = now_;
        else
            return false;
        if (const auto person = reached(presence)) post_warning(write_, *person, erasure_of(presence, rules_));
        return true;
    }

    /// Counts the mail that goes to them.
    std::optional<Person> reached(const Presence& presence)
    {
        auto person = store::find<Person>(write_, presence.person_id);
        if (!person || !person->email) return std::nullopt;
        ++queued_;
        return person;
    }

    store::Write& write_;
    const InactivityRules& rules_;
    Instant now_;
    int queued_ = 0;
};
} // namespace

Instant months_after(Instant from, std::chrono::months count)
{
    const auto day = std::chrono::floor<std::chrono::days>(from);
    std::chrono::year_month_day date{day};
    date += count;
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return std::chrono::sys_days{date} + (from - day);
}

void note_presence(store::Write& write, Instant now)
{
    store::execute(
        write,
        "INSERT INTO presences (person_id, last_seen_at) SELECT person_id, $1 FROM accounts "
        "WHERE person_id NOT IN (SELECT person_id FROM presences)",
        now
    );
    store::execute(
        write,
        "UPDATE presences SET last_seen_at = seen.at, warned_at = NULL, warned_again_at = NULL "
        "FROM (SELECT person_id AS who, max(last_seen_at) AS at FROM sessions GROUP BY person_id) AS seen "
        "WHERE seen.who = presences.person_id AND seen.at > presences.last_seen_at"
    );
}

int warn_inactive(store::Write& write, const InactivityRules& rules, Instant now)
{
    return Warnings(write, rules, now).queue();
}

std::vector<PersonId> inactive_to_erase(const store::Read& read, const InactivityRules& rules, Instant now)
{
    std::vector<PersonId> persons;
    if (rules.erase_after.count() == 0) return persons;
    for (const auto& presence : candidates(read, now - std::chrono::days{28}))
        if (presence.warned_at && presence.warned_again_at && erasure_of(presence, rules) <= now)
            persons.push_back(presence.person_id);
    return persons;
}

} // namespace dialpine::privacy
