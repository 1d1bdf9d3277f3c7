#include "egress/gate.hpp"

#include "base/json_write.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <algorithm>

namespace dialpine::egress {
namespace {
constexpr std::string_view format_of_document = "dialpine-disclosure-1";

[[noreturn]] void refuse(std::string why) { throw no_way_out(std::move(why)); }

/// The recipient and the address, after every question that is asked of them whatever the document holds.
struct Opened {
    Recipient recipient;
    std::string url;
    std::string host;
};

Opened open(const store::Read& read, const Destination& to)
{
    auto recipient = find_recipient(read, to.recipient);
    if (!recipient) refuse("Nobody of this name is in the register of recipients.");
    if (const auto why = why_closed(*recipient, clock_now()); !why.empty()) refuse(why);
    auto url = to.url.empty() ? recipient->endpoint : to.url;
    const auto host = host_of(url);
    if (!host || !std::ranges::count(parts_of(recipient->hosts), *host))
        refuse("This host is not registered for the recipient.");
    if (url.starts_with("http://") && *host != "127.0.0.1" && *host != "localhost")
        refuse("Nothing goes to another machine without TLS.");
    return {std::move(*recipient), std::move(url), *host};
}

std::string names_of(const Fields& fields)
{
    std::string names;
    for (const auto& [field, value] : fields.list())
        names += fmt::format("{}{}", names.empty() ? "" : ",", json::name_of(field));
    return names;
}

std::string document_of(DisclosureId id, const std::string& subject, SharingPurpose purpose, const Fields& fields)
{
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("format", format_of_document);
    out.member("id", to_text(id));
    out.member("purpose", json::name_of(purpose));
    if (!subject.empty()) out.member("subject", subject);
    out.key("fields");
    out.begin_object();
    for (const auto& [field, value] : fields.list()) {
        out.key(json::name_of(field));
        out.raw(value);
    }
    out.end_object();
    out.end_object();
    return text;
}

std::string statement_of(const Disclosure& disclosure)
{
    return fmt::format(
        R"({{"disclosure":"{}","recipient":"{}","purpose":"{}","fields":"{}"}})",
        to_text(disclosure.id),
        to_text(disclosure.recipient_id),
        json::name_of(disclosure.purpose),
        disclosure.fields
    );
}

Disclosure entered(const Opened& opened, SharingPurpose purpose, std::string fields, std::optional<PersonId> person)
{
    return {
        .id = DisclosureId::make(),
        .person_id = person,
        .recipient_id = opened.recipient.id,
        .recipient = opened.recipient.name,
        .purpose = purpose,
        .fields = std::move(fields),
        .host = opened.host,
        .at = clock_now(),
        .state = DisclosureState::cleared,
    };
}
} // namespace

Problem no_way_out(std::string why) { return {403, "no-way-out", "Nothing leaves", std::move(why)}; }

std::string why_closed(const Recipient& recipient, Instant now)
{
    if (recipient.state == RecipientState::waiting) return "This recipient waits until every account was told of it.";
    if (recipient.state == RecipientState::ended) return "This recipient has ended.";
    if (recipient.agreement.empty() || now >= recipient.agreement_until)
        return "The agreement with this recipient is over.";
    return {};
}

Departure
Gate::clear(store::Write& write, const Destination& to, SharingPurpose purpose, const Fields& fields, PersonId person)
{
    const auto opened = open(write, to);
    if (opened.recipient.purpose != purpose) refuse("This recipient is registered for another purpose.");
    const auto allowed = parts_of(opened.recipient.fields);
    for (const auto& [field, value] : fields.list())
        if (!std::ranges::count(allowed, json::name_of(field)))
            refuse(fmt::format("This recipient may not receive {}.", json::name_of(field)));
    const auto disclosure = entered(opened, purpose, names_of(fields), person);
    store::insert(write, disclosure);
    store::log_of(write, store::LogKind::disclosure, person, statement_of(disclosure));
    const auto subject = subject_for(write, opened.recipient.id, person);
    return {disclosure.id, opened.url, document_of(disclosure.id, subject, purpose, fields)};
}

Departure Gate::clear_test(store::Write& write, const Destination& to)
{
    const auto opened = open(write, to);
    const auto disclosure = entered(opened, opened.recipient.purpose, "", std::nullopt);
    store::insert(write, disclosure);
    store::log_public(write, store::LogKind::disclosure, statement_of(disclosure));
    return {disclosure.id, opened.url, document_of(disclosure.id, {}, disclosure.purpose, {})};
}

} // namespace dialpine::egress
