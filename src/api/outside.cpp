#include "api/outside.hpp"

#include "api/resources.hpp"
#include "base/assets.hpp"
#include "base/measures.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"
#include "store/rows.hpp"

#include <unistd.h>

#include <fstream>

namespace dialpine::api {
namespace {
http::Response text_response(int status, std::string_view type, std::string body)
{
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("Content-Type", std::string(type));
    return response;
}

/// That Global Privacy Control is honoured, and since when this has been said.
constexpr std::string_view privacy_control = R"({"gpc": true, "lastUpdate": "2026-11-24"})";

/// Not a status of failure: starting the program anew mends no disk.
http::Response poor_health(const std::string& why)
{
    std::string body = R"({"status":"degraded","program":"dialpine","version":")" DIALPINE_VERSION R"(","why":)";
    body += json::to_json("Nothing can be changed: " + why) + "}";
    return text_response(200, "application/json", std::move(body));
}

/// A fixed body while all is well, so that what an answer costs at least can be measured.
http::Response health(House& house)
{
    if (const auto trouble = house.database.trouble()) return poor_health(*trouble);
    static const std::string body =
        R"({"status":"ok","program":"dialpine","version":")" DIALPINE_VERSION
        R"(","about":"This answer touches neither the )"
        R"(database nor a session. It says that the process runs and takes requests; whether it can do its work is what )"
        R"(/readyz answers. It stays the same while writes can be done, so it also measures what an answer costs at least."})";
    auto response = text_response(200, "application/json", body);
    response.set("Cache-Control", "no-store");
    return response;
}

http::Response readiness(House& house)
{
    try {
        house.database.read([](store::Read& read) { return store::query_one<std::int64_t>(read, "SELECT 1"); });
    } catch (const std::exception&) {
        return text_response(503, "application/json", R"({"status":"the database cannot be read"})");
    }
    if (const auto trouble = house.database.trouble())
        return text_response(200, "application/json", R"({"status":"ready to read alone","why":)" + json::to_json(*trouble) + "}");
    return text_response(200, "application/json", R"({"status":"ready"})");
}

double resident_bytes()
{
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    double resident = 0;
    statm >> pages >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

http::Response metrics(House& house)
{
    const auto figures = house.database.figures();
    house.metrics.set("dialpine_store_commits", "Groups of writes made durable", static_cast<double>(figures.commits));
    house.metrics.set("dialpine_store_writes", "Writes made durable", static_cast<double>(figures.writes));
    house.metrics.set(
        "dialpine_store_commit_seconds", "Time spent in commits", static_cast<double>(figures.commit_microseconds) / 1e6
    );
    house.metrics.set("dialpine_store_waiting", "Writes that wait", static_cast<double>(figures.waiting));
    house.metrics.set(
        "dialpine_live_followers", "Open pages that follow a workspace", static_cast<double>(house.live.followers())
    );
    house.metrics.set(
        "dialpine_search_lag", "Changes that are not in the search index yet", static_cast<double>(house.search.lag())
    );
    house.metrics.set("dialpine_resident_bytes", "Memory in use", resident_bytes());
    return text_response(200, "text/plain; version=0.0.4", house.metrics.to_text() + measures::to_text());
}

http::Response problem_page(std::string_view name)
{
    const auto explanation = explain_problem(name);
    if (explanation.empty())
        return text_response(404, "text/plain; charset=utf-8", "There is no problem of this name.\n");
    return text_response(200, "text/plain; charset=utf-8", std::string(explanation) + "\n");
}

std::string_view media_type_of(std::string_view path)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

/// The file as it lies in the program, in the smallest form that the asker reads.
http::Response asset_response(const http::Request& request, const std::string& path)
{
    const auto accepted = request.header("accept-encoding");
    http::Response response;
    const auto packed = [&](std::string_view encoding, const char* suffix) {
        return accepted.find(encoding) == std::string_view::npos ? std::string_view() : find_asset(path + suffix);
    };
    auto bytes = packed("br", ".br");
    if (bytes.data())
        response.set("Content-Encoding", "br");
    else if (bytes = packed("gzip", ".gz"); bytes.data())
        response.set("Content-Encoding", "gzip");
    else
        bytes = find_asset(path);
    response.body = std::string(bytes);
    response.set("Content-Type", std::string(media_type_of(path)));
    response.set("Vary", "Accept-Encoding");
    // Built files carry a hash of their content in the name; everything else is asked for again.
    const bool is_hashed = path.starts_with("web/assets/");
    response.set("Cache-Control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

http::Response page(const http::Request& request)
{
    const std::string path = "web" + request.path;
    if (request.path != "/" && find_asset(path).data()) return asset_response(request, path);
    // Every address of the page is answered with the page, which finds its place by itself; files that are not there
    // are not.
    const bool is_file = request.path.starts_with("/assets/") || request.path.rfind('.') > request.path.rfind('/');
    if (is_file && request.path.rfind('.') != std::string::npos)
        return text_response(404, "text/plain; charset=utf-8", "There is no such file.\n");
    if (find_asset("web/index.html").data()) return asset_response(request, "web/index.html");
    return text_response(
        503,
        "text/plain; charset=utf-8",
        "This program was built without its page. Start it with ./run, which builds both.\n"
    );
}
} // namespace

http::Response answer_outside(House& house, const http::Request& request)
{
    if (request.verb != http::Verb::get && request.verb != http::Verb::head)
        throw Problem(405, "method-not-allowed", "Not with this method", "This address is for reading.");
    const std::string_view path = request.path;
    if (path == "/healthz") return health(house);
    if (path == "/readyz") return readiness(house);
    if (path == "/metrics") return metrics(house);
    if (path == "/.well-known/gpc.json") return text_response(200, "application/json", std::string(privacy_control));
    if (path == "/.well-known/dialpine-keys.json")
        return text_response(200, "application/json", signing_keys_json(house));
    if (path.starts_with("/problems/")) return problem_page(path.substr(10));
    return page(request);
}

} // namespace dialpine::api
