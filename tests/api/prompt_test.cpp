#include "support/server.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Json;

/// Ada, who stands on boards, in lists and in the search, and is erased.
class Prompt : public support::Furnished {
protected:
    Prompt()
    {
        first = task("Order paint");
        ada.client.post(task_path(first) + "/comments", {{"body", "Two coats"}});
        mia.client.patch(task_path(first), {{"assignee_ids", {to_text(ada.id)}}});
        ada.client.post("/me/exports", {{"password", support::password}});
    }
    /// What of Ada's is not sealed, so that its bytes can be looked for: the hashes of her sessions' tokens.
    std::vector<crypto::Digest> token_hashes()
    {
        return database().read([&](store::Read& read) {
            std::vector<crypto::Digest> hashes;
            for (const auto& session : store::select<people::Session>(read, "WHERE person_id = $1", ada.id))
                hashes.push_back(session.token_hash);
            return hashes;
        });
    }
    support::Answer first;
};

TEST_F(Prompt, AnErasureIsSweptInSeconds)
{
    const auto hashes = token_hashes();
    ASSERT_FALSE(hashes.empty());
    for (const auto& hash : hashes) ASSERT_FALSE(support::files_with(folder.path(), crypto::view(hash)).empty());
    const std::string found = pine + "/search?q=paint";
    ASSERT_EQ(mia.client.get(found).status, 200);
    ASSERT_NE(mia.client.get(web + "/board").body.find(to_text(ada.id)), std::string::npos);
    support::LiveSocket open(ada.client, pine + "/live?after=0");

    const auto begin = std::chrono::steady_clock::now();
    const auto gone = ada.client.del("/me", Json{{"password", support::password}});
    ASSERT_EQ(gone.status, 202) << gone.body;
    for (const auto& path : {web + "/board", found, pine + "/members", pine + "/people", task_path(first)})
        for (const std::string& trace : {to_text(ada.id), std::string("Ada Example")})
            EXPECT_EQ(mia.client.get(path).body.find(trace), std::string::npos) << path;
    EXPECT_TRUE(open.closes(std::chrono::seconds{2}));
    for (const auto& hash : hashes)
        EXPECT_EQ(support::files_with(folder.path(), crypto::view(hash)), std::vector<std::string>());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    RecordProperty("erased_and_swept_ms", static_cast<int>(took.count() * 1000));
    EXPECT_LT(took.count(), 5);
}

} // namespace
} // namespace dialpine::api
