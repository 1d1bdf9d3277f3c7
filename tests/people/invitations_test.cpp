#include "people/invitations.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::Answer;
using support::expect;
using support::Json;
using support::Scenario;

class Invitations : public support::Furnished {
protected:
    Answer invite(Json wish = {{"role", "member"}}) { return made(pine + "/invitations", wish); }
    static Json token_of(const Answer& invitation)
    {
        const auto link = invitation.text("/link");
        return {{"token", link.substr(link.find('#') + 1)}};
    }
    support::MovedClock clock;
};

TEST_F(Invitations, AreLinksThatTellWhatTheyAreFor)
{
    const auto invitation = invite({{"role", "guest"}});
    EXPECT_TRUE(invitation.text("/link").starts_with("https://pine.dialpine.example/join#")) << invitation.body;
    const auto preview = stranger.post("/invitations/lookup", token_of(invitation));
    EXPECT_EQ(preview.status, 200);
    EXPECT_EQ(preview.text("/workspace_name"), "Pine");
    EXPECT_EQ(preview.text("/role"), "guest");
    EXPECT_EQ(preview.text("/expires_at"), invitation.text("/expires_at"));
    const auto list = ada.client.get(pine + "/invitations");
    EXPECT_EQ(list.text("/items/0/id"), invitation.text("/id"));
    EXPECT_EQ(list.body.find("join#"), std::string::npos) << "the link is shown once";
}

TEST_F(Invitations, WorkOnce)
{
    const auto token = token_of(invite());
    EXPECT_EQ(eve.client.get(pine).status, 404);
    const auto joined_now = eve.client.post("/invitations/accept", token);
    EXPECT_EQ(joined_now.status, 200) << joined_now.body;
    EXPECT_EQ(joined_now.text("/role"), "member");
    EXPECT_EQ(eve.client.get(pine).status, 200);
    expect({"looking again", stranger, support::post("/invitations/lookup", token), 404, {}, {}, "invitation-used"});
    expect({"joining again", eve.client, support::post("/invitations/accept", token), 404, {}, {}, "invitation-used"});
    EXPECT_EQ(mia.client.get(pine + "/invitations").size("/items"), 0U);
}

TEST_F(Invitations, WorkForSevenDays)
{
    const auto first = token_of(invite());
    const auto second = token_of(invite());
    clock.advance(std::chrono::days{7} - std::chrono::minutes{1});
    EXPECT_EQ(eve.client.post("/invitations/accept", first).status, 200);
    EXPECT_EQ(stranger.post("/invitations/lookup", second).status, 200);
    clock.advance(std::chrono::minutes{1});
    EXPECT_EQ(stranger.post("/invitations/lookup", second).status, 404);
    EXPECT_EQ(eve.client.post("/invitations/accept", second).status, 404);
    EXPECT_EQ(mia.client.get(pine + "/invitations").size("/items"), 0U);
}

TEST_F(Invitations, AreRevoked)
{
    const auto invitation = invite();
    const auto path = pine + "/invitations/" + invitation.text("/id");
    EXPECT_EQ(ada.client.del(path).status, 204);
    EXPECT_EQ(ada.client.del(path).status, 404);
    EXPECT_EQ(eve.client.post("/invitations/accept", token_of(invitation)).status, 404);
    EXPECT_EQ(eve.client.get(pine).status, 404);
}

TEST_F(Invitations, ReachUpToTheRoleOfWhoInvites)
{
    const auto before = contents();
    // clang-format off
    const std::vector<Scenario> lines{
        {"an admin, an owner", ada.client, support::post(pine + "/invitations", {{"role", "owner"}}), 403},
        {"a member, a guest", max.client, support::post(pine + "/invitations", {{"role", "guest"}}), 403},
        {"for a member", ada.client, support::post(pine + "/invitations", {{"role", "guest"}, {"person_id", to_text(max.id)}}), 422, {}, "/person_id"},
        {"for somebody elsewhere", ada.client, support::post(pine + "/invitations", {{"role", "guest"}, {"person_id", to_text(eve.id)}}), 422, {}, "/person_id"},
    };
    // clang-format on
    for (const auto& line : lines) expect(line);
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(mia.client.post(pine + "/invitations", {{"role", "owner"}}).status, 201);
}

TEST_F(Invitations, NeverTakeARoleAway)
{
    const auto invitation = invite({{"role", "guest"}});
    EXPECT_EQ(ada.client.post("/invitations/accept", token_of(invitation)).text("/role"), "admin");
}

TEST_F(Invitations, BringBackWhoLeft)
{
    ASSERT_EQ(max.client.del(pine + "/members/" + to_text(max.id)).status, 204);
    EXPECT_EQ(max.client.get(pine).status, 404);
    EXPECT_EQ(max.client.post("/invitations/accept", token_of(invite({{"role", "guest"}}))).text("/role"), "guest");
    EXPECT_EQ(max.client.get(pine).status, 200);
}

TEST_F(Invitations, GiveAnImportedPersonsWorkToWhoTheyAre)
{
    const auto board =
        support::bytes_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fixtures" / "trello-small.json");
    const auto import = mia.client.send({"POST", "/api/v1" + pine + "/imports?source=trello", board, {}});
    ASSERT_EQ(import.status, 202) << import.body;
    const auto job = mia.client.finished_job(pine + "/imports/" + import.text("/id"));
    ASSERT_EQ(job.text("/state"), "done") << job.body;

    const auto person_named = [&](std::string_view name) -> std::string {
        const Json people = mia.client.get(pine + "/people").at("/items");
        for (const auto& each : people.as_array())
            if (each.at("name") == Json(name)) return std::string(each.at("id").as_string());
        return {};
    };
    const auto sten = person_named("Sten Beispiel");
    ASSERT_FALSE(sten.empty());
    const auto rows_of = [&](std::string_view id) {
        return database().read([&](store::Read& read) {
            const PersonId person(parse_uuid(id).value_or(Uuid{}));
            return store::query_one<std::int64_t>(read, "SELECT count(*) FROM comments WHERE author_id = $1", person)
                .value_or(-1);
        });
    };
    const auto written = rows_of(sten);
    ASSERT_GT(written, 0);

    const auto invitation = invite({{"role", "member"}, {"person_id", sten}});
    EXPECT_EQ(stranger.post("/invitations/lookup", token_of(invitation)).text("/person_name"), "Sten Beispiel");
    ASSERT_EQ(eve.client.post("/invitations/accept", token_of(invitation)).status, 200);
    EXPECT_EQ(rows_of(to_text(eve.id)), written);
    EXPECT_EQ(rows_of(sten), 0);
    EXPECT_EQ(person_named("Sten Beispiel"), "") << "they are one person now";
    EXPECT_EQ(person_named("Eve Elsewhere"), to_text(eve.id));
    expect(
        {"once only",
         mia.client,
         support::post(pine + "/invitations", {{"role", "guest"}, {"person_id", sten}}),
         422,
         {},
         "/person_id"}
    );
}

} // namespace
} // namespace dialpine::people
