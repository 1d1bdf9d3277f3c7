#pragma once
#include "base/problem.hpp"
#include "egress/disclosures.hpp"
#include "egress/outgoing.hpp"

namespace dialpine::privacy {
class DisclosureRights;
}

/// The only door out. What passes has a row in the ledger; everything else is refused: an unknown recipient or host,
/// one that was not announced or ended, an agreement that is over, another purpose, a field that it may not receive.
namespace dialpine::egress {

/// The answer yes to the question whether this person's data may leave for a purpose: agreed to where that is asked
/// for, neither restricted nor objected to. Only given out by `privacy::may_disclose`, which stands above this room.
/// Not to be kept beyond the transaction.
template <SharingPurpose P>
class Permission {
public:
    [[nodiscard]] PersonId person() const { return person_; }

private:
    friend class privacy::DisclosureRights;
    explicit Permission(PersonId person) : person_(person) {}
    PersonId person_;
};

/// A document that passed the gate and has its row in the ledger; the only thing that a sender takes, once.
class Departure {
public:
    Departure(Departure&&) = default;
    Departure& operator=(Departure&&) = default;
    Departure(const Departure&) = delete;
    Departure& operator=(const Departure&) = delete;

    [[nodiscard]] DisclosureId id() const { return id_; }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] const std::string& body() const { return body_; }

private:
    friend class Gate;
    Departure(DisclosureId id, std::string url, std::string body)
        : id_(id), url_(std::move(url)), body_(std::move(body))
    {
    }
    DisclosureId id_;
    std::string url_;
    std::string body_;
};

/// Where to, within the recipient's hosts.
struct Destination {
    std::string recipient; ///< its name
    std::string url;       ///< empty: its endpoint
};

class Gate {
public:
    /// Writes the ledger's row and the entry in the transparency log, in the caller's transaction. Throws Problem 403,
    /// saying why, for whatever the register does not allow.
    template <SharingPurpose P>
    static Departure
    clear(store::Write& write, const Destination& to, const Outgoing<P>& what, const Permission<P>& permission)
    {
        return clear(write, to, P, what.fields(), permission.person());
    }
    /// A document that says nothing of anybody, by which an operator sees whether a recipient can be reached.
    static Departure clear_test(store::Write&, const Destination&);

private:
    static Departure clear(store::Write&, const Destination&, SharingPurpose, const Fields&, PersonId);
};

/// 403: refused by the register, not by anybody's role.
Problem no_way_out(std::string why);

/// Why nothing may go to it now, as a sentence; empty: something may.
std::string why_closed(const Recipient&, Instant now);

} // namespace dialpine::egress
