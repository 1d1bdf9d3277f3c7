#include "api/byte_range.hpp"
#include "api/cookies.hpp"
#include "api/dispatch.hpp"
#include "api/router.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/networks.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"
#include "links/multipart.hpp"
#include "targets.hpp"

namespace dialpine::fuzz {
namespace {
void range(std::string_view value)
{
    for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{1000}, ~std::uint64_t{0}})
        try {
            if (const auto range = api::range_of(value, size))
                require(range->first <= range->last && range->last < size, "a range that is not there");
        } catch (const Problem& problem) {
            require(problem.status == 416, "a range is refused for another reason");
        }
}

void addresses(std::string_view value)
{
    Networks trusted;
    trusted.add("192.0.2.0/24");
    trusted.add("2001:db8::/32");
    const auto asker = forwarded_address(trusted, "192.0.2.7", value);
    require(plain_address(asker) == asker, "the asker's address is none");
    if (const auto plain = plain_address(value)) require(plain_address(*plain) == plain, "an address that is two");
    Networks networks;
    try {
        networks.add(value);
        require(!networks.empty(), "a network was not taken");
    } catch (const std::invalid_argument&) {
        require(networks.empty(), "what is no network was taken");
    }
    require(networks.contains("2001:db8::7") <= !networks.empty(), "no network contains an address");
}

void cookie(std::string_view value)
{
    http::Request request;
    request.headers.emplace_back("cookie", value);
    for (const auto* each : {&api::session_cookie, &api::device_cookie}) {
        const auto found = api::read_cookie(request, each->name);
        require(value.find(found) != std::string_view::npos, "a cookie that was not sent");
    }
}

void words(std::string_view value)
{
    api::names_tag(value, "\"tag\"");
    for (const auto* name : {"boundary", "filename", "q"}) links::header_parameter(value, name);
    try {
        require(is_utf8(api::percent_decoded(value)), "what was percent-encoded is not UTF-8");
        for (const auto& [name, member] : api::read_query(std::string(value)))
            require(is_utf8(name) && is_utf8(member), "a query is not UTF-8");
    } catch (const Problem&) {
    }
    if (const auto instant = parse_instant(value)) require(parse_instant(to_text(*instant)) == instant, "a time that is two");
    if (const auto day = parse_day(value)) require(parse_day(to_text(*day)) == day, "a day that is two");
    if (const auto id = parse_uuid(value)) require(parse_uuid(to_text(*id)) == id, "an id that is two");
    if (const auto bytes = from_base64url(value))
        require(from_base64url(to_base64url(*bytes)) == bytes, "base64 that is two");
    if (const auto bytes = from_hex(value)) require(to_hex(*bytes) == to_lower_ascii(value), "hexadecimal that is two");
}
} // namespace

void header(std::string_view input)
{
    while (!input.empty()) {
        const auto line = take_line(input);
        range(line);
        addresses(line);
        cookie(line);
        words(line);
    }
}

} // namespace dialpine::fuzz
