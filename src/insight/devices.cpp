#include "insight/devices.hpp"

#include "people/sessions.hpp"
#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
constexpr std::size_t longest_host = 253;

bool is_host(std::string_view text)
{
    return !text.empty() && text.size() <= longest_host && text.front() != '.' && text.front() != '-' &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
           });
}

std::string without_port(std::string_view host)
{
    return to_lower_ascii(host.substr(0, std::min(host.find(':'), host.size())));
}
} // namespace

DeviceId random_device()
{
    DeviceId id;
    const auto random = crypto::Key::random();
    std::copy_n(random.bytes().begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

Device describe_device(DeviceId id, std::string_view user_agent, std::string_view address)
{
    const auto families = people::describe_client(user_agent);
    const auto on = families.find(" on ");
    return {
        .id = id,
        .browser = families.substr(0, on),
        .system = on == std::string::npos ? "Another system" : families.substr(on + 4),
        .connection = address.find(':') == std::string_view::npos ? "IPv4" : "IPv6",
    };
}

std::string site_of(std::string_view referrer, std::string_view our_host)
{
    const auto scheme = referrer.find("://");
    if (scheme == std::string_view::npos) return {};
    if (const auto name = referrer.substr(0, scheme); name != "https" && name != "http") return {};
    auto authority = referrer.substr(scheme + 3);
    authority = authority.substr(0, std::min(authority.find_first_of("/?#\\"), authority.size()));
    if (const auto user = authority.rfind('@'); user != std::string_view::npos) authority.remove_prefix(user + 1);
    auto host = without_port(authority);
    return is_host(host) && host != without_port(our_host) ? host : std::string();
}

void note_device(store::Write& write, const MayKnowDevice& consented, const Device& device, Instant at)
{
    store::execute(
        write,
        "INSERT INTO device_uses (person_id, day, device_id, browser, system, connection, counted_on) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, day, device_id) "
        "DO UPDATE SET browser = $4, system = $5, connection = $6",
        consented.person(),
        day_text(at),
        device.id,
        device.browser,
        device.system,
        device.connection,
        day_start(at)
    );
}

void note_arrival(store::Write& write, const MayKnowDevice& consented, std::string_view site, Instant at)
{
    store::execute(
        write,
        "INSERT INTO arrivals (person_id, day, site, times, counted_on) VALUES ($1, $2, $3, 1, $4) "
        "ON CONFLICT (person_id, day, site) DO UPDATE SET times = times + 1",
        consented.person(),
        day_text(at),
        site,
        day_start(at)
    );
}

void forget_devices(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM device_uses WHERE person_id = $1", person);
    store::execute(write, "DELETE FROM arrivals WHERE person_id = $1", person);
}

} // namespace dialpine::insight
