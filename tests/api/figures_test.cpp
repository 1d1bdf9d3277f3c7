#include "base/log.hpp"
#include "support/server.hpp"
#include "support/wire.hpp"

#include <fmt/format.h>

#include <future>

/// What an operator learns of how the program fares: `/metrics`, and the log's lines of slow requests.
namespace dialpine::api {
namespace {
using namespace std::chrono_literals;
using support::RawClient;

class Figures : public support::Furnished {
protected:
    /// A figure by its name with its labels, as it is written; 0 when it is not there.
    double figure(const std::string& name)
    {
        const auto text = "\n" + stranger.send({"GET", "/metrics", {}, {}}).body;
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 2));
    }
};

TEST_F(Figures, TellHowManyWritesShareAnFsyncAndHowLongItTakes)
{
    const auto commits = figure("dialpine_store_fsync_seconds_count");
    const auto writes = figure("dialpine_store_group_writes_sum");
    for (int i = 0; i < 3; ++i) task("Order paint");
    EXPECT_GE(figure("dialpine_store_fsync_seconds_count"), commits + 1);
    EXPECT_GE(figure("dialpine_store_group_writes_sum"), writes + 3);
    EXPECT_EQ(figure("dialpine_store_group_writes_count"), figure("dialpine_store_fsync_seconds_count"));
}

TEST_F(Figures, TellHowOftenAnAnswerWasKept)
{
    const std::string hit = R"(dialpine_answer_cache_total{result="hit"})";
    const std::string miss = R"(dialpine_answer_cache_total{result="miss"})";
    const auto paint = task("Order paint");
    const auto [hits, misses] = std::pair(figure(hit), figure(miss));
    gus.client.get(task_path(paint));
    EXPECT_EQ(figure(miss), misses + 1);
    gus.client.get(task_path(paint));
    EXPECT_EQ(figure(hit), hits + 1);
    mia.client.patch(task_path(paint), {{"title", "Order wood"}});
    gus.client.get(task_path(paint));
    EXPECT_EQ(figure(miss), misses + 2);
}

TEST_F(Figures, TellHowFarTheSearchIsBehind)
{
    task("Order paint");
    EXPECT_EQ(gus.client.get(pine + "/search?q=paint").size("/items"), 1U) << "which waits for the index";
    EXPECT_EQ(running.house.search.lag(), 0);
    EXPECT_EQ(figure("dialpine_search_lag"), 0);
    EXPECT_NE(stranger.send({"GET", "/metrics", {}, {}}).body.find("\ndialpine_search_lag 0\n"), std::string::npos);
}

TEST_F(Figures, CountWhatIsRefusedByItsHead)
{
    const auto refused = [&](int status) {
        return figure(fmt::format(R"(dialpine_heads_refused_total{{status="{}"}})", status));
    };
    const auto [malformed, large] = std::pair(refused(400), refused(431));
    RawClient twice(running.port());
    twice.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
    EXPECT_TRUE(twice.head().starts_with("HTTP/1.1 400 "));
    RawClient much(running.port());
    much.try_to_send("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(much.head().starts_with("HTTP/1.1 431 "));
    EXPECT_EQ(refused(400), malformed + 1);
    EXPECT_EQ(refused(431), large + 1);
}

/// The log of this process, as JSON lines, of requests that took 20 ms or longer.
class Slow : public Figures {
protected:
    Slow()
    {
        log::start(log::Level::warn, true, 20ms);
        ::testing::internal::CaptureStderr();
    }
    ~Slow() override { log::start(log::Level::warn, false, 0ms); }

    /// The line of this route; null when there is none.
    static support::Json line_of(std::string_view route)
    {
        std::istringstream lines(::testing::internal::GetCapturedStderr());
        const auto wanted = fmt::format(R"("what":"served slowly","route":"{}")", route);
        for (std::string line; std::getline(lines, line);)
            if (line.find(wanted) != std::string::npos) return support::parsed(line);
        return nullptr;
    }
    static std::chrono::microseconds part(const support::Json& line, std::string_view name)
    {
        return std::chrono::microseconds(line.at(name).as_int64());
    }
};

TEST_F(Slow, SaysThatAWriteWaitedForTheWriter)
{
    std::promise<void> busy;
    std::promise<void> go_on;
    database().submit(
        [&](store::Write&) {
            busy.set_value();
            go_on.get_future().wait();
        },
        [](std::exception_ptr) {}
    );
    busy.get_future().wait();
    auto answer = std::async(std::launch::async, [&] {
        return mia.client.post(pine + "/teams", {{"name", "Canary"}});
    });
    EXPECT_EQ(answer.wait_for(50ms), std::future_status::timeout) << "the writer is busy";
    go_on.set_value();
    EXPECT_EQ(answer.get().status, 201);

    const auto line = line_of("create_team");
    ASSERT_TRUE(line.is_object());
    EXPECT_EQ(line.at("level").as_string(), "warn");
    EXPECT_GT(part(line, "queue_us"), 20ms);
    EXPECT_LT(part(line, "work_us"), part(line, "queue_us"));
    EXPECT_LE(
        part(line, "body_us") + part(line, "queue_us") + part(line, "work_us") + part(line, "commit_us"),
        part(line, "took_us")
    );
    const auto text = boost::json::serialize(line);
    for (const auto* canary : {"Canary", "127.0.0", "mia"}) EXPECT_EQ(text.find(canary), std::string::npos) << text;
}

TEST_F(Slow, SaysThatABodyCameSlowly)
{
    RawClient client(running.port());
    client.send(fmt::format(
        "POST /api/v1{}/teams HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Length: 16\r\n\r\n",
        pine,
        mia.client.token()
    ));
    auto answer = std::async(std::launch::async, [&] { return client.head(); });
    EXPECT_EQ(answer.wait_for(50ms), std::future_status::timeout) << "there is no body yet";
    client.send(R"({"name":"Paint"})");
    EXPECT_TRUE(answer.get().starts_with("HTTP/1.1 201 "));

    const auto line = line_of("create_team");
    ASSERT_TRUE(line.is_object());
    EXPECT_GT(part(line, "body_us"), 20ms);
    EXPECT_LT(part(line, "queue_us"), part(line, "body_us"));
}

TEST_F(Slow, SaysNothingOfOthers)
{
    mia.client.get(pine);
    EXPECT_TRUE(line_of("find_workspace").is_null());
}

} // namespace
} // namespace dialpine::api
