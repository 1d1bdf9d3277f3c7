#include "privacy/disclosure.hpp"

#include "base/problem.hpp"
#include "people/restriction.hpp"
#include "privacy/csv.hpp"
#include "privacy/publication.hpp"
#include "store/rows.hpp"

#include <array>

namespace dialpine::privacy {
namespace {
using egress::RecipientState;

constexpr std::array rules{
    DisclosureRule{egress::SharingPurpose::hosting, {}, {}},
    DisclosureRule{egress::SharingPurpose::analytics, Purpose::usage_statistics, people::Objectable::measure_use},
    DisclosureRule{egress::SharingPurpose::error_tracking, Purpose::crash_reports, people::Objectable::mend_errors},
    DisclosureRule{egress::SharingPurpose::own_mail, Purpose::product_mail, people::Objectable::send_mail},
    DisclosureRule{egress::SharingPurpose::mail_delivery, {}, people::Objectable::send_mail},
    DisclosureRule{egress::SharingPurpose::payment, {}, {}},
    DisclosureRule{egress::SharingPurpose::fraud_screening, {}, people::Objectable::security},
};

std::vector<std::string> titles_of(const std::vector<std::string>& fields)
{
    std::vector<std::string> titles;
    for (const auto& name : fields)
        if (const auto field = json::parse_enum<egress::Field>(name))
            titles.emplace_back(egress::facts_of(*field).title);
    return titles;
}

std::vector<Term> categories_of(const std::vector<std::string>& fields)
{
    std::vector<Term> categories;
    for (const auto& name : fields) {
        const auto field = json::parse_enum<egress::Field>(name);
        if (!field || !egress::facts_of(*field).category) continue;
        const auto text = text_of(*egress::facts_of(*field).category);
        const Term term{std::string(text.key), std::string(text.title)};
        if (!std::ranges::count(categories, term)) categories.push_back(term);
    }
    return categories;
}

std::string notice_of(const egress::Recipient& recipient)
{
    return fmt::format(
        "{} is to receive data from here.\n\nFor what: {}\nWhich data: {}\nWhere: {}, {}\nBound by: {}, until {}\n\n"
        "If you do not agree, you can object or erase your account on My privacy.\n",
        recipient.name,
        egress::facts_of(recipient.purpose).title,
        fmt::join(titles_of(egress::parts_of(recipient.fields)), ", "),
        recipient.region,
        recipient.country,
        recipient.agreement,
        to_text(std::chrono::floor<std::chrono::days>(recipient.agreement_until))
    );
}

DisclosureView to_view(const egress::Disclosure& disclosure)
{
    auto fields = egress::parts_of(disclosure.fields);
    return {
        .id = disclosure.id,
        .recipient = disclosure.recipient,
        .purpose = disclosure.purpose,
        .purpose_title = std::string(egress::facts_of(disclosure.purpose).title),
        .fields = fields,
        .fields_titles = titles_of(fields),
        .at = disclosure.at,
        .state = disclosure.state,
    };
}

Transfer to_transfer(const egress::Recipient& recipient)
{
    return {
        .who = recipient.name,
        .what = fmt::format("{}", fmt::join(titles_of(egress::parts_of(recipient.fields)), ", ")),
        .purpose = std::string(egress::facts_of(recipient.purpose).title),
        .region = recipient.region,
        .country = recipient.country,
        .safeguard = recipient.agreement,
        .state = std::string(json::name_of(recipient.state)),
    };
}

/// A place of this instance itself.
Transfer here(std::string what, const Controller& controller)
{
    return {
        .who = controller.name.value_or("The operator of this instance"),
        .what = std::move(what),
        .purpose = "Storing what people write here",
        .region = controller.region.value_or("not said by the operator"),
        .country = {},
        .safeguard = "the operator's own machine",
        .state = "here",
    };
}
} // namespace

const DisclosureRule& rule_of(egress::SharingPurpose purpose)
{
    for (const auto& rule : rules)
        if (rule.purpose == purpose) return rule;
    throw std::logic_error("a purpose of disclosure has no rule");
}

std::string recipients_of(const store::Read& read, Purpose consent)
{
    std::string names;
    for (const auto& recipient : egress::list_recipients(read))
        if (recipient.state != RecipientState::ended && rule_of(recipient.purpose).consent == consent)
            names += (names.empty() ? "" : ", ") + recipient.name;
    return names.empty() ? "none" : names;
}

bool DisclosureRights::allows(const store::Read& read, PersonId person, egress::SharingPurpose purpose)
{
    const auto& rule = rule_of(purpose);
    if (!store::find<people::Person>(read, person) || people::is_restricted(read, person)) return false;
    if (rule.consent && !may_process(read, person, *rule.consent)) return false;
    return !rule.objectable || people::may_be_used(read, person, *rule.objectable);
}

SubprocessorView to_view(const egress::Recipient& recipient)
{
    auto fields = egress::parts_of(recipient.fields);
    return {
        .id = recipient.id,
        .name = recipient.name,
        .purpose = recipient.purpose,
        .purpose_title = std::string(egress::facts_of(recipient.purpose).title),
        .fields = fields,
        .fields_titles = titles_of(fields),
        .categories = categories_of(fields),
        .hosts = egress::parts_of(recipient.hosts),
        .region = recipient.region,
        .country = recipient.country,
        .affiliate = recipient.is_affiliate,
        .agreement = recipient.agreement,
        .agreement_until = recipient.agreement_until,
        .contact = recipient.contact,
        .state = recipient.state,
        .open = egress::why_closed(recipient, clock_now()).empty(),
        .notices = recipient.notices,
        .created_at = recipient.created_at,
        .announced_at = recipient.announced_at,
        .ended_at = recipient.ended_at,
    };
}

SubprocessorList list_subprocessors(store::Read& read)
{
    SubprocessorList list;
    for (const auto& recipient : egress::list_recipients(read)) list.items.push_back(to_view(recipient));
    return list;
}

SubprocessorList list_recipients(store::Read& read, const people::SignedIn&) { return list_subprocessors(read); }

SubprocessorView add_recipient(store::Write& write, const people::SignedIn&, const egress::NewRecipient& wish)
{
    return to_view(egress::add_recipient(write, wish));
}

egress::Recipient recipient_named(const store::Read& read, const std::string& name)
{
    auto recipient = egress::find_recipient(read, name);
    RecipientId id;
    if (!recipient && json::read_text(name, id).empty()) recipient = store::find<egress::Recipient>(read, id);
    if (!recipient) throw Problem::not_found();
    return *recipient;
}

SubprocessorView find_recipient(store::Read& read, const people::SignedIn&, RecipientRef ref)
{
    return to_view(recipient_named(read, ref.name));
}

SubprocessorView announce_recipient(store::Write& write, const people::SignedIn&, RecipientRef ref)
{
    const auto recipient = recipient_named(write, ref.name);
    if (recipient.state != RecipientState::waiting) return to_view(egress::activate_recipient(write, recipient, 0));
    const auto notices =
        notify_every_account(write, fmt::format("A new recipient: {}", recipient.name), notice_of(recipient));
    return to_view(egress::activate_recipient(write, recipient, notices));
}

SubprocessorView end_recipient(store::Write& write, const people::SignedIn&, RecipientRef ref)
{
    return to_view(egress::end_recipient(write, recipient_named(write, ref.name)));
}

TryResult try_recipient(store::Database& database, egress::Transport& transport, const std::string& name)
{
    RecipientId id;
    auto departure = database.write([&](store::Write& write) {
        const auto recipient = recipient_named(write, name);
        id = recipient.id;
        return egress::Gate::clear_test(write, {recipient.name, {}});
    });
    const auto reply = egress::Outbound(database, transport).send(std::move(departure));
    return {.id = id, .reached = reply.is_good(), .status = reply.status, .problem = reply.problem};
}

DisclosureList list_my_disclosures(store::Read& read, const people::SignedIn& me)
{
    DisclosureList list;
    for (const auto& each : egress::list_disclosures_of(read, me.person)) list.items.push_back(to_view(each));
    return list;
}

RecipientNoticeList list_recipient_notices(store::Read& read, const people::SignedIn&)
{
    RecipientNoticeList list;
    for (const auto& each : store::select<egress::RecipientNotice>(read, "ORDER BY created_at DESC, id DESC")) {
        const auto recipient = store::find<egress::Recipient>(read, each.recipient_id);
        list.items.push_back({
            .id = each.id,
            .recipient = recipient ? recipient->name : std::string(),
            .contact = recipient ? recipient->contact : std::string(),
            .kind = each.kind,
            .subject = each.subject,
            .created_at = each.created_at,
        });
    }
    return list;
}

TransferList transfer_register(const store::Read& read, const Controller& controller)
{
    TransferList list;
    for (const char* store :
         {"The database, sealed as the register says",
          "The keys, apart from the database",
          "Backups, where the operator keeps them"})
        list.items.push_back(here(store, controller));
    for (const auto& recipient : egress::list_recipients(read)) list.items.push_back(to_transfer(recipient));
    return list;
}

std::string to_csv(const TransferList& list)
{
    std::string csv = csv_line({"who", "what", "purpose", "region", "country", "safeguard", "state"});
    for (const auto& each : list.items)
        csv += csv_line(
            {each.who, each.what, each.purpose, each.region, each.country.value_or(""), each.safeguard, each.state}
        );
    return csv;
}

} // namespace dialpine::privacy
