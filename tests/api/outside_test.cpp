#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Json;

class Outside : public support::Served {
protected:
    support::Answer ask(const std::string& target) { return stranger.send({"GET", target, {}, {}}); }
};

TEST_F(Outside, HealthIsAFixedBodyOfAbout300Bytes)
{
    const auto answer = ask("/healthz");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text("/status"), "ok");
    EXPECT_NEAR(static_cast<double>(answer.body.size()), 300, 50);
    EXPECT_EQ(ask("/healthz").body, answer.body);
    EXPECT_EQ(ask("/readyz").text("/status"), "ready");
}

TEST_F(Outside, MetricsNameRoutesAndNobody)
{
    mia.client.get(pine);
    mia.client.get(pine + "/projects");
    const auto text = ask("/metrics").body;
    EXPECT_NE(text.find("find_workspace"), std::string::npos) << text;
    EXPECT_NE(text.find("dialpine_store_commits"), std::string::npos);
    EXPECT_EQ(text.find(pine.substr(12)), std::string::npos) << "no ids of workspaces";
    EXPECT_EQ(text.find("mia"), std::string::npos);
}

TEST_F(Outside, EveryProblemThatIsAnsweredIsExplained)
{
    for (const auto& [target, status] : std::map<std::string, int>{
             {"/api/v1/me", 401}, {"/api/v1/nothing", 404}, {"/api/v1/accounts", 405}, {"/api/v1/policy?x=%", 200}
         }) {
        const auto answer = ask(target);
        EXPECT_EQ(answer.status, status) << answer.body;
        if (status == 200) continue;
        const auto explained = ask(answer.text("/type"));
        EXPECT_EQ(explained.status, 200) << answer.text("/type");
        EXPECT_FALSE(explained.body.empty());
    }
    EXPECT_EQ(ask("/problems/nothing").status, 404);
}

TEST_F(Outside, ThePageIsAnsweredForItsOwnAddressesOnly)
{
    for (const std::string target : {"/", "/workspaces/x/board", "/me/account"})
        EXPECT_EQ(ask(target).body, ask("/").body);
    EXPECT_EQ(ask("/assets/nothing.js").status, 404);
    EXPECT_EQ(ask("/favicon.nothing").status, 404);
    for (const std::string target :
         {"/../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/etc/passwd", "//etc/passwd"})
        EXPECT_EQ(ask(target).body.find("root:"), std::string::npos) << target;
}

TEST_F(Outside, TheDocumentKnowsEveryRoute)
{
    const Json document = ask("/api/v1/openapi.json").json();
    EXPECT_EQ(document.at("openapi"), Json("3.1.0"));
    const auto& paths = document.at("paths").as_object();
    for (const auto& route : all_routes()) {
        const auto* path = paths.if_contains(std::string(route.path));
        if (!path) path = paths.if_contains("/api/v1" + std::string(route.path));
        ASSERT_TRUE(path) << route.path;
        const bool is_named = std::ranges::any_of(path->as_object(), [&](const auto& each) {
            const auto* operation = each.value().if_object();
            return operation && operation->contains("operationId") && operation->at("operationId") == Json(route.name);
        });
        EXPECT_TRUE(is_named) << route.name;
    }
}

} // namespace
} // namespace dialpine::api
