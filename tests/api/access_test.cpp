#include "api/access_rows.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::Json;

class Access : public support::Furnished {
protected:
    Access()
    {
        max.client.del("/sessions/current");
        running.house.sessions.forget(max.id);
        after_erasure();
        join(maya, pine, people::Role::member);
        join(olga, pine, people::Role::owner);
        make_operator(database(), otto.id);
    }

    void after_erasure()
    {
        const auto answer = erased.client.del("/me", Json{{"password", support::password}});
        EXPECT_EQ(answer.status, 202) << answer.body;
    }

    Client as(Asker asker)
    {
        const auto token = [&]() -> std::string {
            switch (asker) {
            case Asker::stranger: return {};
            case Asker::signed_out: return signed_out_token;
            case Asker::erased: return erased_token;
            case Asker::elsewhere: return eve.client.token();
            case Asker::operator_: return otto.client.token();
            case Asker::guest: return gus.client.token();
            case Asker::member: return maya.client.token();
            case Asker::admin: return ada.client.token();
            case Asker::owner: return olga.client.token();
            }
            return {};
        };
        return browser(token());
    }

    using Things = std::map<std::string, std::string, std::less<>>;
    static std::string filled(std::string_view text, const Things& values)
    {
        return with_things(text, [&](std::string_view name) {
            const auto value = values.find(name);
            return value == values.end() ? to_text(new_uuid()) : value->second;
        });
    }
    static std::string filled(const Route& route, const Things& values) { return filled(route.path, values); }

    /// With the query and the body of the route's row, so that nothing but the asker and the place is wrong.
    static Answer ask(Client& client, const Route& route, const Things& values)
    {
        const auto row = access_rows().find(route.name);
        support::Sent sent{std::string(verb_of(route)), "/api/v1" + filled(route, values), {}, {}};
        if (sent.verb != "GET") sent.body = "{}";
        if (row == access_rows().end()) return client.send(sent);
        sent.target += filled(row->second.query, values);
        if (!row->second.body.empty()) sent.body = filled(row->second.body, values);
        return client.send(sent);
    }

    support::Somebody olga = somebody("Olga Example", "olga@dialpine.example");
    support::Somebody otto = somebody("Otto Example", "otto@dialpine.example"); ///< operator, a member of nothing
    support::Somebody maya = somebody("Maya Example", "maya@dialpine.example");
    support::Somebody erased = somebody("Erna Example", "erna@dialpine.example");
    std::string signed_out_token = max.client.token();
    std::string erased_token = erased.client.token();

    Answer first_task =
        task("Paint", {{"checklist", {{{"text", "red"}}}}, {"links", {{{"url", "https://dialpine.example/"}}}}});
    Answer uploaded(const std::string& path)
    {
        return mia.client.send({"POST", "/api/v1" + path + "/attachments?name=Website.txt", "Website", {}});
    }
    Things things{
        {"workspace", pine.substr(pine.rfind('/') + 1)},
        {"project", project.text("/id")},
        {"task", first_task.text("/id")},
        {"item", first_task.text("/checklist/0/id")},
        {"link", first_task.text("/links/0/id")},
        {"status", status("Backlog")},
        {"label", made(web + "/labels", {{"name", "Red"}, {"color", "red"}}).text("/id")},
        {"team", made(pine + "/teams", {{"name", "Painters"}}).text("/id")},
        {"comment", made(task_path(first_task) + "/comments", {{"body", "By Mia"}}).text("/id")},
        {"invitation", made(pine + "/invitations", {{"role", "member"}}).text("/id")},
        {"person", to_text(ada.id)},
        {"attachment", uploaded(task_path(first_task)).text("/id")},
    };
};

TEST_F(Access, IsRefusedByTheRoutesDeclarationAndChangesNothing)
{
    const auto before = contents();
    for (const auto asker : askers) {
        Client client = as(asker);
        for (const auto& route : all_routes()) {
            const auto row = access_rows().find(route.name);
            const auto status = row == access_rows().end() ? std::nullopt : refusal(row->second, asker);
            if (!status) continue;
            SCOPED_TRACE(fmt::format("{} asks {} {}", json::name_of(asker), verb_of(route), route.path));
            const auto answer = ask(client, route, things);
            EXPECT_EQ(answer.status, *status) << answer.body;
            EXPECT_EQ(answer.header("content-type"), "application/problem+json");
            EXPECT_EQ(answer.body.find("Website"), std::string::npos) << "a refusal tells nothing of what is there";
        }
    }
    EXPECT_EQ(contents(), before);
}

