#include "support/server.hpp"

#include <gtest/gtest.h>

/// The whole way of a person through DialPine, by the API alone: in, to work, and out without a trace.
namespace dialpine::api {
namespace {
using support::Answer;
using support::Client;
using support::Json;

class Journey : public ::testing::Test {
protected:
    Answer sign_up(Client& client, const std::string& name, const std::string& email)
    {
        auto answer = client.post(
            "/accounts",
            {{"name", name},
             {"email", email},
             {"password", support::password},
             {"birth_year", 1990},
             {"consent", {{"policy_version", running->house.policy().version}}}}
        );
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    /// What of this stands in any file of the data folder, also after the server has ended.
    void expect_nowhere(const std::string& text)
    {
        EXPECT_EQ(support::files_with(folder.path(), text), std::vector<std::string>()) << text;
        running->house.database.checkpoint();
        EXPECT_EQ(support::files_with(folder.path(), text), std::vector<std::string>())
            << text << " after a checkpoint";
    }

    support::Folder folder;
    std::unique_ptr<support::RunningHouse> running = std::make_unique<support::RunningHouse>(folder.path());
};

TEST_F(Journey, FromSignUpToNothingLeft)
{
    const std::string name = "Unmistakable Quillfeather";
    const std::string email = "quillfeather@dialpine.example";
    Client client(running->port());
    Client friend_of(running->port());
    const auto me = sign_up(client, name, email).text("/person/id");
    sign_up(friend_of, "Ada Example", "ada@dialpine.example");

    // A workspace, with a friend in it.
    const std::string pine = "/workspaces/" + client.post("/workspaces", {{"name", "Pine"}}).text("/id");
    const auto link = client.post(pine + "/invitations", {{"role", "owner"}}).text("/link");
    ASSERT_EQ(friend_of.post("/invitations/accept", {{"token", link.substr(link.find('#') + 1)}}).status, 200);

    // A board comes in.
    const auto fixture = std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fixtures" / "trello-small.json";
    const auto import =
        client.send({"POST", "/api/v1" + pine + "/imports?source=trello", support::bytes_of(fixture), {}});
    ASSERT_EQ(import.status, 202) << import.body;
    EXPECT_EQ(import.header("location"), "/api/v1" + pine + "/imports/" + import.text("/id"));
    const auto job = client.finished_job(pine + "/imports/" + import.text("/id"));
    ASSERT_EQ(job.text("/state"), "done") << job.body;
    const std::string board_path = pine + "/projects/" + job.text("/report/project_id") + "/board";
    const auto board = client.get(board_path);
    ASSERT_GE(board.size("/tasks"), 2U) << board.body;

    // It is worked on.
    const auto task = pine + "/tasks/" + board.text("/tasks/0/id");
    const auto last_status = board.text(fmt::format("/statuses/{}/id", board.size("/statuses") - 1));
    EXPECT_EQ(client.patch(task, {{"move", {{"status_id", last_status}}}}).text("/status_id"), last_status);
    EXPECT_EQ(
        client.patch(task, {{"title", "Order violet paint"}, {"assignee_ids", boost::json::array{me}}}).status, 200
    );
    EXPECT_EQ(client.post(task + "/comments", {{"body", "The **violet** one"}}).status, 201);
    EXPECT_EQ(client.get("/me/tasks").size("/items"), client.get(task).at("/completed_at").is_null() ? 1U : 0U);
    const auto found = client.get(pine + "/search?q=viol");
    EXPECT_NE(found.body.find("<mark>"), std::string::npos) << found.body;
    EXPECT_GE(found.size("/items"), 2U);

    // Everything held of the person is shown, and taken along.
    const auto data = client.get("/me/data").body;
    for (const auto& held : {name, email, std::string("The **violet** one")})
        EXPECT_NE(data.find(held), std::string::npos) << held;
    const auto wanted = client.post("/me/exports", {{"password", support::password}});
    ASSERT_EQ(wanted.status, 202) << wanted.body;
    const auto file = client.get("/me/exports/" + wanted.text("/id") + "/file");
    EXPECT_EQ(file.header("content-type"), "application/zip");
    EXPECT_TRUE(file.body.starts_with("PK"));
    EXPECT_EQ(friend_of.get("/me/exports/" + wanted.text("/id") + "/file").status, 404);

    // And leaves.
    client.post("/workspaces", {{"name", "Alone"}});
    const auto gone = client.del("/me", Json{{"password", support::password}});
    ASSERT_EQ(gone.status, 202) << gone.body;
    EXPECT_EQ(gone.text("/report/person"), me);
    EXPECT_TRUE(gone.at("/report/sealed_key_destroyed").as_bool());
    EXPECT_EQ(gone.number("/report/workspaces_closed"), 1);
    EXPECT_EQ(client.get("/me").status, 401);
    Client again(running->port());
    EXPECT_EQ(again.post("/sessions", {{"email", email}, {"password", support::password}}).status, 401);
    const auto certificate = again.get(gone.header("location").substr(7));
    EXPECT_EQ(certificate.text("/state"), "done");
    EXPECT_EQ(certificate.at("/report"), gone.at("/report"));
    EXPECT_EQ(certificate.body.find(name), std::string::npos);

    // The others' work is whole, and knows them no more.
    for (const std::string& path : {board_path, pine + "/people", pine + "/members", task, task + "/comments"}) {
        const auto page = friend_of.get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_EQ(page.body.find(me), std::string::npos) << path << " names who is gone";
        EXPECT_EQ(page.body.find(name), std::string::npos) << path;
    }
    // That there was somebody with this number is all that the log still says, so that open pages forget them.
    const auto log = friend_of.get(pine + "/changes?limit=500");
    EXPECT_EQ(log.body.find("\"actor_id\":\"" + me), std::string::npos);
    EXPECT_EQ(friend_of.get(task).text("/title"), "Order violet paint");
    const Json comments = friend_of.get(task + "/comments").at("/items");
    EXPECT_TRUE(std::ranges::any_of(comments.as_array(), [](const auto& each) {
        return each.at("author_id").is_null();
    }));

    expect_nowhere(name);
    expect_nowhere("Quillfeather");
    expect_nowhere(email);
    expect_nowhere("quillfeather");
    running.reset();
    EXPECT_TRUE(support::files_with(folder.path(), "Quillfeather").empty());
    running = std::make_unique<support::RunningHouse>(folder.path()); // which finds all well
    EXPECT_EQ(Client(running->port()).get("/me").status, 401);
}

TEST_F(Journey, OfAFailedImportLeavesNothingBehind)
{
    Client client(running->port());
    sign_up(client, "Mia Example", "mia@dialpine.example");
    const std::string pine = "/workspaces/" + client.post("/workspaces", {{"name", "Pine"}}).text("/id");
    const auto fixture =
        support::bytes_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fixtures" / "trello-small.json");
    for (const std::string& file :
         {fixture.substr(0, fixture.size() / 2), std::string("{\"name\": 1}"), std::string("PK\x03\x04")}) {
        const auto import = client.send({"POST", "/api/v1" + pine + "/imports?source=trello", file, {}});
        ASSERT_EQ(import.status, 202) << import.body;
        const auto job = client.finished_job(pine + "/imports/" + import.text("/id"));
        EXPECT_EQ(job.text("/state"), "failed") << job.body;
        EXPECT_FALSE(job.text("/problem/detail").empty());
        EXPECT_EQ(client.get(pine + "/projects?archived=any").size("/items"), 0U);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "spool"));
}

} // namespace
} // namespace dialpine::api
