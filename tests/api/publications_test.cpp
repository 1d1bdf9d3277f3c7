#include "privacy/publication.hpp"
#include "store/rows.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {

/// A program whose new policy waits: everybody agreed to the one before.
class Publications : public support::Served {
protected:
    Publications()
    {
        const std::vector<const privacy::DocumentVersion*> before{&old};
        const std::vector<const privacy::DocumentVersion*> both{&old, &newest};
        database().write([&](store::Write& write) {
            for (const auto& each : privacy::list_publications(write))
                if (each.document == "privacy") store::remove<privacy::Publication>(write, each.document, each.version);
            privacy::settle_publication(write, before);
            privacy::settle_publication(write, both);
        });
        running.house.take_policy(old);
    }

    support::Json waiting()
    {
        const auto items = mia.client.get("/operator/publications").at("/items");
        for (const auto& each : items.as_array())
            if (each.at("state") == "waiting") return each;
        return nullptr;
    }
    std::string place_of(const privacy::DocumentVersion& version)
    {
        return "/operator/publications/privacy/" + version.version;
    }

    const privacy::DocumentVersion& old = *privacy::versions_of("privacy").front();
    const privacy::DocumentVersion& newest = *privacy::versions_of("privacy").back();
};

TEST_F(Publications, SayWhatPublishingWouldDo)
{
    const auto version = waiting();
    ASSERT_TRUE(version.is_object());
    EXPECT_EQ(version.at("version"), support::Json(newest.version));
    EXPECT_EQ(version.at("title"), support::Json("Privacy policy"));
    EXPECT_EQ(version.at("notices"), support::Json(5)) << "Mia, Ada, Max, Gus and Eve";
    EXPECT_FALSE(version.at("reasons").as_array().empty());
    EXPECT_TRUE(version.at("published_at").is_null());
}

TEST_F(Publications, BringAWaitingVersionIntoForceForEverybodyAtOnce)
{
    ASSERT_EQ(stranger.get("/policy").text("/version"), old.version);
    const auto published = mia.client.post(place_of(newest));
    EXPECT_EQ(published.status, 200) << published.body;
    EXPECT_EQ(published.text("/state"), "published");
    EXPECT_EQ(published.number("/notices"), 5);
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 5U);
    EXPECT_EQ(stranger.get("/policy").text("/version"), newest.version) << "without a new start";
    EXPECT_TRUE(stranger.get("/policy").at("/waiting").is_null());
    EXPECT_TRUE(waiting().is_null());
    const auto mail = mia.client.get("/operator/outbox").text("/items/0/body");
    EXPECT_NE(mail.find(newest.version), std::string::npos);
}

TEST_F(Publications, AreTheOperatorsAlone)
{
    using support::expect;
    expect({"an admin is not", ada.client, support::post(place_of(newest), boost::json::object()), 403});
    expect({"an admin does not read them", ada.client, support::get("/operator/publications"), 403});
    expect({"a stranger is nobody", stranger, support::post(place_of(newest), boost::json::object()), 401});
    EXPECT_EQ(stranger.get("/policy").text("/version"), old.version);
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 0U);
}

TEST_F(Publications, RefuseWhatDoesNotWait)
{
    using support::expect;
    const auto nothing = boost::json::object();
    expect({"in force", mia.client, support::post(place_of(old), nothing), 409, {}, {}, "already-published"});
    expect({"no version", mia.client, support::post("/operator/publications/privacy/1999-01-01", nothing), 404});
    expect({"no document", mia.client, support::post("/operator/publications/none/2026-11-25", nothing), 404});
    mia.client.post(place_of(newest));
    expect({"twice", mia.client, support::post(place_of(newest), nothing), 409, {}, {}, "already-published"});
    EXPECT_EQ(mia.client.get("/operator/outbox").size("/items"), 5U) << "told once";
}

} // namespace
} // namespace dialpine::api
