#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::Json;

/// Who asks, by what they are in the workspace of the path.
enum class Asker { stranger, signed_out, erased, elsewhere, guest, member, admin, owner };
BOOST_DESCRIBE_ENUM(Asker, stranger, signed_out, erased, elsewhere, guest, member, admin, owner)

std::string_view verb_of(const Route& route)
{
    switch (route.verb) {
    case http::Verb::post: return "POST";
    case http::Verb::patch: return "PATCH";
    case http::Verb::put: return "PUT";
    case http::Verb::delete_: return "DELETE";
    default: return "GET";
    }
}

/// What a route's declaration alone says about this asker; absent: they may.
std::optional<int> refusal(const Route& route, Asker asker)
{
    if (route.needs == Needs::nothing) return std::nullopt;
    if (asker < Asker::elsewhere) return 401;
    if (route.needs == Needs::account) return std::nullopt;
    if (route.needs == Needs::operator_) return asker == Asker::owner ? std::nullopt : std::optional(403);
    if (asker == Asker::elsewhere) return 404;
    const int role = static_cast<int>(asker) - static_cast<int>(Asker::guest);
    const int least = static_cast<int>(route.needs) - static_cast<int>(Needs::guest);
    return role < least ? std::optional(403) : std::nullopt;
}

class Access : public support::Furnished {
protected:
    Access()
    {
        max.client.del("/sessions/current");
        running.house.sessions.forget(max.id);
        after_erasure();
        join(maya, pine, people::Role::member);
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
            case Asker::guest: return gus.client.token();
            case Asker::member: return maya.client.token();
            case Asker::admin: return ada.client.token();
            case Asker::owner: return mia.client.token();
            }
            return {};
        };
        return browser(token());
    }

    /// The path with things that are there in the place of its parameters.
    std::string real_path(const Route& route) const { return filled(route, things); }
    /// The same workspace, and ids of nothing.
    std::string empty_path(const Route& route) const
    {
        return filled(route, {{"workspace", pine.substr(pine.rfind('/') + 1)}});
    }
    static std::string filled(const Route& route, const std::map<std::string, std::string, std::less<>>& values)
    {
        std::string path;
        std::string_view rest = route.path;
        while (!rest.empty()) {
            const auto open = std::min(rest.find('{'), rest.size());
            path += rest.substr(0, open);
            rest.remove_prefix(open);
            if (rest.empty()) break;
            const auto value = values.find(rest.substr(1, rest.find('}') - 1));
            path += value == values.end() ? to_text(new_uuid()) : value->second;
            rest.remove_prefix(rest.find('}') + 1);
        }
        return path;
    }

    static Answer ask(Client& client, const Route& route, const std::string& path)
    {
        support::Sent sent{std::string(verb_of(route)), "/api/v1" + path, {}, {}};
        if (sent.verb != "GET") sent.body = "{}";
        return client.send(sent);
    }

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
    std::map<std::string, std::string, std::less<>> things{
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

constexpr std::array askers{
    Asker::stranger,
    Asker::signed_out,
    Asker::erased,
    Asker::elsewhere,
    Asker::guest,
    Asker::member,
    Asker::admin,
    Asker::owner,
};

TEST_F(Access, IsRefusedByTheRoutesDeclarationAndChangesNothing)
{
    const auto before = contents();
    for (const auto asker : askers) {
        Client client = as(asker);
        for (const auto& route : all_routes()) {
            const auto status = refusal(route, asker);
            if (!status) continue;
            SCOPED_TRACE(fmt::format("{} asks {} {}", json::name_of(asker), verb_of(route), route.path));
            const auto answer = ask(client, route, real_path(route));
            EXPECT_EQ(answer.status, *status) << answer.body;
            EXPECT_EQ(answer.header("content-type"), "application/problem+json");
            EXPECT_EQ(answer.body.find("Website"), std::string::npos) << "a refusal tells nothing of what is there";
        }
    }
    EXPECT_EQ(contents(), before);
}

TEST_F(Access, IsGivenByTheRoutesDeclaration)
{
    for (const auto asker : askers) {
        Client client = as(asker);
        for (const auto& route : all_routes()) {
            if (refusal(route, asker)) continue;
            SCOPED_TRACE(fmt::format("{} asks {} {}", json::name_of(asker), verb_of(route), route.path));
            const auto answer = ask(client, route, empty_path(route));
            EXPECT_NE(answer.status, 401) << answer.body;
            if (answer.body.find("/problems/password-needed") == std::string::npos)
                EXPECT_NE(answer.status, 403) << answer.body;
            EXPECT_LT(answer.status, 500) << answer.body;
        }
    }
}

TEST_F(Access, IsDeclaredWideForTheseRoutesOnly)
{
    std::set<std::string_view> open_to_all;
    std::set<std::string_view> written_by_guests;
    for (const auto& route : all_routes()) {
        if (route.needs == Needs::nothing) open_to_all.insert(route.name);
        if (route.needs == Needs::guest && route.verb != http::Verb::get) written_by_guests.insert(route.name);
    }
    const std::set<std::string_view> before_sign_in{
        "find_instance",
        "find_policy",
        "find_proof",
        "verify_receipt",
        "list_cookies",
        "find_log_head",
        "list_log_entries",
        "prove_inclusion",
        "prove_consistency",
        "find_openapi",
        "create_account",
        "create_session",
        "look_up_invitation",
        "find_erasure",
        "list_documents",
        "find_document_version",
        "find_differences",
        "find_processing_record",
        "find_dataset",
        "find_categories_report",
        "list_subprocessors",
        "find_transfers",
        "transparency_report",
        "find_offer",
    };
    const std::set<std::string_view> guests_words{
        "create_comment", "change_comment", "delete_comment", "restore_comment", "remove_member", "check_sensitive"
    };
    EXPECT_EQ(open_to_all, before_sign_in);
    EXPECT_EQ(written_by_guests, guests_words) << "their own comments, and leaving";
}

TEST_F(Access, NothingOfAnotherWorkspaceIsFoundInOnesOwn)
{
    const auto before = contents();
    auto values = things;
    values["workspace"] = elsewhere.substr(elsewhere.rfind('/') + 1);
    for (const auto& route : all_routes()) {
        const bool has_thing_in_workspace =
            route.path.starts_with("/workspaces/{workspace}/") && std::ranges::count(route.path, '{') > 1;
        if (!has_thing_in_workspace) continue;
        SCOPED_TRACE(fmt::format("{} {}", verb_of(route), route.path));
        const auto answer = ask(eve.client, route, filled(route, values));
        // What is wrong with a body may be said first: it tells nothing of what is there.
        EXPECT_TRUE(answer.status == 404 || answer.status == 422) << answer.status << answer.body;
    }
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
            EXPECT_EQ(ask(mia.client, route, filled(route, values)).status, 404);
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
