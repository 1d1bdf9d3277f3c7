#include "insight/pseudonyms.hpp"

#include "people/restriction.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::insight {
namespace {
constexpr std::size_t pseudonym_bytes = 8;
}

std::optional<LogPseudonym> pseudonym_of(const store::Read& read, PersonId person, Instant now)
{
    return store::select_one<LogPseudonym>(
        read,
        "WHERE person_id = $1 AND made_at > $2 ORDER BY made_at DESC, pseudonym LIMIT 1",
        person,
        now - pseudonym_life
    );
}

void make_pseudonym(store::Write& write, const MayLinkLog& consented, Instant now)
{
    if (pseudonym_of(write, consented.person(), now)) return;
    const auto random = crypto::Key::random();
    store::insert(
        write,
        LogPseudonym{
            .pseudonym = to_hex(random.bytes().substr(0, pseudonym_bytes)),
            .person_id = consented.person(),
            .made_at = now,
        }
    );
}

std::vector<PseudonymView> pseudonyms_of(const store::Read& read, PersonId person)
{
    std::vector<PseudonymView> views;
    for (auto& each : store::select<LogPseudonym>(read, "WHERE person_id = $1 ORDER BY made_at DESC, pseudonym", person))
        views.push_back({std::move(each.pseudonym), each.made_at});
    return views;
}

void forget_pseudonyms(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM log_pseudonyms WHERE person_id = $1", person);
}

LogLink link_log(store::Write& write, const people::SignedIn& staff, LogLinkWish wish)
{
    const auto known = store::find<LogPseudonym>(write, wish.pseudonym);
    if (!known) throw Problem::not_found();
    const auto consented = privacy::consented<Purpose::log_linking>(write, known->person_id);
    if (!consented) throw Problem::not_found();
    const auto person = consented->person();
    store::log_of(
        write,
        store::LogKind::staff_read,
        person,
        fmt::format(R"({{"what":"log pseudonym","by":"{}"}})", to_text(staff.person))
    );
    return {known->pseudonym, person, people::name_for_others(write, person)};
}

} // namespace dialpine::insight
