#include "support/server.hpp"
#include "support/wire.hpp"

#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include <future>

/// What costs the processor much does not hold up others.
namespace dialpine::api {
namespace {
using support::RawClient;
using Clock = std::chrono::steady_clock;

class HeavyWork : public support::Furnished {
protected:
    RawClient sign_in_that_fails(int number) const
    {
        const auto body = fmt::format(R"({{"email":"nobody{}@dialpine.example","password":"wrong password"}})", number);
        RawClient client(running.port());
        client.send(fmt::format(
            "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            "{}\r\n\r\n{}",
            body.size(),
            body
        ));
        return client;
    }
    /// Trello's export of one list.
    static std::string board_of(int count, int number)
    {
        std::string cards;
        for (int i = 0; i < count; ++i)
            cards += fmt::format(
                R"({}{{"id":"c{}-{}","name":"Card {} paint","idList":"l{}","pos":{}}})",
                i ? "," : "",
                number,
                i,
                i,
                number,
                i + 1
            );
        return fmt::format(
            R"({{"id":"b{0}","name":"Big {0}","lists":[{{"id":"l{0}","name":"Open","pos":1}}],"cards":[{1}]}})",
            number,
            cards
        );
    }
    /// Where the new import's job can be read.
    std::string import_board(int count, int number)
    {
        auto sent = support::post(pine + "/imports?source=trello", {});
        sent.body = board_of(count, number);
        const auto answer = mia.client.send(sent);
        EXPECT_EQ(answer.status, 202) << answer.body;
        return answer.header("location").substr(std::string("/api/v1").size());
    }
    /// How long half of the answers take at most that need nothing.
    std::chrono::microseconds delay_of_others(std::size_t count)
    {
        auto client = browser();
        std::vector<std::chrono::microseconds> took;
        while (took.size() < count) {
            const auto started = Clock::now();
            EXPECT_EQ(client.send({"GET", "/healthz", {}, {}}).status, 200);
            took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started));
        }
        std::ranges::sort(took);
        return took[count / 2];
    }
};

TEST_F(HeavyWork, OfHashingHasAQueueWithAnEndAndDelaysNobody)
{
    sign_in_that_fails(0).answer(); // which also makes what nobody's password is compared with
    const auto started = Clock::now();
    sign_in_that_fails(1).answer();
    const auto one = Clock::now() - started;

    std::vector<RawClient> asking;
    for (int i = 2; i < 62; ++i) asking.push_back(sign_in_that_fails(i));
    const auto delay = delay_of_others(50);
    EXPECT_LT(delay, one / 2) << "on the thread that answers, each hash would be waited for";
    std::map<int, int> answers;
    for (auto& client : asking) {
        const auto [head, body] = client.answer();
        const int status = std::stoi(head.substr(9, 3));
        ++answers[status];
        EXPECT_EQ(status == 503, head.find("Retry-After: ") != std::string::npos) << head;
    }
    EXPECT_GE(answers[401], 32) << "as many as are taken at once";
    EXPECT_GT(answers[503], 0);
    EXPECT_EQ(answers.size(), 2U);
    RawClient(sign_in_that_fails(99)).answer();
    EXPECT_TRUE(sign_in_that_fails(100).answer().first.starts_with("HTTP/1.1 401 ")) << "and goes on afterwards";
}

TEST_F(HeavyWork, OfImportsHoldsUpNeitherSearchNorSignIn)
{
    // All threads for long work are busy, for as long as this test wants.
    std::promise<void> end;
    const auto ended = end.get_future().share();
    for (int i = 0; i < 8; ++i) boost::asio::post(running.house.long_work, [ended] { ended.wait(); });
    const auto job = import_board(10, 0);
    EXPECT_EQ(mia.client.get(pine + "/search?q=nothing").status, 200);
    auto entering = browser();
    EXPECT_EQ(entering.post("/sessions", {{"email", mia.email}, {"password", support::password}}).status, 201);
    EXPECT_EQ(mia.client.get(job).text("/state"), "queued");
    end.set_value();
    EXPECT_EQ(mia.client.finished_job(job).text("/state"), "done");
}

TEST_F(HeavyWork, OfImportsDelaysNobody)
{
    const auto started = Clock::now();
    std::vector<std::string> jobs;
    for (int board = 0; board < 4; ++board) jobs.push_back(import_board(6000, board));
    const auto delay = delay_of_others(50);
    for (const auto& job : jobs) EXPECT_EQ(mia.client.finished_job(job).text("/state"), "done");
    const auto all = Clock::now() - started;
    EXPECT_LT(delay, all / 10) << "on the threads that answer, one of four would be waited for";
}

TEST_F(HeavyWork, OfCompressingALongAnswerIsDoneElsewhere)
{
    const auto comments = task_path(task("Talked of")) + "/comments";
    for (int i = 0; i < 10; ++i) made(comments, {{"body", std::string(19'000, 'x')}});
    // All threads for moments of work are busy, for as long as this test wants.
    std::promise<void> end;
    const auto ended = end.get_future().share();
    for (int i = 0; i < 8; ++i) boost::asio::post(running.house.slow, [ended] { ended.wait(); });
    auto compressed = std::async(std::launch::async, [&] {
        return another_browser(mia).send(support::get(comments, {{"Accept-Encoding", "gzip"}}));
    });
    EXPECT_EQ(mia.client.get(comments).status, 200) << "which is not compressed";
    EXPECT_EQ(compressed.wait_for(std::chrono::milliseconds{300}), std::future_status::timeout);
    end.set_value();
    const auto answer = compressed.get();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-encoding"), "gzip");
}

} // namespace
} // namespace dialpine::api
