#pragma once
#include "base/http.hpp"
#include "base/json.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every cookie that DialPine sets, and everything that its page keeps in the browser. What is not here cannot be set;
/// the one that is optional is set only for those who agreed to it.
namespace dialpine::api {

struct Cookie {
    std::string_view name;
    std::string_view purpose;
    std::string_view period; ///< in words
    std::chrono::seconds life;
};
extern const Cookie session_cookie;
/// A random id of the device, of those who agreed to `device_information`.
extern const Cookie device_cookie;

/// For this host alone, out of reach of scripts, over TLS, not sent by other sites.
void set_cookie(http::Response&, const Cookie&, std::string_view value);
void clear_cookie(http::Response&, const Cookie&);
/// The value of a cookie; a view without data when it was not sent.
std::string_view read_cookie(const http::Request&, std::string_view name);

struct KeptInBrowser {
    std::string name;
    std::string kind; ///< cookie or local storage
    std::string purpose;
    std::string period;
    bool needed = true;
};
BOOST_DESCRIBE_STRUCT(KeptInBrowser, (), (name, kind, purpose, period, needed))
struct BrowserRegistry {
    std::vector<KeptInBrowser> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(BrowserRegistry, (), (items, next))
BrowserRegistry browser_registry();

} // namespace dialpine::api
