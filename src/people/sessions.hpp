#pragma once
#include "base/json.hpp"
#include "people/accounts.hpp"
#include "people/actor.hpp"
#include "store/database.hpp"

#include <functional>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

namespace dialpine::people {

inline constexpr std::chrono::days session_life{30}; ///< after its last use

struct Credentials {
    Email email;
    Password password;
    std::optional<std::string> code; ///< of the second factor, or a recovery code; asked for by 401 `code-needed`
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (email, password, code))

struct SessionView {
    SessionId id;
    Instant created_at{};
    Instant changed_at{};
    Instant last_seen_at{};
    Instant expires_at{};
    std::string client;
    std::optional<std::string> address;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (id, created_at, changed_at, last_seen_at, expires_at, client, address, current))
struct SessionList {
    std::vector<SessionView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (items, next))

/// `current`, or a session's id, in a path.
struct SessionRef {
    std::optional<SessionId> id;
    using is_in_path = void;
};

struct NewSession {
    std::string token; ///< for the cookie; only its hash is stored
    SessionView session;
};

/// The browser and the network of a request, as they are kept: a family and a system, a network without the host.
struct Client {
    std::string user_agent;
    std::string address;
};
std::string describe_client(std::string_view user_agent);
/// IPv4 to its /24, IPv6 to its /48; empty for anything else.
std::string truncated_address(std::string_view address);

NewSession start_session(store::Write&, PersonId, const Client&);
SessionList list_sessions(store::Read&, const SignedIn&);
/// Throws Problem 404 for a session that is not one's own.
void end_session(store::Write&, const SignedIn&, SessionRef);
void end_other_sessions(store::Write&, const SignedIn&);
void end_all_sessions(store::Write&, PersonId);

/// Called, once it is durable, when a person's sessions end, are erased, or their account changes. Set at start.
void on_sessions_ended(std::function<void(PersonId)>);
/// Tells that listener.
void tell_sessions_ended(PersonId);

/// Who has this session token. Keeps what it found, until told that the person's sessions ended.
class SessionCache {
public:
    /// Absent for tokens that are unknown, ended or expired.
    std::optional<SignedIn> find(store::Database&, std::string_view token);
    void forget(PersonId);

private:
    struct Known {
        SignedIn who;
        Instant expires_at;
        Instant seen_at;
    };
    std::shared_mutex mutex_;
    std::unordered_map<std::string, Known> known_;
    std::uint64_t forgotten_ = 0;
};

} // namespace dialpine::people

namespace dialpine::json {
template <>
inline std::string_view read_text(std::string_view text, people::SessionRef& into)
{
    if (text == "current") return {};
    SessionId id;
    const auto wrong = read_text(text, id);
    into.id = id;
    return wrong;
}
} // namespace dialpine::json
