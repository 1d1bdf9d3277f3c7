#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::expect;
using support::Json;
using support::Scenario;
using support::Sent;

/// A route that takes JSON, with what its document says of the body.
struct Taking {
    Route route;
    boost::json::object properties;
};

Json resolved(const Json& schema, const json::Schemas& schemas)
{
    constexpr std::string_view place = "#/components/schemas/";
    if (const auto* ref = schema.as_object().if_contains("$ref"))
        return support::parsed(schemas.at(std::string(ref->as_string()).substr(place.size())));
    return schema;
}

std::vector<Taking> routes_with_body()
{
    std::vector<Taking> routes;
    for (const auto& route : all_routes()) {
        Operation operation;
        json::Schemas schemas;
        route.describe(operation, schemas);
        if (operation.body.empty()) continue;
        const Json schema = resolved(support::parsed(operation.body), schemas);
        Taking taking{route, schema.at("properties").as_object()};
        for (auto& [name, property] : taking.properties) property = resolved(property, schemas);
        routes.push_back(std::move(taking));
    }
    return routes;
}

/// A value of a type that the schema does not allow.
Json wrong_for(const Json& schema)
{
    const auto text = serialize(schema);
    const bool takes_text = text.find("\"string\"") != std::string::npos || text.find("$ref") != std::string::npos;
    return takes_text ? Json(boost::json::array{true}) : Json("a text");
}

class BadInput : public support::Furnished {
protected:
    std::string path_of(const Route& route) const
    {
        std::string target = "/api/v1" + std::string(route.path);
        if (const auto at = target.find("/workspaces/{workspace}"); at != std::string::npos)
            target.replace(at, 23, pine);
        if (const auto at = target.find("{use}"); at != std::string::npos) target.replace(at, 5, "profiling");
        while (target.find('{') != std::string::npos) {
            const auto open = target.find('{');
            target.replace(open, target.find('}') - open + 1, to_text(new_uuid()));
        }
        return target;
    }
    Sent to(const Route& route, std::string body, const std::string& type = "application/json") const
    {
        const std::string verb = route.verb == http::Verb::post    ? "POST"
                                 : route.verb == http::Verb::patch ? "PATCH"
                                 : route.verb == http::Verb::put   ? "PUT"
                                                                   : "DELETE";
        return {verb, path_of(route), std::move(body), {{"Content-Type", type}}};
    }
    std::string tasks = web + "/tasks";
    Answer old_task = task("Paint");
    std::string path = task_path(old_task);
};

