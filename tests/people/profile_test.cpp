#include "people/profile.hpp"

#include "people/restriction.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::Client;
using support::expect;
using support::Json;

/// Max says what he likes of himself; Ada, an admin, and Gus, a guest, look.
class ProfileOf : public support::Furnished {
protected:
    static boost::json::object everything()
    {
        return {
            {"job_title", "Canary Painter"},
            {"company", "Canary Works"},
            {"phone_number", "+49 30 000000"},
            {"postal_address", "1 Canary Road\nExampletown"},
            {"gender", "canary-gender"},
            {"profession", "canary-profession"},
            {"industry", "canary-industry"},
            {"postal_code", "CA 12345"},
        };
    }
    /// What others may ask of the workspace, in one text.
    std::string read_by(Client& client)
    {
        std::string all;
        for (const auto* path : {"/members", "/people", "/projects", "/changes", "/invitations"})
            all += client.get(pine + path).body;
        return all + client.get(web + "/tasks").body + client.get(web + "/board").body;
    }
};

TEST_F(ProfileOf, IsEmptyUntilItsPersonFillsItIn)
{
    const auto empty = max.client.get("/me/profile");
    ASSERT_EQ(empty.status, 200);
    for (const auto& [name, value] : everything()) EXPECT_TRUE(empty.at("/" + std::string(name)).is_null()) << name;
    EXPECT_EQ(empty.at("/shows_job_title"), Json(false));
    EXPECT_EQ(empty.at("/shows_company"), Json(false));
    const auto filled = max.client.patch("/me/profile", everything());
    ASSERT_EQ(filled.status, 200) << filled.body;
    for (const auto& [name, value] : everything()) EXPECT_EQ(filled.at("/" + std::string(name)), value) << name;
    EXPECT_EQ(max.client.get("/me/profile").json(), filled.json());
}

/// Promise P9: each of them is left out, filled in and emptied alone, and everything else answers the same.
TEST_F(ProfileOf, IsNeededForNothing)
{
    const auto everything_else = [&] {
        std::map<std::string, std::string> answers;
        for (auto* client : {&max.client, &ada.client})
            for (const std::string& path :
                 {std::string("/me"), std::string("/workspaces"), std::string("/me/tasks"), std::string("/me/consents"),
                  std::string("/me/objections"), pine, pine + "/members", pine + "/people", pine + "/projects",
                  web + "/board", web + "/tasks", pine + "/search?q=paint"}) {
                const auto answer = client->get(path);
                EXPECT_EQ(answer.status, 200) << path;
                answers[client->token() + path] = answer.body;
            }
        return answers;
    };
    EXPECT_EQ(max.client.get("/me/profile").status, 200);
    const auto without = everything_else();
    const auto expect_the_same = [&](std::string_view with) {
        const auto now = everything_else();
        for (const auto& [path, body] : without) EXPECT_EQ(now.at(path), body) << path << " with " << with;
    };
    for (const auto& [name, value] : everything()) {
        ASSERT_EQ(max.client.patch("/me/profile", {{name, value}}).status, 200) << name;
        expect_the_same(name);
        ASSERT_EQ(max.client.patch("/me/profile", {{name, nullptr}}).status, 200) << name;
    }
    ASSERT_EQ(max.client.patch("/me/profile", everything()).status, 200);
    expect_the_same("all of it");
    // Work goes on without any of it.
    EXPECT_TRUE(gus.client.get("/me/profile").at("/job_title").is_null());
    EXPECT_EQ(ada.client.post(web + "/tasks", {{"title", "Paint"}}).status, 201);
}

