#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dialpine::links {

/// How large a board is made.
struct BoardSize {
    int cards = 100;
    int lists = 6;
    int members = 8;
    int labels = 10;
    int checklists_every = 4; ///< every n-th card has one of 4 items
    int comments = 400;       ///< of the actions, which Trello cuts at 1,000
    int description_bytes = 300;
    bool has_actions_first = true;
};

/// Writes a board in the shape of Trello's exports, piece by piece, so that one of any size can be made.
class BoardMaker {
public:
    using Out = std::function<void(std::string_view)>;
    BoardMaker(BoardSize size, Out out) : size_(size), out_(std::move(out)) {}

    void make()
    {
        out_(fmt::format(R"({{"id":"{}","name":"Big board","desc":"Made for a test","closed":false,)", id(0, 1)));
        if (size_.has_actions_first) write_actions();
        array("cards", size_.cards, [&](int i) { return card(i); });
        array("checklists", size_.cards / size_.checklists_every, [&](int i) { return checklist(i); });
        if (!size_.has_actions_first) write_actions();
        array("members", size_.members, [&](int i) { return person(i); });
        array("labels", size_.labels, [&](int i) {
            static constexpr std::string_view hues[] = {"green", "red_dark", "sky", "yellow_light", "purple"};
            return fmt::format(R"({{"id":"{}","name":"Label {}","color":"{}"}})", id(2, i), i, hues[i % 5]);
        });
        array("lists", size_.lists, [&](int i) {
            return fmt::format(
                R"({{"id":"{}","name":"List {}","closed":false,"pos":{}}})", id(3, i), i, (i + 1) * 65536
            );
        });
        out_(R"("customFields":[]})");
    }

private:
    static std::string id(int kind, int number)
    {
        return fmt::format("{:08x}{:08x}{:08x}", 0x65a00000 + number % 1000, kind, number);
    }

    void write_actions()
    {
        array("actions", size_.comments, [&](int i) {
            return fmt::format(
                R"({{"id":"{}","idMemberCreator":"{}","type":"commentCard","date":"2024-03-01T10:00:00.000Z",)"
                R"("data":{{"text":"Comment number {} 👍","card":{{"id":"{}","name":"x"}}}},"memberCreator":{}}})",
                id(4, i),
                id(1, i % size_.members),
                i,
                id(5, i % size_.cards),
                person(i % size_.members)
            );
        });
    }

    std::string person(int i)
    {
        return fmt::format(R"({{"id":"{}","fullName":"Member {} Example","username":"member{}"}})", id(1, i), i, i);
    }

    std::string card(int i)
    {
        return fmt::format(
            R"({{"id":"{}","badges":{{"votes":0,"attachments":0,"comments":0,"description":true}},"checkItemStates":[],)"
            R"("closed":{},"dateLastActivity":"2024-02-01T10:00:00.000Z","desc":"{}","descData":{{"emoji":{{}}}},)"
            R"("due":"2024-05-0{}T10:00:00.000Z","dueComplete":false,"idBoard":"{}","idChecklists":[],"idLabels":["{}","{}"],)"
            R"("idList":"{}","idMembers":["{}"],"idMembersVoted":[],"idShort":{},"labels":[],"limits":{{}},"name":"Card number {} — żółć",)"
            R"("pos":{},"shortUrl":"https://example.org/c/{}","start":null,"subscribed":false,"url":"https://example.org/c/{}",)"
            R"("cover":{{"idAttachment":null,"color":null,"size":"normal","brightness":"dark"}},"attachments":[],"pluginData":[],"customFieldItems":[]}})",
            id(5, i),
            i % 20 == 0,
            description(i),
            i % 9 + 1,
            id(0, 1),
            id(2, i % size_.labels),
            id(2, (i + 3) % size_.labels),
            id(3, i % size_.lists),
            id(1, i % size_.members),
            i + 1,
            i,
            (i + 1) * 1024,
            i,
            i
        );
    }

    std::string description(int i)
    {
        std::string text;
        while (std::ssize(text) < size_.description_bytes) text += fmt::format("Line {} of what is to be done.\\n", i);
        return text;
    }

    std::string checklist(int i)
    {
        std::string items;
        for (int item = 0; item < 4; ++item)
            items += fmt::format(
                R"({}{{"id":"{}","name":"Step {}","pos":{},"state":"{}","due":null,"idMember":null}})",
                item ? "," : "",
                id(7, i * 4 + item),
                item,
                item * 16384,
                item % 2 ? "complete" : "incomplete"
            );
        return fmt::format(
            R"({{"id":"{}","idCard":"{}","name":"Steps","pos":16384,"checkItems":[{}]}})",
            id(6, i),
            id(5, i * size_.checklists_every),
            items
        );
    }

    template <class Each>
    void array(std::string_view name, int count, Each each)
    {
        out_(fmt::format(R"("{}":[)", name));
        for (int i = 0; i < count; ++i) out_((i ? "," : "") + each(i));
        out_("],");
    }

    BoardSize size_;
    Out out_;
};

inline std::string made_board(BoardSize size)
{
    std::string text;
    BoardMaker(size, [&](std::string_view piece) { text += piece; }).make();
    return text;
}

} // namespace dialpine::links