TEST_F(Access, HasARowForEachOperationThatSaysWhatItsRouteDeclares)
{
    std::set<std::string> operations;
    const auto document = stranger.get("/openapi.json").at("/paths");
    for (const auto& [path, methods] : document.as_object())
        for (const auto& [method, operation] : methods.as_object())
            operations.emplace(operation.at("operationId").as_string());
    std::set<std::string> rows;
    for (const auto& [name, row] : access_rows()) rows.insert(name);
    EXPECT_EQ(operations, rows) << "tests/fixtures/access.tsv has a row for each operation, and no other";

    const std::map<Needs, std::string> who{
        {Needs::nothing, "everybody"},
        {Needs::account, "account"},
        {Needs::operator_, "operator"},
        {Needs::guest, "guest"},
        {Needs::member, "member"},
        {Needs::admin, "admin"},
        {Needs::owner, "owner"},
    };
    for (const auto& route : all_routes()) {
        const auto row = access_rows().find(route.name);
        if (row != access_rows().end()) EXPECT_EQ(row->second.who, who.at(route.needs)) << route.name;
    }
}

TEST_F(Access, NothingOfAnotherWorkspaceIsFoundInOnesOwn)
{
    auto own = things;
    own["workspace"] = elsewhere.substr(elsewhere.rfind('/') + 1);
    const auto eves = eve.client.post(elsewhere + "/projects", {{"name", "Eve's"}}).text("/id");
    auto in_own_project = own;
    in_own_project["project"] = eves;
    auto in_other_project = things;
    in_other_project["project"] = made(pine + "/projects", {{"name", "Garden"}}).text("/id");
    auto at_other_task = things;
    at_other_task["task"] = task("Sand").text("/id");
    running.house.confirmations.note(running.house.sessions.find(database(), eve.client.token())->session);
    const auto before = contents();

    const auto finds_nothing = [](Client& client, const Route& route, const auto& values) {
        SCOPED_TRACE(fmt::format("{} {} as {}", verb_of(route), route.path, filled(route, values)));
        EXPECT_EQ(ask(client, route, values).status, 404);
    };
    int asked = 0;
    for (const auto& route : all_routes()) {
        if (!route.path.starts_with("/workspaces/{workspace}/")) continue;
        const auto places = std::ranges::count(route.path, '{');
        const auto has = [&](std::string_view place) { return route.path.find(place) != std::string_view::npos; };
        if (places > 1) finds_nothing(eve.client, route, own), ++asked;
        if (places > 2 && has("{project}")) {
            finds_nothing(eve.client, route, in_own_project);
            finds_nothing(mia.client, route, in_other_project);
        }
        if (places > 2 && has("{task}")) finds_nothing(mia.client, route, at_other_task);
    }
    EXPECT_GT(asked, 40);
    EXPECT_EQ(contents(), before);
}

TEST_F(Access, OfSomethingThatIsNoIdFindsNothing)
{
    for (const std::string bad :
         {"1", "WEB-", "-1", "null", "%00", "%2e%2e", "%F0%9F", "%zz", "a%2Fb", "' OR 1=1 --"}) {
        auto values = things;
        for (auto& [name, value] : values)
            if (name != "workspace") value = bad == "' OR 1=1 --" ? "%27%20OR%201=1" : bad;
        for (const auto& route : all_routes()) {
            if (!route.path.ends_with('}') || route.path == "/workspaces/{workspace}" ||
                !route.path.starts_with("/workspaces"))
                continue;
            SCOPED_TRACE(fmt::format("{} {} with {}", verb_of(route), route.path, bad));
            EXPECT_EQ(ask(mia.client, route, values).status, 404);
        }
    }
    EXPECT_EQ(mia.client.get("/workspaces/nothing").status, 404);
}

TEST_F(Access, EndsForABrowserWhoseMembershipEnded)
{
    ASSERT_EQ(gus.client.get(pine).status, 200);
    ASSERT_EQ(mia.client.del(pine + "/members/" + to_text(gus.id)).status, 204);
    EXPECT_EQ(gus.client.get(pine).status, 404);
    EXPECT_EQ(gus.client.get("/me").status, 200);
}

TEST_F(Access, TakesABearerTokenInsteadOfTheCookie)
{
    const http::Header right{"Authorization", "Bearer " + mia.client.token()};
    const http::Header wrong{"Authorization", "Bearer " + mia.client.token() + "x"};
    EXPECT_EQ(stranger.send(support::get("/me", {right})).status, 200);
    EXPECT_EQ(stranger.send(support::get("/me", {wrong})).status, 401);
    EXPECT_EQ(mia.client.send(support::get("/me", {wrong})).status, 401)
        << "a token that is sent is the one that counts";
}

} // namespace
} // namespace dialpine::api
