#include "command/commands.hpp"
#include "privacy/authorities.hpp"
#include "privacy/disclosure.hpp"

namespace dialpine::command {
namespace {
/// The operator at the machine, who needs no session.
constexpr people::SignedIn operator_here{};

Day day_of(const std::string& text, const char* option)
{
    const auto day = parse_day(text);
    if (!day) throw Problem::invalid(option, "must be a day, such as 2027-01-31");
    return *day;
}

/// `/agreement_until` is `--agreement-until` here, and `/fields/1` one of `--field`.
std::string option_of(std::string pointer)
{
    if (!pointer.starts_with('/')) return pointer;
    pointer = pointer.substr(1, pointer.find('/', 1) - 1);
    if (pointer == "name") return pointer;
    if (pointer == "fields" || pointer == "hosts") pointer.pop_back();
    std::ranges::replace(pointer, '_', '-');
    return "--" + pointer;
}

/// Says each wrong option, where the API would point at a member.
template <class Work>
Exit said(Output& output, Work work)
{
    try {
        return work();
    } catch (const Problem& problem) {
        if (problem.errors.empty()) throw;
        for (const auto& error : problem.errors)
            output.message(fmt::format("{}: {}", option_of(error.pointer), error.detail));
        return Exit::failed;
    }
}

std::string line_of(const privacy::SubprocessorView& each)
{
    return fmt::format(
        "{:<24} {:<8} {:<15} {}, {}; until {}; {}",
        each.name,
        json::name_of(each.state),
        json::name_of(each.purpose),
        each.region,
        each.country,
        to_text(each.agreement_until).substr(0, 10),
        fmt::join(each.fields, ",")
    );
}

std::string line_of(const privacy::AuthorityRequest& each)
{
    return fmt::format(
        "{} {} {:<12} {:<8} persons {}, records {}: {}",
        to_text(each.id),
        to_text(each.received_on),
        json::name_of(each.kind),
        json::name_of(each.outcome),
        each.persons,
        each.records,
        each.authority
    );
}
} // namespace

Exit add_recipient(api::House& house, const RecipientWish& wish, Output& output)
{
    return said(output, [&] {
        const egress::NewRecipient recipient{
            .name = wish.name,
            .purpose = *json::parse_enum<egress::SharingPurpose>(wish.purpose),
            .fields = wish.fields,
            .hosts = wish.hosts,
            .endpoint = wish.endpoint,
            .region = wish.region,
            .country = wish.country,
            .affiliate = wish.is_affiliate,
            .agreement = wish.agreement,
            .agreement_until = day_of(wish.agreement_until, "--agreement-until"),
            .contact = wish.contact,
        };
        const auto added = house.database.write([&](store::Write& write) {
            return privacy::add_recipient(write, operator_here, recipient);
        });
        output.result(line_of(added));
        output.message("It gets nothing until `dialpine recipient announce` has queued a notice to every account.");
        return Exit::done;
    });
}

Exit announce_recipient(api::House& house, const std::string& name, Output& output)
{
    const auto recipient = house.database.write([&](store::Write& write) {
        return privacy::announce_recipient(write, operator_here, {name});
    });
    output.result(fmt::format("{}: {} notices queued", recipient.name, recipient.notices));
    return Exit::done;
}

Exit end_recipient(api::House& house, const std::string& name, Output& output)
{
    const auto recipient =
        house.database.write([&](store::Write& write) { return privacy::end_recipient(write, operator_here, {name}); });
    output.result(fmt::format("{}: nothing goes to it any more", recipient.name));
    return Exit::done;
}

Exit list_recipients(api::House& house, bool as_json, Output& output)
{
    const auto list = house.database.read([](store::Read& read) { return privacy::list_subprocessors(read); });
    if (as_json) output.result(json::to_json(list));
    if (!as_json)
        for (const auto& each : list.items) output.result(line_of(each));
    if (list.items.empty()) output.message("Nobody receives anything.");
    return Exit::done;
}

Exit list_recipient_notices(api::House& house, bool as_json, Output& output)
{
    const auto list =
        house.database.read([](store::Read& read) { return privacy::list_recipient_notices(read, operator_here); });
    if (as_json) output.result(json::to_json(list));
    if (!as_json)
        for (const auto& each : list.items)
            output.result(fmt::format(
                "{} {:<10} {} {}; {}",
                to_text(each.created_at),
                json::name_of(each.kind),
                each.subject,
                each.recipient,
                each.contact
            ));
    if (list.items.empty()) output.message("Nobody has to be told anything.");
    return Exit::done;
}

Exit try_recipient(api::House& house, const std::string& name, Output& output)
{
    egress::HttpTransport transport;
    const auto result = privacy::try_recipient(house.database, transport, name);
    if (result.status == 0) {
        output.message(fmt::format("{} was not reached: {}", name, result.problem));
        return Exit::failed;
    }
    output.result(fmt::format("{} answered {}", name, result.status));
    return result.reached ? Exit::done : Exit::failed;
}

Exit add_authority_request(api::House& house, const AuthorityWish& wish, Output& output)
{
    return said(output, [&] {
        const privacy::NewAuthorityRequest request{
            .kind = *json::parse_enum<privacy::AuthorityKind>(wish.kind),
            .authority = wish.authority,
            .received_on = day_of(wish.received_on, "--received"),
        };
        const auto added =
            house.database.write([&](store::Write& write) { return privacy::add_authority_request(write, request); });
        output.result(line_of(added));
        return Exit::done;
    });
}

Exit answer_authority_request(api::House& house, const AuthorityWish& wish, Output& output)
{
    return said(output, [&] {
        AuthorityRequestId id;
        if (!json::read_text(wish.id, id).empty()) throw Problem::invalid("id", "is not the id of a request");
        const privacy::AuthorityAnswer answer{
            .outcome = *json::parse_enum<privacy::AuthorityOutcome>(wish.outcome),
            .answered_on = day_of(wish.answered_on, "--on"),
            .persons = wish.persons,
            .records = wish.records,
        };
        const auto answered = house.database.write([&](store::Write& write) {
            return privacy::answer_authority_request(write, id, answer);
        });
        output.result(line_of(answered));
        return Exit::done;
    });
}

Exit list_authority_requests(api::House& house, bool as_json, Output& output)
{
    const auto list = house.database.read([](store::Read& read) { return privacy::list_authority_requests(read); });
    if (as_json) output.result(json::to_json(list));
    if (!as_json)
        for (const auto& each : list) output.result(line_of(each));
    if (list.empty()) output.message("No authority asked for anything.");
    return Exit::done;
}

} // namespace dialpine::command