TEST_F(BadInput, IsRefusedByEveryRouteThatTakesABody)
{
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    const std::string large = "{\"name\":\"" + std::string(std::size_t{1024} * 1024 + 1, 'x') + "\"}";
    const auto before = contents();
    for (const auto& [route, properties] : routes_with_body()) {
        auto& client = mia.client;
        SCOPED_TRACE(route.name);
        expect({"nothing", client, to(route, ""), 400, {}, {}, "not-json"});
        expect({"half of it", client, to(route, R"({"name": "x)"), 400, {}, {}, "not-json"});
        expect({"two of them", client, to(route, "{}{}"), 400, {}, {}, "not-json"});
        expect({"too deep", client, to(route, deep), 400, {}, {}, "not-json"});
        expect({"not UTF-8", client, to(route, "{\"name\":\"\xC3\x28\"}"), 400, {}, {}, "not-json"});
        expect({"half a surrogate pair", client, to(route, R"({"name":"\ud800"})"), 400, {}, {}, "not-json"});
        expect({"a control character in it", client, to(route, "{\"name\":\"a\x01\"}"), 400, {}, {}, "not-json"});
        expect({"too large", client, to(route, large), 413, {}, {}, "too-large"});
        expect(
            {"a form",
             client,
             to(route, "{}", "application/x-www-form-urlencoded"),
             415,
             {},
             {},
             "unsupported-media-type"}
        );
        expect({"plain text", client, to(route, "{}", "text/plain"), 415, {}, {}, "unsupported-media-type"});
        const auto array = expect({"an array", client, to(route, "[]"), 422, {}, {}, "invalid"});
        EXPECT_EQ(array.text("/errors/0/pointer"), "");
        expect({"an unknown member", client, to(route, R"({"x/y~z": 1})"), 422, R"("pointer":"/x~1y~0z")"});
    }
    EXPECT_EQ(contents(), before);
}

TEST_F(BadInput, NamesEachMemberOfAWrongType)
{
    const auto before = contents();
    for (const auto& [route, properties] : routes_with_body()) {
        SCOPED_TRACE(route.name);
        for (const auto& [name, schema] : properties) {
            const Json body{{name, wrong_for(schema)}};
            const auto pointer = fmt::format(R"("pointer":"/{})", std::string_view(name));
            expect({std::string(name), mia.client, to(route, serialize(body)), 422, pointer});
        }
        boost::json::object all;
        for (const auto& [name, schema] : properties) all[name] = wrong_for(schema);
        const auto answer = expect({"all at once", mia.client, to(route, serialize(all)), 422});
        EXPECT_EQ(answer.size("/errors"), properties.size()) << answer.body;
    }
    EXPECT_EQ(contents(), before);
}

TEST_F(BadInput, OfATaskIsNamedAndChangesNothing)
{
    const auto other = made(pine + "/projects", {{"name", "Other"}, {"key", "OTH"}});
    const std::string other_web = pine + "/projects/" + other.text("/id");
    const auto other_task = made(other_web + "/tasks", {{"title", "Elsewhere"}});
    const auto other_label = made(other_web + "/labels", {{"name", "Red"}, {"color", "red"}});
    const std::string nobody = to_text(new_uuid());
    const auto before = contents();
    const auto with = [&](const char* name, const auto& value) { return Json{{"title", "Paint"}, {name, value}}; };
    auto& c = mia.client;
    // clang-format off
    const std::vector<Scenario> lines{
        {"no title", c, support::post(tasks, Json(boost::json::object())), 422, "is required", "/title"},
        {"an empty title", c, support::post(tasks, {{"title", ""}}), 422, {}, "/title"},
        {"a blank title", c, support::post(tasks, {{"title", " \t "}}), 422, {}, "/title"},
        {"a title of null", c, support::post(tasks, {{"title", nullptr}}), 422, {}, "/title"},
        {"a title of 501 characters", c, support::post(tasks, {{"title", std::string(501, 'x')}}), 422, {}, "/title"},
        {"a title of 100,000 characters", c, support::post(tasks, {{"title", std::string(100'000, 'x')}}), 422, {}, "/title"},
        {"a line break in a title", c, support::post(tasks, {{"title", "a\nb"}}), 422, {}, "/title"},
        {"a bell in a title", c, support::post(tasks, {{"title", "a\u0007b"}}), 422, {}, "/title"},
        {"a nought in a title", c, support::post(tasks, Json{{"title", std::string("a\0b", 3)}}), 422, {}, "/title"},
        {"a bell in a description", c, support::post(tasks, with("description", "a\u0007")), 422, {}, "/description"},
        {"a description too long", c, support::post(tasks, with("description", std::string(100'001, 'x'))), 422, {}, "/description"},
        {"the 30th of February", c, support::post(tasks, with("start_on", "2026-02-30")), 422, {}, "/start_on"},
        {"the 29th of February of a common year", c, support::post(tasks, with("start_on", "2027-02-29")), 422, {}, "/start_on"},
        {"the year 0", c, support::post(tasks, with("start_on", "0000-01-01")), 422, {}, "/start_on"},
        {"a time without a zone", c, support::post(tasks, with("due_at", "2026-11-24T09:30:00")), 422, {}, "/due_at"},
        {"a day for a time", c, support::post(tasks, with("due_at", "2026-11-24")), 422, {}, "/due_at"},
        {"25 o'clock", c, support::post(tasks, with("due_at", "2026-11-24T25:00:00Z")), 422, {}, "/due_at"},
        {"a number for a time", c, support::post(tasks, with("due_at", 1'764'000'000)), 422, {}, "/due_at"},
        {"no such priority", c, support::post(tasks, with("priority", "asap")), 422, "none, low, medium, high, urgent", "/priority"},
        {"a priority in capitals", c, support::post(tasks, with("priority", "HIGH")), 422, {}, "/priority"},
        {"no such colour", c, support::post(tasks, with("cover", "mauve")), 422, {}, "/cover"},
        {"a status that is no id", c, support::post(tasks, with("status_id", "done")), 422, {}, "/status_id"},
        {"a status of nothing", c, support::post(tasks, with("status_id", nobody)), 422, {}, "/status_id"},
        {"a status of another project", c, support::post(tasks, with("status_id", other_task.text("/status_id"))), 422, {}, "/status_id"},
        {"a label of another project", c, support::post(tasks, with("label_ids", boost::json::array{other_label.text("/id")})), 422, {}, "/label_ids/0"},
        {"an assignee who is nobody", c, support::post(tasks, with("assignee_ids", boost::json::array{to_text(mia.id), nobody})), 422, {}, "/assignee_ids/1"},
        {"an assignee of another workspace", c, support::post(tasks, with("assignee_ids", boost::json::array{to_text(eve.id)})), 422, {}, "/assignee_ids/0"},
        {"assignees in no list", c, support::post(tasks, with("assignee_ids", to_text(mia.id))), 422, "must be an array", "/assignee_ids"},
        {"too many labels", c, support::post(tasks, with("label_ids", boost::json::array(1001, Json(nobody)))), 422, "1000", "/label_ids"},
        {"an item without a text", c, support::post(tasks, with("checklist", Json{{{"done", true}}})), 422, {}, "/checklist/0/text"},
        {"a script for a link", c, support::post(tasks, with("links", Json{{{"url", "javascript:alert(1)"}}})), 422, {}, "/links/0/url"},
        {"data for a link", c, support::post(tasks, with("links", Json{{{"url", "data:text/html,x"}}})), 422, {}, "/links/0/url"},
        {"a script that hides", c, support::post(path + "/links", {{"url", " JaVaScRiPt:alert(1)"}}), 422, {}, "/url"},
        {"a line break in a link", c, support::post(path + "/links", {{"url", "https://dialpine.example/\nx"}}), 422, {}, "/url"},
        {"a start after the end, in any zone", c, support::patch(path, {{"start_on", "2026-12-03"}, {"due_at", "2026-12-01T10:00:00Z"}}), 422, {}, "/start_on"},
        {"beside a task of another project", c, support::patch(path, {{"move", {{"after_id", other_task.text("/id")}}}}), 409},
        {"beside itself", c, support::patch(path, {{"move", {{"after_id", old_task.text("/id")}}}}), 422, {}, "/move/after_id"},
        {"an unknown member within", c, support::patch(path, {{"move", {{"to", "top"}}}}), 422, {}, "/move/to"},
        {"an item of another task", c, support::patch(path, {{"checklist", Json{{{"id", nobody}, {"text", "x"}}}}}), 422, {}, "/checklist/0/id"},
        {"no ids to change", c, support::patch(pine + "/tasks", {{"ids", Json(boost::json::array())}, {"change", boost::json::object()}}), 422, {}, "/ids"},
        {"501 ids to change", c, support::patch(pine + "/tasks", {{"ids", boost::json::array(501, Json(nobody))}, {"change", boost::json::object()}}), 422, {}, "/ids"},
        {"an empty comment", c, support::post(path + "/comments", {{"body", " \n "}}), 422, {}, "/body"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), before);
}

TEST_F(BadInput, OfAProjectIsNamedAndChangesNothing)
{
    const auto before = contents();
    auto& c = mia.client;
    const std::string projects = pine + "/projects";
    const std::string foreign_team = [&] {
        return eve.client.post(elsewhere + "/teams", {{"name", "Elsewhere"}}).text("/id");
    }();
    const auto after_team = contents();
    // clang-format off
    const std::vector<Scenario> lines{
        {"a key in small letters", c, support::post(projects, {{"name", "x"}, {"key", "web"}}), 422, {}, "/key"},
        {"a key of one letter", c, support::post(projects, {{"name", "x"}, {"key", "W"}}), 422, {}, "/key"},
        {"a key of nine letters", c, support::post(projects, {{"name", "x"}, {"key", "ABCDEFGHI"}}), 422, {}, "/key"},
        {"a key that begins with a digit", c, support::post(projects, {{"name", "x"}, {"key", "1AB"}}), 422, {}, "/key"},
        {"a key that is taken", c, support::post(projects, {{"name", "x"}, {"key", "WEB"}}), 409, {}, {}, "key-taken"},
        {"a team of another workspace", c, support::post(projects, {{"name", "x"}, {"team_id", foreign_team}}), 422, {}, "/team_id"},
        {"a name of 121 characters", c, support::post(projects, {{"name", std::string(121, 'x')}}), 422, {}, "/name"},
        {"no such colour", c, support::patch(web, {{"color", "mauve"}}), 422, {}, "/color"},
        {"a name emptied", c, support::patch(web, {{"name", nullptr}}), 422, {}, "/name"},
        {"archived as a text", c, support::patch(web, {{"archived", "yes"}}), 422, {}, "/archived"},
        {"no such group", c, support::post(web + "/statuses", {{"name", "x"}, {"color", "red"}, {"group", "doing"}}), 422, {}, "/group"},
        {"a place that is no number", c, support::post(web + "/statuses", {{"name", "x"}, {"color", "red"}, {"group", "started"}, {"position", 1.5}}), 422, {}, "/position"},
        {"a label without a colour", c, support::post(web + "/labels", {{"name", "x"}}), 422, "is required", "/color"},
        {"no such role", c, support::patch(pine + "/members/" + to_text(max.id), {{"role", "boss"}}), 422, {}, "/role"},
        {"closing by a wrong name", c, support::del(pine, Json{{"name", "pine"}}), 422, {}, "/name"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), after_team);
    EXPECT_NE(contents(), before);
}

TEST_F(BadInput, InAQueryIsNamed)
{
    auto& c = mia.client;
    // clang-format off
    const std::vector<Scenario> lines{
        {"an unknown parameter", c, support::get(tasks + "?colour=red"), 422, "is not a known parameter", "?colour"},
        {"a limit in words", c, support::get(tasks + "?limit=ten"), 422, {}, "?limit"},
        {"a limit below nothing", c, support::get(tasks + "?limit=-1"), 422, {}, "?limit"},
        {"a limit that overflows", c, support::get(tasks + "?limit=99999999999999999999"), 422, {}, "?limit"},
        {"a cursor that is none", c, support::get(tasks + "?cursor=abc"), 422, {}, "?cursor"},
        {"a cursor of nothing", c, support::get(tasks + "?cursor=" + to_text(new_uuid())), 422, {}, "?cursor"},
        {"a cursor of comments that is none", c, support::get(path + "/comments?cursor=abc"), 422, {}, "?cursor"},
        {"no such order", c, support::get(tasks + "?sort=colour"), 422, {}, "?sort"},
        {"no such archive", c, support::get(tasks + "?archived=maybe"), 422, {}, "?archived"},
        {"no such priority", c, support::get(tasks + "?priority=asap"), 422, {}, "?priority"},
        {"half of a percent sign", c, support::get(tasks + "?status_id=%4"), 400, {}, {}, "bad-request"},
        {"no UTF-8", c, support::get(pine + "/search?q=%FF"), 400, {}, {}, "bad-request"},
        {"a change number in words", c, support::get(pine + "/changes?after=x"), 422, {}, "?after"},
        {"a status to move to that is elsewhere", c, support::del(web + "/statuses/" + old_task.text("/status_id") + "?move_to=" + to_text(new_uuid())), 422, {}, "?move_to"},
        {"an unknown source", c, support::post(pine + "/imports?source=abacus", Json(boost::json::object())), 422, {}, "?source"},
        {"no source", c, support::post(pine + "/imports", Json(boost::json::object())), 422, {}, "?source"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
}

TEST_F(BadInput, OfALimitIsBroughtWithinWhatIsAllowed)
{
    for (int i = 0; i < 3; ++i) task(fmt::format("Task {}", i));
    EXPECT_EQ(mia.client.get(tasks + "?limit=0").size("/items"), 1U);
    EXPECT_EQ(mia.client.get(tasks + "?limit=100000").size("/items"), 4U);
    EXPECT_EQ(mia.client.get(tasks + "?limit=2").size("/items"), 2U);
}

TEST_F(BadInput, OfAnAddressIsNotFound)
{
    auto& c = mia.client;
    // clang-format off
    const std::vector<Scenario> lines{
        {"a slash at the end", c, support::get("/workspaces/"), 404},
        {"a slash at the end of an object", c, support::get(pine + "/"), 404},
        {"two slashes", c, support::get("/workspaces//projects"), 404},
        {"an encoded slash", c, support::get("/workspaces%2F" + pine.substr(12)), 404},
        {"an encoded slash within an id", c, support::get(pine + "/projects/a%2Fb"), 404},
        {"dots", c, support::get(pine + "/../" + pine.substr(12)), 404},
        {"encoded dots", c, support::get(pine + "/%2e%2e/x"), 404},
        {"capitals", c, support::get("/Workspaces"), 404},
        {"no version", c, {"GET", "/api/workspaces", {}, {}}, 404},
        {"another version", c, {"GET", "/api/v2/workspaces", {}, {}}, 404},
        {"the root of the API", c, {"GET", "/api/v1", {}, {}}, 404},
        {"a problem that is none", c, {"GET", "/api/v1/problems", {}, {}}, 404},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
}

TEST_F(BadInput, OfAMethodSaysWhichOnesThereAre)
{
    struct Line {
        std::string verb;
        std::string path;
        std::string allow;
    };
    const std::vector<Line> lines{
        {"PUT", "/api/v1/me", "GET, HEAD, PATCH, DELETE"},
        {"DELETE", "/api/v1/workspaces", "GET, HEAD, POST"},
        {"POST", "/api/v1" + path, "GET, HEAD, PATCH, DELETE"},
        {"GET", "/api/v1/accounts", "POST"},
        {"BREW", "/api/v1/workspaces", "GET, HEAD, POST"},
        {"OPTIONS", "/api/v1/policy", "GET, HEAD"},
        {"POST", "/healthz", "GET, HEAD"},
    };
    for (const auto& [verb, target, allow] : lines) {
        const auto answer = expect({verb, mia.client, {verb, target, {}, {}}, 405, {}, {}, "method-not-allowed"});
        EXPECT_EQ(answer.header("allow"), allow) << verb << " " << target;
    }
}

TEST_F(BadInput, KeepsTheWordsOfAllLanguages)
{
    for (const std::string title :
         {"Ünïcödé — 木 🌲", "שלום", "a\u0301", "<script>alert(1)</script>", "'; DROP TABLE tasks; --", "%s%n"}) {
        const auto made_task = task(title);
        EXPECT_EQ(mia.client.get(task_path(made_task)).text("/title"), title);
    }
}

} // namespace
} // namespace dialpine::api
