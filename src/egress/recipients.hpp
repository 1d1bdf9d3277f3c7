#pragma once
#include "base/json.hpp"
#include "egress/field.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dialpine {
using RecipientId = Id<struct RecipientTag>;
}

/// The register of those to whom anything may be given. Who is not in it gets nothing (promises P45, P61, P65, P66).
namespace dialpine::egress {

/// Whoever is added waits until a notice to every account was queued, as a significant change of the policy does.
enum class RecipientState : std::uint8_t { waiting, active, ended };
BOOST_DESCRIBE_ENUM(RecipientState, waiting, active, ended)

/// A contractor, or a company of the same group: both pass the same gate (promise P69).
struct Recipient {
    RecipientId id;
    std::string name;
    SharingPurpose purpose{};
    std::string fields;   ///< names of the purpose's fields, separated by commas
    std::string hosts;    ///< all hosts that may be contacted for it, separated by commas; empty: nothing is sent
    std::string endpoint; ///< the address to which documents are posted; empty: nothing is sent
    std::string region;   ///< "European Union"
    std::string country;  ///< two letters
    bool is_affiliate = false;
    std::string agreement; ///< by which it is bound to the policy: a reference
    Instant agreement_until{};
    std::string contact;
    RecipientState state{};
    std::int64_t notices = 0; ///< queued for it
    Instant created_at{};
    std::optional<Instant> announced_at;
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(
    Recipient,
    (),
    (id,
     name,
     purpose,
     fields,
     hosts,
     endpoint,
     region,
     country,
     is_affiliate,
     agreement,
     agreement_until,
     contact,
     state,
     notices,
     created_at,
     announced_at,
     ended_at)
)

namespace declared {
inline constexpr store::NotPersonal registered{"who may receive what: a company, published by the operator"};
inline constexpr auto recipients = store::table<Recipient>(
    "recipients",
    store::primary_key<&Recipient::id>,
    store::column<&Recipient::id>(registered),
    store::column<&Recipient::name>(registered),
    store::column<&Recipient::purpose>(registered),
    store::column<&Recipient::fields>(registered),
    store::column<&Recipient::hosts>(registered),
    store::column<&Recipient::endpoint>(registered),
    store::column<&Recipient::region>(registered),
    store::column<&Recipient::country>(registered),
    store::column<&Recipient::is_affiliate>(registered),
    store::column<&Recipient::agreement>(registered),
    store::column<&Recipient::agreement_until>(registered),
    store::column<&Recipient::contact>(registered),
    store::column<&Recipient::state>(registered),
    store::column<&Recipient::notices>(registered),
    store::column<&Recipient::created_at>(registered),
    store::column<&Recipient::announced_at>(registered),
    store::column<&Recipient::ended_at>(registered)
);
inline constexpr store::Table recipients_table = recipients.plain();
} // namespace declared

using RecipientLine = Line<200>;

/// What an operator says of a recipient.
struct NewRecipient {
    RecipientLine name;
    SharingPurpose purpose{};
    std::vector<std::string> fields;
    std::optional<std::vector<std::string>> hosts;
    std::optional<std::string> endpoint;
    RecipientLine region;
    std::string country;
    std::optional<bool> affiliate;
    RecipientLine agreement;
    Day agreement_until{};
    RecipientLine contact;
    using is_request = void;
};
BOOST_DESCRIBE_STRUCT(
    NewRecipient,
    (),
    (name, purpose, fields, hosts, endpoint, region, country, affiliate, agreement, agreement_until, contact)
)

/// Registers it; it waits until it is announced. Throws Problem 422 with the member's pointer: a field that the purpose
/// does not have, a host that is none, an endpoint at another host or without TLS, an agreement that is over. 409 for
/// the name of one that has not ended.
Recipient add_recipient(store::Write&, const NewRecipient&);
/// From the moment that `notices` to every account are queued. Throws Problem 409 unless it waits.
Recipient activate_recipient(store::Write&, Recipient, std::int64_t notices);
/// Nothing goes to it any more. Throws Problem 409 when it ended before.
Recipient end_recipient(store::Write&, Recipient);

/// The one that has not ended.
std::optional<Recipient> find_recipient(const store::Read&, std::string_view name);
/// All, also those that ended; by name, the newest first.
std::vector<Recipient> list_recipients(const store::Read&);

/// `a,b` as its parts.
std::vector<std::string> parts_of(std::string_view list);
/// What a browser would contact for this address: the host in lower case, without a port. Absent for what is no http or
/// https address, or hides a host behind a user's name.
std::optional<std::string> host_of(std::string_view url);

} // namespace dialpine::egress

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<egress::Recipient> = &egress::declared::recipients_table;
} // namespace dialpine::store
