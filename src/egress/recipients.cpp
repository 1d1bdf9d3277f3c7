#include "egress/recipients.hpp"

#include "base/problem.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <algorithm>

namespace dialpine::egress {
namespace {
constexpr std::size_t most_hosts = 20;
constexpr std::size_t most_host_bytes = 253;

/// A name of DNS or an address, in lower case, without a port.
bool is_host(std::string_view host)
{
    const auto is_fine = [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-' || each == '.';
    };
    return !host.empty() && host.size() <= most_host_bytes && std::ranges::all_of(host, is_fine) &&
           !host.starts_with('.') && !host.starts_with('-') && !host.ends_with('.') &&
           host.find("..") == std::string_view::npos;
}

bool is_this_machine(std::string_view host) { return host == "127.0.0.1" || host == "localhost"; }

std::string fields_of(SharingPurpose purpose)
{
    std::string names;
    for (const Field field : facts_of(purpose).fields)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", json::name_of(field));
    return names;
}

void check_fields(const NewRecipient& wish, std::vector<FieldError>& errors)
{
    if (wish.fields.empty()) errors.push_back({"/fields", "must name what it receives"});
    for (std::size_t i = 0; i < wish.fields.size(); ++i) {
        const auto field = json::parse_enum<Field>(wish.fields[i]);
        if (!field || !is_declared_for(wish.purpose, *field))
            errors.push_back(
                {fmt::format("/fields/{}", i),
                 fmt::format(
                     "{} is not a field of {}, which has {}",
                     wish.fields[i],
                     json::name_of(wish.purpose),
                     fields_of(wish.purpose)
                 )}
            );
    }
}

void check_hosts(const std::vector<std::string>& hosts, std::vector<FieldError>& errors)
{
    if (hosts.size() > most_hosts) errors.push_back({"/hosts", fmt::format("must be at most {}", most_hosts)});
    for (std::size_t i = 0; i < hosts.size(); ++i)
        if (!is_host(hosts[i]))
            errors.push_back({fmt::format("/hosts/{}", i), "must be a host's name in lower case, without a port"});
}

void check_endpoint(const std::string& endpoint, const std::vector<std::string>& hosts, std::vector<FieldError>& errors)
{
    const auto host = host_of(endpoint);
    if (!host)
        errors.push_back({"/endpoint", "must be an https address"});
    else if (!std::ranges::count(hosts, *host))
        errors.push_back({"/endpoint", fmt::format("leads to {}, which is not among the hosts", *host)});
    else if (!endpoint.starts_with("https://") && !is_this_machine(*host))
        errors.push_back({"/endpoint", "must be an https address, unless it is this machine"});
}

/// What came by the API was looked at before; what the command line says was not.
void check_lines(const NewRecipient& wish, std::vector<FieldError>& errors)
{
    const auto look = [&](std::string text, std::string_view pointer) {
        if (const auto wrong = check_line(text, RecipientLine::most); !wrong.empty())
            errors.push_back({std::string(pointer), std::string(wrong)});
    };
    look(wish.name, "/name");
    look(wish.region, "/region");
    look(wish.agreement, "/agreement");
    look(wish.contact, "/contact");
}

void check(const NewRecipient& wish)
{
    std::vector<FieldError> errors;
    check_lines(wish, errors);
    const auto hosts = wish.hosts.value_or(std::vector<std::string>{});
    check_fields(wish, errors);
    check_hosts(hosts, errors);
    if (wish.endpoint && !wish.endpoint->empty()) check_endpoint(*wish.endpoint, hosts, errors);
    if (!Country::parse(wish.country)) errors.push_back({"/country", "must be two capital letters, such as DE"});
    if (wish.agreement_until <= std::chrono::floor<std::chrono::days>(clock_now()))
        errors.push_back({"/agreement_until", "must be a day to come: without a live agreement nothing goes out"});
    if (!errors.empty()) throw Problem::invalid(std::move(errors));
}

std::string joined(const std::vector<std::string>& texts)
{
    std::vector<std::string> each_once;
    for (const auto& text : texts)
        if (!std::ranges::count(each_once, text)) each_once.push_back(text);
    return fmt::format("{}", fmt::join(each_once, ","));
}

/// Companies are no persons: everybody can read when one was added, announced and ended.
void log_state(store::Write& write, const Recipient& recipient)
{
    store::log_public(
        write,
        store::LogKind::recipient,
        fmt::format(R"({{"recipient":"{}","state":"{}"}})", to_text(recipient.id), json::name_of(recipient.state))
    );
}
} // namespace

Recipient add_recipient(store::Write& write, const NewRecipient& wish)
{
    check(wish);
    if (find_recipient(write, wish.name))
        throw Problem::conflict("name-taken", "A recipient of this name is registered. End it first.");
    Recipient recipient{
        .id = RecipientId::make(),
        .name = wish.name,
        .purpose = wish.purpose,
        .fields = joined(wish.fields),
        .hosts = joined(wish.hosts.value_or(std::vector<std::string>{})),
        .endpoint = wish.endpoint.value_or(""),
        .region = wish.region,
        .country = wish.country,
        .is_affiliate = wish.affiliate.value_or(false),
        .agreement = wish.agreement,
        .agreement_until = wish.agreement_until,
        .contact = wish.contact,
        .state = RecipientState::waiting,
        .created_at = clock_now(),
    };
    store::insert(write, recipient);
    log_state(write, recipient);
    return recipient;
}

Recipient activate_recipient(store::Write& write, Recipient recipient, std::int64_t notices)
{
    if (recipient.state != RecipientState::waiting)
        throw Problem::conflict("done-before", "This recipient was announced before.");
    recipient.state = RecipientState::active;
    recipient.notices = notices;
    recipient.announced_at = clock_now();
    store::update(write, recipient);
    log_state(write, recipient);
    return recipient;
}

Recipient end_recipient(store::Write& write, Recipient recipient)
{
    if (recipient.state == RecipientState::ended)
        throw Problem::conflict("done-before", "This recipient ended before.");
    recipient.state = RecipientState::ended;
    recipient.ended_at = clock_now();
    store::update(write, recipient);
    log_state(write, recipient);
    return recipient;
}

std::optional<Recipient> find_recipient(const store::Read& read, std::string_view name)
{
    return store::select_one<Recipient>(read, "WHERE name = $1 AND state <> 'ended'", std::string(name));
}

std::vector<Recipient> list_recipients(const store::Read& read)
{
    return store::select<Recipient>(read, "ORDER BY name, created_at DESC, id");
}

std::vector<std::string> parts_of(std::string_view list)
{
    std::vector<std::string> parts;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

std::optional<std::string> host_of(std::string_view url)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!url.starts_with(scheme)) continue;
        const auto rest = url.substr(scheme.size());
        auto authority = rest.substr(0, rest.find_first_of("/?#\\"));
        if (authority.find('@') != std::string_view::npos) return std::nullopt;
        if (const auto colon = authority.find(':'); colon != std::string_view::npos) {
            const auto port = authority.substr(colon + 1);
            if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
                return std::nullopt;
            authority = authority.substr(0, colon);
        }
        const auto host = to_lower_ascii(authority);
        const bool is_clean = std::ranges::none_of(url, [](unsigned char each) { return each <= ' ' || each >= 127; });
        return is_clean && is_host(host) ? std::optional(host) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace dialpine::egress
