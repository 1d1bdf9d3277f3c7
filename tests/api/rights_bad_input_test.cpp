#include "api/rights.hpp"

namespace dialpine::api {
namespace {
using support::Json;

TEST_F(Restriction, NeedsThePasswordAndAKnownState)
{
    auto& c = max.client;
    const auto put = [](const Json& body) { return support::put("/me/restriction", body); };
    const support::Scenario scenarios[]{
        {"none", c, put({{"state", "restricted"}}), 403, {}, "/password", "password-needed"},
        {"a wrong one", c, put({{"state", "restricted"}, {"password", "not this one"}}), 422, {}, "/password"},
        {"no such state", c, put(with_password({{"state", "hidden"}})), 422, {}, "/state"},
        {"no state", c, put(with_password()), 422, {}, "/state"},
        {"a stranger", stranger, put(with_password({{"state", "restricted"}})), 401},
    };
    for (const auto& scenario : scenarios) support::expect(scenario);
    EXPECT_EQ(c.get("/me/restriction").text("/state"), "none");
}

TEST_F(Objection, ToSomethingElseIsNotFound)
{
    EXPECT_EQ(object(max.client, "sign_in").status, 404);
    EXPECT_EQ(object(max.client, "").status, 404);
    EXPECT_EQ(object(stranger, "profiling").status, 401);
    EXPECT_EQ(max.client.send(support::put("/me/objections/profiling", {{"objected", "yes"}})).status, 422);
    EXPECT_EQ(max.client.send(support::put("/me/objections/profiling", {})).status, 422);
}

using Reauthentication = Rights;

TEST_F(Reauthentication, IsNeededBeforeExportCorrectionErasureAndRestriction)
{
    auto& c = max.client;
    const support::Scenario without_password[]{
        {"export", c, support::post("/me/exports", boost::json::object()), 403, {}, "/password", "password-needed"},
        {"address",
         c,
         support::patch("/me", {{"email", "m@dialpine.example"}}),
         403,
         {},
         "/current_password",
         "password-needed"},
        {"erasure", c, support::del("/me", Json(boost::json::object())), 403, {}, "/password", "password-needed"},
        {"restriction",
         c,
         support::put("/me/restriction", {{"state", "restricted"}}),
         403,
         {},
         "/password",
         "password-needed"},
    };
    const auto before = contents();
    for (const auto& scenario : without_password) support::expect(scenario);
    EXPECT_EQ(contents(), before);
}

TEST_F(Reauthentication, CountsForTenMinutesInThatSessionAlone)
{
    support::MovedClock clock;
    auto other = another_browser(max);
    ASSERT_EQ(max.client.post("/me/confirmations", with_password()).status, 204);
    const auto wanted = max.client.post("/me/exports");
    ASSERT_EQ(wanted.status, 202) << wanted.body;
    const auto file = "/me/exports/" + wanted.text("/id") + "/file";
    EXPECT_EQ(max.client.get(file).status, 200);
    EXPECT_EQ(other.get(file).status, 403) << "a stolen session does not fetch it";
    EXPECT_EQ(other.post("/me/exports").status, 403);
    clock.advance(std::chrono::minutes{10} - std::chrono::seconds{1});
    EXPECT_EQ(max.client.post("/me/exports").status, 202);
    clock.advance(std::chrono::seconds{2});
    EXPECT_EQ(max.client.post("/me/exports").status, 403);
    EXPECT_EQ(max.client.get(file).status, 403);
}

TEST_F(Reauthentication, IsNotGivenByAWrongPassword)
{
    EXPECT_EQ(max.client.post("/me/confirmations", {{"password", "not this one"}}).status, 422);
    EXPECT_EQ(max.client.post("/me/confirmations", boost::json::object()).status, 422);
    EXPECT_EQ(stranger.post("/me/confirmations", with_password()).status, 401);
    EXPECT_EQ(max.client.post("/me/exports").status, 403);
}

} // namespace
} // namespace dialpine::api
