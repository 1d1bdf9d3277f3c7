#pragma once
#include "egress/sender.hpp"
#include "people/actor.hpp"
#include "people/objections.hpp"
#include "privacy/consent.hpp"
#include "privacy/records.hpp"

/// Who may receive what of whom, as people and the public see it; and the question that the only door out asks of a
/// person (`egress/gate.hpp`).
namespace dialpine::privacy {

/// Where a purpose rests on consent, and the use to which people can object instead.
struct DisclosureRule {
    egress::SharingPurpose purpose{};
    std::optional<Purpose> consent;
    std::optional<people::Objectable> objectable;
};
const DisclosureRule& rule_of(egress::SharingPurpose);

/// The one place that gives out permissions.
class DisclosureRights {
public:
    template <egress::SharingPurpose P>
    static std::optional<egress::Permission<P>> ask(const store::Read& read, PersonId person)
    {
        if (!allows(read, person, P)) return std::nullopt;
        return egress::Permission<P>(person);
    }

private:
    static bool allows(const store::Read&, PersonId, egress::SharingPurpose);
};

/// Absent when the person is not known, did not agree where the purpose asks for it, withdrew, objected, or restricted
/// the use of what is held of them.
template <egress::SharingPurpose P>
std::optional<egress::Permission<P>> may_disclose(const store::Read& read, PersonId person)
{
    return DisclosureRights::ask<P>(read, person);
}

/// The names of those who may receive what a consent allows, now or once they are announced: `none`, or separated by
/// commas. What a record of the consent says.
std::string recipients_of(const store::Read&, Purpose);

/// A recipient in a path: its name, or its id.
struct RecipientRef {
    std::string name;
    using is_in_path = void;
};

struct SubprocessorView {
    RecipientId id;
    std::string name;
    egress::SharingPurpose purpose{};
    std::string purpose_title;
    std::vector<std::string> fields;
    std::vector<std::string> fields_titles;
    std::vector<Term> categories;
    std::vector<std::string> hosts;
    std::string region;
    std::string country;
    bool affiliate = false;
    std::string agreement;
    Instant agreement_until{};
    std::string contact;
    egress::RecipientState state{};
    bool open = false; ///< whether anything may go to it now
    std::int64_t notices = 0;
    Instant created_at{};
    std::optional<Instant> announced_at;
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(
    SubprocessorView,
    (),
    (id,
     name,
     purpose,
     purpose_title,
     fields,
     fields_titles,
     categories,
     hosts,
     region,
     country,
     affiliate,
     agreement,
     agreement_until,
     contact,
     state,
     open,
     notices,
     created_at,
     announced_at,
     ended_at)
)
struct SubprocessorList {
    std::vector<SubprocessorView> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SubprocessorList, (), (items, next))

/// The public register of subprocessors: everybody who receives anything, who will, and who did.
SubprocessorList list_subprocessors(store::Read&);

SubprocessorList list_recipients(store::Read&, const people::SignedIn&);
SubprocessorView find_recipient(store::Read&, const people::SignedIn&, RecipientRef);
SubprocessorView add_recipient(store::Write&, const people::SignedIn&, const egress::NewRecipient&);
/// Queues a notice to every account and opens the way, both or neither. Throws Problem 404 for an unknown name, 409
/// when it was announced before.
SubprocessorView announce_recipient(store::Write&, const people::SignedIn&, RecipientRef);
/// Closes the way out at once. Throws Problem 404 for an unknown name.
SubprocessorView end_recipient(store::Write&, const people::SignedIn&, RecipientRef);
/// By its name, while it has not ended, or by its id. Throws Problem 404.
egress::Recipient recipient_named(const store::Read&, const std::string& name);
SubprocessorView to_view(const egress::Recipient&);

struct TryResult {
    RecipientId id;
    bool reached = false;
    std::int64_t status = 0; ///< what the other side answered; 0: nothing
    std::string problem;
};
BOOST_DESCRIBE_STRUCT(TryResult, (), (id, reached, status, problem))
/// Sends a document that says nothing of anybody through the gate. Blocks. Throws Problem 403, when it is closed.
TryResult try_recipient(store::Database&, egress::Transport&, const std::string& name);

/// What left about one person.
struct DisclosureView {
    DisclosureId id;
    std::string recipient;
    egress::SharingPurpose purpose{};
    std::string purpose_title;
    std::vector<std::string> fields;
    std::vector<std::string> fields_titles;
    Instant at{};
    egress::DisclosureState state{};
};
BOOST_DESCRIBE_STRUCT(DisclosureView, (), (id, recipient, purpose, purpose_title, fields, fields_titles, at, state))
struct DisclosureList {
    std::vector<DisclosureView> items; ///< the newest first
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(DisclosureList, (), (items, next))
DisclosureList list_my_disclosures(store::Read&, const people::SignedIn&);

/// What a recipient is to be told: that it forgets a subject, or that what it received of them is right no more.
struct RecipientNoticeView {
    RecipientNoticeId id;
    std::string recipient;
    std::string contact;
    egress::NoticeKind kind{};
    std::string subject; ///< as the recipient knows them
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(RecipientNoticeView, (), (id, recipient, contact, kind, subject, created_at))
struct RecipientNoticeList {
    std::vector<RecipientNoticeView> items; ///< the newest first
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RecipientNoticeList, (), (items, next))
RecipientNoticeList list_recipient_notices(store::Read&, const people::SignedIn&);

/// A place where data is, or to which it goes.
struct Transfer {
    std::string who;
    std::string what;
    std::string purpose;
    std::string region;
    std::optional<std::string> country;
    std::string safeguard; ///< the agreement by which it is bound
    std::string state;     ///< here, waiting, active, ended
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (who, what, purpose, region, country, safeguard, state))
struct TransferList {
    std::vector<Transfer> items;
};
BOOST_DESCRIBE_STRUCT(TransferList, (), (items))
/// The stores of this instance first, then every recipient.
TransferList transfer_register(const store::Read&, const Controller&);
std::string to_csv(const TransferList&);

} // namespace dialpine::privacy

namespace dialpine::json {
template <>
inline std::string_view read_text(std::string_view text, privacy::RecipientRef& into)
{
    into.name = std::string(text);
    return {};
}
} // namespace dialpine::json
