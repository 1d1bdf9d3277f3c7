#include "api/openapi.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"

namespace dialpine::api {
namespace {
using http::Verb;
using json::Writer;

constexpr std::string_view problem_schema =
    R"({"type":"object","required":["type","title","status","detail"],"properties":{"type":{"type":"string"},)"
    R"("title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"errors":{"type":"array","items":)"
    R"({"type":"object","required":["pointer","detail"],"properties":{"pointer":{"type":"string"},"detail":{"type":"string"}}}},)"
    R"("workspaces":{"type":"array","items":{"$ref":"#/components/schemas/Orphan"}},"current":{"type":"object"}}})";

constexpr std::size_t json_bytes = 1024 * 1024; ///< a route that takes more takes a file

std::string_view name_of(Verb verb)
{
    switch (verb) {
    case Verb::get: return "get";
    case Verb::post: return "post";
    case Verb::put: return "put";
    case Verb::patch: return "patch";
    case Verb::delete_: return "delete";
    default: return "head";
    }
}

std::string_view description_of(Needs needs)
{
    switch (needs) {
    case Needs::nothing: return "Anyone may.";
    case Needs::account: return "Needs a session.";
    case Needs::operator_: return "Only the operator may.";
    case Needs::guest: return "Guests of the workspace may.";
    case Needs::member: return "Members of the workspace may.";
    case Needs::admin: return "Admins of the workspace may.";
    case Needs::owner: return "Owners of the workspace may.";
    }
    return {};
}

/// The group that a route is shown under: the last literal part of its path.
std::string tag_of(std::string_view path)
{
    std::string tag = "instance";
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        if (!path.starts_with('{')) tag = std::string(path.substr(0, end));
        path.remove_prefix(end);
        if (tag == "workspaces" && path.find('/', 1) == std::string_view::npos) break;
        if (tag != "workspaces") break;
    }
    return tag;
}

void write_parameters(Writer& out, const Route& route, const Operation& operation)
{
    out.key("parameters");
    out.begin_array();
    std::string_view rest = route.path;
    while (rest.find('{') != std::string_view::npos) {
        rest.remove_prefix(rest.find('{') + 1);
        out.raw(fmt::format(
            R"({{"name":"{}","in":"path","required":true,"schema":{{"type":"string"}}}})",
            rest.substr(0, rest.find('}'))
        ));
    }
    for (const auto& [name, schema] : operation.query)
        out.raw(fmt::format(R"({{"name":"{}","in":"query","schema":{}}})", name, schema));
    out.end_array();
}

void write_body(Writer& out, const Route& route, const Operation& operation)
{
    if (route.most_body_bytes > json_bytes) {
        out.key("requestBody");
        out.raw(R"({"required":true,"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"file":)"
                R"({"type":"string","contentMediaType":"application/json"}},"required":["file"]}},)"
                R"("application/octet-stream":{"schema":{"type":"string"}}}})");
    } else if (!operation.body.empty()) {
        const std::string_view type = route.verb == Verb::patch ? "application/merge-patch+json" : "application/json";
        out.key("requestBody");
        out.raw(fmt::format(R"({{"required":true,"content":{{"{}":{{"schema":{}}}}}}})", type, operation.body));
    }
}

void write_answers(Writer& out, const Route& route, const Operation& operation)
{
    out.key("responses");
    out.begin_object();
    out.key(std::to_string(route.status));
    out.begin_object();
    out.member("description", http::reason_of(route.status));
    if (!operation.answer.empty()) {
        out.key("content");
        out.raw(fmt::format(R"({{"application/json":{{"schema":{}}}}})", operation.answer));
    }
    out.end_object();
    out.key("4XX");
    out.raw(
        R"({"description":"What was wrong","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}})"
    );
    out.end_object();
}

void write_operation(Writer& out, const Route& route, json::Schemas& schemas)
{
    Operation operation;
    if (route.describe) route.describe(operation, schemas);
    out.key(name_of(route.verb));
    out.begin_object();
    out.member("operationId", route.name);
    out.member("summary", route.summary);
    out.member("description", description_of(route.needs));
    out.key("tags");
    out.begin_array();
    out.value(tag_of(route.path));
    out.end_array();
    if (route.needs == Needs::nothing) {
        out.key("security");
        out.raw("[]");
    }
    write_parameters(out, route, operation);
    write_body(out, route, operation);
    write_answers(out, route, operation);
    out.end_object();
}

Awaitable<http::Response> find_openapi(House&, const Call&, http::Body&)
{
    static const std::string document = openapi_document(all_routes());
    auto response = json_response(200, document);
    response.set("ETag", etag_of(document));
    co_return response;
}
} // namespace

std::string openapi_document(std::span<const Route> routes)
{
    std::map<std::string_view, std::vector<const Route*>> by_path;
    for (const auto& route : routes) by_path[route.path].push_back(&route);
    json::Schemas schemas{{"Problem", std::string(problem_schema)}};
    json::schema<people::Orphan>(schemas); // a member of the problem `last-owner`
    std::map<std::string, bool> tags;

    std::string text;
    Writer out(text);
    out.begin_object();
    out.member("openapi", "3.1.0");
    out.key("info");
    out.raw(
        R"({"title":"DialPine","version":")" DIALPINE_VERSION
        R"(","summary":"A work hub whose privacy policy is executable","license":{"name":"See the repository","identifier":"LicenseRef-DialPine"}})"
    );
    out.key("servers");
    out.raw(R"([{"url":"/api/v1"}])");
    out.key("security");
    out.raw(R"([{"cookie":[]},{"bearer":[]}])");
    out.key("paths");
    out.begin_object();
    for (const auto& [path, of_path] : by_path) {
        out.key(path);
        out.begin_object();
        for (const Route* route : of_path) {
            tags[tag_of(route->path)] = true;
            write_operation(out, *route, schemas);
        }
        out.end_object();
    }
    out.end_object();
    out.key("tags");
    out.begin_array();
    for (const auto& [tag, is_used] : tags) out.raw("{\"name\":\"" + tag + "\"}");
    out.end_array();
    out.key("components");
    out.begin_object();
    out.key("securitySchemes");
    out.raw(
        R"({"cookie":{"type":"apiKey","in":"cookie","name":"__Host-session"},"bearer":{"type":"http","scheme":"bearer"}})"
    );
    out.key("schemas");
    out.begin_object();
    for (const auto& [name, schema] : schemas) {
        out.key(name);
        out.raw(schema);
    }
    out.end_object();
    out.end_object();
    out.end_object();
    return text;
}

void add_openapi_route(std::vector<Route>& routes)
{
    routes.push_back(
        custom_route<find_openapi, void, json::Raw>(Verb::get, "/openapi.json", Needs::nothing, "Read this document")
    );
}

std::vector<Route> all_routes()
{
    std::vector<Route> routes;
    add_account_routes(routes);
    add_document_routes(routes);
    add_my_data_routes(routes);
    add_second_factor_routes(routes);
    add_rights_routes(routes);
    add_move_routes(routes);
    add_subject_routes(routes);
    add_hold_routes(routes);
    add_work_routes(routes);
    add_board_routes(routes);
    add_search_route(routes);
    add_import_routes(routes);
    add_attachment_routes(routes);
    add_consent_routes(routes);
    add_transparency_routes(routes);
    add_proof_route(routes);
    add_publication_routes(routes);
    add_record_routes(routes);
    add_recipient_routes(routes);
    add_activity_routes(routes);
    add_openapi_route(routes);
    return routes;
}

} // namespace dialpine::api
