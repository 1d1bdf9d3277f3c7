#include "people/sessions.hpp"

#include "base/problem.hpp"
#include "people/objections.hpp"
#include "store/rows.hpp"

#include <arpa/inet.h>

namespace dialpine::people {
namespace {
constexpr std::size_t most_known = 100'000;
constexpr std::chrono::minutes seen_step{10}; ///< how exactly the last use is kept

std::function<void(PersonId)>& listener()
{
    static std::function<void(PersonId)> tell = [](PersonId) {};
    return tell;
}

SessionView to_view(const Session& session, SessionId current)
{
    return {
        .id = session.id,
        .created_at = session.created_at,
        .changed_at = session.last_seen_at,
        .last_seen_at = session.last_seen_at,
        .expires_at = session.expires_at,
        .client = session.client.reveal(),
        .address = session.address ? std::optional(session.address->reveal()) : std::nullopt,
        .current = session.id == current,
    };
}
} // namespace

void on_sessions_ended(std::function<void(PersonId)> tell) { listener() = std::move(tell); }
void tell_sessions_ended(PersonId person) { listener()(person); }

std::string describe_client(std::string_view user_agent)
{
    const auto has = [&](std::string_view part) { return user_agent.find(part) != std::string_view::npos; };
    const std::string_view browser = has("Firefox/")      ? "Firefox"
                                     : has("Edg/")        ? "Edge"
                                     : has("OPR/")        ? "Opera"
                                     : has("Chrome/")     ? "Chrome"
                                     : has("Safari/")     ? "Safari"
                                     : user_agent.empty() ? "A program"
                                                          : "Another client";
    const std::string_view system = has("Android")                 ? " on Android"
                                    : has("iPhone") || has("iPad") ? " on iOS"
                                    : has("Windows")               ? " on Windows"
                                    : has("Mac OS X")              ? " on macOS"
                                    : has("Linux") || has("X11")   ? " on Linux"
                                                                   : "";
    return std::string(browser) + std::string(system);
}

std::string truncated_address(std::string_view address)
{
    const std::string text(address);
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return text.substr(0, text.rfind('.')) + ".0/24";
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return {};
    std::fill(std::begin(v6.s6_addr) + 6, std::end(v6.s6_addr), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> shown{};
    inet_ntop(AF_INET6, &v6, shown.data(), shown.size());
    return std::string(shown.data()) + "/48";
}

NewSession start_session(store::Write& write, PersonId person, const Client& client)
{
    const auto token = crypto::new_token();
    const bool keeps_client = !has_objected(write, person, Objectable::security);
    const auto network = keeps_client ? truncated_address(client.address) : std::string();
    const Instant now = clock_now();
    const Session session{
        .id = SessionId::make(),
        .person_id = person,
        .token_hash = crypto::token_hash(token),
        .client = Sealed<std::string>(keeps_client ? describe_client(client.user_agent) : "A browser"),
        .address = network.empty() ? std::nullopt : std::optional(Sealed<std::string>(network)),
        .created_at = now,
        .last_seen_at = now,
        .expires_at = now + session_life,
    };
    store::insert(write, session);
    return {token, to_view(session, session.id)};
}

SessionList list_sessions(store::Read& read, const SignedIn& me)
{
    SessionList list;
    const auto sessions = store::select<Session>(
        read, "WHERE person_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id DESC", me.person, clock_now()
    );
    for (const auto& session : sessions) list.items.push_back(to_view(session, me.session));
    return list;
}

void end_session(store::Write& write, const SignedIn& me, SessionRef ref)
{
    const auto session = store::find<Session>(write, ref.id.value_or(me.session));
    if (!session || session->person_id != me.person) throw Problem::not_found();
    store::remove<Session>(write, session->id);
    write.after_commit([person = me.person] { tell_sessions_ended(person); });
}

void end_other_sessions(store::Write& write, const SignedIn& me)
{
    store::execute(write, "DELETE FROM sessions WHERE person_id = $1 AND id <> $2", me.person, me.session);
    write.after_commit([person = me.person] { tell_sessions_ended(person); });
}

void end_all_sessions(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM sessions WHERE person_id = $1", person);
    write.after_commit([person] { tell_sessions_ended(person); });
}

std::optional<SignedIn> SessionCache::find(store::Database& database, std::string_view token)
{
    const auto hash = crypto::token_hash(token);
    const std::string key(crypto::view(hash));
    const Instant now = clock_now();
    std::uint64_t forgotten = 0;
    {
        const std::shared_lock lock(mutex_);
        forgotten = forgotten_;
        const auto known = known_.find(key);
        if (known != known_.end() && known->second.expires_at > now && now - known->second.seen_at < seen_step)
            return known->second.who;
    }
    const auto found = database.read([&](store::Read& read) -> std::optional<std::pair<Session, bool>> {
        auto session = store::select_one<Session>(read, "WHERE token_hash = $1", hash);
        if (!session || session->expires_at <= now) return std::nullopt;
        const auto account = find_account(read, session->person_id);
        if (!account) return std::nullopt;
        return std::pair(std::move(*session), account->is_operator);
    });
    if (!found) return std::nullopt;
    const auto& [session, is_operator] = *found;
    if (now - session.last_seen_at >= seen_step)
        database.submit(
            [id = session.id, now](store::Write& write) {
                store::execute(
                    write,
                    "UPDATE sessions SET last_seen_at = $1, expires_at = $2 WHERE id = $3",
                    now,
                    now + session_life,
                    id
                );
            },
            [](std::exception_ptr) {} // the next request tries again
        );
    const SignedIn who{.person = session.person_id, .session = session.id, .is_operator = is_operator};
    const std::unique_lock lock(mutex_);
    // A session that ended while we read must not come back.
    if (forgotten == forgotten_) {
        if (known_.size() >= most_known) known_.clear();
        known_.insert_or_assign(key, Known{who, now + session_life, now});
    }
    return who;
}

void SessionCache::forget(PersonId person)
{
    const std::unique_lock lock(mutex_);
    ++forgotten_;
    std::erase_if(known_, [&](const auto& each) { return each.second.who.person == person; });
}

} // namespace dialpine::people
