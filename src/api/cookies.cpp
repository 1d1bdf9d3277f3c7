#include "api/cookies.hpp"

#include "people/sessions.hpp"

namespace dialpine::api {
namespace {
constexpr std::string_view on_this_device = "until you sign out or clear the browser's data";

struct Stored {
    std::string_view name;
    std::string_view purpose;
};
/// As `web/src/base/stored.ts` names them; a test compares.
constexpr std::array stored{
    Stored{"dialpine.theme", "light or dark, as you chose"},
    Stored{"dialpine.sidebar", "whether the side bar is folded"},
    Stored{"dialpine.workspace", "the workspace that you were in last"},
    Stored{"dialpine.palette", "the commands that you chose last"},
};

void set(http::Response& response, const Cookie& cookie, std::string_view value, std::chrono::seconds life)
{
    response.set(
        "Set-Cookie",
        fmt::format("{}={}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={}", cookie.name, value, life.count())
    );
}
} // namespace

const Cookie session_cookie{
    .name = "__Host-session",
    .purpose = "keeps you signed in",
    .period = "30 days after it was last used, or until you sign out",
    .life = people::session_life,
};

const Cookie device_cookie{
    .name = "__Host-device",
    .purpose = "a random number by which your devices are told apart, only while you agree to it under consents",
    .period = "13 months, or until you withdraw",
    .life = std::chrono::days{395},
};

void set_cookie(http::Response& response, const Cookie& cookie, std::string_view value)
{
    set(response, cookie, value, cookie.life);
}

void clear_cookie(http::Response& response, const Cookie& cookie) { set(response, cookie, "", {}); }

std::string_view read_cookie(const http::Request& request, std::string_view name)
{
    std::string_view rest = request.header("cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

BrowserRegistry browser_registry()
{
    BrowserRegistry registry;
    registry.items.push_back({
        .name = std::string(session_cookie.name),
        .kind = "cookie",
        .purpose = std::string(session_cookie.purpose),
        .period = std::string(session_cookie.period),
    });
    registry.items.push_back({
        .name = std::string(device_cookie.name),
        .kind = "cookie",
        .purpose = std::string(device_cookie.purpose),
        .period = std::string(device_cookie.period),
        .needed = false,
    });
    for (const auto& each : stored)
        registry.items.push_back({
            .name = std::string(each.name),
            .kind = "local storage",
            .purpose = std::string(each.purpose),
            .period = std::string(on_this_device),
            .needed = false,
        });
    return registry;
}

} // namespace dialpine::api
