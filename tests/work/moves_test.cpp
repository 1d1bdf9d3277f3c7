#include "support/server.hpp"

#include <gtest/gtest.h>

#include <random>

namespace dialpine::work {
namespace {
using support::Answer;
using support::expect;
using support::Json;

class Moves : public support::Furnished {
protected:
    Answer move(const Answer& task, const Json& to) { return mia.client.patch(task_path(task), {{"move", to}}); }
    /// The titles in a column, from the top.
    std::string column(std::string_view name)
    {
        std::string titles;
        const Json items = mia.client.get(web + "/tasks?limit=500&status_id=" + status(name)).at("/items");
        for (const auto& each : items.as_array()) titles += std::string(each.at("title").as_string());
        return titles;
    }
    Answer a = task("a");
    Answer b = task("b");
    Answer c = task("c");
};

TEST_F(Moves, PutATaskWhereItWasPut)
{
    EXPECT_EQ(column("To do"), "abc");
    move(c, {{"before_id", a.text("/id")}});
    EXPECT_EQ(column("To do"), "cab");
    move(c, {{"after_id", a.text("/id")}});
    EXPECT_EQ(column("To do"), "acb");
    move(a, {{"after_id", b.text("/id")}});
    EXPECT_EQ(column("To do"), "cba");
    const auto done = status("Done");
    move(b, {{"status_id", done}});
    move(a, {{"status_id", done}, {"before_id", b.text("/id")}});
    move(c, {{"status_id", done}, {"after_id", a.text("/id")}});
    EXPECT_EQ(column("To do"), "");
    EXPECT_EQ(column("Done"), "acb");
    move(a, boost::json::object());
    EXPECT_EQ(column("Done"), "cba") << "no place named: the end";
    task("d", {{"status_id", done}, {"after_id", c.text("/id")}});
    EXPECT_EQ(column("Done"), "cdba");
    task("e", {{"status_id", done}, {"before_id", c.text("/id")}});
    EXPECT_EQ(column("Done"), "ecdba");
}

TEST_F(Moves, WriteOneRow)
{
    move(c, {{"before_id", a.text("/id")}});
    for (const auto& each : {a, b})
        EXPECT_EQ(mia.client.get(task_path(each)).text("/position"), each.text("/position"));
}

TEST_F(Moves, RefuseAPlaceThatHasGone)
{
    const auto other = mia.client.patch(task_path(b), {{"status_id", status("Done")}});
    ASSERT_EQ(other.status, 200);
    mia.client.del(task_path(c));
    const auto before = contents();
    const auto sent = [&](const Json& to) { return support::patch(task_path(a), {{"move", to}}); };
    expect({"in another column", mia.client, sent({{"after_id", b.text("/id")}}), 409, {}, {}, "changed-meanwhile"});
    expect({"in the trash", mia.client, sent({{"before_id", c.text("/id")}}), 409, {}, {}, "changed-meanwhile"});
    expect({"in no project", mia.client, sent({{"before_id", to_text(new_uuid())}}), 409, {}, {}, "changed-meanwhile"});
    expect({"beside itself", mia.client, sent({{"before_id", a.text("/id")}}), 422, {}, "/move/before_id"});
    expect({"to no status", mia.client, sent({{"status_id", to_text(new_uuid())}}), 422, {}, "/move/status_id"});
    EXPECT_EQ(contents(), before);
}

TEST_F(Moves, AreToldAsMoves)
{
    const auto last = mia.client.get(pine + "/changes").number("/last");
    move(a, {{"after_id", b.text("/id")}});
    mia.client.patch(task_path(a), {{"status_id", status("Done")}});
    mia.client.patch(task_path(a), {{"status_id", status("To do")}, {"title", "A"}});
    const auto changes = mia.client.get(pine + "/changes?after=" + std::to_string(last));
    EXPECT_EQ(changes.text("/items/0/kind"), "task.moved");
    EXPECT_EQ(changes.text("/items/1/kind"), "task.moved");
    EXPECT_EQ(changes.text("/items/2/kind"), "task.changed");
}

TEST_F(Moves, AnyNumberOfThemKeepTheOrder)
{
    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    std::vector<Answer> tasks{a, b, c};
    std::string expected = "abc";
    for (const std::string title : {"d", "e", "f"}) {
        tasks.push_back(task(title));
        expected += title;
    }
    for (int i = 0; i < 300; ++i) {
        const auto who = random() % tasks.size();
        const auto beside = random() % tasks.size();
        if (who == beside) continue;
        const bool is_after = random() % 2 == 0;
        const char mover = tasks[who].text("/title")[0];
        const char neighbour = tasks[beside].text("/title")[0];
        ASSERT_EQ(move(tasks[who], {{is_after ? "after_id" : "before_id", tasks[beside].text("/id")}}).status, 200);
        expected.erase(expected.find(mover), 1);
        expected.insert(expected.find(neighbour) + (is_after ? 1 : 0), 1, mover);
        ASSERT_EQ(column("To do"), expected) << "after " << i + 1 << " moves";
    }
}

TEST_F(Moves, AlwaysToTheSamePlaceLengthenARankSlowly)
{
    Answer last = c;
    for (int i = 0; i < 100; ++i) last = task("x", {{"after_id", a.text("/id")}});
    EXPECT_LT(last.text("/position").size(), 40U);
    EXPECT_EQ(mia.client.get(web + "/tasks").text("/items/1/id"), last.text("/id"));
}

} // namespace
} // namespace dialpine::work
