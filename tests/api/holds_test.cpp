#include "privacy/hold.hpp"

#include "api/erasures.hpp"
#include "people/closing.hpp"
#include "store/parts.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Json;
using namespace std::chrono_literals;

/// Mia is the instance's operator; Ada, Max and Gus are in her workspace.
class HeldErasure : public support::Furnished {
protected:
    Answer hold(boost::json::object wish, std::chrono::days length = std::chrono::days{20})
    {
        wish["reason"] = "Case 7";
        wish["until"] = to_text(std::chrono::floor<std::chrono::days>(clock_now()) + length);
        return mia.client.post("/operator/holds", wish);
    }
    Json wish() const { return {{"password", support::password}}; }
    void move_to(Instant at) { clock.advance(at - clock_now()); }
    void the_hour_comes() { keep_periods(running.house); }
    bool knows(PersonId who)
    {
        return database().read([&](store::Read& read) { return store::find<people::Person>(read, who).has_value(); });
    }

    support::MovedClock clock;
};

TEST_F(HeldErasure, WaitsUntilTheHoldExpiresAndGoesOnByItself)
{
    const auto made = hold({{"person", to_text(ada.id)}});
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(ada.client.get("/me/holds").text("/items/0/reason"), "Case 7");
    EXPECT_EQ(max.client.get("/me/holds").size("/items"), 0U) << "whom it is on is nobody else's business";

    const auto asked = ada.client.del("/me", wish());
    ASSERT_EQ(asked.status, 202) << asked.body;
    EXPECT_EQ(asked.text("/state"), "queued");
    EXPECT_EQ(asked.text("/report/held_by/0/reason"), "Case 7");
    EXPECT_EQ(asked.text("/report/goes_on_at"), made.text("/expires_at"));
    EXPECT_EQ(ada.client.get("/me").status, 200) << "and Ada can still read what is held";
    EXPECT_EQ(ada.client.get("/me/holds").text("/waiting_erasure"), asked.text("/id"));
    EXPECT_EQ(mia.client.get(pine + "/members").body.find("Ada Example"), std::string::npos) << "used for nothing";
    const auto read_by_all = stranger.get("/erasures/" + asked.text("/id"));
    EXPECT_EQ(read_by_all.status, 200);
    EXPECT_EQ(read_by_all.body.find("Case 7"), std::string::npos);
    EXPECT_EQ(ada.client.del("/me", wish()).text("/id"), asked.text("/id")) << "asked twice is asked once";

    const Instant until = *parse_instant(made.text("/expires_at"));
    move_to(until - 1s);
    the_hour_comes();
    EXPECT_TRUE(knows(ada.id));
    move_to(until + 1s);
    the_hour_comes();
    EXPECT_FALSE(knows(ada.id));
    const auto done = stranger.get("/erasures/" + asked.text("/id"));
    EXPECT_EQ(done.text("/state"), "done");
    EXPECT_TRUE(done.at("/report/sealed_key_destroyed").as_bool());
    EXPECT_TRUE(done.at("/report/log").is_object()) << "with its place in the transparency log";
}

TEST_F(HeldErasure, CanBeTakenBack)
{
    hold({{"person", to_text(ada.id)}});
    EXPECT_EQ(ada.client.del("/me/erasure").status, 404) << "nothing waits yet";
    ada.client.del("/me", wish());
    EXPECT_EQ(ada.client.del("/me/erasure").status, 204);
    EXPECT_EQ(ada.client.get("/me/holds").at("/waiting_erasure"), Json(nullptr));
    EXPECT_NE(mia.client.get(pine + "/members").body.find("Ada Example"), std::string::npos);
    clock.advance(std::chrono::days{21});
    the_hour_comes();
    EXPECT_TRUE(knows(ada.id));
}

TEST_F(HeldErasure, GoesOnWhenTheOperatorEndsTheHold)
{
    const auto id = hold({{"workspace", pine.substr(pine.rfind('/') + 1)}}).text("/id");
    EXPECT_EQ(gus.client.get("/me/holds").text("/items/0/workspace_name"), "Pine");
    EXPECT_EQ(gus.client.del("/me", wish()).text("/state"), "queued") << "a member is part of what the workspace tells";
    EXPECT_EQ(eve.client.del("/me", wish()).text("/state"), "done") << "who is not in it is free to go";
    EXPECT_EQ(mia.client.del("/operator/holds/" + id).status, 204);
    EXPECT_EQ(mia.client.del("/operator/holds/" + id).status, 404);
    the_hour_comes();
    EXPECT_FALSE(knows(gus.id));
}