TEST_F(ProfileOf, ShowsTheTeamWhatItsPersonChoseAndNothingElse)
{
    ASSERT_EQ(max.client.patch("/me/profile", everything()).status, 200);
    for (auto* reader : {&ada, &gus, &mia})
        for (const auto& [name, value] : everything())
            EXPECT_EQ(read_by(reader->client).find(std::string(value.as_string())), std::string::npos) << name;

    ASSERT_EQ(max.client.patch("/me/profile", {{"shows_job_title", true}}).status, 200);
    EXPECT_NE(read_by(gus.client).find("Canary Painter"), std::string::npos);
    EXPECT_EQ(read_by(gus.client).find("Canary Works"), std::string::npos);
    ASSERT_EQ(max.client.patch("/me/profile", {{"shows_company", true}}).status, 200);
    EXPECT_NE(read_by(gus.client).find("Canary Works"), std::string::npos);
    for (const auto* secret : {"+49 30", "Canary Road", "canary-gender", "canary-profession", "canary-industry", "CA 12345"})
        EXPECT_EQ(read_by(ada.client).find(secret), std::string::npos) << secret;

    database().write([&](store::Write& write) { restrict_person(write, max.id, RestrictedBy::the_person); });
    EXPECT_EQ(read_by(ada.client).find("Canary"), std::string::npos) << "restricted";
    EXPECT_EQ(max.client.get("/me/profile").text("/job_title"), "Canary Painter");
}

TEST_F(ProfileOf, RefusesWhatItIsNot)
{
    auto& c = max.client;
    const auto before = contents();
    const auto patch = [](std::string_view name, const Json& value) { return support::patch("/me/profile", {{name, value}}); };
    // clang-format off
    const support::Scenario lines[]{
        {"letters for a number", c, patch("phone_number", "call me"), 422, {}, "/phone_number"},
        {"too few digits", c, patch("phone_number", "1234"), 422, {}, "/phone_number"},
        {"too many digits", c, patch("phone_number", "+1234567890123456"), 422, {}, "/phone_number"},
        {"a plus within", c, patch("phone_number", "49+30000000"), 422, {}, "/phone_number"},
        {"a sentence for a postal code", c, patch("postal_code", "next door!"), 422, {}, "/postal_code"},
        {"no digit in a postal code", c, patch("postal_code", "ABC"), 422, {}, "/postal_code"},
        {"a very long title", c, patch("job_title", std::string(121, 'x').c_str()), 422, {}, "/job_title"},
        {"a very long address", c, patch("postal_address", std::string(501, 'x').c_str()), 422, {}, "/postal_address"},
        {"an address of blanks", c, patch("postal_address", "  \n "), 422, {}, "/postal_address"},
        {"an empty company", c, patch("company", ""), 422, {}, "/company"},
        {"a line break in a title", c, patch("job_title", "a\nb"), 422, {}, "/job_title"},
        {"a number", c, patch("gender", 1), 422, {}, "/gender"},
        {"what nobody declared", c, patch("shoe_size", "42"), 422, {}, "/shoe_size"},
        {"perhaps shown", c, patch("shows_company", "perhaps"), 422, {}, "/shows_company"},
        {"a stranger reads", stranger, support::get("/me/profile"), 401},
        {"a stranger writes", stranger, patch("company", "x"), 401},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), before);
}

TEST_F(ProfileOf, IsSealedShownExportedAndForgotten)
{
    ASSERT_EQ(max.client.patch("/me/profile", everything()).status, 200);
    database().checkpoint();
    const auto held = max.client.get("/me/data").body;
    const auto others = ada.client.get("/me/data").body;
    for (const auto& [name, value] : everything()) {
        const auto line = std::string(value.as_string()).substr(0, value.as_string().find('\n'));
        EXPECT_EQ(support::files_with(folder.path(), line), std::vector<std::string>()) << name;
        EXPECT_NE(held.find(line), std::string::npos) << name;
        EXPECT_EQ(others.find(line), std::string::npos) << name;
    }
    for (const auto& [name, value] : everything()) max.client.patch("/me/profile", {{name, nullptr}});
    const auto rows = database().read([](store::Read& read) {
        return store::query_one<std::int64_t>(read, "SELECT count(*) FROM profiles");
    });
    EXPECT_EQ(rows, 0) << "a profile with nothing in it is none";
    ASSERT_EQ(max.client.patch("/me/profile", everything()).status, 200);
    ASSERT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    EXPECT_EQ(
        database().read([](store::Read& read) {
            return store::query_one<std::int64_t>(read, "SELECT count(*) FROM profiles");
        }),
        0
    );
}

} // namespace
} // namespace dialpine::people
