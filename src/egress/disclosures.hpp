#pragma once
#include "egress/recipients.hpp"

namespace dialpine {
using DisclosureId = Id<struct DisclosureTag>;
using RecipientNoticeId = Id<struct RecipientNoticeTag>;
} // namespace dialpine

/// The ledger of what left: a row for each document, written before its first byte. And what recipients have yet to be
/// told of people of whom they received something.
namespace dialpine::egress {

enum class DisclosureState : std::uint8_t { cleared, sending, sent, failed };
BOOST_DESCRIBE_ENUM(DisclosureState, cleared, sending, sent, failed)

struct Disclosure {
    DisclosureId id;
    std::optional<PersonId> person_id; ///< absent: of nobody
    RecipientId recipient_id;
    std::string recipient;
    SharingPurpose purpose{};
    std::string fields; ///< which, separated by commas; never their values
    std::string host;
    Instant at{};
    DisclosureState state{};
    std::optional<std::int64_t> answer; ///< the status of the other side
};
BOOST_DESCRIBE_STRUCT(
    Disclosure, (), (id, person_id, recipient_id, recipient, purpose, fields, host, at, state, answer)
)

enum class NoticeKind : std::uint8_t { erasure, correction };
BOOST_DESCRIBE_ENUM(NoticeKind, erasure, correction)

/// A recipient is to be told that somebody was erased, or that what it received of them is right no more.
struct RecipientNotice {
    RecipientNoticeId id;
    std::optional<PersonId> person_id; ///< absent once the person is erased
    RecipientId recipient_id;
    NoticeKind kind{};
    std::string subject; ///< as the recipient knows them
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(RecipientNotice, (), (id, person_id, recipient_id, kind, subject, created_at))

namespace declared {
inline constexpr Keep two_years{"24 months", std::chrono::days{731}, "at"};
inline constexpr store::Personal disclosed{
    .of = store::person_in<&Disclosure::person_id>,
    .category = Category::disclosure,
    .source = Source::the_program,
    .uses = {Use::keep_law, Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = two_years,
    .at_erasure = AtErasure::keep,
    .why_kept = "it proves what left this server; your id is taken off it",
    .label = "Who received what of you",
};
inline constexpr store::Personal disclosed_of{
    .of = store::person_in<&Disclosure::person_id>,
    .category = Category::disclosure,
    .source = Source::the_program,
    .uses = {Use::keep_law, Use::answer_requests},
    .basis = Basis::legal_obligation,
    .keep = two_years,
    .at_erasure = AtErasure::unlink,
    .label = "Who received what of you",
};
inline constexpr auto disclosures = store::table<Disclosure>(
    "disclosures",
    store::primary_key<&Disclosure::id>,
    store::column<&Disclosure::id>(store::NotPersonal{"the row's own id"}),
    store::column<&Disclosure::person_id>(disclosed_of),
    store::column<&Disclosure::recipient_id>(store::NotPersonal{"which row of the register"}),
    store::column<&Disclosure::recipient>(disclosed, store::names_row),
    store::column<&Disclosure::purpose>(disclosed),
    store::column<&Disclosure::fields>(disclosed),
    store::column<&Disclosure::host>(store::NotPersonal{"which host of the recipient"}),
    store::column<&Disclosure::at>(disclosed),
    store::column<&Disclosure::state>(store::NotPersonal{"how the sending ended"}),
    store::column<&Disclosure::answer>(store::NotPersonal{"what the other side answered: a number"}),
    store::indexed_by<&Disclosure::person_id, &Disclosure::at>(),
    store::indexed_by<&Disclosure::recipient_id>()
);

inline constexpr store::Personal told{
    .of = store::person_in<&RecipientNotice::person_id>,
    .category = Category::disclosure,
    .source = Source::the_program,
    .uses = {Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = {"24 months", std::chrono::days{731}, "created_at"},
    .at_erasure = AtErasure::unlink,
    .label = "What recipients are told of you",
};
inline constexpr store::NotPersonal notice{"what a recipient is to be told"};
inline constexpr auto recipient_notices = store::table<RecipientNotice>(
    "recipient_notices",
    store::primary_key<&RecipientNotice::id>,
    store::column<&RecipientNotice::id>(notice),
    store::column<&RecipientNotice::person_id>(told),
    store::column<&RecipientNotice::recipient_id>(notice),
    store::column<&RecipientNotice::kind>(notice),
    store::column<&RecipientNotice::subject>(store::NotPersonal{
        "a keyed hash made for this recipient alone; it names nobody without the person's id"}),
    store::column<&RecipientNotice::created_at>(notice),
    store::indexed_by<&RecipientNotice::person_id>(),
    store::indexed_by<&RecipientNotice::recipient_id>()
);
inline constexpr store::Table disclosures_table = disclosures.plain();
inline constexpr store::Table recipient_notices_table = recipient_notices.plain();
} // namespace declared

/// The name under which one recipient knows a person: another for each recipient, so that two of them cannot compare.
std::string subject_for(const store::Read&, RecipientId, PersonId);

/// Newest first.
std::vector<Disclosure> list_disclosures_of(const store::Read&, PersonId);

/// Queues a notice to each recipient that received anything of the person; gives their names. Part of an erasure and of
/// a correction, before the ledger forgets whom it is about.
std::vector<std::string> queue_notices(store::Write&, PersonId, NoticeKind);

} // namespace dialpine::egress

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<egress::Disclosure> = &egress::declared::disclosures_table;
template <>
inline constexpr const Table* table_of<egress::RecipientNotice> = &egress::declared::recipient_notices_table;
} // namespace dialpine::store
