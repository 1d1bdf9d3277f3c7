#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::people {
namespace {
using support::expect;
using support::Json;
using support::Scenario;

class Workspaces : public support::Furnished {
protected:
    std::string member(const support::Somebody& who) const { return pine + "/members/" + to_text(who.id); }
};

TEST_F(Workspaces, AreSeenByTheirMembersWithTheirOwnRole)
{
    EXPECT_EQ(mia.client.get(pine).text("/role"), "owner");
    EXPECT_EQ(gus.client.get(pine).text("/role"), "guest");
    EXPECT_EQ(gus.client.get(pine).number("/member_count"), 4);
    EXPECT_EQ(eve.client.get("/workspaces").size("/items"), 1U);
    EXPECT_EQ(eve.client.get("/workspaces").text("/items/0/name"), "Elsewhere");
}

TEST_F(Workspaces, ShowAddressesToAdminsOnly)
{
    EXPECT_NE(ada.client.get(pine + "/members").body.find(max.email), std::string::npos);
    const auto seen_by_max = max.client.get(pine + "/members").body;
    EXPECT_NE(seen_by_max.find(max.name), std::string::npos);
    EXPECT_NE(seen_by_max.find(max.email), std::string::npos) << "one's own";
    for (const auto& other : {mia.email, ada.email, gus.email}) EXPECT_EQ(seen_by_max.find(other), std::string::npos);
}

TEST_F(Workspaces, ChangeRolesUpToOnesOwn)
{
    // clang-format off
    const std::vector<Scenario> refused{
        {"an admin makes an owner", ada.client, support::patch(member(max), {{"role", "owner"}}), 403},
        {"an admin demotes the owner", ada.client, support::patch(member(mia), {{"role", "member"}}), 403},
        {"an admin makes themselves an owner", ada.client, support::patch(member(ada), {{"role", "owner"}}), 403},
        {"an admin removes the owner", ada.client, support::del(member(mia)), 403},
        {"a member removes a guest", max.client, support::del(member(gus)), 403},
        {"the last owner steps down", mia.client, support::patch(member(mia), {{"role", "admin"}}), 409, {}, {}, "last-owner"},
        {"the last owner leaves", mia.client, support::del(member(mia)), 409, {}, {}, "last-owner"},
        {"of somebody elsewhere", mia.client, support::patch(member(eve), {{"role", "admin"}}), 404},
        {"removing somebody elsewhere", mia.client, support::del(member(eve)), 404},
    };
    // clang-format on
    const auto before = contents();
    for (const auto& line : refused) expect(line);
    EXPECT_EQ(contents(), before);

    expect(
        {"an admin makes an admin",
         ada.client,
         support::patch(member(max), {{"role", "admin"}}),
         200,
         R"("role":"admin")"}
    );
    expect({"an owner makes an owner", mia.client, support::patch(member(ada), {{"role", "owner"}}), 200});
    expect({"then the first may leave", mia.client, support::del(member(mia)), 204});
    EXPECT_EQ(mia.client.get(pine).status, 404);
}

TEST_F(Workspaces, KeepTheNamesOfThoseWhoLeft)
{
    const auto paint = task("Paint", {{"assignee_ids", {to_text(max.id)}}});
    ASSERT_EQ(max.client.del(member(max)).status, 204);
    EXPECT_EQ(mia.client.get(pine + "/members").body.find(max.name), std::string::npos);
    EXPECT_NE(mia.client.get(pine + "/people").body.find(max.name), std::string::npos);
    EXPECT_EQ(mia.client.get(task_path(paint)).text("/assignee_ids/0"), to_text(max.id));
    EXPECT_EQ(max.client.get("/me/tasks").size("/items"), 0U) << "and who left sees nothing of it";
    expect({"a role for who left", mia.client, support::patch(member(max), {{"role", "guest"}}), 404});
}

TEST_F(Workspaces, AreClosedWithEverythingInThem)
{
    task("Paint");
    expect({"by an admin", ada.client, support::del(pine, Json{{"name", "Pine"}}), 403});
    expect({"by their owner", mia.client, support::del(pine, Json{{"name", "Pine"}}), 204});
    EXPECT_EQ(mia.client.get(pine).status, 404);
    EXPECT_EQ(mia.client.get(web + "/board").status, 404);
    const auto left = database().read([&](store::Read& read) {
        std::map<std::string, std::int64_t> counts;
        for (const auto* table : store::all_tables())
            if (table->find_column("workspace_id"))
                counts[std::string(table->name)] =
                    store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {}", table->name))
                        .value_or(-1);
        return counts;
    });
    for (const auto& [table, count] : left) EXPECT_LE(count, 1) << table << ": only Eve's own workspace is left";
    EXPECT_EQ(eve.client.get(elsewhere).status, 200);
}

TEST_F(Workspaces, AreHandedOverByWhoIsErased)
{
    const Json wish{{"password", support::password}};
    const auto before = contents();
    const auto refused = expect({"undecided", mia.client, support::del("/me", wish), 409, {}, {}, "last-owner"});
    EXPECT_EQ(refused.text("/workspaces/0/name"), "Pine");
    EXPECT_EQ(refused.size("/workspaces/0/members"), 3U);
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(mia.client.get("/me").status, 200);

    const auto id = pine.substr(pine.rfind('/') + 1);
    const Json to_stranger{{"password", support::password}, {"successors", {{id, to_text(eve.id)}}}};
    expect({"to somebody elsewhere", mia.client, support::del("/me", to_stranger), 422, {}, "/successors/" + id});
    EXPECT_EQ(contents(), before);

    const Json to_ada{{"password", support::password}, {"successors", {{id, to_text(ada.id)}}}};
    expect({"to an admin", mia.client, support::del("/me", to_ada), 202});
    EXPECT_EQ(ada.client.get(pine).text("/role"), "owner");
    EXPECT_EQ(ada.client.get(pine).number("/member_count"), 3);
    expect({"alone in one's own", eve.client, support::del("/me", wish), 202, R"("workspaces_closed":1)"});
}

} // namespace
} // namespace dialpine::people
