#include "api/live.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using namespace std::chrono_literals;
using support::Json;
using support::LiveSocket;

class LiveChanges : public support::Furnished {
protected:
    std::int64_t last() { return mia.client.get(pine + "/changes").number("/last"); }
    static std::string kinds(const std::optional<Json>& message)
    {
        if (!message) return "nothing came";
        const auto* changes = message->as_object().if_contains("changes");
        if (!changes) return serialize(*message);
        std::string text;
        for (const auto& each : changes->as_array())
            text += (text.empty() ? "" : " ") + std::string(each.at("kind").as_string());
        return text;
    }
    /// Follows from now on; waits until the server knows it.
    LiveSocket follow(support::Somebody& who)
    {
        const auto from = running.house.live.followers();
        LiveSocket socket(who.client, fmt::format("{}/live?after={}", pine, last()));
        while (running.house.live.followers() == from) std::this_thread::yield();
        return socket;
    }
};

TEST_F(LiveChanges, AreToldWithinASecond)
{
    auto socket = follow(gus);
    const auto paint = task("Paint");
    const auto message = socket.next(1s);
    ASSERT_TRUE(message);
    EXPECT_EQ(kinds(message), "task.created");
    EXPECT_EQ(message->at("changes").at(0).at("task_id"), Json(paint.text("/id")));
    EXPECT_EQ(serialize(*message).find("Paint"), std::string::npos) << "ids only";
    max.client.patch(task_path(paint), {{"move", {{"status_id", status("Done")}}}});
    EXPECT_EQ(kinds(socket.next(1s)), "task.moved");
}

TEST_F(LiveChanges, BeginWithWhatWasMissed)
{
    const auto from = last();
    task("Paint");
    task("Print");
    LiveSocket socket(gus.client, fmt::format("{}/live?after={}", pine, from));
    EXPECT_EQ(kinds(socket.next(1s)), "task.created task.created");
}

TEST_F(LiveChanges, AskForAllAnewAfterTooLong)
{
    const auto paint = task("Paint");
    for (int i = 0; i <= 500; ++i) mia.client.patch(task_path(paint), {{"title", fmt::format("Paint {}", i)}});
    LiveSocket socket(gus.client, pine + "/live?after=0");
    EXPECT_EQ(kinds(socket.next(1s)), R"({"reload":true})");
}

TEST_F(LiveChanges, StayInTheirWorkspace)
{
    auto socket = follow(max);
    ASSERT_EQ(eve.client.post(elsewhere + "/teams", {{"name", "Painters"}}).status, 201);
    task("Paint");
    EXPECT_EQ(kinds(socket.next(1s)), "task.created") << "the one elsewhere was before it";
}

TEST_F(LiveChanges, AreForMembersOfTheWorkspace)
{
    EXPECT_THROW(LiveSocket(eve.client, pine + "/live"), std::exception);
    EXPECT_THROW(LiveSocket(stranger, pine + "/live"), std::exception);
    EXPECT_EQ(mia.client.get(pine + "/live").status, 400) << "no WebSocket";
    EXPECT_EQ(eve.client.get(pine + "/live").status, 404);
    EXPECT_EQ(stranger.get(pine + "/live").status, 401);
}

TEST_F(LiveChanges, EndWithTheSession)
{
    auto socket = follow(max);
    ASSERT_EQ(max.client.del("/sessions/current").status, 204);
    EXPECT_TRUE(socket.closes(2s));
}

TEST_F(LiveChanges, EndWithTheMembership)
{
    auto socket = follow(max);
    auto other = follow(gus);
    ASSERT_EQ(mia.client.del(pine + "/members/" + to_text(max.id)).status, 204);
    EXPECT_TRUE(socket.closes(2s));
    EXPECT_EQ(kinds(other.next(1s)), "member.changed") << "others go on";
}

TEST_F(LiveChanges, EndWithThePerson)
{
    auto socket = follow(max);
    ASSERT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    EXPECT_TRUE(socket.closes(2s));
}

TEST_F(LiveChanges, ForgetWhoHasLeft)
{
    {
        auto socket = follow(max);
        EXPECT_EQ(running.house.live.followers(), 1U);
    }
    const auto end = std::chrono::steady_clock::now() + 5s;
    while (running.house.live.followers() != 0 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    EXPECT_EQ(running.house.live.followers(), 0U);
}

} // namespace
} // namespace dialpine::api