TEST_F(HeldErasure, KeepsAWorkspaceFromBeingClosed)
{
    const auto id = hold({{"person", to_text(ada.id)}}).text("/id");
    const auto refused = mia.client.del(pine, Json{{"name", "Pine"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("/problems/legal-hold"), std::string::npos) << refused.body;
    EXPECT_EQ(refused.body.find("Ada"), std::string::npos) << "not whom it is on";
    mia.client.del("/operator/holds/" + id);
    EXPECT_EQ(mia.client.del(pine, Json{{"name", "Pine"}}).status, 204);
}

TEST_F(HeldErasure, IsNotMadeByAnythingThatIsWrong)
{
    const auto send = [&](Json body) { return mia.client.post("/operator/holds", body).status; };
    EXPECT_EQ(send({{"person", "me"}, {"reason", "x"}, {"until", "2027-01-01"}}), 422);
    EXPECT_EQ(send({{"person", to_text(ada.id)}, {"until", "2027-01-01"}}), 422) << "without a reason";
    EXPECT_EQ(send({{"person", to_text(ada.id)}, {"reason", "Case 7"}}), 422) << "without an end";
    EXPECT_EQ(send({{"person", to_text(ada.id)}, {"reason", "Case 7"}, {"until", "2020-01-01"}}), 422);
    EXPECT_EQ(ada.client.post("/operator/holds", boost::json::object{}).status, 403);
}

/// The workspace whose last owner goes.
class LastOwner : public HeldErasure {
protected:
    Answer mia_goes()
    {
        const auto id = pine.substr(pine.rfind('/') + 1);
        return mia.client.del("/me", Json{{"password", support::password}, {"close_workspaces", {id}}});
    }
};

TEST_F(LastOwner, IsErasedAtOnceAndTheWorkspaceHasItsWeek)
{
    const auto gone = mia_goes();
    ASSERT_EQ(gone.status, 202) << gone.body;
    EXPECT_EQ(gone.number("/report/workspaces_closing"), 1);
    EXPECT_EQ(gone.number("/report/workspaces_closed"), 0);
    EXPECT_FALSE(knows(mia.id));
    const Instant closes = *parse_instant(ada.client.get(pine).text("/closes_at"));
    EXPECT_NEAR(
        static_cast<double>((closes - clock_now()).count()),
        static_cast<double>(std::chrono::milliseconds(people::closing_notice).count()),
        60'000
    );
    const auto mails = database().read([](store::Read& read) { return store::select<people::OutboxMail>(read, ""); });
    ASSERT_EQ(mails.size(), 3U) << "Ada, Max and Gus are told";
    EXPECT_NE(mails.front().subject.reveal().find("Pine closes on"), std::string::npos);

    move_to(closes - 1s);
    the_hour_comes();
    EXPECT_EQ(ada.client.get(pine).status, 200);
    move_to(closes + 1s);
    the_hour_comes();
    EXPECT_EQ(ada.client.get(pine).status, 404);
    EXPECT_EQ(ada.client.get("/me").status, 200);
}

TEST_F(LastOwner, LeavesAWorkspaceThatAnAdminCanKeep)
{
    ASSERT_EQ(mia_goes().status, 202);
    EXPECT_EQ(gus.client.del(pine + "/closing").status, 403);
    EXPECT_EQ(max.client.del(pine + "/closing").status, 403) << "there is an admin";
    const auto kept = ada.client.del(pine + "/closing");
    EXPECT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(kept.text("/role"), "owner");
    EXPECT_EQ(kept.at("/closes_at"), Json(nullptr));
    EXPECT_EQ(ada.client.del(pine + "/closing").status, 404);
    clock.advance(std::chrono::days{8});
    the_hour_comes();
    EXPECT_EQ(ada.client.get(pine).status, 200);
}

TEST_F(LastOwner, LeavesAWorkspaceThatAMemberCanKeepWhereThereIsNoAdmin)
{
    ASSERT_EQ(mia.client.patch(pine + "/members/" + to_text(ada.id), {{"role", "guest"}}).status, 200);
    ASSERT_EQ(mia_goes().status, 202);
    EXPECT_EQ(ada.client.del(pine + "/closing").status, 403);
    EXPECT_EQ(max.client.del(pine + "/closing").text("/role"), "owner");
}

TEST_F(LastOwner, AskedForAtOnceByTwoIsErasedOnce)
{
    auto second = another_browser(ada);
    std::array<Answer, 2> answers;
    std::thread other([&] { answers[0] = second.del("/me", wish()); });
    answers[1] = ada.client.del("/me", wish());
    other.join();
    const auto accepted = std::ranges::count(answers, 202, &Answer::status);
    EXPECT_EQ(accepted, 1) << answers[0].body << answers[1].body;
    for (const auto& answer : answers)
        EXPECT_TRUE(answer.status == 202 || answer.status == 401 || answer.status == 404) << answer.body;
    EXPECT_FALSE(knows(ada.id));
}

TEST_F(LastOwner, AndAnotherErasedAtOnceAreBothGone)
{
    std::thread other([&] { EXPECT_EQ(max.client.del("/me", wish()).status, 202); });
    EXPECT_EQ(ada.client.del("/me", wish()).status, 202);
    other.join();
    EXPECT_FALSE(knows(ada.id));
    EXPECT_FALSE(knows(max.id));
    EXPECT_EQ(mia.client.get(pine + "/members").size("/items"), 2U);
}

} // namespace
} // namespace dialpine::api
